"""The tables of a coalition file for what is required and contributed, the catalogue and the rates."""

import datetime as dt
import re
from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import AfterValidator, Field

from concertation.coalition.enums import Audience
from concertation.commitments.domain.checks import NAME_LENGTH
from concertation.commitments.domain.contributions import TITLE_LENGTH
from concertation.commitments.domain.facts import LIST_LENGTH, REFERENCE_LENGTH
from concertation.commitments.domain.requirements import AREA_LENGTH
from concertation.commitments.enums import Approval, CaveatKind, Domain, FactKind, Form, Line, Phase, Priority
from concertation.core.words import LINK_LENGTH, TEXT_LENGTH
from concertation.exchange.values import (
    Code,
    Currency,
    Key,
    Keys,
    Language,
    Number,
    Quantity,
    Table,
    line,
    prose,
    web_address,
)

KEY_LENGTH = 120
PRIORITIES = {priority.name.lower(): priority for priority in Priority}
NOT_ENTERED = {FactKind.ANNOUNCED, FactKind.VOID}


def _code(value: str) -> str:
    """Refuse what is no code of a capability."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,39}", value):
        sentence = _("“%(value)s” is no code; use 1 to 40 small letters, digits and hyphens.")
        raise ValueError(sentence % {"value": value})
    return value


def _priority(value: str) -> str:
    """Refuse what is no priority."""
    if value not in PRIORITIES:
        sentence = _("“%(value)s” is not possible here; choose one of: %(choices)s.")
        raise ValueError(sentence % {"value": value, "choices": ", ".join(PRIORITIES)})
    return value


def _happened(value: FactKind) -> FactKind:
    """Refuse the kinds that a file does not enter by themselves."""
    if value in NOT_ENTERED:
        sentence = _("“%(value)s” is not possible here; choose one of: %(choices)s.")
        choices = ", ".join(kind.value for kind in FactKind if kind not in NOT_ENTERED)
        raise ValueError(sentence % {"value": value.value, "choices": choices})
    return value


RowKey = Annotated[str, Field(max_length=KEY_LENGTH), AfterValidator(line)]
Name = Annotated[str, Field(max_length=NAME_LENGTH), AfterValidator(line)]
OwnNames = Annotated[dict[Language, Name], Field(min_length=1)]
CapabilityCode = Annotated[str, AfterValidator(_code)]
Text = Annotated[str, Field(max_length=TEXT_LENGTH), AfterValidator(prose)]
Link = Annotated[str, Field(max_length=LINK_LENGTH), AfterValidator(web_address)]
Area = Annotated[str, Field(max_length=AREA_LENGTH), AfterValidator(line)]
Excluded = Annotated[list[Annotated[str, Field(max_length=LIST_LENGTH), AfterValidator(line)]], Field(max_length=40)]
Days = Annotated[int, Field(ge=0)]


class CataloguePart(Table):
    """What the catalogue of capabilities begins with."""

    usual: bool = False


class CapabilityPart(Table):
    """A capability of the catalogue, beside the usual ones or in their place."""

    code: CapabilityCode
    names: OwnNames
    units: Annotated[dict[Language, Name], Field(max_length=20)] = {}
    domain: Annotated[Domain, Field(strict=False)]
    form: Annotated[Form, Field(strict=False)]
    retired: bool = False


class RatePart(Table):
    """What one euro was worth on a day."""

    currency: Currency
    day: dt.date
    per_euro: Number
    sources: Annotated[list[Key], Field(min_length=1, max_length=1)]


class RequirementPart(Table):
    """A need, as it is now."""

    key: RowKey
    names: OwnNames
    line: Annotated[Line, Field(strict=False)]
    phase: Annotated[Phase, Field(strict=False)]
    capability: CapabilityCode
    quantity: Number
    currency: Currency | None = None
    priority: Annotated[str, AfterValidator(_priority)] = "medium"
    essential: bool = False
    area: Area | None = None
    task: Area | None = None
    needed_from: dt.date
    needed_to: dt.date
    since: dt.date | None = None
    sources: Keys = []


class CaveatPart(Table):
    """A limit on the use of a contribution."""

    kind: Annotated[CaveatKind, Field(strict=False)]
    areas: Excluded = []
    tasks: Excluded = []
    wording: Text | None = None
    audience: Annotated[Audience, Field(strict=False)] = Audience.COALITION
    readers: list[Code] = []


class FactPart(Table):
    """Something that happened to a contribution on a day."""

    kind: Annotated[FactKind, Field(strict=False), AfterValidator(_happened)]
    day: dt.date
    member: Code | None = None
    approval: Annotated[Approval, Field(strict=False)] | None = None
    quantity: Quantity | None = None
    until: dt.date | None = None
    caveat: Annotated[int, Field(ge=1)] | None = None
    reference: Annotated[str, Field(max_length=REFERENCE_LENGTH), AfterValidator(line)] | None = None
    evidence: Text | None = None
    link: Link | None = None


class ContributionPart(Table):
    """What one member offers, or several together, in the terms that are in force."""

    key: RowKey
    title: Annotated[str, Field(max_length=TITLE_LENGTH), AfterValidator(line)]
    members: Annotated[list[Code], Field(min_length=1, max_length=100)]
    announced: dt.date
    evidence: Text | None = None
    audience: Annotated[Audience, Field(strict=False)] = Audience.COALITION
    readers: list[Code] = []
    line: Annotated[Line, Field(strict=False)]
    phase: Annotated[Phase, Field(strict=False)] | None = None
    capability: CapabilityCode
    quantity: Quantity | None = None
    low: Number | None = None
    high: Number | None = None
    currency: Currency | None = None
    available_from: dt.date
    available_to: dt.date | None = None
    readiness: Days = 0
    tour: Days | None = None
    rest: Days | None = None
    due_on: dt.date | None = None
    expires_on: dt.date | None = None
    approvals: list[Annotated[Approval, Field(strict=False)]] = []
    conditions: Keys = []
    earmark: RowKey | None = None
    details: Text | None = None
    link: Link | None = None
    caveats: Annotated[list[CaveatPart], Field(max_length=100)] = []
    facts: Annotated[list[FactPart], Field(max_length=1_000)] = []
    sources: Keys = []
