"""The load format of positions and contacts: what each of their tables may hold. docs/load-format.md explains it."""

import datetime as dt
from typing import Annotated

from pydantic import AfterValidator, Field

from concertation.coalition.enums import Audience
from concertation.core.words import LINK_LENGTH, TEXT_LENGTH
from concertation.exchange import schema
from concertation.exchange.values import Code, Key, Keys, Language, Table, Zone, line, prose, web_address
from concertation.situation.domain.conditions import NAME_LENGTH, WORDING_LENGTH
from concertation.situation.domain.contacts import SUBJECT_LENGTH
from concertation.situation.domain.notes import REASON_LENGTH
from concertation.situation.domain.readouts import POINT_LENGTH, READOUT_LENGTH
from concertation.situation.enums import Channel, CounterpartKind, Initiative, Stance
from concertation.situation.errors import StatementMissing


def _said(value: Stance) -> Stance:
    """Refuse the stance that only corrects."""
    if value == Stance.WITHDRAWN:
        raise ValueError(str(StatementMissing.message))
    return value


ShortName = Annotated[str, Field(max_length=NAME_LENGTH), AfterValidator(line)]
Wording = Annotated[str, Field(max_length=WORDING_LENGTH), AfterValidator(prose)]
Text = Annotated[str, Field(max_length=TEXT_LENGTH), AfterValidator(prose)]
Reason = Annotated[str, Field(max_length=REASON_LENGTH), AfterValidator(prose)]
Link = Annotated[str, Field(max_length=LINK_LENGTH), AfterValidator(web_address)]
ToldTo = Annotated[Audience, Field(strict=False)]


class OtherPart(Table):
    """Somebody outside the coalition."""

    key: Key
    names: Annotated[dict[Language, ShortName], Field(min_length=1)]
    kind: Annotated[CounterpartKind, Field(strict=False)]
    country: Code | None = None
    sources: Keys = []


class PositionPart(Table):
    """What a member, or somebody outside, said on a question."""

    member: Code | None = None
    other: Key | None = None
    entered_for: Code | None = None
    stance: Annotated[Stance, Field(strict=False), AfterValidator(_said)]
    said: dt.date
    quote: Text = ""
    language: Language = ""
    reason: Text = ""
    moves: Text = ""
    link: Link = ""
    contact: Key | None = None
    audience: ToldTo = Audience.COALITION
    members: list[Code] = []


class QuestionPart(Table):
    """A question with what was said on it."""

    key: Key
    names: Annotated[dict[Language, ShortName], Field(min_length=1)]
    words: Annotated[dict[Language, Wording], Field(min_length=1)]
    closed: Reason = ""
    positions: Annotated[list[PositionPart], Field(max_length=1_000)] = []
    sources: Keys = []


class ReadoutPart(Table):
    """What was said in a contact."""

    words: Annotated[
        dict[Language, Annotated[str, Field(max_length=READOUT_LENGTH), AfterValidator(prose)]],
        Field(min_length=1),
    ]
    link: Link = ""
    audience: ToldTo = Audience.COALITION
    members: list[Code] = []


class PointPart(Table):
    """What a member wants raised in a contact, and whether it was."""

    member: Code
    words: Annotated[str, Field(max_length=POINT_LENGTH), AfterValidator(prose)]
    raised: bool | None = None
    audience: ToldTo = Audience.COALITION
    members: list[Code] = []


class ContactPart(Table):
    """A contact with points and readouts; `others` are the keys of those who are spoken to."""

    key: Key
    holder: Code
    taking_part: list[Code] = []
    others: Annotated[list[Key], Field(min_length=1, max_length=50)]
    planned: dt.date | None = None
    held: dt.date | None = None
    time: dt.time | None = None
    zone: Zone = "UTC"
    channel: Annotated[Channel, Field(strict=False)]
    initiative: Annotated[Initiative, Field(strict=False)] = Initiative.UNKNOWN
    subject: Annotated[str, Field(max_length=SUBJECT_LENGTH), AfterValidator(line)]
    link: Link = ""
    ended: Reason = ""
    audience: ToldTo = Audience.COALITION
    members: list[Code] = []
    points: Annotated[list[PointPart], Field(max_length=200)] = []
    readouts: Annotated[list[ReadoutPart], Field(max_length=50)] = []
    sources: Keys = []


TABLES: dict[str, type[Table]] = {
    **schema.TABLES,
    "others": OtherPart,
    "questions": QuestionPart,
    "positions": PositionPart,
    "contacts": ContactPart,
    "points": PointPart,
    "readouts": ReadoutPart,
}
