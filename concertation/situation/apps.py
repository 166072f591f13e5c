"""Situation: what the coalition watches."""

from datetime import date

from django.apps import AppConfig
from django.utils.formats import date_format

from concertation.coalition.apps import member_name
from concertation.coalition.enums import Audience
from concertation.core import waiting
from concertation.record.events import name_actions, name_fields, name_kinds, name_values
from concertation.situation.enums import Channel, CounterpartKind, Initiative, Stance, Verdict
from concertation.situation.events import FIELDS, KINDS, SENTENCES, WATCH_FIELDS, WATCH_KINDS, WATCH_SENTENCES


def day_in_words(value: str) -> str:
    """Return a day of the record as the reader writes it."""
    return date_format(date.fromisoformat(value), "DATE_FORMAT")


class SituationConfig(AppConfig):
    """Conditions and their assessments."""

    name = "concertation.situation"

    def ready(self) -> None:
        """Give the record the words for our acts, and home what waits."""
        name_actions(SENTENCES)
        name_kinds(KINDS)
        name_fields(FIELDS, kind="condition")
        name_values({"voice": member_name, "readers": member_name, "valid_from": day_in_words})
        name_values({"verdict": dict(Verdict.choices).get, "shared_with": dict(Audience.choices).get})
        self._name_positions_and_contacts()

    def _name_positions_and_contacts(self) -> None:
        from concertation.situation.waiting import awaiting_contacts  # models are not loaded before this

        waiting.register(awaiting_contacts)
        name_actions(WATCH_SENTENCES)
        name_kinds(WATCH_KINDS)
        for kind, fields in WATCH_FIELDS.items():
            name_fields(fields, kind=kind)
        name_values({"holder": member_name, "own_parties": member_name, "entered_for": member_name})
        name_values({"asked_by": member_name, "said_on": day_in_words, "planned_on": day_in_words})
        name_values({"held_on": day_in_words, "stance": dict(Stance.choices).get})
        name_values({"channel": dict(Channel.choices).get, "initiative": dict(Initiative.choices).get})
        name_values({"speaker": str, "spoken_to": str, "questions": str})  # names by language
        name_values({"counterpart_kind": dict(CounterpartKind.choices).get})
