"""The tables of a coalition file for measures, packages and steps."""

import datetime as dt
from typing import Annotated, Literal

from django.utils.translation import gettext as _
from pydantic import AfterValidator, Field

from concertation.coalition.enums import Audience as Readers
from concertation.core.words import LINK_LENGTH
from concertation.exchange.values import (
    Code,
    Key,
    Keys,
    Language,
    Line,
    Table,
    Titles,
    line,
    prose,
    web_address,
)
from concertation.pressure.domain import words as limits
from concertation.pressure.domain.statements import REFERENCE_LENGTH
from concertation.pressure.enums import Force, Kind, Origin, Stance, Trigger
from concertation.pressure.enums import Verdict as Finding


def _stated(value: Stance) -> Stance:
    """Refuse the stance that only corrects."""
    if value == Stance.WITHDRAWN:
        sentence = _("“%(value)s” is not possible here; choose one of: %(choices)s.")
        choices = ", ".join(stance.value for stance in Stance if stance != Stance.WITHDRAWN)
        raise ValueError(sentence % {"value": value.value, "choices": choices})
    return value


def _territory(value: str) -> str:
    """Refuse what is no code of a territory."""
    if not limits.TERRITORY.fullmatch(value):
        raise ValueError(_("“%(value)s” is no code of a territory, such as ru or ua-cri.") % {"value": value})
    return value


Summary = dict[Language, Annotated[str, Field(max_length=limits.SUMMARY_LENGTH), AfterValidator(prose)]]


class StatementPart(Table):
    """What a member applies, as it says itself, or as a public source or a catalogue does."""

    member: Code
    stance: Annotated[Stance, Field(strict=False), AfterValidator(_stated)]
    since: dt.date
    reference: Annotated[str, Field(max_length=REFERENCE_LENGTH), AfterValidator(prose)]
    link: Annotated[str, Field(max_length=LINK_LENGTH), AfterValidator(web_address)] = ""
    origin: Annotated[Origin, Field(strict=False)] = Origin.OWN
    audience: Annotated[Readers, Field(strict=False)] = Readers.COALITION
    members: list[Code] = []


class MeasurePart(Table):
    """A measure with what is said of it."""

    key: Key
    names: Titles
    summary: Summary = {}
    kinds: list[Annotated[Kind, Field(strict=False)]] = []
    territories: Annotated[
        list[Annotated[str, AfterValidator(_territory)]], Field(max_length=limits.MOST_TERRITORIES)
    ] = []
    group: dict[Language, Line] = {}
    basis: Annotated[str, Field(max_length=limits.BASIS_LENGTH), AfterValidator(line)] = ""
    issuer: Annotated[str, Field(max_length=limits.ISSUER_LENGTH), AfterValidator(line)] = ""
    link: Annotated[str, Field(max_length=LINK_LENGTH), AfterValidator(web_address)] = ""
    force: Annotated[Force, Field(strict=False)] = Force.IN_FORCE
    catalogue: Annotated[str, Field(max_length=64), AfterValidator(line)] = ""
    retired: bool = False
    statements: Annotated[list[StatementPart], Field(max_length=1_000)] = []
    sources: Keys = []


class PackagePart(Table):
    """Measures that are taken together."""

    key: Key
    names: Titles
    summary: Summary = {}
    measures: Annotated[list[Key], Field(min_length=1, max_length=300)]
    retired: bool = False


class StepPart(Table):
    """When a package is to be proposed."""

    key: Key
    names: Titles
    draft: Annotated[
        dict[Language, Annotated[str, Field(max_length=limits.DRAFT_LENGTH), AfterValidator(prose)]],
        Field(min_length=1),
    ]
    package: Key
    trigger: Annotated[Trigger, Field(strict=False)]
    condition: Key | None = None
    finding: Annotated[Finding | None, Field(strict=False)] = None
    day: dt.date | None = None
    after: Key | None = None
    outcome: Literal["done", "dismissed"] | None = None
    reason: Annotated[str, Field(max_length=limits.REASON_LENGTH), AfterValidator(prose)] = ""
