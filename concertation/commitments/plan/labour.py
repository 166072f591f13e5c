"""Work on a plan, or on half of it in a process of its own, so that two processors are of use.

The two halves share no contribution: what serves requirements of both stays as it is until the next turn divides the
capabilities otherwise. The other process ends with the one that started it, whatever ends that: their pipe breaks.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from random import Random
from time import monotonic
from types import TracebackType
from typing import Self, cast

from concertation.commitments.plan.draft import Draft
from concertation.commitments.plan.ground import Ground
from concertation.commitments.plan.model import Form, Plan, Problem
from concertation.commitments.plan.neighbourhood import Neighbourhood
from concertation.commitments.plan.prices import Bound
from concertation.commitments.plan.renewal import FEW, Memory, Outcome, Renewal
from concertation.commitments.plan.ruins import Ruins

MOST_LINKS = 20_000
ROUNDS = 200  # of column generation for the bound
LATE = 3.0  # seconds to wait for an answer whose time is up
PATIENCE = 1.0  # seconds for one integer program
AT_ONCE = 250  # tours in the program after a dive

Stop = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Task:
    """Better `plan` by the contributions that are `free`, for `seconds` if that is given.

    At the `first` turn all parts are planned anew; `price` asks for the bound, `mends` for integer programs after that,
    until the time is up; `sends` for nothing else than a few units sent anew at a time.
    """

    plan: Plan
    free: frozenset[int]
    seconds: float | None
    first: bool = True
    price: bool = True
    mends: bool = True
    sends: bool = False
    turn: int = 0

    @classmethod
    def sending(cls, plan: Plan, free: frozenset[int], seconds: float | None) -> Self:
        """Return the task to better `plan` by sending units anew alone."""
        return cls(plan, free, seconds, first=False, price=False, mends=False, sends=True, turn=-1)


@dataclass(frozen=True, slots=True)
class Labour:
    """What a task came to so far."""

    draft: Draft
    bound: Bound | None


def labour(ground: Ground, task: Task, over: Stop, memory: Memory) -> Iterator[Labour]:
    """Yield what becomes of `task` after each change, until `over`; without a time, a few times for each unit."""
    bound, is_very_large = None, very_large(ground)
    patience = None if task.seconds is None else PATIENCE
    renewal = Renewal(Draft(ground, task.plan), over, task.free, memory, hasty=is_very_large, patience=patience)
    if task.sends:
        Neighbourhood(renewal.draft, renewal.units).search(over)
    yield Labour(renewal.draft, bound)
    for part in renewal.parts() if task.first else ():
        if not over() and renewal.dive(part):
            yield Labour(renewal.draft, bound)
        if not is_very_large and not over() and renewal.mend(renewal.whole(part), AT_ONCE) is Outcome.BETTER:
            yield Labour(renewal.draft, bound)
    if task.price and not over():
        bound = renewal.price(over, ROUNDS)
        yield Labour(renewal.draft, bound)
    ruins, done = Ruins(renewal, task.turn), 0
    while task.mends and ruins.served and not over() and (task.seconds or done < len(renewal.units) // FEW):
        done += 1
        if ruins.mend():
            yield Labour(renewal.draft, bound)


def very_large(ground: Ground) -> bool:
    """Return whether the program over all schedules would not come to an end: then there are no prices and no bound."""
    return sum(map(len, ground.links)) > MOST_LINKS


def within(seconds: float | None, over: Stop) -> Stop:
    """Return what says whether `seconds` have passed from now on, or `over` says so."""
    end = None if seconds is None else monotonic() + seconds
    return lambda: over() or (end is not None and monotonic() >= end)


def halves(ground: Ground, random: Random) -> tuple[frozenset[int], frozenset[int]]:
    """Return two sets of contributions that share no requirement, about as large; what could serve both is in none."""
    sizes: dict[str, int] = {}
    for requirement, links in zip(ground.requirements, ground.links_to, strict=True):
        sizes[requirement.capability] = sizes.get(requirement.capability, 0) + len(links)
    names = sorted(sizes)
    random.shuffle(names)
    mine: set[str] = set()
    for name in names:
        if 2 * sum(sizes[one] for one in mine) < sum(sizes.values()) - sizes[name] / 2:
            mine.add(name)
    sides: tuple[set[int], set[int]] = (set(), set())
    for place in (*ground.placed(Form.UNIT), *ground.placed(Form.POOL)):
        side = {ground.requirements[link.requirement].capability in mine for link in ground.links[place]}
        if len(side) == 1:
            sides[side.pop()].add(place)
    return frozenset(sides[1]), frozenset(sides[0])


def combined(draft: Draft, other: Plan, free: frozenset[int]) -> Plan:
    """Return the plan of `draft`, in which those that are `free` do what they do in `other`."""
    names = {draft.ground.contributions[place].id for place in free}
    plan = draft.plan()
    tours = [tour for tour in plan.tours if tour.contribution not in names]
    shares = [share for share in plan.shares if share.contribution not in names]
    tours += [tour for tour in other.tours if tour.contribution in names]
    shares += [share for share in other.shares if share.contribution in names]
    return Plan(tuple(sorted(tours)), tuple(sorted(shares)))


class Helper:
    """A second process that carries out tasks for a problem."""

    def __init__(self, problem: Problem) -> None:
        context, scenario = get_context("spawn"), problem.scenario
        problem = problem.under(replace(scenario, holds=dict(scenario.holds)))  # a read-only mapping cannot be sent
        self.bound: Bound | None = None
        self._turn = 0
        self._pipe, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, problem), daemon=True)
        self.process.start()
        theirs.close()

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process, whatever it does."""
        self._pipe.close()
        self.process.terminate()
        self.process.join()

    def ask(self, task: Task) -> None:
        """Have `task` carried out, and nothing that was asked before."""
        self._turn = task.turn
        with suppress(OSError):
            self._pipe.send(task)

    def has_answered(self) -> bool:
        """Return whether an answer is there, or none will come."""
        return self._pipe.poll()

    def answer(self, cancelled: Stop, seconds: float = LATE) -> Plan | None:
        """Return the plan that the task came to, None if there is no answer within so many `seconds`.

        A `bound` that came with it, or with one that came too late, is remembered.
        """
        waits = within(seconds, cancelled)
        with suppress(EOFError, OSError):
            while not waits():
                if self._pipe.poll(0.05):
                    turn, plan, bound = self._pipe.recv()
                    self.bound = bound or self.bound
                    if turn == self._turn:
                        return cast(Plan, plan)
        return None


def can_help() -> bool:
    """Return whether there is a second processor."""
    return len(os.sched_getaffinity(0)) > 1


def _serve(pipe: Connection, problem: Problem) -> None:
    """Carry out tasks until the pipe breaks."""
    ground = Ground.of(problem)
    memory = Memory.of(ground)
    with suppress(EOFError, OSError):
        while True:
            task: Task = pipe.recv()
            *_, last = labour(ground, task, within(task.seconds, pipe.poll), memory)
            pipe.send((task.turn, last.draft.plan(), last.bound))
