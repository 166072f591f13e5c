"""A linear or mixed-integer program, built row by row and solved by HiGHS in one thread.

HiGHS' time limit is wall time, so that a loaded machine finds other plans: where a result must be reproducible, limit
`nodes` instead.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from math import fsum
from time import monotonic
from typing import Self

import highspy
import numpy as np

from concertation.commitments.plan.ground import Floats

INFINITY = highspy.kHighsInf
FEW = 1000  # columns, up to which it pays to begin again with what was learnt; beyond, it took 40 % of the time
CUTS = 1  # kept beside those in use: to look for more takes HiGHS longer than they save
_HEURISTICS = tuple(
    f"mip_heuristic_run_{name}" for name in ("feasibility_jump", "rins", "rens", "root_reduced_cost")
)  # of no use beside a start
_STOPPED = {
    highspy.HighsModelStatus.kOptimal,
    highspy.HighsModelStatus.kTimeLimit,
    highspy.HighsModelStatus.kSolutionLimit,
    highspy.HighsModelStatus.kInterrupt,
}


@dataclass(frozen=True, slots=True)
class Effort:
    """How long a search may take: wall `seconds`, `nodes` of the tree, and until `cancelled` says so."""

    seconds: float | None = None
    nodes: int | None = None
    cancelled: Callable[[], bool] | None = None

    def left(self, began: float) -> Self:
        """Return what is left now of an effort that began at the moment `began` of the monotonic clock."""
        return self if self.seconds is None else replace(self, seconds=max(self.seconds - (monotonic() - began), 0.0))

    def half(self) -> Self:
        """Return an effort of half the time."""
        return self if self.seconds is None else replace(self, seconds=self.seconds / 2)


UNLIMITED = Effort()


@dataclass(frozen=True, slots=True)
class Answer:
    """The best `solution` found, None if none was; its `value`, and the `bound` that no solution can pass."""

    solution: Floats | None
    value: float
    bound: float
    proven: bool


def new_solver() -> highspy.Highs:
    """Return a silent solver that keeps to one thread."""
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    return solver


class Program:
    """Minimises a linear cost of columns between their bounds, under rows between theirs."""

    def __init__(self) -> None:
        self.lower: list[float] = []
        self.upper: list[float] = []
        self.whole: list[bool] = []
        self._rows: list[tuple[float, float]] = []
        self._starts = [0]
        self._index: list[int] = []
        self._value: list[float] = []

    def add_column(self, upper: float = INFINITY, *, lower: float = 0.0, whole: bool = False) -> int:
        """Return the number of a new column between `lower` and `upper`, `whole` if it must be an integer."""
        self.lower.append(lower)
        self.upper.append(upper)
        self.whole.append(whole)
        return len(self.upper) - 1

    def add_row(self, terms: Iterable[tuple[int, float]], *, lower: float = -INFINITY, upper: float = INFINITY) -> None:
        """Require the sum of `terms` (column, factor) to lie between `lower` and `upper`."""
        for column, factor in terms:
            self._index.append(column)
            self._value.append(factor)
        self._starts.append(len(self._index))
        self._rows.append((lower, upper))

    def minimise(
        self,
        cost: dict[int, float],
        effort: Effort = UNLIMITED,
        start: dict[int, float] | None = None,
        none_of: Collection[int] = (),
    ) -> Answer:
        """Return the best solution for `cost`, looking from `start` if that is given: values of the whole columns.

        The columns `none_of` stay 0.
        """
        if not self.upper:
            return Answer(np.zeros(0), 0.0, 0.0, proven=True)
        solver, began = self._solver(cost, effort), monotonic()
        solver.setOptionValue("mip_allow_restart", start is None and len(self.upper) <= FEW)
        for column in none_of:
            solver.changeColBounds(column, 0.0, 0.0)
        if start is not None:
            for name in _HEURISTICS:
                solver.setOptionValue(name, False)
            solver.setOptionValue("mip_heuristic_effort", 0.0)
            columns = np.array(list(start), dtype=np.int32)
            solver.setSolution(len(start), columns, np.array(list(start.values()), dtype=np.float64))
        solver.run()
        status, info = solver.getModelStatus(), solver.getInfo()
        if status not in _STOPPED or info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return Answer(None, INFINITY, info.mip_dual_bound if any(self.whole) else -INFINITY, proven=False)
        solution = np.array(solver.getSolution().col_value, dtype=np.float64)
        proven, value = status == highspy.HighsModelStatus.kOptimal, info.objective_function_value
        if start is not None and not _is_worth(solution, cost, value):
            return self.minimise(cost, effort.left(began), none_of=none_of)
        bound = info.mip_dual_bound if any(self.whole) else value if proven else -INFINITY
        return Answer(solution, value, bound, proven)

    def relaxed(self, cost: dict[int, float]) -> tuple[Floats, Floats]:
        """Return the solution for `cost` without whole columns, and the reduced cost of each column."""
        solver = self._solver(cost, UNLIMITED)
        solver.setOptionValue("solve_relaxation", True)
        solver.run()
        solution = solver.getSolution()
        return np.array(solution.col_value, dtype=np.float64), np.array(solution.col_dual, dtype=np.float64)

    def _solver(self, cost: dict[int, float], effort: Effort) -> highspy.Highs:
        solver = new_solver()
        options: dict[str, float] = {"mip_rel_gap": 0.0, "mip_abs_gap": 1e-7, "mip_pool_soft_limit": CUTS}
        options |= {} if effort.seconds is None else {"time_limit": max(effort.seconds, 0.01)}
        options |= {} if effort.nodes is None else {"mip_max_nodes": effort.nodes}
        for name, value in options.items():
            solver.setOptionValue(name, value)
        solver.passModel(self.as_model(cost))
        if effort.cancelled is not None:
            _stop_when(solver, effort.cancelled)
        return solver

    def as_model(self, cost: dict[int, float]) -> highspy.HighsLp:
        """Return the program with `cost` as HiGHS takes it."""
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(self.upper), len(self._rows)
        costs = np.zeros(len(self.upper))
        costs[list(cost)] = list(cost.values())
        lp.col_cost_ = costs
        lp.col_lower_, lp.col_upper_ = np.array(self.lower), np.array(self.upper)
        lp.row_lower_ = np.array([row[0] for row in self._rows])
        lp.row_upper_ = np.array([row[1] for row in self._rows])
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.array(self._starts)
        lp.a_matrix_.index_ = np.array(self._index, dtype=np.int32)
        lp.a_matrix_.value_ = np.array(self._value, dtype=np.float64)
        if any(self.whole):
            kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
            lp.integrality_ = [kinds[whole] for whole in self.whole]
        return lp


def _is_worth(solution: Floats, cost: dict[int, float], value: float) -> bool:
    """Say whether `solution` costs `value`: HiGHS 1.16 at times answers its start beside the value of a better one."""
    return abs(fsum(factor * solution[column] for column, factor in cost.items()) - value) <= 1e-6 * max(
        1.0, abs(value)
    )


def _stop_when(solver: highspy.Highs, cancelled: Callable[[], bool]) -> None:
    def ask(event: highspy.highs.HighsCallbackEvent) -> None:
        if cancelled():
            event.interrupt()

    solver.cbMipInterrupt.subscribe(ask)
    solver.cbSimplexInterrupt.subscribe(ask)
