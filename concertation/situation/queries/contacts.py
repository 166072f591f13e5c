"""Contacts as a reader may know of them: derived from these alone, with the number of those that are left out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from concertation.coalition.models import Delegate, Member
from concertation.core.days import latest_day
from concertation.situation.contacting import Link, Talk, first_since, links_at, not_since
from concertation.situation.enums import ContactStatus
from concertation.situation.holding import Holding, holdings_at, unchanged_since
from concertation.situation.models import Contact, ContactPoint, Counterpart, Question, Readout, ReadoutNote, Statement
from concertation.situation.models.positions import facts_of
from concertation.situation.queries.parties import our_members
from concertation.situation.timeline import Scale, Tick, percent

SMALLEST, LARGEST = 11, 17  # radius of a circle, in pixels


@dataclass(frozen=True, slots=True)
class Since:
    """For one pair of a contact: the day of its contact before; None when none is known."""

    member: Member
    counterpart: Counterpart
    day: date | None


@dataclass(frozen=True, slots=True)
class Heard:
    """A position that was heard in a contact, and since when it has been the same; None when it is new."""

    statement: Statement
    unchanged_since: date | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody outside stands on a question: the statement that counts, and since when it holds."""

    question: Question
    statement: Statement
    holding: Holding


@dataclass(frozen=True, slots=True)
class ContactLine:
    """A contact in a list."""

    contact: Contact
    since: list[Since] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Mark:
    """A contact in the timeline, at a share from the left."""

    contact: Contact
    left: str


@dataclass(frozen=True, slots=True)
class Lane:
    """The contacts with somebody outside, through time, and since when there has been none."""

    counterpart: Counterpart
    marks: list[Mark]
    last: date | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One of ours with one outside: what was held, and how many contacts are planned."""

    left: str  # of its middle
    link: Link | None
    planned: int
    radius: int


@dataclass(frozen=True, slots=True)
class GridRow:
    """One of ours with everybody outside."""

    member: Member
    cells: list[Cell]

    @property
    def has_contacts(self) -> bool:
        """Whether it spoke to anybody, or will."""
        return any(cell.link or cell.planned for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Overview:
    """All contacts of which a reader may know."""

    planned: list[ContactLine]
    held: list[ContactLine]
    ended: list[ContactLine]
    lanes: list[Lane]
    grid: list[GridRow]  # of those who spoke or will
    silent: list[Member]  # the others of ours
    counterparts: list[tuple[Counterpart, str]]  # with the place of its column
    scale: Scale
    ticks: list[Tick]
    today: str
    hidden: int


@dataclass(frozen=True, slots=True)
class Told:
    """A readout, the delegations that took note of it, and whether the reader's did."""

    readout: Readout
    noted: list[ReadoutNote]
    is_noted: bool


@dataclass(frozen=True, slots=True)
class ContactSheet:
    """One contact with all that the reader may read of it."""

    line: ContactLine
    points: list[ContactPoint]
    hidden_points: int
    readouts: list[Told]
    hidden_readouts: int
    hidden_heard: int


def contacts_for(reader: Delegate) -> Overview:
    """Return the contacts of which `reader` may know, in a fixed number of queries."""
    rows = list(_with_parties(Contact.objects.visible_to(reader)))
    outside = list(Counterpart.objects.visible_to(reader))
    today = latest_day()
    held = [row for row in rows if row.status == ContactStatus.HELD]
    planned = [row for row in rows if row.status == ContactStatus.PLANNED]
    talks = [row.as_talk() for row in held]
    heard = _heard_in(reader, held)
    lines = [_line(row, talks, heard) for row in sorted(held, key=_order, reverse=True)]
    shown = [*held, *planned]
    grid = _grid(outside, talks, planned)
    scale = Scale.over([row.day for row in shown], max([today, *(row.day for row in planned)]))
    return Overview(
        planned=[ContactLine(row) for row in sorted(planned, key=_order)],
        held=lines,
        ended=[ContactLine(row) for row in sorted(rows, key=_order, reverse=True) if row.ended_at],
        lanes=[_lane(one, shown, talks, scale, today) for one in outside],
        grid=[row for row in grid if row.has_contacts],
        silent=[row.member for row in grid if not row.has_contacts],
        counterparts=list(zip(outside, _columns(len(outside)), strict=True)),
        scale=scale,
        ticks=scale.ticks(),
        today=percent(scale.place(today)),
        hidden=_hidden(reader, len(rows)),
    )


