"""Reads about procedures of adoption, and about what was adopted."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from concertation.coalition.enums import Capacity
from concertation.coalition.models import Delegate, Member
from concertation.coalition.rules import binds_member
from concertation.texts.enums import Audience, Outcome
from concertation.texts.models import (
    AdoptedText,
    AdoptionProcedure,
    Response,
    Text,
)


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


def members_who_decide(text: Text) -> QuerySet[Member]:
    """Return the members whose agreement adopts `text`: full members now, among those that it is for."""
    full = Member.objects.full()
    return full.filter(texts=text) if text.audience == Audience.MEMBERS else full


def members_waited_for(procedure: AdoptionProcedure) -> QuerySet[Member]:
    """Return the members that have to agree and have not answered, in protocol order."""
    return members_who_decide(procedure.text).exclude(pk__in=procedure.responses.values("member_id"))


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
