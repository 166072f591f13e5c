"""The same problems in CP-SAT: `python -m benchmarks.plan.cpsat M 1 60` in an environment with requirements/bench.txt.

OR-tools and HiGHS cannot be loaded in one process, so that the benchmark starts this one by itself. Everything that a
unit can do is a column of its own, as in `plan.tours`; money is counted in the largest piece that all offers consist
of, since CP-SAT knows whole numbers only. Two workers, half of the seconds for each of the first two stages.
"""

import json
import sys
import time
from collections import defaultdict
from math import gcd

from ortools.sat.python import cp_model

from benchmarks.plan.generator import make_problem
from concertation.commitments.plan.ground import Ground
from concertation.commitments.plan.model import Form

SCALE = 1_000_000  # of the objective, which is a whole number too
WORKERS = 2


class Program:
    """The columns of a ground, and what fills each need."""

    def __init__(self, ground: Ground) -> None:
        self.ground, self.model = ground, cp_model.CpModel()
        self.fills: dict[tuple[int, int], list[cp_model.LinearExprT]] = defaultdict(list)
        self.short: dict[tuple[int, int], cp_model.IntVar] = {}
        stocks = [int(ground.strength[place]) for place in ground.placed(Form.STOCK)]
        self.piece = gcd(*stocks) or 1
        for place in ground.placed(Form.UNIT):
            self._add_unit(place)
        for place in [*ground.placed(Form.POOL), *ground.placed(Form.STOCK)]:
            self._add_divisible(place)
        for requirement, month in zip(*ground.need.nonzero(), strict=True):
            self._add_need(int(requirement), int(month))

    def _size(self, requirement: int) -> int:
        return self.piece if self.ground.requirements[requirement].form is Form.STOCK else 1

    def _add_unit(self, unit: int) -> None:
        contribution, strength = self.ground.contributions[unit], int(self.ground.strength[unit])
        at_once: dict[int, list[cp_model.IntVar]] = defaultdict(list)
        for link in self.ground.links[unit]:
            for start in range(link.start, link.end):
                for end in range(start + 1, min(start + contribution.tour, link.end) + 1):
                    tour = self.model.new_bool_var("")
                    for month in range(start, end):
                        self.fills[link.requirement, month].append(strength * tour)
                    for month in range(start, end + contribution.rest):
                        at_once[month].append(tour)
        for tours in at_once.values():
            self.model.add_at_most_one(tours)

    def _add_divisible(self, place: int) -> None:
        once, strength = self.ground.contributions[place].form is Form.STOCK, int(self.ground.strength[place])
        by_month: dict[int, list[cp_model.IntVar]] = defaultdict(list)
        most = strength // self.piece if once else strength
        for link in self.ground.links[place]:
            for month in range(link.start, link.start + 1 if once else link.end):
                amount = self.model.new_int_var(0, most, "")
                self.fills[link.requirement, self.ground.column(link.requirement, month)].append(amount)
                by_month[0 if once else month].append(amount)
        for amounts in by_month.values():
            self.model.add(sum(amounts) <= most)

    def _add_need(self, requirement: int, month: int) -> None:
        pieces = round(int(self.ground.need[requirement, month]) / self._size(requirement))
        missing = self.model.new_int_var(0, pieces, "")
        self.model.add(sum(self.fills[requirement, month]) + missing >= pieces)
        self.short[requirement, month] = missing

    def shortfall(self, *, essential: bool) -> cp_model.LinearExprT:
        """Return the shortfall, of what is essential only if so asked."""
        ground = self.ground
        return sum(
            round(SCALE * float(ground.price[requirement]) * self._size(requirement)) * missing
            for (requirement, _), missing in self.short.items()
            if not essential or ground.essential[requirement]
        )


def main() -> None:
    """Print value and bound of the first two stages, and the seconds of CPU that they took."""
    size, seed, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
    program, found = Program(Ground.of(make_problem(size, seed))), []
    for essential in (True, False):
        cost = program.shortfall(essential=essential)
        program.model.minimize(cost)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers, solver.parameters.max_time_in_seconds = WORKERS, seconds / 2
        if solver.solve(program.model) not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
            found.append((None, None))
            break
        found.append((solver.objective_value / SCALE, solver.best_objective_bound / SCALE))
        program.model.add(cost <= round(solver.objective_value))
        hint = [solver.value(program.model.get_int_var_from_proto_index(n)) for n in range(_columns(program))]
        program.model.clear_hints()
        for number, value in enumerate(hint):
            program.model.add_hint(program.model.get_int_var_from_proto_index(number), value)
    print(json.dumps({"stages": found, "seconds": time.process_time()}))


def _columns(program: Program) -> int:
    return len(program.model.proto.variables)


if __name__ == "__main__":
    main()