def contact_for(reader: Delegate, contact_id: UUID) -> ContactSheet | None:
    """Return one contact, None where there is none for `reader`."""
    contact = _with_parties(Contact.objects.visible_to(reader).filter(pk=contact_id)).first()
    if contact is None:
        return None
    talks = [row.as_talk() for row in _sharing(reader, contact)] if contact.status == ContactStatus.HELD else []
    heard = _heard_in(reader, [contact])
    points = list(ContactPoint.objects.visible_to(reader).filter(contact=contact).select_related("member", "by"))
    readouts = _readouts(reader, contact)
    return ContactSheet(
        line=_line(contact, talks, heard) if talks else ContactLine(contact, heard=heard.get(contact.pk, [])),
        points=points,
        hidden_points=ContactPoint.objects.filter(contact=contact).count() - len(points),
        readouts=readouts,
        hidden_readouts=Readout.objects.filter(contact=contact).count() - len(readouts),
        hidden_heard=Statement.objects.filter(contact=contact).count() - _seen_of(reader, contact),
    )


def last_contact_for(reader: Delegate) -> tuple[ContactLine | None, int]:
    """Return the last contact that was held, as far as `reader` may know, and how many contacts are hidden."""
    rows = Contact.objects.visible_to(reader)
    last = _with_parties(rows.held().order_by("-held_on", "-entered_at", "-pk")).first()
    hidden = Contact.objects.exclude(pk__in=rows.values("pk")).count()
    if last is None:
        return None, hidden
    talks = [row.as_talk() for row in _sharing(reader, last)]
    return _line(last, talks, _heard_in(reader, [last])), hidden


def counterpart_choices(reader: Delegate) -> list[Counterpart]:
    """Return who outside can be chosen."""
    return list(Counterpart.objects.visible_to(reader))


def questions_to_choose(reader: Delegate) -> list[Question]:
    """Return the open questions."""
    return list(Question.objects.visible_to(reader).open().prefetch_related("wordings"))


def standings_for(reader: Delegate, contact: Contact) -> list[Standing]:
    """Return where those outside whom `contact` is with stand on the open questions, as `reader` may read it."""
    open_ones = Question.objects.visible_to(reader).open()
    rows = Statement.objects.visible_to(reader).filter(
        question__in=open_ones, counterpart__in=list(contact.counterparts.all())
    )
    by_question: dict[Question, list[Statement]] = {}
    related = rows.select_related("question", "counterpart").prefetch_related("question__wordings")
    for row in related.order_by("question__created_at", "question", "number"):
        by_question.setdefault(row.question, []).append(row)
    return [one for question, rows_of in by_question.items() for one in _standings(question, rows_of)]


def _standings(question: Question, statements: list[Statement]) -> list[Standing]:
    by_number = {row.number: row for row in statements}
    held = holdings_at(facts_of(statements), latest_day())
    return [Standing(question, by_number[one.number], one) for one in held.values() if one.stance != "withdrawn"]


def _with_parties(rows: QuerySet[Contact]) -> QuerySet[Contact]:
    return rows.select_related("holder", "by__person", "by__member").prefetch_related("members", "counterparts")


def _sharing(reader: Delegate, contact: Contact) -> QuerySet[Contact]:
    """Return the contacts with the same people outside, which are all that “first since” depends on."""
    same = Contact.objects.visible_to(reader).held()
    wanted = same.filter(counterparts__in=list(contact.counterparts.all()), held_on__lte=contact.held_on)
    return _with_parties(Contact.objects.filter(pk__in=wanted.values("pk")))


def _order(contact: Contact) -> tuple[date, str, str]:
    return contact.day, contact.entered_at.isoformat(), str(contact.pk)


