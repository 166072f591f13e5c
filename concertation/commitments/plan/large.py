"""Plans of problems too large to prove: units are sent anew a few at a time, beside bounds on the two shortfalls.

The later stages are measured and not worked on: at this size nothing that was tried proves or much betters them.
"""

from collections.abc import Iterator
from contextlib import nullcontext
from itertools import count
from random import Random

from concertation.commitments.plan.draft import Draft
from concertation.commitments.plan.essential import blended, prove_essential
from concertation.commitments.plan.ground import Ground
from concertation.commitments.plan.labour import (
    Helper,
    Task,
    can_help,
    combined,
    halves,
    labour,
    very_large,
    within,
)
from concertation.commitments.plan.measure import Stage, StageResult
from concertation.commitments.plan.model import Form
from concertation.commitments.plan.neighbourhood import Neighbourhood
from concertation.commitments.plan.parts import Part
from concertation.commitments.plan.prices import Bound
from concertation.commitments.plan.renewal import Memory
from concertation.commitments.plan.stages import Search, minimise_stage
from concertation.commitments.plan.tours import TourProgram

TURN = 0.12  # of the time left, for which two processes work each on its half
SHORTEST, LONG = 3.0, 15.0  # seconds of a turn: at least, and of very large problems, where to begin one takes long
LOOK, RARELY = 1.0, 3.0  # seconds between two looks at what became better, the second for very large problems


def approach(search: Search) -> Iterator[tuple[StageResult, ...]]:
    """Better the plan of `search` at the first two stages until its effort is spent.

    Yield after each step what is known of the stages.
    """
    ground, gaps = search.ground, dict[Stage, float]()
    stock_gaps = _plan_stocks(search)
    whole = Part.whole(ground, stock=False)
    with Helper(ground.problem) if search.left is not None and can_help() else nullcontext() as helper:
        if helper and very_large(ground):
            helper.ask(Task.sending(search.plan, _all(ground), search.left))
        else:
            _send_anew(search)
            yield _results(search, gaps)
        gaps[Stage.ESSENTIAL] = stock_gaps[Stage.ESSENTIAL] + prove_essential(search, whole)
        if helper and very_large(ground) and (sent := helper.answer(search.cancelled, search.left or 0.0)):
            search.take(blended(ground, search.plan, sent, whole.units))
        yield _results(search, gaps)
        stocks = stock_gaps[Stage.WEIGHTED]
        for bound in bettered(search, helper):
            if bound is not None:
                gaps[Stage.WEIGHTED] = stocks + whole.value(ground, search.plan, Stage.WEIGHTED) - bound.value
            yield _results(search, gaps)


def _send_anew(search: Search) -> None:
    draft = Draft(search.ground, search.plan)
    Neighbourhood(draft).search(search.over)
    search.take(draft.plan())


def bettered(search: Search, helper: Helper | None) -> Iterator[Bound | None]:
    """Better the plan and yield the bound of its second stage, after each change and at the end."""
    if helper:
        yield from work_by_two(search, helper)
    if search.over():
        return
    task = Task(search.plan, _all(search.ground), search.left, price=not very_large(search.ground))
    for work in labour(search.ground, task, search.over, Memory.of(search.ground)):
        search.take(work.draft.plan())
        yield work.bound


def work_by_two(search: Search, helper: Helper) -> Iterator[Bound | None]:
    """Better the plan of `search` in this process and that of `helper`, half each, turn by turn; yield the bound.

    It ends when the helper does.
    """
    ground, random, bound = search.ground, Random(0), None
    memory, is_very_large = Memory.of(ground), very_large(ground)
    look = RARELY if is_very_large else LOOK
    for turn in count():
        left, is_first = search.left or 0.0, turn == 0
        seconds = left if is_first else min(max(TURN * left, LONG if is_very_large else SHORTEST), left)
        if is_first or not is_very_large:
            mine, theirs = halves(ground, random)
        price = is_first and not is_very_large
        helper.ask(Task(search.plan, theirs, seconds, is_first, price, mends=not is_first, turn=turn))
        task = Task(search.plan, mine, seconds, is_first, price=False, turn=turn)
        over = (lambda: search.over() or helper.has_answered()) if is_first else search.over
        looked = search.elapsed
        for work in labour(ground, task, within(seconds, over), memory):
            if search.elapsed - looked > look and search.take(work.draft.plan()):
                looked = search.elapsed
                yield bound
        if answer := helper.answer(search.cancelled):
            search.take(combined(work.draft, answer, theirs))
        bound = helper.bound
        if bound is not None and is_first:
            memory.learn(bound)
        search.take(work.draft.plan())
        yield bound
        if search.over() or not helper.process.is_alive():
            break


def _all(ground: Ground) -> frozenset[int]:
    return frozenset((*ground.placed(Form.UNIT), *ground.placed(Form.POOL)))


def _plan_stocks(search: Search) -> dict[Stage, float]:
    """Divide all stocks, which is a flow of its own, and return by how much that could be better."""
    ground = search.ground
    stocks = Part((), (), tuple(ground.placed(Form.STOCK)))
    tours = TourProgram(stocks.without(ground, search.plan), {}, stocks.divisible)
    return {stage: minimise_stage(search, tours, stage, search.effort()) for stage in (Stage.ESSENTIAL, Stage.WEIGHTED)}


def _results(search: Search, gaps: dict[Stage, float]) -> tuple[StageResult, ...]:
    return tuple(
        StageResult(stage, value, max(value - gaps.get(stage, value), 0.0))
        for stage, value in zip(Stage, search.values, strict=True)
    )
