"""The load format: what each table of a coalition file may hold. docs/load-format.md explains it."""

import datetime as dt
import re
from functools import cache
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from concertation.coalition.enums import Audience as Readers
from concertation.coalition.enums import Capacity, MemberKind, Status
from concertation.exchange.faults import unknown
from concertation.meetings.enums import Level
from concertation.meetings.models import LONGEST_MEETING
from concertation.pressure.domain import words as limits
from concertation.pressure.domain.statements import REFERENCE_LENGTH
from concertation.pressure.enums import Force, Kind, Origin, Stance, Trigger
from concertation.pressure.enums import Verdict as Finding
from concertation.situation.domain.assessments import EVIDENCE_LENGTH, LINK_LENGTH, is_web_address
from concertation.situation.domain.conditions import NAME_LENGTH, WORDING_LENGTH
from concertation.situation.enums import Verdict
from concertation.texts.enums import Audience
from concertation.texts.languages import known_languages

FORMAT = "concertation/1"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@cache
def zones() -> frozenset[str]:
    """Return the names of the IANA time zones that belong to a place, and UTC."""
    return frozenset(name for name in available_timezones() if "/" in name or name == "UTC")


def _line(value: str) -> str:
    """Refuse what is not one visible line."""
    if value != value.strip() or not value or "\n" in value or _CONTROL.search(value):
        raise ValueError(_("This must be one line of text, not empty, without blanks around it."))
    return value


def _prose(value: str) -> str:
    """Refuse text that is empty or holds control characters."""
    if not value.strip() or _CONTROL.search(value):
        raise ValueError(_("This must be text, not empty, without control characters."))
    return value


def _draft(value: str) -> str:
    """Refuse control characters; a version may have no words yet."""
    if _CONTROL.search(value):
        raise ValueError(_("This must be text without control characters."))
    return value


def _key(value: str) -> str:
    """Refuse keys that would be hard to cite."""
    if not _KEY.fullmatch(value):
        raise ValueError(_("“%(value)s” is no key; use small letters, digits and single hyphens.") % {"value": value})
    return value


def _member_code(value: str) -> str:
    """Refuse what is neither a country's code nor in the form of an organisation's."""
    if not re.fullmatch(r"[A-Z]{2,8}", value):
        raise ValueError(_("“%(value)s” is no code; use two to eight capital letters.") % {"value": value})
    return value


def _zone(value: str) -> str:
    """Refuse zones that the IANA database does not know."""
    if value not in zones():
        raise ValueError(unknown(_("“%(value)s” is no time zone of the IANA database."), value, zones()))
    return value


def _language(value: str) -> str:
    """Refuse languages that have no code in ISO 639-1."""
    if value not in known_languages():
        raise ValueError(_("“%(value)s” is no language code of ISO 639-1.") % {"value": value})
    return value


def _interface_language(value: str) -> str:
    """Refuse languages that the pages do not speak."""
    offered = dict(settings.LANGUAGES)
    if value not in offered:
        sentence = _("“%(value)s” is no language of the pages; choose one of %(choices)s.")
        raise ValueError(sentence % {"value": value, "choices": ", ".join(offered)})
    return value


def _email(value: str) -> str:
    """Refuse what is no e-mail address."""
    try:
        validate_email(value)
    except ValidationError:
        raise ValueError(_("“%(value)s” is no e-mail address.") % {"value": value}) from None
    return value


def _said(value: Verdict) -> Verdict:
    """Refuse the verdict that only corrects."""
    if value == Verdict.WITHDRAWN:
        sentence = _("“%(value)s” is not possible here; choose one of: %(choices)s.")
        choices = ", ".join(verdict.value for verdict in Verdict if verdict != Verdict.WITHDRAWN)
        raise ValueError(sentence % {"value": value.value, "choices": choices})
    return value


def _link(value: str) -> str:
    """Refuse what a browser should not open."""
    if not is_web_address(value):
        raise ValueError(_("A link must begin with https:// or http://."))
    return value


def _english(value: dict[str, str]) -> dict[str, str]:
    """Refuse names without the English one, which stands in for every language that is missing."""
    if "en" not in value:
        raise ValueError(_("The English version, “en”, is missing."))
    return value


def moment_of(value: dt.datetime, zone: str) -> dt.datetime:
    """Return `value` in UTC, read in `zone` when it has no offset of its own."""
    local = value if value.tzinfo else value.replace(tzinfo=ZoneInfo(zone))
    return local.astimezone(dt.UTC)


def is_one_moment(value: dt.datetime, zone: str) -> bool:
    """Say whether `value` names exactly one moment in `zone`; a clock change skips or repeats hours."""
    if value.tzinfo:
        return True
    local = value.replace(tzinfo=ZoneInfo(zone))
    return local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset()


