"""Members say what they apply, the secretariat codes what public sources say; corrections are entries of their own."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from concertation.coalition.audiences import packed, readers_of
from concertation.coalition.enums import Audience, Status
from concertation.coalition.models import Delegate, Member
from concertation.core import clock
from concertation.core.days import check_past
from concertation.core.errors import NotAllowed
from concertation.core.words import clean_link, prose, within
from concertation.pressure.domain.entries import append, note, taken_measure
from concertation.pressure.enums import Origin, Stance
from concertation.pressure.errors import (
    AlreadyCorrected,
    AlreadySaid,
    NarrowerAudience,
    NoSuchStatement,
    OnlyCorrects,
    ReferenceMissing,
    SourceMissing,
    UnknownMember,
    UnknownStance,
)
from concertation.pressure.events import Act
from concertation.pressure.models import Measure, Statement
from concertation.pressure.rules import may_code, may_correct, may_state
from concertation.record.canonical import Json

REFERENCE_LENGTH = 1_000
SPEAKING = (Status.MEMBER, Status.PARTNER)


@dataclass(frozen=True, slots=True)
class Word:
    """What is said: the stance, from which day it holds, by what act, and where that can be read."""

    stance: Stance
    valid_from: date
    reference: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Voice:
    """Of which member it is said, from where, and who may read it."""

    member: str
    origin: Origin
    audience: Audience = Audience.COALITION
    readers: frozenset[str] = frozenset()


@transaction.atomic
def state_application(
    *,
    by: Delegate | None,
    measure_id: UUID,
    word: Word,
    audience: Audience = Audience.COALITION,
    named: Collection[str] = (),
    member: str | None = None,
) -> Statement:
    """Say for the member of `by` whether it applies a measure, for `audience`, and return the statement.

    `named` are codes, for the audience of named members. `by` is None for the loader, which says for which `member`.
    Raises NotAllowed, NoSuchMeasure, Retired, AlreadySaid, UnknownReaders, UnknownMember, and the errors of a word:
    UnknownStance, ReferenceMissing, TooLong, BadLink, BadDay, OnlyCorrects.
    """
    own = by.member_id if by else member
    if own is None or (by is not None and not may_state(by)):
        raise NotAllowed
    word = _checked(word)
    _check_member(own)
    readers = frozenset(readers_of(audience, own=own, named=named))
    return _enter(by, taken_measure(by, measure_id), word, Voice(own, Origin.OWN, audience, readers))


@transaction.atomic
def code_application(
    *, by: Delegate | None, measure_id: UUID, word: Word, member: str, catalogued: bool = False
) -> Statement:
    """Enter what a public source says of `member`; the member's own word outranks it. Else as `state_application`.

    `catalogued` is for the loader: a catalogue said it. Raises SourceMissing without a link.
    """
    if by is not None and not may_code(by):
        raise NotAllowed
    word = _checked(word)
    origin = Origin.CATALOGUE if catalogued and by is None else Origin.CODED
    if not word.link and origin == Origin.CODED:
        raise SourceMissing
    _check_member(member)
    return _enter(by, taken_measure(by, measure_id), word, Voice(member, origin))


@transaction.atomic
def correct_statement(
    *,
    by: Delegate | None,
    statement_id: UUID,
    word: Word,
    audience: Audience | None = None,
    named: Collection[str] = (),
) -> Statement:
    """Put another statement in the place of one that stays readable, and return the new one.

    Whoever may read the old one may read the new one. `audience` is None to keep that of the old one. Raises
    NoSuchStatement, AlreadyCorrected, NarrowerAudience; else as `state_application`.
    """
    visible = Statement.objects.visible_to(by) if by else Statement.objects.all()
    old = visible.filter(pk=statement_id).first()
    if old is None:
        raise NoSuchStatement
    if by is not None and not may_correct(by, old):
        raise NotAllowed
    word = _checked(word, corrects=True)
    if old.origin == Origin.CODED and word.stance != Stance.WITHDRAWN and not word.link:
        raise SourceMissing
    return _enter(by, taken_measure(by, old.measure_id), word, _wider(old, audience, named), old)


def enter_catalogued(by: Delegate | None, measure: Measure, word: Word, member: str, old: Statement | None) -> None:
    """Enter what a catalogue says of `member`, in the place of `old` if given, within the caller's act.

    The caller has taken `measure`, and tells the pages.
    """
    made = _add(by, measure, word, Voice(member, Origin.CATALOGUE), old)
    append(by, _act(made), measure, _facts(made))


def _enter(by: Delegate | None, measure: Measure, word: Word, voice: Voice, old: Statement | None = None) -> Statement:
    """Add the row and its entry; raises AlreadySaid, AlreadyCorrected."""
    _check_new(measure, word, voice, old)
    made = _add(by, measure, word, voice, old)
    note(by, _act(made), measure, _facts(made), readers=voice.readers)
    return made


def _add(by: Delegate | None, measure: Measure, word: Word, voice: Voice, old: Statement | None) -> Statement:
    return Statement.objects.create(
        id=uuid.uuid4(),
        measure=measure,
        number=measure.entries,
        member_id=voice.member,
        origin=voice.origin,
        stance=word.stance,
        valid_from=word.valid_from,
        reference=word.reference,
        link=word.link,
        by=by,
        audience=voice.audience,
        readers=packed(voice.readers),
        corrects=old,
        at=clock.now(),
    )


def _wider(old: Statement, audience: Audience | None, named: Collection[str]) -> Voice:
    """Return who says a correction to whom: at least those who could read `old`; raises NarrowerAudience."""
    kept, origin = frozenset(old.reader_codes), Origin(old.origin)
    if audience is None or not old.is_own:
        return Voice(old.member_id, origin, Audience(old.audience), kept)
    if old.audience == Audience.COALITION != audience:
        raise NarrowerAudience
    readers = readers_of(audience, own=old.member_id, named=named)
    return Voice(old.member_id, origin, audience, kept | readers if readers else frozenset())


def _check_new(measure: Measure, word: Word, voice: Voice, old: Statement | None) -> None:
    """Refuse a second word of one voice from one day to one audience; raises AlreadySaid, AlreadyCorrected."""
    others = Statement.objects.standing().filter(measure=measure, member=voice.member, origin=voice.origin)
    if old is not None:
        if not others.filter(pk=old.pk).exists():
            raise AlreadyCorrected
        others = others.exclude(pk=old.pk)
    same = others.exclude(stance=Stance.WITHDRAWN).filter(valid_from=word.valid_from)
    if word.stance != Stance.WITHDRAWN and same.filter(readers=packed(voice.readers)).exists():
        raise AlreadySaid


def _check_member(code: str) -> None:
    """Raise UnknownMember unless `code` is a member or partner."""
    if not Member.objects.filter(pk=code, status__in=SPEAKING).exists():
        raise UnknownMember


def _checked(word: Word, *, corrects: bool = False) -> Word:
    """Return a word in normal form; raises its errors."""
    if word.stance not in Stance.values:
        raise UnknownStance
    reference = within(prose(word.reference), REFERENCE_LENGTH)
    if not reference:
        raise ReferenceMissing
    link = clean_link(word.link)
    check_past(word.valid_from)
    if word.stance == Stance.WITHDRAWN and not corrects:
        raise OnlyCorrects
    return Word(Stance(word.stance), word.valid_from, reference, link)


def _act(made: Statement) -> Act:
    if made.is_own:
        return Act.CORRECTED if made.corrects_id else Act.STATED
    return Act.CODING_CORRECTED if made.corrects_id else Act.CODED


def _facts(made: Statement) -> dict[str, Json]:
    """Return what the record keeps of a statement."""
    return {
        "voice": made.member_id,
        "shared_with": made.audience,
        "readers": made.reader_codes,
        "statement": str(made.pk),
        "told_from": made.origin,
        "applied": made.stance,
        "valid_from": made.valid_from.isoformat(),
        "reference": made.reference,
        "link": made.link,
        "corrects": str(made.corrects_id) if made.corrects_id else None,
    }
