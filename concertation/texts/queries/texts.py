"""The list of texts, and a text in the room."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Prefetch

from concertation.coalition.models import Delegate, Member
from concertation.coalition.rules import binds_member
from concertation.texts.enums import Audience, State
from concertation.texts.models import (
    AdoptionProcedure,
    Text,
)
from concertation.texts.queries.adoption import adoption_of
from concertation.texts.queries.versions import versions_of
from concertation.texts.rules import abilities


@dataclass(frozen=True, slots=True)
class Line:
    """One text of the list: who agreed, of how many, and whether the reader is asked; when it was adopted."""

    text: Text
    agreed: int = 0
    deciding: int = 0
    waits_for_me: bool = False
    adopted_at: datetime | None = None


@dataclass(slots=True)
class Listing:
    """The texts that a delegate may read, by where they stand."""

    proposed: list[Line] = field(default_factory=list)
    drafts: list[Line] = field(default_factory=list)
    adopted: list[Line] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.proposed or self.drafts or self.adopted)


def text_panel(text: Text, delegate: Delegate) -> dict[str, object]:
    """Return what `texts/_panel.html` shows of a text from `visible_to(delegate)`, for the meeting room."""
    versions = versions_of(text)
    language = delegate.person.language
    return {
        "text": text,
        "can": abilities(delegate, text),
        "versions": versions,
        "first": next((version for version in versions if version.language == language), versions[0]),
        "adoption": adoption_of(text, delegate),
    }


def list_texts(delegate: Delegate) -> Listing:
    """Return every text that `delegate` may read, by state, in a fixed number of queries."""
    holding = AdoptionProcedure.objects.holding().select_related("silence").defer("content")
    texts = Text.objects.visible_to(delegate).prefetch_related(
        "versions", "members", Prefetch("procedures", holding.prefetch_related("responses"))
    )
    full = set(Member.objects.full().values_list("pk", flat=True))
    listing = Listing()
    for text in texts:
        if text.state == State.PROPOSED:
            listing.proposed.append(_line(text, text.procedures.all()[0], full, delegate))
        elif text.state == State.ADOPTED:
            listing.adopted.append(Line(text, adopted_at=text.procedures.all()[0].ended_at))
        else:
            listing.drafts.append(Line(text))
    return listing


def _line(text: Text, running: AdoptionProcedure, full: set[str], delegate: Delegate) -> Line:
    """Return the line of a text under adoption, from what was fetched with it."""
    deciding = full & {member.pk for member in text.members.all()} if text.audience == Audience.MEMBERS else full
    given = {response.member_id for response in running.responses.all()}
    asked = binds_member(delegate) and delegate.member_id in deciding - given
    return Line(text, agreed=len(given & deciding), deciding=len(deciding), waits_for_me=asked)
