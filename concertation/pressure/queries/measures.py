"""A measure, a member and a package with their history, as a reader may read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from concertation.coalition.models import Delegate, Member
from concertation.core.days import latest_day
from concertation.pressure.aligning import Said, spans
from concertation.pressure.models import Measure, Package, Statement
from concertation.pressure.queries.alignment import Filters, Row, Table, Todo, table_for
from concertation.pressure.rules import may_correct
from concertation.situation.timeline import Bar, Scale, Tick, percent


@dataclass(frozen=True, slots=True)
class Entry:
    """One statement in a table."""

    statement: Statement
    correction: Statement | None  # what took its place, as far as the reader may read it
    counts: bool  # whether it is what holds on the day that is looked at
    can_correct: bool


@dataclass(frozen=True, slots=True)
class History:
    """Everything that was said of one member: the bars of the picture and the rows of the table, newest first."""

    member: Member
    said: Said | None  # None for who is not a member or partner any more
    is_own: bool
    bars: list[Bar]
    entries: list[Entry]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A measure with its whole history."""

    row: Row
    histories: list[History]
    silent: list[tuple[Member, Said]]  # those of whom nothing was said
    scale: Scale
    ticks: list[Tick]
    mark: str  # where the day that is looked at stands in the picture


@dataclass(frozen=True, slots=True)
class MemberSheet:
    """A member and the measures."""

    table: Table
    member: Member
    lines: list[tuple[Row, Said, Statement | None]]  # each measure, how the member stands, by which statement
    best: Member | None
    todo: Todo | None  # nothing for the most complete member itself

    @property
    def tally(self) -> dict[Said, int]:
        """How the member stands to the measures."""
        return self.table.of_member(self.member.pk)

    @property
    def hidden(self) -> int:
        """How many statements of the member are not for the reader."""
        return self.table.hidden_of.get(self.member.pk, 0)


def measure_for(reader: Delegate, measure_id: UUID, day: date) -> Sheet | None:
    """Return the history of a measure as `reader` may read it, None where there is none for that reader."""
    measure = Measure.objects.visible_to(reader).filter(pk=measure_id).first()
    if measure is None:
        return None
    table = table_for(reader, day, only=measure_id)
    row = next(row for row in [*table.rows, *table.others] if row.measure.pk == measure_id)
    said = Statement.objects.visible_to(reader).filter(measure=measure)
    statements = list(said.select_related("member", "by__person", "by__member").order_by("number"))
    return _sheet(row, measure, statements, table.members, reader, day)


def _sheet(
    row: Row, measure: Measure, said: Sequence[Statement], members: Sequence[Member], reader: Delegate, day: date
) -> Sheet:
    """Return the picture and the table."""
    lines = spans(row.facts)
    scale = Scale.over([span.since for line in lines.values() for span in line], latest_day())
    spoken = {statement.member_id: statement.member for statement in said}
    ordered = sorted(spoken.values(), key=lambda member: (not member.is_co_chair, member.order, member.pk))
    histories = [
        History(
            member=member,
            said=row.said.get(member.pk),
            is_own=member.pk in row.state and row.state[member.pk].own,
            bars=scale.bars(lines.get(member.pk, [])),
            entries=_entries([one for one in said if one.member_id == member.pk], row, measure, reader),
        )
        for member in ordered
    ]
    silent = [(member, row.said[member.pk]) for member in members if member.pk not in spoken]
    whole = Row(measure, row.facts, row.state, row.said, row.hidden)
    return Sheet(whole, histories, silent, scale, scale.ticks(), percent(scale.place(day)))


def _entries(said: Sequence[Statement], row: Row, measure: Measure, reader: Delegate) -> list[Entry]:
    """Return the statements about one member, by validity and entry, the latest first."""
    correction_of = {one.corrects_id: one for one in said if one.corrects_id}
    counting = {fact.number for fact in row.state.values()}
    return [
        Entry(
            statement=one,
            correction=correction_of.get(one.pk),
            counts=one.number in counting,
            can_correct=measure.retired_at is None and one.pk not in correction_of and may_correct(reader, one),
        )
        for one in sorted(said, key=lambda one: (one.valid_from, one.number), reverse=True)
    ]


def member_for(reader: Delegate, code: str, day: date, filters: Filters) -> MemberSheet | None:
    """Return how a member stands to the measures, None for who is no member or partner."""
    table = table_for(reader, day, filters)
    member = next((member for member in table.members if member.pk == code), None)
    if member is None:
        return None
    rows = Statement.objects.visible_to(reader).filter(member=member).select_related("by__person")
    by_number = {(one.measure_id, one.number): one for one in rows.order_by("number")}
    lines = [(row, row.said[code], _counting(row, code, by_number)) for row in table.rows]
    best = table.best()
    return MemberSheet(
        table=table,
        member=member,
        lines=lines,
        best=next((one for one in table.members if one.pk == best), None),
        todo=table.todo(member, best) if best and best != code else None,
    )


def _counting(row: Row, code: str, by_number: dict[tuple[UUID, int], Statement]) -> Statement | None:
    fact = row.state.get(code)
    return by_number[row.measure.pk, fact.number] if fact else None


def package_for(reader: Delegate, package_id: UUID, day: date) -> tuple[Package, Table, list[Row]] | None:
    """Return a package with its measures in their order, None where there is none for `reader`."""
    package = Package.objects.visible_to(reader).prefetch_related("items", "steps").filter(pk=package_id).first()
    if package is None:
        return None
    table = table_for(reader, day, Filters(package=package_id))
    by_key = {row.measure.pk: row for row in [*table.rows, *table.others]}
    return package, table, [by_key[item.measure_id] for item in package.items.all()]


def statement_for(reader: Delegate, statement_id: UUID) -> Statement | None:
    """Return a statement that `reader` may read, with its measure."""
    rows = Statement.objects.visible_to(reader).filter(pk=statement_id)
    return rows.select_related("measure", "member").first()
