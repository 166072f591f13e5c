"""Reads about silence procedures: whose clocks count, and what can be amended."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from json import loads
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from concertation.coalition.models import Delegate, Member
from concertation.texts.enums import Audience
from concertation.texts.models import AdoptionProcedure, Amendment, Text
from concertation.texts.paragraphs import Paragraph, paragraphs_of

SHOWN = 60  # characters of a paragraph in a list of them


@dataclass(frozen=True, slots=True)
class Choice:
    """One paragraph that an amendment can be about: `value` names language and position, `start` its first words."""

    value: str
    number: int | None
    start: str


def capitals_of(text: Text) -> QuerySet[Member]:
    """Return the members whose clocks a deadline is shown on: those that may read the text."""
    present = Member.objects.present()
    return present.filter(texts=text) if text.audience == Audience.MEMBERS else present


@dataclass(frozen=True, slots=True)
class Clock:
    """A local time, naive, and the capitals where it is that; `is_other_day` when its day is not that of the first."""

    time: datetime
    capitals: list[str]
    is_other_day: bool


def clocks_of(moment: datetime, members: Iterable[Member]) -> list[Clock]:
    """Return what the clocks of the capitals of `members` show at `moment`, each time once, in protocol order."""
    found: dict[datetime, list[str]] = {}
    for member in members:
        time = moment.astimezone(ZoneInfo(member.time_zone)).replace(tzinfo=None)
        capitals = found.setdefault(time, [])
        if member.capital_name not in capitals:
            capitals.append(member.capital_name)
    first = next(iter(found), None)
    return [
        Clock(time, capitals, first is not None and time.date() != first.date()) for time, capitals in found.items()
    ]


def zones_for(delegate: Delegate) -> list[str]:
    """Return the zones that a deadline is offered in: one's own and those of the capitals, the most likely first."""
    members = list(Member.objects.present())
    own = [delegate.member] if delegate.member else []
    zones = [*(member.time_zone for member in [*own, *members]), delegate.person.time_zone, "UTC"]
    return list(dict.fromkeys(zones))


def choices_of(procedure: AdoptionProcedure) -> dict[str, list[Choice]]:
    """Return the paragraphs of each version that `procedure` proposes."""
    versions = loads(procedure.content).get("versions", {})
    return {language: _choices(language, paragraphs_of(blocks)) for language, blocks in versions.items() if blocks}


def _choices(language: str, paragraphs: list[Paragraph]) -> list[Choice]:
    """Return the paragraphs of one version that hold words."""
    return [
        Choice(f"{language}:{position}", paragraph.number, _start(paragraph.words))
        for position, paragraph in enumerate(paragraphs)
        if paragraph.words.strip()
    ]


def amended(amendment: Amendment) -> Paragraph:
    """Return the paragraph, as it was proposed, that `amendment` would replace."""
    blocks = loads(amendment.response.procedure.content)["versions"][amendment.language]
    return paragraphs_of(blocks)[amendment.position]


def _start(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= SHOWN else line[: SHOWN - 1].rstrip() + "…"
