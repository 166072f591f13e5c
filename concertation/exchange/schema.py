"""The load format: what each table of a coalition file may hold. docs/load-format.md explains it."""

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from concertation.coalition.enums import Audience as Readers
from concertation.coalition.enums import Capacity, MemberKind, Status
from concertation.core.words import LINK_LENGTH
from concertation.exchange.commitments_schema import (
    PRIORITIES,
    CapabilityPart,
    CataloguePart,
    CaveatPart,
    ContributionPart,
    FactPart,
    RatePart,
    RequirementPart,
)
from concertation.exchange.pressure_schema import MeasurePart, PackagePart, StatementPart, StepPart
from concertation.exchange.values import (
    Citation,
    Code,
    Key,
    Keys,
    Language,
    Line,
    Minutes,
    Names,
    Prose,
    Table,
    Titles,
    Zone,
    draft,
    email,
    interface_language,
    line,
    moment_of,
    prose,
    said,
    web_address,
)
from concertation.meetings.enums import Level
from concertation.situation.domain.assessments import EVIDENCE_LENGTH
from concertation.situation.domain.conditions import NAME_LENGTH, WORDING_LENGTH
from concertation.situation.enums import Verdict
from concertation.texts.enums import Audience

FORMAT = "concertation/1"


class CoalitionPart(Table):
    """The coalition itself."""

    names: Names
    summary: Prose = {}
    sources: Keys = []


class MemberPart(Table):
    """A state or organisation."""

    code: Code
    kind: Annotated[MemberKind, Field(strict=False)] = MemberKind.STATE
    names: Titles = {}
    capital: Annotated[str, Field(max_length=80), AfterValidator(line)]
    zone: Zone
    status: Annotated[Status, Field(strict=False)]
    co_chair: bool = False
    sources: Keys = []


class PersonPart(Table):
    """A person in a capacity."""

    member: Code | None = None
    capacity: Annotated[Capacity, Field(strict=False)]
    name: Line
    title: Line = ""
    email: Annotated[str, Field(max_length=254), AfterValidator(email)]
    language: Annotated[str, AfterValidator(interface_language)] = "en"
    sources: Keys = []


class AgendaPart(Table):
    """An item of a meeting's agenda."""

    titles: Titles
    lead: Code | None = None
    minutes: Minutes
    sources: Keys = []


class MeetingPart(Table):
    """A meeting with its agenda."""

    key: Key
    titles: Titles
    start: dt.datetime
    end: dt.datetime
    zone: Zone
    level: Annotated[Level, Field(strict=False)]
    languages: Annotated[list[Language], Field(min_length=1, max_length=10)]
    invited: list[Code] | None = None
    agenda: Annotated[list[AgendaPart], Field(max_length=60)] = []
    sources: Keys = []

    @property
    def starts_at(self) -> dt.datetime:
        """The moment of the start; a time without an offset is that of the meeting's zone."""
        return moment_of(self.start, self.zone)

    @property
    def ends_at(self) -> dt.datetime:
        """The moment of the end."""
        return moment_of(self.end, self.zone)

    @property
    def minutes(self) -> int:
        """How long the meeting lasts."""
        return (self.ends_at - self.starts_at) // dt.timedelta(minutes=1)


class VersionPart(Table):
    """One language version of a text."""

    language: Language
    authentic: bool = True
    body: Annotated[str, Field(max_length=200_000), AfterValidator(draft)] = ""


class TextPart(Table):
    """A text with its opening draft."""

    key: Key
    titles: Titles
    meeting: Key | None = None
    audience: Annotated[Audience, Field(strict=False)] = Audience.COALITION
    members: list[Code] = []
    versions: Annotated[list[VersionPart], Field(min_length=1, max_length=10)]


class AssessmentPart(Table):
    """What a member, or without one the coalition, says of a condition."""

    member: Code | None = None
    verdict: Annotated[Verdict, Field(strict=False), AfterValidator(said)]
    since: dt.date
    evidence: Annotated[str, Field(max_length=EVIDENCE_LENGTH), AfterValidator(prose)]
    link: Annotated[str, Field(max_length=LINK_LENGTH), AfterValidator(web_address)] = ""
    clause: Annotated[int | None, Field(ge=1)] = None
    audience: Annotated[Readers, Field(strict=False)] = Readers.COALITION
    members: list[Code] = []


class ConditionPart(Table):
    """A condition with what is said of it."""

    key: Key
    names: Annotated[
        dict[Language, Annotated[str, Field(max_length=NAME_LENGTH), AfterValidator(line)]], Field(min_length=1)
    ]
    words: Annotated[
        dict[Language, Annotated[str, Field(max_length=WORDING_LENGTH), AfterValidator(prose)]], Field(min_length=1)
    ]
    retired: bool = False
    assessments: Annotated[list[AssessmentPart], Field(max_length=1_000)] = []
    sources: Keys = []


class Outline(Table):
    """The whole file, its lists not yet looked into, so that a fault in one table hides none in another."""

    format: Literal["concertation/1"]
    coalition: CoalitionPart
    sources: dict[Key, Citation] = {}
    members: list[dict[str, Any]] = []
    people: list[dict[str, Any]] = []
    meetings: list[dict[str, Any]] = []
    texts: list[dict[str, Any]] = []
    conditions: list[dict[str, Any]] = []
    measures: list[dict[str, Any]] = []
    packages: list[dict[str, Any]] = []
    steps: list[dict[str, Any]] = []
    others: list[dict[str, Any]] = []
    contacts: list[dict[str, Any]] = []
    questions: list[dict[str, Any]] = []
    areas: list[dict[str, Any]] = []
    incidents: list[dict[str, Any]] = []
    catalogue: CataloguePart = CataloguePart()
    capabilities: list[dict[str, Any]] = []
    rates: list[dict[str, Any]] = []
    requirements: list[dict[str, Any]] = []
    contributions: list[dict[str, Any]] = []


LISTS: dict[str, type[Table]] = {
    "members": MemberPart,
    "people": PersonPart,
    "meetings": MeetingPart,
    "texts": TextPart,
    "conditions": ConditionPart,
    "measures": MeasurePart,
    "packages": PackagePart,
    "steps": StepPart,
    "capabilities": CapabilityPart,
    "rates": RatePart,
    "requirements": RequirementPart,
    "contributions": ContributionPart,
}
TABLES: dict[str, type[Table]] = {
    **LISTS,
    "coalition": CoalitionPart,
    "agenda": AgendaPart,
    "versions": VersionPart,
    "assessments": AssessmentPart,
    "catalogue": CataloguePart,
    "caveats": CaveatPart,
    "facts": FactPart,
    "statements": StatementPart,
}

__all__ = [
    "FORMAT",
    "LISTS",
    "PRIORITIES",
    "TABLES",
    "AgendaPart",
    "AssessmentPart",
    "CapabilityPart",
    "CataloguePart",
    "CaveatPart",
    "CoalitionPart",
    "ConditionPart",
    "ContributionPart",
    "FactPart",
    "MeasurePart",
    "MeetingPart",
    "MemberPart",
    "Outline",
    "PackagePart",
    "PersonPart",
    "RatePart",
    "RequirementPart",
    "StatementPart",
    "StepPart",
    "Table",
    "TextPart",
    "VersionPart",
]
