"""The load format of incidents and of what could be observed. docs/load-format.md explains it."""

import datetime as dt
from typing import Annotated

from pydantic import AfterValidator, Field

from concertation.coalition.enums import Audience as Readers
from concertation.core.words import LINK_LENGTH
from concertation.exchange.values import Code, Key, Keys, Names, Table, prose, web_address
from concertation.situation.domain.incident_steps import ACTOR_LENGTH, GROUNDS_LENGTH
from concertation.situation.domain.observation import NAME_LENGTH as AREA_LENGTH
from concertation.situation.domain.observation import WHY_LENGTH
from concertation.situation.incidents.enums import Finding, LimitKind, WhenPrecision, WherePrecision
from concertation.situation.incidents.report import PLACE_LENGTH, SUMMARY_LENGTH, Bounds


class FigurePart(Table):
    """How many: low, best and high, each left out when it is unknown."""

    low: Annotated[int | None, Field(ge=0)] = None
    best: Annotated[int | None, Field(ge=0)] = None
    high: Annotated[int | None, Field(ge=0)] = None


class IncidentStepPart(Table):
    """What was found or decided of an incident."""

    finding: Annotated[Finding, Field(strict=False)]
    member: Code | None = None
    actor: Annotated[str, Field(max_length=ACTOR_LENGTH)] = ""
    since: dt.date
    grounds: Annotated[str, Field(max_length=GROUNDS_LENGTH), AfterValidator(prose)]


class IncidentPart(Table):
    """An incident as it was reported, with its steps."""

    key: Key
    member: Code | None = None
    kind: str
    at: dt.datetime | dt.date
    when: Annotated[WhenPrecision, Field(strict=False)] = WhenPrecision.DAY
    place: Annotated[str, Field(max_length=PLACE_LENGTH)] = ""
    latitude: float | None = None
    longitude: float | None = None
    where: Annotated[WherePrecision, Field(strict=False)] = WherePrecision.UNKNOWN
    killed: FigurePart = FigurePart()
    injured: FigurePart = FigurePart()
    explosions: FigurePart = FigurePart()
    summary: Annotated[str, Field(max_length=SUMMARY_LENGTH)] = ""
    links: list[Annotated[str, Field(max_length=LINK_LENGTH), AfterValidator(web_address)]] = []
    condition: Key | None = None
    clause: Annotated[int | None, Field(ge=1)] = None
    audience: Annotated[Readers, Field(strict=False)] = Readers.COALITION
    members: list[Code] = []
    findings: Annotated[list[IncidentStepPart], Field(max_length=100)] = []
    sources: Keys = []

    @property
    def moment(self) -> dt.datetime:
        """The time in UTC; one without an offset is in UTC already, a day begins at midnight."""
        if not isinstance(self.at, dt.datetime):
            return dt.datetime(self.at.year, self.at.month, self.at.day, tzinfo=dt.UTC)
        return self.at.astimezone(dt.UTC) if self.at.tzinfo else self.at.replace(tzinfo=dt.UTC)

    @property
    def figures(self) -> dict[str, Bounds]:
        """The figures by measure."""
        parts = {"killed": self.killed, "injured": self.injured, "explosions": self.explosions}
        return {measure: (part.low, part.best, part.high) for measure, part in parts.items()}


class LimitPart(Table):
    """An area was closed or restricted."""

    member: Code | None = None
    kind: Annotated[LimitKind, Field(strict=False)]
    since: dt.date
    until: dt.date | None = None
    why: Annotated[str, Field(max_length=WHY_LENGTH), AfterValidator(prose)]
    limited_by: Annotated[str, Field(max_length=AREA_LENGTH)] = ""
    audience: Annotated[Readers, Field(strict=False)] = Readers.COALITION
    members: list[Code] = []


class AreaPart(Table):
    """An area of observation, as a box of degrees, with its limits."""

    key: Key
    names: Names
    west: float
    south: float
    east: float
    north: float
    since: dt.date
    limits: Annotated[list[LimitPart], Field(max_length=1_000)] = []


TABLES: dict[str, type[Table]] = {
    "areas": AreaPart,
    "incidents": IncidentPart,
    "limits": LimitPart,
    "findings": IncidentStepPart,
    "killed": FigurePart,
    "injured": FigurePart,
    "explosions": FigurePart,
}
