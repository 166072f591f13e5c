"""Plans of problems too large to prove: units are sent anew a few at a time, beside bounds on the two shortfalls.

The later stages are measured and not worked on: at this size nothing that was tried proves or much betters them.
"""

from collections.abc import Iterator
from random import Random

from concertation.commitments.plan.draft import Draft
from concertation.commitments.plan.essential import prove_essential
from concertation.commitments.plan.ground import Ground
from concertation.commitments.plan.measure import Stage, StageResult, same
from concertation.commitments.plan.model import Form
from concertation.commitments.plan.neighbourhood import Neighbourhood
from concertation.commitments.plan.parts import Part
from concertation.commitments.plan.renewal import Renewal
from concertation.commitments.plan.stages import Search, minimise_stage
from concertation.commitments.plan.tours import TourProgram

CHUNK = 250  # changes between two looks at the clock
MENDINGS = 40  # programs over a few units, where no time is given
PRICING = 0.4  # of the time, for the bound of the second stage
MOST_LINKS = 20_000  # beyond which the program over all schedules does not come to an end, and there is no such bound
ROUNDS = 200  # of column generation


def approach(search: Search) -> Iterator[tuple[StageResult, ...]]:
    """Better the plan of `search` at the first two stages until its effort is spent.

    Yield after each step what is known of the stages.
    """
    ground, gaps = search.ground, dict[Stage, float]()
    stock_gaps = _plan_stocks(search)
    draft, before = _polished(search, Neighbourhood(ground, Draft(ground, search.plan))), search.values[0]
    yield _results(search, gaps)
    whole = Part.whole(ground, stock=False)
    gaps[Stage.ESSENTIAL] = stock_gaps[Stage.ESSENTIAL] + prove_essential(search, whole)
    yield _results(search, gaps)
    if not same(before, search.values[0]):  # what is worse at the first stage would lead to nothing
        draft = _polished(search, Neighbourhood(ground, Draft(ground, search.plan)))
        yield _results(search, gaps)
    renewal = Renewal(ground, draft, search.over)
    for part in renewal.parts():
        renewal.dive(part)
        search.take(renewal.draft.plan())
        yield _results(search, gaps)
    bound = renewal.price(whole, search.until(PRICING), ROUNDS) if _links(ground) <= MOST_LINKS else 0.0
    for _ in _mended(search, renewal):
        search.take(renewal.draft.plan())
        gaps[Stage.WEIGHTED] = stock_gaps[Stage.WEIGHTED] + whole.value(ground, search.plan, Stage.WEIGHTED) - bound
        yield _results(search, gaps)


def _polished(search: Search, neighbourhood: Neighbourhood) -> Draft:
    """Take from `neighbourhood` what a few rounds find, and return its draft."""
    for _ in range(2 * len(neighbourhood.units) // CHUNK + 1):
        if not search.over():
            search.take(neighbourhood.search(CHUNK, 0.0))
    return neighbourhood.draft


def _links(ground: Ground) -> int:
    return sum(map(len, ground.links))


def _mended(search: Search, renewal: Renewal) -> Iterator[None]:
    """Yield after every change of a few units that is for the better, and once in any case."""
    neighbourhood = Neighbourhood(search.ground, renewal.draft)
    neighbourhood.search(CHUNK, 0.0)
    yield
    random, done = Random(0), 0  # noqa: S311 - it hides nothing
    while neighbourhood.served and not search.over() and (search.left is not None or done < MENDINGS):
        done += 1
        if renewal.mend(renewal.some(neighbourhood.served, random)):
            yield


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
