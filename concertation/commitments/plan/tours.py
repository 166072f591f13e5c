"""The integer program over tours: one column for a unit, a requirement, a month to start in and a length.

The tours of one unit are intervals (with the rest after them) that may not overlap, so that the columns of one unit
describe exactly its possible schedules, without fractions; what couples the units is the need alone. Pools and stocks
flow beside them. Program and costs may cover a whole problem or a neighbourhood of a plan: units and divisible
contributions that are not `free` stay as they are in the draft that it is made from.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence

from concertation.commitments.plan.draft import Draft, Stint, rounded
from concertation.commitments.plan.ground import Floats, Ground, Link
from concertation.commitments.plan.highs import Program
from concertation.commitments.plan.model import Form, Plan


class TourProgram:
    """The program of everything that may move, given a draft of what stays; divisible goods flow to `only` these."""

    def __init__(
        self,
        stays: Draft,
        stints: Mapping[int, Sequence[Stint]],
        divisible: Iterable[int],
        only: Container[int] | None = None,
    ) -> None:
        self.ground: Ground = stays.ground
        self.stays = stays
        self.program = Program()
        self.stints: dict[int, tuple[int, Stint]] = {}
        self.flows: dict[int, tuple[int, int, int]] = {}
        self.short: dict[int, tuple[int, int]] = {}
        self._fills: dict[tuple[int, int], list[tuple[int, float]]] = defaultdict(list)
        for unit, options in stints.items():
            self._add_unit(unit, options)
        for contribution in divisible:
            links = self.ground.links[contribution]
            self._add_divisible(contribution, [link for link in links if only is None or link.requirement in only])
        for place in sorted(self._fills):
            self._add_need(place)

    def _add_unit(self, unit: int, options: Sequence[Stint]) -> None:
        rest, strength = self.ground.contributions[unit].rest, int(self.ground.strength[unit])
        columns = []
        for stint in options:
            requirement, start, end = stint
            column = self.program.add_column(1.0, whole=True)
            self.stints[column] = (unit, stint)
            columns.append((column, start, end + rest))
            for month in range(start, end):
                if lacking := self.stays.missing(requirement, month):
                    self._fills[requirement, month].append((column, min(strength, lacking)))
        for month in sorted({start for _, start, _ in columns}):
            self.program.add_row([(column, 1.0) for column, start, end in columns if start <= month < end], upper=1.0)

    def _add_divisible(self, contribution: int, links: list[Link]) -> None:
        """Add a column for what each link gets; of stocks as a share of the need, since cents would be too many."""
        strength = int(self.ground.strength[contribution])
        once = self.ground.contributions[contribution].form is Form.STOCK
        by_month: dict[int, list[tuple[int, float]]] = defaultdict(list)
        for link in links:
            for month in range(link.start, link.start + 1 if once else link.end):
                if not (lacking := self.stays.missing(link.requirement, month)):
                    continue
                size = self.scale(link.requirement)
                column = self.program.add_column(min(strength, lacking) / size, whole=not once)
                self.flows[column] = (contribution, link.requirement, month)
                by_month[0 if once else month].append((column, size / strength))
                self._fills[link.requirement, self.ground.column(link.requirement, month)].append((column, 1.0))
        for _, terms in sorted(by_month.items()):
            self.program.add_row(terms, upper=1.0)

    def _add_need(self, place: tuple[int, int]) -> None:
        requirement, month = place
        lacking = self.stays.missing(requirement, month) / self.scale(requirement)
        column = self.program.add_column(lacking, whole=self.scale(requirement) == 1)
        self.short[column] = place
        self.program.add_row([*self._fills[place], (column, 1.0)], lower=lacking)

    def scale(self, requirement: int) -> int:
        """Return the pieces that 1 stands for in the columns of `requirement`."""
        needed = self.ground.requirements[requirement]
        return needed.quantity if needed.form is Form.STOCK else 1

    def work(self) -> dict[int, tuple[int, float]]:
        """Return the contribution and the weighted work of each column that stands for some."""
        price, found = self.ground.price, {}
        for column, (unit, (requirement, start, end)) in self.stints.items():
            found[column] = (unit, float(price[requirement] * self.ground.strength[unit] * (end - start)))
        for column, (contribution, requirement, _) in self.flows.items():
            found[column] = (contribution, float(price[requirement]) * self.scale(requirement))
        return found

    def start(
        self, stints: Mapping[int, Sequence[Stint]], shares: Mapping[tuple[int, int, int], int]
    ) -> dict[int, float]:
        """Return the values of the whole columns that stand for `stints`, by unit, and `shares`."""
        taken = {column: float(stint in stints[unit]) for column, (unit, stint) in self.stints.items()}
        given = {column: float(shares.get(flow, 0)) for column, flow in self.flows.items()}
        return taken | {column: amount for column, amount in given.items() if self.program.whole[column]}

    def plan(self, solution: Floats) -> Plan:
        """Return the plan that `solution` stands for, every quantity a whole number of pieces."""
        draft = Draft(self.ground, self.stays.plan())
        self.settle(draft, solution)
        return draft.plan()

    def settle(self, draft: Draft, solution: Floats) -> None:
        """Do in `draft`, which has what stays, what `solution` stands for."""
        for column, (unit, stint) in self.stints.items():
            if solution[column] > 0.5:
                draft.serve(unit, stint)
        for column, (contribution, requirement, month) in self.flows.items():
            gift, piece = (contribution, requirement, month), self.scale(requirement)
            if (amount := rounded(draft, gift, solution[column] * piece, piece)) > 0:
                draft.give(*gift, amount)
        for contribution in sorted({flow[0] for flow in self.flows.values()}):
            if self.ground.contributions[contribution].form is Form.STOCK:
                for link in self.ground.links[contribution]:
                    draft.fill(link)  # the cents that rounding left
