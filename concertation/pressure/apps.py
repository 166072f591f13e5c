"""Pressure: measures, who applies them, and the steps that lead to more."""

from django.apps import AppConfig

from concertation.core import rounds, waiting
from concertation.pressure.enums import Force, Kind, Origin, Stance, Trigger, Verdict
from concertation.pressure.events import FIELDS, KINDS, SENTENCES
from concertation.record.events import name_actions, name_fields, name_kinds, name_values


class PressureConfig(AppConfig):
    """Measures, packages, statements and steps."""

    name = "concertation.pressure"

    def ready(self) -> None:
        """Tell home what is due, the clock loop whom to tell, and the record how our acts read."""
        from concertation.pressure.domain.telling import tell_due_steps  # models are not loaded before this
        from concertation.pressure.waiting import awaiting_steps

        waiting.register(awaiting_steps)
        rounds.register("pressure.steps", tell_due_steps, every=60)
        name_actions(SENTENCES)
        name_kinds(KINDS)
        for kind in KINDS:
            name_fields(FIELDS, kind=kind)
        name_values(
            {
                "applied": dict(Stance.choices).get,
                "told_from": dict(Origin.choices).get,
                "kinds_of_measure": dict(Kind.choices).get,
                "force": dict(Force.choices).get,
                "trigger": dict(Trigger.choices).get,
                "finding": dict(Verdict.choices).get,
            }
        )
