"""Before a contact others say what they want raised; after it the holder tells what was said, and they take note."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db import IntegrityError, transaction

from concertation.coalition.enums import Audience
from concertation.coalition.models import Delegate, Member
from concertation.coalition.rules import SPEAKERS
from concertation.core import clock
from concertation.core.errors import NotAllowed
from concertation.core.languages import known_languages
from concertation.core.words import clean_link, clean_prose
from concertation.situation.domain.contacts import note_contact, readers_of_contact, taken_contact
from concertation.situation.domain.notes import Readers, homes_of
from concertation.situation.enums import ContactStatus
from concertation.situation.errors import (
    AlreadyMarked,
    AlreadyNoted,
    ContactNotHeld,
    ContactNotPlanned,
    NoSuchPoint,
    NothingSaid,
    UnknownLanguage,
)
from concertation.situation.events import ContactAct
from concertation.situation.models import Contact, ContactPoint, Readout, ReadoutNote
from concertation.situation.rules import contact_abilities, may_hold

POINT_LENGTH = 1_000
READOUT_LENGTH = 20_000


@transaction.atomic
def add_point(
    *,
    by: Delegate | None,
    contact_id: UUID,
    words: str,
    audience: Audience = Audience.COALITION,
    named: Collection[str] = (),
    member: str | None = None,
) -> ContactPoint:
    """Ask the holder of a planned contact to raise something, for `audience`; return the point.

    `member` is for the loader, and says who asks. The holder reads it in any case, and the co-chairs as far as they may
    read of the contact; nobody else who may not.
    Raises NoSuchContact, ContactOver, NotAllowed, ContactNotPlanned, NothingSaid, TooLong, UnknownReaders.
    """
    words = clean_prose(words, POINT_LENGTH)
    contact = taken_contact(by, contact_id)
    if contact.status != ContactStatus.PLANNED:
        raise ContactNotPlanned
    asked_by = by.member_id if by else member
    if asked_by is None or (by is not None and not contact_abilities(by, contact)["point"]):
        raise NotAllowed
    if not words:
        raise NothingSaid
    readers = _within(contact, _point_readers(contact, asked_by, audience, named))
    made = ContactPoint.objects.create(
        contact=contact,
        number=contact.entries,
        member_id=asked_by,
        by=by,
        words=words,
        at=clock.now(),
        audience=readers.audience,
        readers=readers.packed,
    )
    facts = {"point": words, "asked_by": asked_by, **readers.facts()}
    homes = homes_of(Readers(Audience.MEMBERS, {contact.holder_id, asked_by}))
    note_contact(by, ContactAct.POINT_ADDED, contact, facts, readers=readers, topics=homes)
    return made


@transaction.atomic
def mark_point(*, by: Delegate | None, point_id: UUID, raised: bool) -> None:
    """Say whether a point was raised in the contact; the holder may say otherwise later.

    Raises NoSuchPoint, NoSuchContact, ContactOver, NotAllowed, AlreadyMarked.
    """
    visible = ContactPoint.objects.visible_to(by) if by else ContactPoint.objects.all()
    point = visible.filter(pk=point_id).first()
    if point is None:
        raise NoSuchPoint
    contact = taken_contact(by, point.contact_id)
    if by is not None and not may_hold(by, contact):
        raise NotAllowed
    row = ContactPoint.objects.filter(pk=point.pk).exclude(raised=raised, raised__isnull=False)
    if not row.update(raised=raised, raised_by=by, raised_at=clock.now()):
        raise AlreadyMarked
    readers = Readers(Audience(point.audience), point.reader_codes)
    facts = {"point": point.words, "asked_by": point.member_id, "was_raised": raised, **readers.facts()}
    note_contact(by, ContactAct.POINT_MARKED, contact, facts, readers=readers)


@transaction.atomic
def circulate_readout(
    *,
    by: Delegate | None,
    contact_id: UUID,
    words: Mapping[str, str],
    link: str = "",
    audience: Audience = Audience.COALITION,
    named: Collection[str] = (),
) -> Readout:
    """Tell an audience what was said in a contact that was held; return the readout. `words` are by language.

    Whoever reads the readout may from now on read of the contact. A later readout stands beside the one before it.
    Raises NoSuchContact, ContactOver, NotAllowed, ContactNotHeld, NothingSaid, TooLong, UnknownLanguage, BadLink,
    UnknownReaders.
    """
    said = _clean_words(words)
    contact = taken_contact(by, contact_id)
    if by is not None and not may_hold(by, contact):
        raise NotAllowed
    if contact.status != ContactStatus.HELD:
        raise ContactNotHeld
    readers = Readers.of(audience, own=contact.holder_id, named=named).with_codes(_own(contact))
    _open(contact, readers)
    made = Readout.objects.create(
        contact=contact,
        number=contact.entries,
        words=said,
        link=clean_link(link),
        by=by,
        at=clock.now(),
        audience=readers.audience,
        readers=readers.packed,
    )
    facts = {"readout": str(made.pk), "words": said, "link": made.link, **_told_of(contact), **readers.facts()}
    note_contact(by, ContactAct.READOUT, contact, facts, readers=readers, topics=homes_of(readers))
    return made


@transaction.atomic
def note_readout(*, by: Delegate, readout_id: UUID) -> None:
    """Say that the delegation of `by` took note of a readout; raises NoSuchPoint, NotAllowed, AlreadyNoted."""
    readout = Readout.objects.visible_to(by).select_related("contact").filter(pk=readout_id).first()
    if readout is None:
        raise NoSuchPoint
    if by.member_id is None or by.capacity not in SPEAKERS:
        raise NotAllowed
    try:
        with transaction.atomic():
            ReadoutNote.objects.create(readout=readout, member_id=by.member_id, by=by, at=clock.now())
    except IntegrityError as error:
        raise AlreadyNoted from error
    own = homes_of(Readers(Audience.MEMBERS, {by.member_id}))
    readers = Readers(Audience(readout.audience), readout.reader_codes)
    note_contact(by, ContactAct.NOTED, readout.contact, {"readout": str(readout.pk)}, readers=readers, topics=own)


def _point_readers(contact: Contact, own: str, audience: Audience, named: Collection[str]) -> Readers:
    """Return for whom a point is: the holder and the co-chairs at least; raises UnknownReaders."""
    readers = Readers.of(audience, own=own, named=named)
    chairs = Member.objects.present().filter(is_co_chair=True).values_list("pk", flat=True)
    return readers.with_codes({contact.holder_id, *chairs})


def _within(contact: Contact, readers: Readers) -> Readers:
    """Return those of `readers` who may read of the contact."""
    known = readers_of_contact(contact)
    if not known.is_restricted:
        return readers
    return Readers(Audience.MEMBERS, known.codes & readers.codes if readers.is_restricted else known.codes)


def _open(contact: Contact, readers: Readers) -> None:
    """Let those who read a readout read of its contact too."""
    known = readers_of_contact(contact)
    if not known.is_restricted or (readers.is_restricted and readers.codes <= known.codes):
        return
    whole = Readers(Audience.MEMBERS, known.codes | readers.codes) if readers.is_restricted else readers
    Contact.objects.filter(pk=contact.pk).update(audience=whole.audience, readers=whole.packed)
    contact.audience, contact.readers = whole.audience, whole.packed


def _own(contact: Contact) -> list[str]:
    return list(contact.members.values_list("pk", flat=True))


def _told_of(contact: Contact) -> dict[str, str | None]:
    """Return what those who now read of the contact for the first time need to know of it."""
    day = contact.held_on.isoformat() if contact.held_on else None
    return {"held_on": day, "channel": contact.channel, "initiative": contact.initiative, "topic": contact.subject}


def _clean_words(words: Mapping[str, str]) -> dict[str, str]:
    """Return what is said in each language; raises NothingSaid, TooLong, UnknownLanguage."""
    said = {code: text for code, word in words.items() if (text := clean_prose(word, READOUT_LENGTH))}
    if not said:
        raise NothingSaid
    if not set(said) <= known_languages():
        raise UnknownLanguage
    return said
