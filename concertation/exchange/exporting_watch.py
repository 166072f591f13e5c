"""Others, questions with what stands of positions, and contacts with points and readouts, as tables of a file."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from concertation.coalition.enums import Audience
from concertation.exchange.models import Kind
from concertation.exchange.queries import keys_of
from concertation.exchange.sources import SourceKeys
from concertation.exchange.writing import Value
from concertation.situation.enums import Initiative, Stance
from concertation.situation.models import Contact, ContactPoint, Counterpart, Question, Readout, Statement

Row = dict[str, Value]


def watch_tables(cited: SourceKeys) -> dict[str, list[Row]]:
    """Return the lists of others, questions and contacts."""
    others, contacts = keys_of(Kind.OTHER), keys_of(Kind.CONTACT)
    return {
        "others": [_other(row, others, cited) for row in Counterpart.objects.all()],
        "contacts": [_contact(row, others, contacts, cited) for row in _contacts()],
        "questions": list(_questions(others, contacts, cited)),
    }


def _key(keys: Mapping[UUID, str], subject: UUID) -> str:
    return keys.get(subject, str(subject))


def _other(row: Counterpart, keys: Mapping[UUID, str], cited: SourceKeys) -> Row:
    return {
        "key": _key(keys, row.pk),
        "names": row.names,
        "kind": row.kind,
        "country": row.country,
        "sources": cited.cite(row.sources),
    }


def _contacts() -> Iterator[Contact]:
    rows = Contact.objects.prefetch_related("members", "counterparts", "points", "readouts")
    return iter(rows.order_by("entered_at", "pk"))


def _contact(row: Contact, others: Mapping[UUID, str], keys: Mapping[UUID, str], cited: SourceKeys) -> Row:
    """Return the table of a contact; those who take part are not named among the readers."""
    members = sorted(member.pk for member in row.members.all())
    return {
        "key": _key(keys, row.pk),
        "holder": row.holder_id,
        "taking_part": [code for code in members if code != row.holder_id],
        "others": [_key(others, one.pk) for one in row.counterparts.all()],
        "planned": row.planned_on,
        "held": row.held_on,
        "time": row.clock_time,
        "zone": row.zone if row.zone != "UTC" else None,
        "channel": row.channel,
        "initiative": row.initiative if row.initiative != Initiative.UNKNOWN else None,
        "subject": row.subject,
        "link": row.link,
        "ended": row.reason,
        **_told_to(row, members),
        "sources": cited.cite(row.sources),
        "points": [_point(one) for one in row.points.all()] if row.planned_on else [],
        "readouts": [_readout(one, members) for one in row.readouts.all()],
    }


def _point(row: ContactPoint) -> Row:
    """Return the table of a point; all its readers are named, since those of its contact may be fewer."""
    return {"member": row.member_id, "words": row.words, "raised": row.raised, **_told_to(row, [])}


def _readout(row: Readout, members: list[str]) -> Row:
    return {"words": row.words, "link": row.link, **_told_to(row, members)}


def _told_to(row: Contact | ContactPoint | Readout | Statement, own: list[str]) -> Row:
    """Return the audience where it is not the coalition, and the readers that were named."""
    named = [code for code in row.reader_codes if code not in own]
    return {
        "audience": row.audience if row.audience != Audience.COALITION else None,
        "members": named if row.audience == Audience.MEMBERS else [],
    }


def _questions(others: Mapping[UUID, str], contacts: Mapping[UUID, str], cited: SourceKeys) -> Iterator[Row]:
    """Yield the tables of questions in the words in force, with the statements that nobody corrected."""
    keys = keys_of(Kind.QUESTION)
    for question in Question.objects.prefetch_related("wordings"):
        rows = Statement.objects.standing().filter(question=question).exclude(stance=Stance.WITHDRAWN)
        yield {
            "key": _key(keys, question.pk),
            "names": question.wording.names,
            "words": question.wording.words,
            "closed": question.reason,
            "sources": cited.cite(question.sources),
            "positions": [_position(row, others, contacts) for row in rows.order_by("number")],
        }


def _position(row: Statement, others: Mapping[UUID, str], contacts: Mapping[UUID, str]) -> Row:
    own = [code for code in (row.member_id, row.entered_for_id) if code]
    return {
        "member": row.member_id,
        "other": _key(others, row.counterpart_id) if row.counterpart_id else None,
        "entered_for": row.entered_for_id if row.entered_for_id != row.member_id else None,
        "stance": row.stance,
        "said": row.said_on,
        "quote": row.quote,
        "language": row.language,
        "reason": row.reason,
        "moves": row.moves,
        "link": row.link,
        "contact": _key(contacts, row.contact_id) if row.contact_id else None,
        **_told_to(row, own),
    }
