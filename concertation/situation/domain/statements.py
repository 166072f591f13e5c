"""Positions are dated statements of members, partners and others; a newer one supersedes, corrections are entries."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db import transaction

from concertation.coalition.countries import country_name
from concertation.coalition.enums import Audience, Status
from concertation.coalition.models import Delegate, Member
from concertation.core import clock
from concertation.core.days import check_past
from concertation.core.errors import NotAllowed
from concertation.core.languages import known_languages
from concertation.core.words import clean_link, clean_prose
from concertation.record.canonical import Json
from concertation.situation.domain.notes import Readers
from concertation.situation.domain.questions import note_question, taken_question
from concertation.situation.enums import Stance
from concertation.situation.errors import (
    AlreadySaid,
    FewerReaders,
    NoSuchActor,
    NoSuchContact,
    NoSuchStatement,
    NothingSaid,
    SourceMissing,
    StatementCorrected,
    StatementMissing,
    UnknownLanguage,
)
from concertation.situation.events import PositionAct
from concertation.situation.models import Contact, Counterpart, Statement
from concertation.situation.rules import may_correct_statement, may_state, may_state_for

STANDING = {Status.MEMBER, Status.PARTNER}  # whose positions are followed


@dataclass(frozen=True, slots=True)
class Position:
    """What was said: where one stands, on which day, in which words or why, what would move them, and the source."""

    stance: Stance
    said_on: date
    quote: str = ""
    language: str = ""  # of quote and reason
    reason: str = ""
    moves: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class _Voice:
    """Whose statement it is, for which delegation it is entered, and for whom."""

    member: str | None
    counterpart: Counterpart | None
    entered_for: str | None
    readers: Readers


@transaction.atomic
def state_position(
    *,
    by: Delegate | None,
    question_id: UUID,
    position: Position,
    audience: Audience = Audience.COALITION,
    named: Collection[str] = (),
    member: str | None = None,
    counterpart_id: UUID | None = None,
    entered_for: str | None = None,
    contact_id: UUID | None = None,
    topics: Collection[str] = (),
) -> Statement:
    """Enter where somebody stands on a question, and return the statement.

    It is that of the member of `by`, unless `counterpart_id` names somebody outside. What another member said in public
    is entered by the secretariat, with `member`, a link and for the whole coalition. `named` are codes, for the
    audience of named members; `contact_id` is the contact in which it was heard. `by` is None for the loader, which
    says for which member (`entered_for`) it enters what others said. `topics` are further pages that show it.
    Raises NotAllowed, NoSuchQuestion, QuestionClosed, NoSuchActor, NoSuchContact, SourceMissing, AlreadySaid,
    UnknownReaders, and the errors of a position: NothingSaid, TooLong, BadLink, BadDay, UnknownLanguage,
    StatementMissing.
    """
    checked = _checked(position)
    voice = _voice(by, member, counterpart_id, entered_for, audience, named)
    if by is not None and member not in {None, by.member_id} and (voice.readers.is_restricted or not checked.link):
        raise SourceMissing
    return _enter(by, question_id, checked, voice, contact=_contact(by, contact_id, voice), topics=topics)


@transaction.atomic
def correct_statement(
    *,
    by: Delegate | None,
    statement_id: UUID,
    position: Position,
    audience: Audience | None = None,
    named: Collection[str] = (),
) -> Statement:
    """Put another statement in the place of one that stays readable, and return the new one.

    Whoever may read the old one may read the new one. `audience` is None to keep that of the old one.
    Raises NoSuchStatement, StatementCorrected, FewerReaders; else as `state_position`.
    """
    visible = Statement.objects.visible_to(by) if by else Statement.objects.all()
    old = visible.filter(pk=statement_id).select_related("counterpart").first()
    if old is None:
        raise NoSuchStatement
    if by is not None and not may_correct_statement(by, old):
        raise NotAllowed
    voice = _Voice(old.member_id, old.counterpart, old.entered_for_id, _wider(old, audience, named))
    return _enter(by, old.question_id, _checked(position, corrects=True), voice, old, old.contact)


def _voice(
    by: Delegate | None,
    member: str | None,
    counterpart_id: UUID | None,
    entered_for: str | None,
    audience: Audience,
    named: Collection[str],
) -> _Voice:
    """Return who says it to whom; raises NotAllowed, NoSuchActor, UnknownReaders."""
    own = by.member_id if by else entered_for
    if by is not None and not (may_state(by) if counterpart_id else may_state_for(by, member or own)):
        raise NotAllowed
    if counterpart_id is None:
        speaker = member or own
        if not Member.objects.filter(pk=speaker, status__in=STANDING).exists():
            raise NoSuchActor
        return _Voice(speaker, None, own, Readers.of(audience, own=own or speaker, named=named))
    outside = Counterpart.objects.filter(pk=counterpart_id).first()
    if outside is None or member is not None:
        raise NoSuchActor
    return _Voice(None, outside, own, Readers.of(audience, own=own, named=named))


def _contact(by: Delegate | None, contact_id: UUID | None, voice: _Voice) -> Contact | None:
    """Return the contact in which somebody outside was heard; raises NoSuchContact, NoSuchActor."""
    if contact_id is None:
        return None
    visible = Contact.objects.visible_to(by) if by else Contact.objects.all()
    contact = visible.held().filter(pk=contact_id).first()
    if contact is None:
        raise NoSuchContact
    if voice.counterpart is None or not contact.counterparts.filter(pk=voice.counterpart.pk).exists():
        raise NoSuchActor
    return contact


def _wider(old: Statement, audience: Audience | None, named: Collection[str]) -> Readers:
    """Return who reads a correction: at least those who could read `old`; raises FewerReaders."""
    kept = Readers(Audience(old.audience), old.reader_codes)
    if audience is None:
        return kept
    if not kept.is_restricted and audience != Audience.COALITION:
        raise FewerReaders
    own = old.entered_for_id or old.member_id
    return Readers.of(audience, own=own, named=named).with_codes(kept.codes)


def _enter(
    by: Delegate | None,
    question_id: UUID,
    position: Position,
    voice: _Voice,
    old: Statement | None = None,
    contact: Contact | None = None,
    *,
    topics: Collection[str] = (),
) -> Statement:
    """Add the row and its entry."""
    question = taken_question(by, question_id)
    made = Statement(
        id=uuid.uuid4(),
        question=question,
        number=question.entries,
        wording=question.wording,
        member_id=voice.member,
        counterpart=voice.counterpart,
        by=by,
        entered_for_id=voice.entered_for,
        stance=position.stance,
        said_on=position.said_on,
        quote=position.quote,
        language=position.language,
        reason=position.reason,
        moves=position.moves,
        link=position.link,
        audience=voice.readers.audience,
        readers=voice.readers.packed,
        contact=contact,
        corrects=old,
        at=clock.now(),
    )
    _check_new(made)
    made.save(force_insert=True)
    heard = [*topics, *([f"contact:{contact.pk}"] if contact else [])]
    act = PositionAct.CORRECTED if old else PositionAct.STATED
    note_question(by, act, question, _facts(made, voice), readers=voice.readers, topics=heard)
    return made


def _check_new(made: Statement) -> None:
    """Refuse what stands there already, word for word; raises AlreadySaid, StatementCorrected."""
    others = Statement.objects.standing().filter(
        question=made.question, member=made.member_id, counterpart=made.counterpart_id
    )
    if made.corrects_id and not others.filter(pk=made.corrects_id).exists():
        raise StatementCorrected
    same = ("stance", "said_on", "quote", "language", "reason", "moves", "link", "readers", "audience")
    facts = {name: getattr(made, name) for name in (*same, "entered_for_id", "contact_id")}
    if others.filter(**facts).exists():
        raise AlreadySaid


def _checked(position: Position, *, corrects: bool = False) -> Position:
    """Return a position in normal form; raises its errors."""
    said = replace(
        position,
        stance=Stance(position.stance),
        quote=clean_prose(position.quote),
        reason=clean_prose(position.reason),
        moves=clean_prose(position.moves),
        link=clean_link(position.link),
    )
    if said.stance == Stance.WITHDRAWN and not corrects:
        raise StatementMissing
    if not (said.quote or said.reason):
        raise NothingSaid
    check_past(said.said_on)
    if said.language and said.language not in known_languages():
        raise UnknownLanguage
    return said


def _facts(made: Statement, voice: _Voice) -> dict[str, Json]:
    """Return what the record keeps; a contact that not all may know of is named only where the entry is sealed."""
    contact = made.contact if made.contact and (voice.readers.is_restricted or not made.contact.readers) else None
    speaker: Json = voice.counterpart.names if voice.counterpart else _names_of(made)
    return {
        "statement": str(made.pk),
        "speaker": speaker,
        "actor": made.actor,
        "entered_for": made.entered_for_id,
        "wording": made.wording.number,
        "stance": made.stance,
        "said_on": made.said_on.isoformat(),
        "quote": made.quote,
        "language": made.language,
        "reason": made.reason,
        "moves": made.moves,
        "link": made.link,
        "contact": str(contact.pk) if contact else None,
        "corrects": str(made.corrects_id) if made.corrects_id else None,
        **voice.readers.facts(),
    }


def _names_of(made: Statement) -> dict[str, Json]:
    """Return the name of the member that speaks, in the languages of the pages."""
    member = made.member
    assert member is not None  # by constraint
    return {code: member.names.get(code) or country_name(member.pk, code) for code in ("en", "fr")}