def _hidden(reader: Delegate, seen: int) -> int:
    return Contact.objects.count() - seen


def _line(contact: Contact, talks: Sequence[Talk], heard: dict[UUID, list[Heard]]) -> ContactLine:
    """Return a contact that was held, with what went before it."""
    before = first_since(talks, contact.as_talk())
    since = [
        Since(member, one, before[member.pk, str(one.pk)])
        for one in contact.counterparts.all()
        for member in contact.members.all()
    ]
    return ContactLine(contact, since, heard.get(contact.pk, []))


def _heard_in(reader: Delegate, contacts: Iterable[Contact]) -> dict[UUID, list[Heard]]:
    """Return by contact the positions that count as heard in it, in two queries or three."""
    keys = [contact.pk for contact in contacts]
    visible = Statement.objects.visible_to(reader)
    linked = list(visible.filter(contact__in=keys).order_by().values_list("question_id", flat=True).distinct())
    if not linked:
        return {}
    rows = visible.filter(question__in=linked, counterpart__isnull=False)
    related = rows.select_related("question", "counterpart").prefetch_related("question__wordings")
    by_question: dict[UUID, list[Statement]] = {}
    for row in related.order_by("question", "number"):
        by_question.setdefault(row.question_id, []).append(row)
    found: dict[UUID, list[Heard]] = {}
    for statements in by_question.values():
        for one in _heard_on(statements, set(keys)):
            assert one.statement.contact_id is not None  # by the choice below
            found.setdefault(one.statement.contact_id, []).append(one)
    return found


def _heard_on(statements: list[Statement], keys: set[UUID]) -> list[Heard]:
    """Return what was heard on one question in the contacts `keys`, and nobody corrected."""
    facts = facts_of(statements)
    corrected = {row.corrects_id for row in statements}
    return [
        Heard(row, unchanged_since(facts, row.number))
        for row in statements
        if row.contact_id in keys and row.pk not in corrected and row.stance != "withdrawn"
    ]


def _lane(one: Counterpart, rows: Sequence[Contact], talks: Sequence[Talk], scale: Scale, today: date) -> Lane:
    own = [row for row in rows if one in row.counterparts.all()]
    marks = [Mark(row, percent(scale.place(row.day))) for row in sorted(own, key=_order)]
    return Lane(one, marks, not_since(talks, str(one.pk), today))


def _columns(count: int) -> list[str]:
    """Return the middles of `count` columns right of the names, which take 28 percent."""
    return [percent(28 + 72 * (place + 0.5) / count) for place in range(count)]


def _grid(outside: Sequence[Counterpart], talks: Sequence[Talk], planned: Sequence[Contact]) -> list[GridRow]:
    """Return who of ours spoke with whom; the circle grows with the number of contacts."""
    links = links_at(talks, latest_day())
    ahead = [pair for row in planned for pair in row.as_talk().pairs]
    most = max((link.count for link in links.values()), default=1)
    columns = list(zip(outside, _columns(len(outside)), strict=True))
    return [
        GridRow(member, [_cell(member, one, left, links, ahead, most) for one, left in columns])
        for member in our_members()
    ]


def _cell(
    member: Member,
    one: Counterpart,
    left: str,
    links: dict[tuple[str, str], Link],
    ahead: Sequence[tuple[str, str]],
    most: int,
) -> Cell:
    pair = (member.pk, str(one.pk))
    link = links.get(pair)
    share = link.count / most if link else 0
    return Cell(left, link, ahead.count(pair), round(SMALLEST + (LARGEST - SMALLEST) * share))


def _readouts(reader: Delegate, contact: Contact) -> list[Told]:
    notes = Prefetch("notes", ReadoutNote.objects.select_related("member"))
    rows = Readout.objects.visible_to(reader).filter(contact=contact)
    told = rows.select_related("by__person").prefetch_related(notes).order_by("-number")
    return [
        Told(row, list(row.notes.all()), any(note.member_id == reader.member_id for note in row.notes.all()))
        for row in told
    ]


def _seen_of(reader: Delegate, contact: Contact) -> int:
    return Statement.objects.visible_to(reader).filter(contact=contact).count()
