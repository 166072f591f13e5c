"""Who applies what, as a reader sees it: derived from what that reader may read, with a word about what is left out."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast

from concertation.coalition.enums import Audience, Status
from concertation.coalition.models import Delegate, Member
from concertation.core.days import latest_day
from concertation.pressure.aligning import Fact, Said, most_complete, said_of, state_at, tally, to_match
from concertation.pressure.enums import Origin
from concertation.pressure.history import points, totals
from concertation.pressure.models import Measure, Package, Statement

SPEAKING = (Status.MEMBER, Status.PARTNER)


@dataclass(frozen=True, slots=True)
class Filters:
    """Which measures are looked at; empty is all."""

    kind: str = ""
    territory: str = ""
    package: UUID | None = None

    @property
    def is_set(self) -> bool:
        """Whether anything is left out by them."""
        return bool(self.kind or self.territory or self.package)

    def query(self, at: date | None) -> str:
        """Return them, and the day, as the query of an address."""
        facts = {"kind": self.kind, "territory": self.territory, "package": self.package, "at": at}
        return urlencode({name: str(value) for name, value in facts.items() if value})

    def keep(self, measure: Measure) -> bool:
        """Say whether `measure` has the type and the territory looked for."""
        return (not self.kind or self.kind in measure.kinds) and (
            not self.territory or self.territory in measure.territories
        )


@dataclass(frozen=True, slots=True)
class Row:
    """A measure on the day that is looked at."""

    measure: Measure
    facts: list[Fact]
    state: dict[str, Fact]  # what counts of each member of which anything is known
    said: dict[str, Said]  # how each member stands
    hidden: int  # statements that are not for the reader, of any day

    @property
    def tally(self) -> dict[Said, int]:
        """How many members stand how."""
        return tally(self.said.values())

    def said_by(self, said: Said) -> list[str]:
        """Return the codes of the members that stand so."""
        return [code for code, one in self.said.items() if one == said]


@dataclass(frozen=True, slots=True)
class Todo:
    """What a member would have to do to match the most complete one."""

    member: Member
    applied: int
    missing: list[tuple[Row, Said]]

    @property
    def tally(self) -> dict[Said, int]:
        """How the member stands to what is missing."""
        return tally(said for _row, said in self.missing)


@dataclass(frozen=True, slots=True)
class Table:
    """Measures × members on a day."""

    day: date
    members: list[Member]
    rows: list[Row]  # what counts
    others: list[Row]  # retired, or not in force
    hidden_of: Mapping[str, int]  # statements that are not for the reader, by member

    @property
    def hidden(self) -> int:
        """How many statements about what counts are not for the reader."""
        return sum(row.hidden for row in self.rows)

    @property
    def tally(self) -> dict[Said, int]:
        """How many pairs of a measure and a member stand how."""
        return tally(said for row in self.rows for said in row.said.values())

    @property
    def codes(self) -> list[str]:
        """The members in the order of protocol."""
        return [member.pk for member in self.members]

    def of_member(self, code: str) -> dict[Said, int]:
        """Return how a member stands to the measures."""
        return tally(row.said[code] for row in self.rows)

    def best(self) -> str | None:
        """Return the member that applies most, of several the first in the order of protocol."""
        return most_complete([row.said for row in self.rows], self.codes)

    def todo(self, member: Member, best: str) -> Todo:
        """Return what `member` would have to do to match `best`."""
        said = [row.said for row in self.rows]
        missing = [(self.rows[place], said[place][member.pk]) for place in to_match(said, member.pk, best)]
        return Todo(member, self.of_member(member.pk)[Said.APPLIES], missing)

    def history(self) -> list[tuple[date, dict[Said, int]]]:
        """Return how the alignment stood on a few days up to the day that is looked at."""
        histories = [(row.facts, bool(row.measure.catalogue_key)) for row in self.rows]
        since = [fact.valid_from for row in self.rows for fact in row.facts if fact.valid_from <= self.day]
        days = points(since, self.day)
        return list(zip(days, totals(histories, self.codes, days), strict=True))


def speaking_members() -> list[Member]:
    """Return the members and partners in the order of protocol: those that can apply a measure together."""
    return list(Member.objects.filter(status__in=SPEAKING))


def table_for(reader: Delegate, day: date, filters: Filters | None = None, *, only: UUID | None = None) -> Table:
    """Return measures × members on `day` as `reader` may see them, in a fixed number of queries.

    `only` is a measure to which the table is limited.
    """
    filters = filters or Filters()
    measures = [measure for measure in _measures(reader, filters, only) if filters.keep(measure)]
    members = speaking_members()
    codes = [member.pk for member in members]
    facts, hidden = facts_for(reader, measures), _hidden(reader)
    rows = [_row(measure, facts.get(measure.pk, []), codes, day, hidden) for measure in measures]
    counted = [row for row in rows if row.measure.is_counted]
    shown = {row.measure.pk for row in counted}
    hidden_of: Counter[str] = Counter()
    for measure, by_member in hidden.items():
        hidden_of.update(by_member if measure in shown else {})
    others = [row for row in rows if not row.measure.is_counted]
    return Table(day, members, counted, others, hidden_of)


def rows_for_all(reader: Delegate, day: date) -> list[Row]:
    """Return the measures that count with what everybody in the coalition may read; `reader` may be any delegate."""
    codes = [member.pk for member in speaking_members()]
    facts = facts_for(None)
    measures = [measure for measure in _measures(reader, Filters(), None) if measure.is_counted]
    return [_row(measure, facts.get(measure.pk, []), codes, day, {}) for measure in measures]


def _measures(reader: Delegate, filters: Filters, only: UUID | None) -> QuerySet[Measure]:
    """Return the measures of the package looked for, or all, without what a list does not show."""
    visible = Measure.objects.visible_to(reader).defer("edition", "summary", "sources")
    if only is not None:
        return visible.filter(pk=only)
    if filters.package is None:
        return visible
    package = Package.objects.visible_to(reader).filter(pk=filters.package)
    return visible.filter(pk__in=package.values("items__measure"))


def facts_for(reader: Delegate | None, measures: Collection[Measure] | None = None) -> dict[UUID, list[Fact]]:
    """Return what `reader` may read of each measure, as the derivation takes it; all measures without `measures`.

    Without a reader it is what everybody in the coalition may read.
    """
    everybody = Statement.objects.filter(audience=Audience.COALITION)
    rows = Statement.objects.visible_to(reader) if reader else everybody
    if measures is not None and len(measures) < 50:
        rows = rows.filter(measure__in=[measure.pk for measure in measures])
    fields = ("number", "member_id", "origin", "stance", "valid_from", "corrects__number")
    key = Cast("measure_id", CharField())  # as text: making a UUID of each took as long as all the rest
    found: dict[str, list[Fact]] = defaultdict(list)
    for measure, number, member, origin, stance, valid_from, corrects in rows.order_by().values_list(key, *fields):
        found[measure].append(Fact(number, member, origin == Origin.OWN, stance, valid_from, corrects))
    return {UUID(measure): facts for measure, facts in found.items()}


def _hidden(reader: Delegate) -> dict[UUID, Counter[str]]:
    """Return how many statements of each measure, by member, are not for `reader`, of any day."""
    confined = Statement.objects.exclude(audience=Audience.COALITION).order_by()
    hidden = Counter(confined.values_list("measure_id", "member_id"))
    hidden.subtract(Counter(confined.visible_to(reader).values_list("measure_id", "member_id")))
    found: dict[UUID, Counter[str]] = defaultdict(Counter)
    for (measure, member), number in hidden.items():
        found[measure][member] = number
    return found


def _row(
    measure: Measure, facts: list[Fact], codes: Sequence[str], day: date, hidden: Mapping[UUID, Mapping[str, int]]
) -> Row:
    state = state_at(facts, day)
    catalogued = bool(measure.catalogue_key)
    said = {code: said_of(state, code, catalogued=catalogued) for code in codes}
    unseen = sum(number for code, number in hidden.get(measure.pk, {}).items() if code in said)
    return Row(measure, facts, state, said, unseen)


def territories_of(measures: Iterable[Measure]) -> list[str]:
    """Return the territories that measures target, each once."""
    return sorted({code for measure in measures for code in measure.territories})


def targets(reader: Delegate) -> list[str]:
    """Return every territory that a measure targets."""
    lists = Measure.objects.visible_to(reader).order_by().values_list("territories", flat=True)
    return sorted({code for codes in lists for code in codes})


def packages_for(reader: Delegate) -> list[Package]:
    """Return the packages, retired ones last, each with its items."""
    rows = Package.objects.visible_to(reader).prefetch_related("items")
    return sorted(rows, key=lambda package: package.retired_at is not None)


def todos(table: Table) -> Iterator[Todo]:
    """Yield what each other member would have to do to match the most complete one."""
    best = table.best()
    if best is not None:
        yield from (table.todo(member, best) for member in table.members if member.pk != best)


__all__ = ["Filters", "Row", "Table", "Todo", "facts_for", "latest_day", "table_for"]
