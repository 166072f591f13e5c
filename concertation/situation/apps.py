"""Situation: what the coalition watches."""

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate

from concertation.coalition.apps import member_name
from concertation.coalition.enums import Audience
from concertation.core import waiting
from concertation.core.days import day_in_words
from concertation.record.events import name_actions, name_fields, name_kinds, name_values
from concertation.situation.enums import Channel, CounterpartKind, Initiative, Stance, Verdict
from concertation.situation.events import FIELDS, KINDS, SENTENCES, WATCH_FIELDS, WATCH_KINDS, WATCH_SENTENCES
from concertation.situation.incidents.enums import Family, Finding, LimitKind, WhenPrecision, WherePrecision
from concertation.situation.incidents.events import INCIDENT_FIELDS, INCIDENT_KINDS, INCIDENT_SENTENCES


def seed_catalogue(*, using: str, **_facts: object) -> None:
    """Give a new database the default kinds of incidents, once their table is there."""
    from concertation.situation.domain.kinds import seed_kinds  # its models are not loaded before the apps are

    if "situation_kind" in connections[using].introspection.table_names():
        seed_kinds()


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
        self._name_incidents()
        post_migrate.connect(seed_catalogue, sender=self)

    def _name_incidents(self) -> None:
        """Give the record the words for incidents."""
        name_actions(INCIDENT_SENTENCES)
        name_kinds(INCIDENT_KINDS)
        for kind in INCIDENT_KINDS:
            name_fields(INCIDENT_FIELDS, kind=kind)
        name_values({"as_of": day_in_words, "reported_for": member_name})
        choices = {
            "finding": Finding,
            "where_known": WherePrecision,
            "when_known": WhenPrecision,
            "limit_kind": LimitKind,
            "family": Family,
        }
        name_values({field: dict(words.choices).get for field, words in choices.items()})
