"""Reads about texts and their procedures."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from concertation.coalition.enums import Capacity
from concertation.coalition.models import Delegate, Member
from concertation.coalition.rules import binds_member
from concertation.texts.blocks import Block
from concertation.texts.canonical import UnknownContent, document_of, read_version
from concertation.texts.enums import Audience, Outcome, State
from concertation.texts.faults import in_words
from concertation.texts.models import (
    AdoptedText,
    AdoptionProcedure,
    LanguageVersion,
    Response,
    Text,
    TextSnapshot,
    TextUpdate,
)
from concertation.texts.rules import abilities


@dataclass(frozen=True, slots=True)
class Version:
    """One language version to read; `fault` says why its blocks cannot be shown."""

    language: str
    is_authentic: bool
    blocks: list[Block]
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """Where one member stands in a procedure; `head` is who answers for it, `response` what was answered."""

    member: Member
    head: Delegate | None
    response: Response | None


@dataclass(frozen=True, slots=True)
class Adoption:
    """What the page says about adopting a text, to one delegate."""

    procedure: AdoptionProcedure | None
    answers: list[Answer]
    waits_for_me: bool
    is_all_agreed: bool
    history: list[AdoptionProcedure]


@dataclass(frozen=True, slots=True)
class Line:
    """One text of the list: who agreed, of how many, and whether the reader is asked."""

    text: Text
    agreed: int = 0
    deciding: int = 0
    waits_for_me: bool = False


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


def frozen_among(text_ids: Collection[UUID]) -> set[UUID]:
    """Return those of `text_ids` that nobody may write in: proposed for adoption, or adopted."""
    holding = AdoptionProcedure.objects.filter(text_id__in=text_ids, outcome__in=[Outcome.RUNNING, Outcome.ADOPTED])
    return set(holding.values_list("text_id", flat=True))


def stored_updates(text_id: UUID) -> list[bytes]:
    """Return what makes the stored document: the newest snapshot, and every update after it."""
    snapshot = TextSnapshot.objects.filter(text_id=text_id).order_by("-sequence").first()
    later = TextUpdate.objects.filter(text_id=text_id, sequence__gt=snapshot.sequence if snapshot else 0)
    rows = [bytes(row) for row in later.order_by("sequence").values_list("update", flat=True)]
    return [bytes(snapshot.state), *rows] if snapshot else rows


def members_who_decide(text: Text) -> QuerySet[Member]:
    """Return the members whose agreement adopts `text`: full members now, among those that it is for."""
    full = Member.objects.full()
    return full.filter(texts=text) if text.audience == Audience.MEMBERS else full


def members_waited_for(procedure: AdoptionProcedure) -> QuerySet[Member]:
    """Return the members that have to agree and have not answered, in protocol order."""
    return members_who_decide(procedure.text).exclude(pk__in=procedure.responses.values("member_id"))


def versions_of(text: Text) -> list[Version]:
    """Return the words of each language: what was adopted, else what is proposed, else what is stored now."""
    languages = list(text.versions.all())
    holding = text.procedures.filter(outcome__in=[Outcome.RUNNING, Outcome.ADOPTED]).first()
    if holding is not None:
        return proposed_versions(holding, languages)
    document = document_of(stored_updates(text.pk))
    found = []
    for version in languages:
        try:
            blocks, fault = read_version(document, version.language), ""
        except UnknownContent as unknown:
            blocks, fault = [], in_words(unknown.what)
        found.append(Version(version.language, version.is_authentic, blocks, fault))
    return found


def proposed_versions(procedure: AdoptionProcedure, languages: Iterable[LanguageVersion]) -> list[Version]:
    """Return the words of each of `languages` as they were proposed."""
    words = json.loads(procedure.content)["versions"]
    return [Version(lang.language, lang.is_authentic, words.get(lang.language, [])) for lang in languages]


def adoption_of(text: Text, delegate: Delegate) -> Adoption:
    """Return where the members stand, and the procedures that ended before, in a fixed number of queries."""
    responses = Prefetch("responses", Response.objects.select_related("member", "delegate__person"))
    procedures = list(text.procedures.select_related("proposed_by__person").prefetch_related(responses))
    current = next((one for one in procedures if one.outcome in {Outcome.RUNNING, Outcome.ADOPTED}), None)
    answers = _answers(text, current) if current else []
    waiting = [answer.member.pk for answer in answers if answer.response is None]
    return Adoption(
        procedure=current,
        answers=answers,
        waits_for_me=binds_member(delegate) and delegate.member_id in waiting,
        is_all_agreed=bool(answers) and not waiting,
        history=[one for one in procedures if one is not current],
    )


def _answers(text: Text, procedure: AdoptionProcedure) -> list[Answer]:
    """Return where each member that counts stands, in protocol order; of an adopted text, those that adopted it."""
    given = {response.member_id: response for response in procedure.responses.all()}
    if procedure.outcome == Outcome.ADOPTED:
        return [Answer(given[code].member, None, given[code]) for code in text.adopted.members]
    heads = {
        head.member_id: head
        for head in Delegate.objects.active().filter(capacity=Capacity.HEAD).select_related("person")
    }
    return [Answer(member, heads.get(member.pk), given.get(member.pk)) for member in members_who_decide(text)]


def list_texts(delegate: Delegate) -> Listing:
    """Return every text that `delegate` may read, by state, in a fixed number of queries."""
    running = AdoptionProcedure.objects.filter(outcome=Outcome.RUNNING).prefetch_related("responses")
    texts = Text.objects.visible_to(delegate).prefetch_related(
        "versions", "members", Prefetch("procedures", running), "adopted"
    )
    full = set(Member.objects.full().values_list("pk", flat=True))
    listing = Listing()
    for text in texts:
        if text.state == State.PROPOSED:
            listing.proposed.append(_line(text, text.procedures.all()[0], full, delegate))
        elif text.state == State.ADOPTED:
            listing.adopted.append(Line(text))
        else:
            listing.drafts.append(Line(text))
    return listing


def _line(text: Text, running: AdoptionProcedure, full: set[str], delegate: Delegate) -> Line:
    """Return the line of a text under adoption, from what was fetched with it."""
    deciding = full & {member.pk for member in text.members.all()} if text.audience == Audience.MEMBERS else full
    given = {response.member_id for response in running.responses.all()}
    asked = binds_member(delegate) and delegate.member_id in deciding - given
    return Line(text, agreed=len(given & deciding), deciding=len(deciding), waits_for_me=asked)


def procedures_waiting_for(delegate: Delegate) -> list[AdoptionProcedure]:
    """Return the procedures that the member which `delegate` binds has not answered, the oldest first."""
    if not binds_member(delegate):
        return []
    running = AdoptionProcedure.objects.filter(
        outcome=Outcome.RUNNING, text__in=Text.objects.visible_to(delegate).values("pk")
    )
    unanswered = running.exclude(responses__member=delegate.member).order_by("proposed_at")
    return list(unanswered.select_related("text", "proposed_by__person"))


def public_text(text_id: UUID) -> AdoptedText | None:
    """Return a published text, or None: what is not public looks like what does not exist."""
    published = Text.objects.public().filter(pk=text_id)
    return AdoptedText.objects.select_related("text", "procedure").filter(text__in=published).first()


def members_that_agreed(adopted: AdoptedText) -> list[Member]:
    """Return the members that adopted the text, in the order of then."""
    found = Member.objects.in_bulk(adopted.members)
    return [found[code] for code in adopted.members]
