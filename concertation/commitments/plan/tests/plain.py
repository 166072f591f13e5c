"""The plain formulation: does unit u serve requirement r in month m? Written apart from what makes plans.

All five stages on one program with a binary for each unit, requirement and month. It agrees with the other formulation
where units rest at least a month; it is also what the benchmark compares with.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from concertation.commitments.plan.ground import Ground
from concertation.commitments.plan.highs import Effort, Program
from concertation.commitments.plan.measure import Stage, burden_share
from concertation.commitments.plan.model import Form

Terms = list[tuple[int, float]]


@dataclass
class Plain:
    """The columns of the plain formulation of a ground."""

    ground: Ground
    program: Program = field(default_factory=Program)
    serves: dict[tuple[int, int, int], int] = field(default_factory=dict)
    gives: dict[tuple[int, int, int], int] = field(default_factory=dict)
    short: dict[tuple[int, int], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        fills: dict[tuple[int, int], Terms] = defaultdict(list)
        for place, contribution in enumerate(self.ground.contributions):
            unit = contribution.form is Form.UNIT
            for link in self.ground.links[place]:
                once = contribution.form is Form.STOCK
                for month in range(link.start, link.start + 1 if once else link.end):
                    upper = 1.0 if unit else contribution.strength / self._piece(link.requirement)
                    column = self.program.add_column(upper, whole=not once)
                    (self.serves if unit else self.gives)[place, link.requirement, month] = column
                    need = (link.requirement, self.ground.column(link.requirement, month))
                    fills[need].append((column, float(contribution.strength) if unit else 1.0))
            if unit:
                self._rest(place, contribution.tour, contribution.rest)
            else:
                self._conserve(place)
        for requirement, month in zip(*self.ground.need.nonzero(), strict=True):
            need = (int(requirement), int(month))
            pieces = int(self.ground.need[need]) / self._piece(need[0])
            self.short[need] = self.program.add_column(pieces)
            self.program.add_row([*fills[need], (self.short[need], 1.0)], lower=pieces)

    def _piece(self, requirement: int) -> int:
        """Return what 1 stands for: of money the whole need, since HiGHS errs with cents beside single units."""
        needed = self.ground.requirements[requirement]
        return needed.quantity if needed.form is Form.STOCK else 1

    def _rest(self, unit: int, tour: int, rest: int) -> None:
        by_month: dict[int, Terms] = defaultdict(list)
        mine = {key[1:]: column for key, column in self.serves.items() if key[0] == unit}
        for (_, month), column in mine.items():
            by_month[month].append((column, 1.0))
        for month, terms in by_month.items():
            self.program.add_row(terms, upper=1.0)
            if rest:  # without rest one tour can follow the other
                window = [term for later in range(month, month + tour + 1) for term in by_month.get(later, [])]
                self.program.add_row(window, upper=float(tour))
        for (requirement, month), column in mine.items():
            ending = [(column, 1.0), *((mine[key], -1.0) for key in [(requirement, month + 1)] if key in mine)]
            for later in range(month + 1, month + rest + 1):
                summed: dict[int, float] = defaultdict(float)
                for place, factor in [*ending, *by_month.get(later, [])]:
                    summed[place] += factor
                self.program.add_row(list(summed.items()), upper=1.0)

    def _conserve(self, place: int) -> None:
        strength, once = self.ground.contributions[place].strength, self.ground.contributions[place].form is Form.STOCK
        by_month: dict[int, Terms] = defaultdict(list)
        for (who, requirement, month), column in self.gives.items():
            if who == place:
                by_month[0 if once else month].append((column, self._piece(requirement) / strength))
        for terms in by_month.values():
            self.program.add_row(terms, upper=1.0)

    def work(self) -> Iterator[tuple[int, int, float]]:
        """Yield each column that stands for work, whose it is, and what it weighs."""
        for (place, requirement, _), column in self.serves.items():
            yield column, place, float(self.ground.price[requirement]) * self.ground.contributions[place].strength
        for (place, requirement, _), column in self.gives.items():
            yield column, place, float(self.ground.price[requirement]) * self._piece(requirement)

    def objective(self, stage: Stage) -> tuple[dict[int, float], float]:
        """Return the cost of `stage` and its constant."""
        ground, cost = self.ground, {}
        if stage in {Stage.ESSENTIAL, Stage.WEIGHTED}:
            for (requirement, _), column in self.short.items():
                if stage is Stage.WEIGHTED or ground.essential[requirement]:
                    cost[column] = float(ground.price[requirement]) * self._piece(requirement)
            return cost, 0.0
        if stage is Stage.UNAPPROVED:
            return {column: worth for column, place, worth in self.work() if ground.unapproved[place]}, 0.0
        if stage is Stage.BURDEN:
            return self._burden(), 0.0
        return self._change()

    def _burden(self) -> dict[int, float]:
        greatest = self.program.add_column()
        for member in self.ground.problem.members:
            terms, share = [], burden_share(self.ground, member.means)
            for column, place, worth in self.work():
                members = self.ground.contributions[place].members
                if member.id in members:
                    terms.append((column, worth / len(members) / share))
            self.program.add_row([*terms, (greatest, -1.0)], upper=0.0)
        return {greatest: 1.0}

    def _change(self) -> tuple[dict[int, float], float]:
        """The previous plans of these tests have tours only."""
        previous = self.ground.problem.previous
        if previous is None:
            return {}, 0.0
        before = {(t.contribution, t.requirement, month) for t in previous.tours for month in range(t.start, t.end)}
        cost, ground = {}, self.ground
        for (place, requirement, month), column in (*self.serves.items(), *self.gives.items()):
            given = ground.contributions[place]
            share = 1.0 if given.form is Form.UNIT else self._piece(requirement) / given.strength
            is_kept = (given.id, ground.requirements[requirement].id, month) in before and given.form is not Form.STOCK
            cost[column] = -share if is_kept else share
        return cost, float(len(before))

    def values(self, effort: Effort, stages: tuple[Stage, ...] = tuple(Stage)) -> Iterator[tuple[float, float]]:
        """Yield value and bound of each of `stages`, each kept for those after it."""
        for stage in stages:
            cost, constant = self.objective(stage)
            answer = self.program.minimise(cost, effort)
            yield answer.value + constant, answer.bound + constant
            self.program.add_row(cost.items(), upper=answer.value + 5e-7 * max(1.0, abs(answer.value)))
