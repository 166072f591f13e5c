"""Commitments: what is required, what is contributed, what was delivered."""

from django.apps import AppConfig

from concertation.commitments.events import FIELDS, KINDS, SENTENCES, VALUES
from concertation.core import rounds, waiting
from concertation.record.events import name_actions, name_fields, name_kinds, name_values


class CommitmentsConfig(AppConfig):
    """Requirements, contributions and the plan."""

    name = "concertation.commitments"

    def ready(self) -> None:
        """Tell home what waits, the clock loop what to do, and the record the words for our acts."""
        from concertation.commitments.domain import reminders  # models exist from here on
        from concertation.commitments.waiting import awaiting_commitments

        waiting.register(awaiting_commitments)
        rounds.register("commitments.remind", reminders.make_reminders, every=300)
        rounds.register("commitments.mail", reminders.send_due_reminders, every=30)
        name_actions(SENTENCES)
        name_kinds(KINDS)
        for kind in KINDS:
            name_fields(FIELDS, kind=kind)
        name_values(VALUES)
