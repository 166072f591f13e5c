"""Commitments: what is required, what is contributed, what was delivered."""

from django.apps import AppConfig

from concertation.commitments.events import FIELDS, KINDS, SENTENCES, VALUES
from concertation.core import rounds, waiting
from concertation.record.events import name_actions, name_fields, name_kinds, name_values


class CommitmentsConfig(AppConfig):
    """Requirements, contributions and the plan."""

    name = "concertation.commitments"

    def ready(self) -> None:
        """Give the record the words for our acts, home what waits, and the clock loop the plans that are due."""
        from concertation.commitments.domain import reminders  # models exist from here on
        from concertation.commitments.planning import processes
        from concertation.commitments.plans_waiting import awaiting_parts

        waiting.register(awaiting_parts)
        rounds.register("commitments.plan", processes.run_due_plan, every=1)
        rounds.register("commitments.plan_changes", processes.pass_changes_on, every=1)
        from concertation.commitments.waiting import awaiting_commitments

        waiting.register(awaiting_commitments)
        rounds.register("commitments.remind", reminders.make_reminders, every=300)
        rounds.register("commitments.mail", reminders.send_due_reminders, every=30)
        name_actions(SENTENCES)
        name_kinds(KINDS)
        for kind in KINDS:
            name_fields(FIELDS, kind=kind)
        name_values(VALUES)
