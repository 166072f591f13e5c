"""Situation: what the coalition watches."""

from datetime import date

from django.apps import AppConfig
from django.utils.formats import date_format

from concertation.coalition.apps import member_name
from concertation.coalition.enums import Audience
from concertation.record.events import name_actions, name_fields, name_kinds, name_values
from concertation.situation.enums import Verdict
from concertation.situation.events import FIELDS, KINDS, SENTENCES


def day_in_words(value: str) -> str:
    """Return a day of the record as the reader writes it."""
    return date_format(date.fromisoformat(value), "DATE_FORMAT")


class SituationConfig(AppConfig):
    """Conditions and their assessments."""

    name = "concertation.situation"

    def ready(self) -> None:
        """Give the record the words for our acts."""
        name_actions(SENTENCES)
        name_kinds(KINDS)
        name_fields(FIELDS, kind="condition")
        name_values({"voice": member_name, "readers": member_name, "valid_from": day_in_words})
        name_values({"verdict": dict(Verdict.choices).get, "shared_with": dict(Audience.choices).get})
