"""Reads about procedures of adoption, and about what was adopted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from concertation.coalition.enums import Capacity
from concertation.coalition.models import Delegate, Member
from concertation.coalition.rules import binds_member
from concertation.texts.enums import Audience, Outcome, State
from concertation.texts.models import (
    AdoptedText,
    AdoptionProcedure,
    Extension,
    Response,
    SilenceProcedure,
    Text,
)
from concertation.texts.queries.afterwards import Afterwards, afterwards_of
from concertation.texts.queries.silence import Choice, Clock, choices_of, clocks_of


@dataclass(frozen=True, slots=True)
class Answer:
    """Where one member stands in a procedure; `head` is who answers for it, `response` what was answered."""

    member: Member
    head: Delegate | None
    response: Response | None


@dataclass(frozen=True, slots=True)
class Adoption:
    """What the page says about adopting a text, to one delegate.

    `silence` is that of the procedure when it runs or ran by silence, shown on `clocks`; who may break it
    amends one of `choices`. `adopted` and what is said `afterwards` are there once the text is adopted.
    """

    procedure: AdoptionProcedure | None
    answers: list[Answer]
    waits_for_me: bool
    is_all_agreed: bool
    history: list[AdoptionProcedure]
    silence: SilenceProcedure | None = None
    adopted: AdoptedText | None = None
    clocks: Sequence[Clock] = ()
    choices: Mapping[str, Sequence[Choice]] = field(default_factory=dict)
    afterwards: Afterwards | None = None

    @property
    def agreed(self) -> int:
        """How many members said that they agree."""
        return sum(answer.response is not None for answer in self.answers)

    @property
    def silent(self) -> int:
        """How many members said nothing."""
        return len(self.answers) - self.agreed


def members_who_decide(text: Text) -> QuerySet[Member]:
    """Return the members whose agreement adopts `text`: full members now, among those that it is for."""
    full = Member.objects.full()
    return full.filter(texts=text) if text.audience == Audience.MEMBERS else full


def members_waited_for(procedure: AdoptionProcedure) -> QuerySet[Member]:
    """Return the members that have to agree and have not answered, in protocol order."""
    return members_who_decide(procedure.text).exclude(pk__in=procedure.responses.values("member_id"))


def adoption_of(text: Text, delegate: Delegate) -> Adoption:
    """Return where the members stand, and the procedures that ended before, in a fixed number of queries."""
    procedures = list(_with_answers(text.procedures.all()))
    current = next((one for one in procedures if one.outcome in {Outcome.RUNNING, Outcome.ADOPTED}), None)
    adopted = adopted_of(text)
    answers = _answers(text, current, adopted) if current else []
    waiting = [answer.member.pk for answer in answers if answer.response is None] if adopted is None else []
    is_waiting = binds_member(delegate) and delegate.member_id in waiting
    silence = current.by_silence if current else None
    return Adoption(
        procedure=current,
        answers=answers,
        waits_for_me=is_waiting,
        is_all_agreed=bool(answers) and not waiting,
        history=[one for one in procedures if one is not current],
        silence=silence,
        adopted=adopted,
        clocks=clocks_of(silence.deadline, [answer.member for answer in answers]) if silence and not adopted else [],
        choices=choices_of(current) if current and silence and is_waiting else {},
        afterwards=afterwards_of(adopted, delegate) if adopted else None,
    )


def _with_answers(procedures: QuerySet[AdoptionProcedure]) -> QuerySet[AdoptionProcedure]:
    """Fetch with `procedures` what is shown of them."""
    responses = Response.objects.select_related("member", "delegate__person").prefetch_related("amendments")
    extensions = Extension.objects.select_related("delegate__person")
    return procedures.select_related("proposed_by__person", "silence").prefetch_related(
        Prefetch("responses", responses), Prefetch("silence__extensions", extensions)
    )


def _answers(text: Text, procedure: AdoptionProcedure, adopted: AdoptedText | None) -> list[Answer]:
    """Return where each member that counts stands, in protocol order; of an adopted text, those that adopted it."""
    given = {response.member_id: response for response in procedure.responses.all()}
    if adopted is not None:
        return [Answer(member, None, given.get(member.pk)) for member in members_that_agreed(adopted)]
    heads = {
        head.member_id: head
        for head in Delegate.objects.active().filter(capacity=Capacity.HEAD).select_related("person")
    }
    return [Answer(member, heads.get(member.pk), given.get(member.pk)) for member in members_who_decide(text)]


def adopted_form(procedure: AdoptionProcedure, at: datetime) -> AdoptedText:
    """Return, not saved, what is adopted when `procedure` ends in adoption at `at`.

    By consensus the members that agreed have adopted it, by silence all that decide and did not break it.
    """
    members = members_who_decide(procedure.text)
    if procedure.by_silence is None:
        members = members.filter(pk__in=procedure.responses.filter(agrees=True).values("member_id"))
    authentic = procedure.text.versions.filter(is_authentic=True)
    return AdoptedText(
        text=procedure.text,
        procedure=procedure,
        content=procedure.content.encode(),
        sha256=procedure.sha256,
        adopted_at=at,
        members=list(members.values_list("pk", flat=True)),
        languages=list(authentic.values_list("language", flat=True)),
    )


def adopted_of(text: Text) -> AdoptedText | None:
    """Return what was adopted of a text with its state, also when the clock decided it and nobody entered it yet."""
    if text.state != State.ADOPTED:
        return None
    entered = AdoptedText.objects.select_related("procedure__silence").filter(text=text).first()
    if entered:
        return entered
    due = AdoptionProcedure.objects.due().select_related("silence", "text").filter(text=text).first()
    return adopted_form(due, due.silence.deadline) if due else AdoptedText.objects.get(text=text)


def adopted_by_clock_only() -> list[AdoptedText]:
    """Return, not saved, what the clock has adopted and nobody has entered yet."""
    due = AdoptionProcedure.objects.due().select_related("silence", "text")
    return [adopted_form(procedure, procedure.silence.deadline) for procedure in due]


def procedures_waiting_for(delegate: Delegate) -> list[AdoptionProcedure]:
    """Return the procedures that the member which `delegate` binds has not answered, the oldest first."""
    if not binds_member(delegate):
        return []
    running = AdoptionProcedure.objects.running().filter(text__in=Text.objects.visible_to(delegate).values("pk"))
    unanswered = running.exclude(responses__member=delegate.member).order_by("proposed_at")
    return list(unanswered.select_related("text", "proposed_by__person", "silence"))


def public_text(text_id: UUID) -> AdoptedText | None:
    """Return a published text, or None: what is not public looks like what does not exist."""
    published = Text.objects.public().filter(pk=text_id)
    return AdoptedText.objects.select_related("text", "procedure").filter(text__in=published).first()


def members_that_agreed(adopted: AdoptedText) -> list[Member]:
    """Return the members that adopted the text, in the order of then; by silence they may have said nothing."""
    found = Member.objects.in_bulk(adopted.members)
    return [found[code] for code in adopted.members]
