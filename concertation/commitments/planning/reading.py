"""What a plan comes to, as people read it: coverage by requirement and month, and who serves what when; pure."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from concertation.commitments.plan.model import Form, Plan, Problem, Requirement

FULL, MOST = 100, 75


@dataclass(frozen=True, slots=True)
class Cell:
    """The share of a need that is met in a month, in percent; None where nothing is needed.

    It is unknown how much more undisclosed offers would add where `is_open` is set.
    """

    month: int
    share: int | None
    is_open: bool = False

    @property
    def look(self) -> str:
        """How the cell is drawn; the figure says the same."""
        if self.share is None:
            return "blank"
        if self.is_open:
            return "unknown"
        return "full" if self.share >= FULL else "most" if self.share >= MOST else "part" if self.share else "none"


@dataclass(frozen=True, slots=True)
class Line:
    """A requirement over the months of a plan."""

    requirement: Requirement
    cells: Sequence[Cell]
    given: int  # pieces, of what is not stock in all months together

    @property
    def needed_cells(self) -> list[Cell]:
        """The months in which something is needed."""
        return [cell for cell in self.cells if cell.share is not None]

    @property
    def is_covered(self) -> bool:
        """Whether nothing is missing."""
        return self.given >= self.requirement.total

    @property
    def missing(self) -> int:
        """Pieces missing, of what is not stock in all months together."""
        return max(self.requirement.total - self.given, 0)

    @property
    def short_months(self) -> list[int]:
        """The months in which something is missing."""
        return [cell.month for cell in self.needed_cells if cell.share is not None and cell.share < FULL]

    @property
    def average(self) -> int:
        """The share of the whole need that is met, in percent."""
        return percent(self.given, self.requirement.total)


def percent(given: int, needed: int) -> int:
    """Return a share in whole percent that is 100 only if all is there, and 0 only if nothing is."""
    if given >= needed:
        return FULL
    return min(max(given * 100 // needed, 1 if given else 0), 99)


def lines_of(problem: Problem, plan: Plan, unknown: Mapping[str, Sequence[int]]) -> list[Line]:
    """Return the coverage of every requirement: essential first, then by weight, the greatest gap first."""
    given = _given(problem, plan)
    lines = [_line(problem, need, given[need.id], set(unknown.get(need.id, ()))) for need in problem.requirements]
    return sorted(
        lines,
        key=lambda line: (not line.requirement.essential, -line.requirement.weight, line.average, line.requirement.id),
    )


def _given(problem: Problem, plan: Plan) -> dict[str, dict[int, int]]:
    """Return the pieces that each requirement gets in each month."""
    strength = {offer.id: offer.strength for offer in problem.contributions}
    given: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for tour in plan.tours:
        for month in range(tour.start, tour.end):
            given[tour.requirement][month] += strength[tour.contribution]
    for share in plan.shares:
        given[share.requirement][share.month] += share.amount
    return given


def _line(problem: Problem, need: Requirement, given: Mapping[int, int], unknown: set[int]) -> Line:
    if need.form is Form.STOCK:
        return _stock_line(problem, need, given, unknown)
    cells = []
    for month in range(problem.months):
        share = percent(given.get(month, 0), need.quantity) if need.start <= month < need.end else None
        cells.append(Cell(month, share, share is not None and share < FULL and month in unknown))
    useful = sum(min(amount, need.quantity) for month, amount in given.items() if need.start <= month < need.end)
    return Line(need, cells, useful)


def _stock_line(problem: Problem, need: Requirement, given: Mapping[int, int], unknown: set[int]) -> Line:
    """Return the coverage of what is needed once: in each month all that came until then."""
    cells, total = [], 0
    opened = min(unknown, default=problem.months)
    for month in range(problem.months):
        total += given.get(month, 0)
        share = percent(total, need.quantity) if need.start <= month < need.end else None
        cells.append(Cell(month, share, share is not None and share < FULL and month >= opened))
    return Line(need, cells, min(total, need.quantity))


@dataclass(frozen=True, slots=True)
class Service:
    """What a contribution does for a requirement in a span of months; `amount` pieces in each, or once of a stock."""

    contribution: str
    requirement: str
    start: int
    end: int
    amount: int

    @property
    def end_month(self) -> int:
        """The last month."""
        return self.end - 1


def services_of(problem: Problem, plan: Plan) -> dict[str, list[Service]]:
    """Return what each contribution does, by time; what goes on unchanged is one span."""
    strength = {offer.id: offer.strength for offer in problem.contributions}
    parts = [Service(t.contribution, t.requirement, t.start, t.end, strength[t.contribution]) for t in plan.tours]
    parts += [Service(s.contribution, s.requirement, s.month, s.month + 1, s.amount) for s in plan.shares]
    found: dict[str, list[Service]] = defaultdict(list)
    for part in sorted(parts, key=lambda part: (part.contribution, part.requirement, part.start)):
        own = found[part.contribution]
        if own and (own[-1].requirement, own[-1].end, own[-1].amount) == (part.requirement, part.start, part.amount):
            own[-1] = replace(own[-1], end=part.end)
        else:
            own.append(part)
    return {name: sorted(own, key=lambda service: (service.start, service.requirement)) for name, own in found.items()}


def parts_of(problem: Problem, plan: Plan) -> set[str]:
    """Return the codes of the members that serve in a plan."""
    serving = {tour.contribution for tour in plan.tours} | {share.contribution for share in plan.shares}
    return {code for offer in problem.contributions if offer.id in serving for code in offer.members}