Line = Annotated[str, Field(max_length=200), AfterValidator(_line)]
Citation = Annotated[str, Field(max_length=600), AfterValidator(_line)]
Key = Annotated[str, Field(max_length=64), AfterValidator(_key)]
Code = Annotated[str, AfterValidator(_member_code)]
Zone = Annotated[str, AfterValidator(_zone)]
Language = Annotated[str, AfterValidator(_language)]
Names = Annotated[dict[Language, Line], AfterValidator(_english)]
Titles = Annotated[dict[Language, Line], Field(min_length=1)]
Prose = Annotated[
    dict[Language, Annotated[str, Field(max_length=2000), AfterValidator(_prose)]], AfterValidator(_english)
]
Minutes = Annotated[int, Field(ge=1, le=LONGEST_MEETING)]
Keys = Annotated[list[Key], Field(max_length=20)]


class Table(BaseModel):
    """A TOML table: no key but those named, no value converted."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


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
    capital: Annotated[str, Field(max_length=80), AfterValidator(_line)]
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
    email: Annotated[str, Field(max_length=254), AfterValidator(_email)]
    language: Annotated[str, AfterValidator(_interface_language)] = "en"
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
    body: Annotated[str, Field(max_length=200_000), AfterValidator(_draft)] = ""


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
    verdict: Annotated[Verdict, Field(strict=False), AfterValidator(_said)]
    since: dt.date
    evidence: Annotated[str, Field(max_length=EVIDENCE_LENGTH), AfterValidator(_prose)]
    link: Annotated[str, Field(max_length=LINK_LENGTH), AfterValidator(_link)] = ""
    audience: Annotated[Readers, Field(strict=False)] = Readers.COALITION
    members: list[Code] = []


class ConditionPart(Table):
    """A condition with what is said of it."""

    key: Key
    names: Annotated[
        dict[Language, Annotated[str, Field(max_length=NAME_LENGTH), AfterValidator(_line)]], Field(min_length=1)
    ]
    words: Annotated[
        dict[Language, Annotated[str, Field(max_length=WORDING_LENGTH), AfterValidator(_prose)]], Field(min_length=1)
    ]
    retired: bool = False
    assessments: Annotated[list[AssessmentPart], Field(max_length=1_000)] = []
    sources: Keys = []


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


Summary = dict[Language, Annotated[str, Field(max_length=limits.SUMMARY_LENGTH), AfterValidator(_prose)]]


class StatementPart(Table):
    """What a member applies, as it says itself, or as a public source or a catalogue does."""

    member: Code
    stance: Annotated[Stance, Field(strict=False), AfterValidator(_stated)]
    since: dt.date
    reference: Annotated[str, Field(max_length=REFERENCE_LENGTH), AfterValidator(_prose)]
    link: Annotated[str, Field(max_length=LINK_LENGTH), AfterValidator(_link)] = ""
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
    basis: Annotated[str, Field(max_length=limits.BASIS_LENGTH), AfterValidator(_line)] = ""
    issuer: Annotated[str, Field(max_length=limits.ISSUER_LENGTH), AfterValidator(_line)] = ""
    link: Annotated[str, Field(max_length=LINK_LENGTH), AfterValidator(_link)] = ""
    force: Annotated[Force, Field(strict=False)] = Force.IN_FORCE
    catalogue: Annotated[str, Field(max_length=64), AfterValidator(_line)] = ""
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
        dict[Language, Annotated[str, Field(max_length=limits.DRAFT_LENGTH), AfterValidator(_prose)]],
        Field(min_length=1),
    ]
    package: Key
    trigger: Annotated[Trigger, Field(strict=False)]
    condition: Key | None = None
    finding: Annotated[Finding | None, Field(strict=False)] = None
    day: dt.date | None = None
    after: Key | None = None
    outcome: Literal["done", "dismissed"] | None = None
    reason: Annotated[str, Field(max_length=limits.REASON_LENGTH), AfterValidator(_prose)] = ""


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


LISTS: dict[str, type[Table]] = {
    "members": MemberPart,
    "people": PersonPart,
    "meetings": MeetingPart,
    "texts": TextPart,
    "conditions": ConditionPart,
    "measures": MeasurePart,
    "packages": PackagePart,
    "steps": StepPart,
}
TABLES: dict[str, type[Table]] = {
    **LISTS,
    "coalition": CoalitionPart,
    "agenda": AgendaPart,
    "versions": VersionPart,
    "assessments": AssessmentPart,
    "statements": StatementPart,
}
