"""Plans of problems too large to prove: units are sent anew a few at a time, beside bounds on the two shortfalls.

The later stages are measured and not worked on: at this size nothing that was tried proves or much betters them.
"""

from collections.abc import Iterator

from concertation.commitments.plan.columns import Master
from concertation.commitments.plan.draft import Draft
from concertation.commitments.plan.essential import prove_essential
from concertation.commitments.plan.measure import Stage, StageResult
from concertation.commitments.plan.model import Form
from concertation.commitments.plan.neighbourhood import Neighbourhood
from concertation.commitments.plan.parts import Part
from concertation.commitments.plan.prices import Market
from concertation.commitments.plan.stages import Search, minimise_stage
from concertation.commitments.plan.tours import TourProgram

CHUNK = 250  # changes between two looks at the clock
CHUNKS = 40  # where no time is given
WARMTH = 2e-5  # of the shortfall: by so much a plan may be worse than the best and still be gone on from
SEARCHING = 0.6  # of the time; the rest is for the bound of the second stage
MOST_LINKS = 20_000  # beyond which the program over all schedules does not come to an end, and there is no such bound
ROUNDS = 200  # of column generation


def approach(search: Search) -> Iterator[tuple[StageResult, ...]]:
    """Better the plan of `search` at the first two stages until its effort is spent.

    Yield after each step what is known of the stages.
    """
    ground, gaps = search.ground, dict[Stage, float]()
    stock_gaps = _plan_stocks(search)
    neighbourhood = Neighbourhood(ground, Draft(ground, search.plan))
    for _ in range(2 * len(neighbourhood.units) // CHUNK + 1):
        if not search.over():
            search.take(neighbourhood.search(CHUNK, 0.0))
    yield _results(search, gaps)
    whole = Part.whole(ground, stock=False)
    gaps[Stage.ESSENTIAL] = stock_gaps[Stage.ESSENTIAL] + prove_essential(search, whole)
    yield _results(search, gaps)
    least = search.values[1]
    for _ in _chunks(search):
        if search.take(neighbourhood.search(CHUNK, WARMTH * least)):
            yield _results(search, gaps)
    if sum(map(len, ground.links)) <= MOST_LINKS and not search.over():
        gaps[Stage.WEIGHTED] = stock_gaps[Stage.WEIGHTED] + _weighted_gap(search, whole)
    yield _results(search, gaps)


def _chunks(search: Search) -> Iterator[int]:
    """Yield while there is time to search, or a fixed number of times if there is no limit."""
    until = None if search.left is None else search.left * (1 - SEARCHING)
    done = 0
    while not search.over() and (done < CHUNKS if until is None else (search.left or 0.0) > until):
        yield done
        done += 1


def _plan_stocks(search: Search) -> dict[Stage, float]:
    """Divide all stocks, which is a flow of its own, and return by how much that could be better."""
    ground = search.ground
    stocks = Part((), (), tuple(ground.placed(Form.STOCK)))
    tours = TourProgram(stocks.without(ground, search.plan), {}, stocks.divisible)
    return {stage: minimise_stage(search, tours, stage, search.effort()) for stage in (Stage.ESSENTIAL, Stage.WEIGHTED)}


def _weighted_gap(search: Search, whole: Part) -> float:
    """Return by how much the second stage could be smaller, counting what is essential twice to respect the first."""
    ground = search.ground
    master = Master(Market(ground, whole), whole.weights(ground) + whole.weights(ground, essential=True))
    bound, _ = master.generate(search.over, ROUNDS)
    return sum(whole.value(ground, search.plan, stage) for stage in (Stage.ESSENTIAL, Stage.WEIGHTED)) - bound.value


def _results(search: Search, gaps: dict[Stage, float]) -> tuple[StageResult, ...]:
    return tuple(
        StageResult(stage, value, max(value - gaps.get(stage, value), 0.0))
        for stage, value in zip(Stage, search.values, strict=True)
    )
