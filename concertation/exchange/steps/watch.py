"""Others, questions with positions, contacts with points and readouts, by their keys; what was said stays said."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from concertation.coalition.enums import Audience
from concertation.core.words import prose
from concertation.exchange.contents import CoalitionFile
from concertation.exchange.domain.keys import remember_key
from concertation.exchange.models import Kind
from concertation.exchange.queries import subjects_of
from concertation.exchange.report import Report, Subject
from concertation.exchange.schema_watch import ContactPart, PointPart, PositionPart, QuestionPart, ReadoutPart
from concertation.exchange.steps.meetings import as_id
from concertation.situation.domain.conditions import clean_names, clean_words
from concertation.situation.domain.contacts import (
    ContactPlan,
    announce_contact,
    cancel_contact,
    hold_contact,
    record_contact,
    strike_contact,
)
from concertation.situation.domain.counterparts import change_counterpart, list_counterpart
from concertation.situation.domain.questions import close_question, pose_question, reopen_question, reword_question
from concertation.situation.domain.readouts import add_point, circulate_readout, mark_point
from concertation.situation.domain.statements import Position, state_position
from concertation.situation.enums import ContactStatus
from concertation.situation.models import Contact, ContactPoint, Counterpart, Question, Readout, Statement

Word = tuple[object, ...]


def load_watch(file: CoalitionFile, report: Report) -> None:
    """Load others, then contacts with them, then questions with the positions, some of them heard in contacts."""
    others = _load_others(file, report)
    contacts = _load_contacts(file, others, report)
    _load_questions(file, others, contacts, report)


def _id(key: str, known: Mapping[str, UUID]) -> UUID:
    """Return the id for which `key` stands, or which it is; that of nothing otherwise."""
    return known.get(key) or as_id(key) or UUID(int=0)


def _load_others(file: CoalitionFile, report: Report) -> dict[str, UUID]:
    """List who is not listed, change those that differ, and return all by key."""
    known, found = subjects_of(Kind.OTHER), dict[str, UUID]()
    for index, part in enumerate(file.others):
        with file.at("others", index):
            facts: dict[str, Any] = {"names": part.names, "kind": part.kind, "country": part.country or ""}
            row = Counterpart.objects.filter(pk=_id(part.key, known)).first()
            if row is None:
                row = list_counterpart(by=None, sources=file.cited(part.sources), **facts)
                remember_key(kind=Kind.OTHER, key=part.key, subject=row.pk)
                report.added[Subject.OTHER] += 1
            elif (row.names, row.kind, row.country) != (clean_names(part.names), part.kind, part.country or ""):
                change_counterpart(by=None, counterpart_id=row.pk, **facts)
                report.changed[Subject.OTHER] += 1
            found[part.key] = row.pk
    return found


def _load_contacts(file: CoalitionFile, others: dict[str, UUID], report: Report) -> dict[str, UUID]:
    """Enter the contacts that are not there, and what became of the others; return all by key."""
    known, found = subjects_of(Kind.CONTACT), dict[str, UUID]()
    for index, part in enumerate(file.contacts):
        with file.at("contacts", index):
            row = Contact.objects.filter(pk=_id(part.key, known)).first()
            if row is None:
                row = _enter_contact(file, part, others)
                report.added[Subject.CONTACT] += 1
            else:
                report.changed[Subject.CONTACT] += _differs(row, part)
            found[part.key] = row.pk
        _ask_points(file, index, row, report)
        with file.at("contacts", index):
            _hold(row, part)
            _tell_difference(row, part, report)
        _mark_points(row, part)
        _read_out(file, index, row, report)
        with file.at("contacts", index):
            _end(row.pk, part)
    return found


def _enter_contact(file: CoalitionFile, part: ContactPart, others: dict[str, UUID]) -> Contact:
    day = part.held or part.planned
    assert day is not None  # by the check of the file
    plan = ContactPlan(
        counterparts=[others[key] for key in part.others],
        day=part.planned or day,
        clock_time=part.time,
        zone=part.zone,
        channel=part.channel,
        subject=part.subject,
        initiative=part.initiative,
        members=part.taking_part,
        link=part.link,
    )
    act = announce_contact if part.planned else record_contact
    sources = file.cited(part.sources)
    row = act(by=None, plan=plan, holder=part.holder, audience=part.audience, named=part.members, sources=sources)
    remember_key(kind=Kind.CONTACT, key=part.key, subject=row.pk)
    return row


def _differs(row: Contact, part: ContactPart) -> bool:
    """Say whether the file says that a contact was held or ended which here is not."""
    return row.ended_at is None and ((part.held is not None and row.held_on is None) or bool(part.ended))


def _hold(row: Contact, part: ContactPart) -> None:
    """Say that a planned contact was held, where the file does."""
    if part.held is not None and row.held_on is None and row.ended_at is None:
        hold_contact(by=None, contact_id=row.pk, day=part.held, clock_time=part.time, channel=part.channel)


def _ask_points(file: CoalitionFile, place: int, contact: Contact, report: Report) -> None:
    """Ask for the points that are not there, while the contact is planned; tell of those that come too late."""
    there = {_asked(row) for row in ContactPoint.objects.filter(contact=contact)}
    missing = [(index, one) for index, one in enumerate(file.contacts[place].points) if _asked_by(one) not in there]
    if missing and contact.status != ContactStatus.PLANNED:
        sentence = _("The contact “%(key)s” is planned no more; points of the file that are not there are left out.")
        report.left.append(sentence % {"key": file.contacts[place].key})
        return
    for index, one in missing:
        with file.at("contacts", place, "points", index):
            add_point(
                by=None,
                contact_id=contact.pk,
                words=one.words,
                member=one.member,
                audience=one.audience,
                named=one.members,
            )
        report.added[Subject.POINT] += 1


def _mark_points(contact: Contact, part: ContactPart) -> None:
    """Say which points were raised, where the file does and nobody has said so."""
    if Contact.objects.get(pk=contact.pk).ended_at:
        return
    said = {_asked_by(one): one.raised for one in part.points}
    for row in ContactPoint.objects.filter(contact=contact):
        raised = said.get(_asked(row))
        if raised is not None and raised != row.raised:
            mark_point(by=None, point_id=row.pk, raised=raised)


def _asked(row: ContactPoint) -> Word:
    """Return by what a point is known: the readers of its contact may have narrowed its own."""
    return row.member_id, row.words


def _asked_by(one: PointPart) -> Word:
    return one.member, prose(one.words)


def _end(contact_id: UUID, part: ContactPart) -> None:
    """Cancel or strike a contact that the file says is over."""
    row = Contact.objects.get(pk=contact_id)
    if part.ended and row.ended_at is None:
        act = strike_contact if row.held_on else cancel_contact
        act(by=None, contact_id=row.pk, reason=part.ended)


def _tell_difference(row: Contact, part: ContactPart, report: Report) -> None:
    """Tell that a contact was entered otherwise, which stays."""
    now = Contact.objects.get(pk=row.pk)
    ours = (now.holder_id, now.held_on, now.channel, now.subject)
    if ours != (part.holder, part.held or now.held_on, part.channel, part.subject):
        sentence = _("The contact “%(key)s” is not what the file says; what was entered of it stays.")
        report.left.append(sentence % {"key": part.key})


def _read_out(file: CoalitionFile, place: int, contact: Contact, report: Report) -> None:
    """Circulate the readouts that are not there."""
    part = file.contacts[place]
    there = {_told(row) for row in Readout.objects.filter(contact=contact)}
    for index, one in enumerate(part.readouts):
        if _told_by(one) in there or Contact.objects.get(pk=contact.pk).ended_at:
            continue
        with file.at("contacts", place, "readouts", index):
            circulate_readout(
                by=None,
                contact_id=contact.pk,
                words=one.words,
                link=one.link,
                audience=one.audience,
                named=one.members,
            )
        report.added[Subject.READOUT] += 1


def _told(row: Readout) -> Word:
    return tuple(sorted(row.words.items())), row.link, row.audience


def _told_by(one: ReadoutPart) -> Word:
    words = {code: prose(text) for code, text in one.words.items()}
    return tuple(sorted(words.items())), one.link, one.audience.value


def _load_questions(file: CoalitionFile, others: dict[str, UUID], contacts: dict[str, UUID], report: Report) -> None:
    """Pose the questions that are not there, change the words of the others, add what was not said yet."""
    known = subjects_of(Kind.QUESTION)
    for index, part in enumerate(file.questions):
        with file.at("questions", index):
            row = Question.objects.filter(pk=_id(part.key, known)).first()
            if row is None:
                row = pose_question(by=None, names=part.names, words=part.words, sources=file.cited(part.sources))
                remember_key(kind=Kind.QUESTION, key=part.key, subject=row.pk)
                report.added[Subject.QUESTION] += 1
            else:
                report.changed[Subject.QUESTION] += _change(row, part)
        _state(file, index, row, others, contacts, report)
        with file.at("questions", index):
            if part.closed and Question.objects.filter(pk=row.pk, closed_at=None).exists():
                close_question(by=None, question_id=row.pk, reason=part.closed)


def _change(row: Question, part: QuestionPart) -> bool:
    """Give a question the words of the file, open or closed as it says, and say whether anything differed."""
    wording, is_closed = row.wording, row.closed_at is not None
    differs = (wording.names, wording.words) != (clean_names(part.names), clean_words(part.words))
    is_new = is_closed != bool(part.closed)
    if is_closed and (is_new or differs):
        reopen_question(by=None, question_id=row.pk)
    if differs:
        reword_question(by=None, question_id=row.pk, names=part.names, words=part.words)
    return differs or is_new


def _state(
    file: CoalitionFile,
    place: int,
    question: Question,
    others: dict[str, UUID],
    contacts: dict[str, UUID],
    report: Report,
) -> None:
    """Enter what nobody has said in these words; what was corrected since is not said again."""
    said = {_word(row) for row in Statement.objects.filter(question=question)}
    for index, one in enumerate(file.questions[place].positions):
        if _word_of(one, others) in said:
            continue
        with file.at("questions", place, "positions", index):
            if Question.objects.filter(pk=question.pk, closed_at__isnull=False).exists():
                reopen_question(by=None, question_id=question.pk)
            state_position(
                by=None,
                question_id=question.pk,
                position=_position(one),
                audience=one.audience,
                named=one.members,
                member=one.member,
                counterpart_id=others[one.other] if one.other else None,
                entered_for=one.entered_for,
                contact_id=contacts[one.contact] if one.contact else None,
            )
        report.added[Subject.POSITION] += 1


def _position(one: PositionPart) -> Position:
    return Position(one.stance, one.said, one.quote, one.language, one.reason, one.moves, one.link)


def _word(row: Statement) -> Word:
    """Return by what a statement is known: all that it says, of whom and to whom."""
    own = row.entered_for_id if row.entered_for_id != row.member_id else None
    facts = (row.said_on, row.stance, row.quote, row.language, row.reason, row.moves, row.link)
    return (row.actor, own, *facts, row.audience, _named(row.audience, row.reader_codes, {own, row.member_id}))


def _word_of(one: PositionPart, others: dict[str, UUID]) -> Word:
    """Return by what a position of the file is known."""
    actor = one.member or str(others[one.other or ""])
    texts = (prose(one.quote), one.language, prose(one.reason), prose(one.moves), one.link)
    readers = _named(one.audience, one.members, {one.entered_for, one.member})
    return (actor, one.entered_for, one.said, one.stance.value, *texts, one.audience.value, readers)


def _named(audience: str, codes: Collection[str], own: Collection[str | None]) -> frozenset[str]:
    """Return the readers that a file names; who presided when the chair was told belongs to the server."""
    return frozenset(codes) - frozenset(code for code in own if code) if audience == Audience.MEMBERS else frozenset()
