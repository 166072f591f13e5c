"""The first stage: as little as possible of what is essential is missing. Small beside the others, and proven first."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from operator import itemgetter

import numpy as np

from concertation.commitments.plan.columns import Master, Scheduled
from concertation.commitments.plan.draft import Draft, Stint
from concertation.commitments.plan.greedy import fill_greedily
from concertation.commitments.plan.ground import Floats, Ground, Whole
from concertation.commitments.plan.highs import Effort
from concertation.commitments.plan.measure import TOLERANCE, Stage, same
from concertation.commitments.plan.model import Plan
from concertation.commitments.plan.parts import Part, ranked_price
from concertation.commitments.plan.prices import Market
from concertation.commitments.plan.stages import Search, minimise_stage
from concertation.commitments.plan.tours import TourProgram

ROUNDS = 200  # of column generation; some dozens are usual
SHARE = 0.15  # of the time left, for each step
MOST_TOURS = 100_000  # in a program, beyond which it takes more memory than it is worth
NODES = 300  # of the program over generated tours, which only has to find a good plan
FALLING = 10  # rounds of column generation from the highest prices


def prove_essential(search: Search, part: Part) -> float:
    """Better the plan of `search` at the first stage within `part`, and return by how much it could still be better.

    The rest of the plan stays as far as it can.
    """
    ground = search.ground
    if not any(ground.essential[n] for n in part.requirements):
        return 0.0
    if not part.units:
        return _better(search, part, {}, search.effort())
    market = Market(Draft(ground), part, essential=True)
    master = Master(market, part.weights(ground, essential=True))
    master.add(_served(ground, market, search.plan))
    start, _ = master.bound(*master.solve()[1:])
    bound, _ = master.generate(search.until(SHARE), ROUNDS, start)
    if _is_open(search, part, bound.value):
        _plan_with(search, part, market, master.schedules)
    gap = _gap(search, part, bound.value)
    if not _is_open(search, part, bound.value):
        return gap
    promising = market.promising(bound.prices, gap + TOLERANCE)
    if sum(map(len, promising.values())) <= MOST_TOURS:
        return min(_better(search, part, promising, _some(search)), _gap(search, part, bound.value))
    _plan_with(search, part, market, [*master.schedules, *_at_high_prices(search, market, master.weights)])
    return _gap(search, part, bound.value)


def _plan_with(search: Search, part: Part, market: Market, schedules: Iterable[Scheduled]) -> None:
    """Better the plan by the tours of some `schedules`."""
    known: dict[int, set[Stint]] = {int(unit): set() for unit in market.units.who}
    for place, stints in schedules:
        known[int(market.units.who[place])].update(stints)
    options = {unit: sorted(stints) for unit, stints in known.items()}
    _better(search, part, options, _some(search, NODES), from_plan=False)


def _at_high_prices(search: Search, market: Market, weights: Floats) -> list[Scheduled]:
    """Return what units do while prices fall from the most: tours of many kinds, where the best prices are mostly 0."""
    master = Master(market, weights)
    master.generate(search.over, FALLING)
    return master.schedules


def _served(ground: Ground, market: Market, plan: Plan) -> list[Scheduled]:
    """Return what `plan` lets units do that is essential."""
    stints = Draft(ground, plan).stints
    essential = (
        (n, (one for one in stints[unit] if ground.essential[one[0]])) for n, unit in enumerate(market.units.who)
    )
    return [(n, tours) for n, some in essential if (tours := tuple(sorted(some, key=itemgetter(1))))]


def _gap(search: Search, part: Part, bound: float) -> float:
    return max(part.value(search.ground, search.plan, Stage.ESSENTIAL) - bound, 0.0)


def _is_open(search: Search, part: Part, bound: float) -> bool:
    return not search.over() and not same(part.value(search.ground, search.plan, Stage.ESSENTIAL), bound)


def _some(search: Search, nodes: int | None = None) -> Effort:
    return search.effort(nodes=nodes, seconds=None if search.left is None else search.left * SHARE)


def _better(
    search: Search, part: Part, options: Mapping[int, Sequence[Stint]], effort: Effort, *, from_plan: bool = True
) -> float:
    ground = search.ground
    essential = {n for n in part.requirements if ground.essential[n]}
    tours = TourProgram(part.without(ground, search.plan), options, part.divisible, essential)
    before = search.plan
    gap = minimise_stage(search, tours, Stage.ESSENTIAL, effort, from_plan=from_plan)
    merged = blended(ground, search.plan, before, part.units)
    search.take(fill_greedily(ground, merged, only=part.requirements))
    return gap


def blended(ground: Ground, plan: Plan, before: Plan, units: Collection[int]) -> Plan:
    """Return `plan` with the tours that `units` serve in the plan `before`, but for those that stand in the way.

    Of `plan` they serve only what is needed so that nothing essential misses more than in it: one tour after the other,
    the one that ends the least of what is served. There is always one, as long as `plan` has all of its tours.
    """
    wanted, draft = Draft(ground, plan), Draft(ground, plan)
    others = Draft(ground, before)
    serving: dict[tuple[int, int], list[tuple[int, Stint]]] = defaultdict(list)
    for unit in units:
        for requirement, start, end in wanted.stints[unit]:
            for month in range(start, end):
                serving[requirement, month].append((unit, (requirement, start, end)))
        draft.recall(unit)
        for stint in others.stints[unit]:
            draft.serve(unit, stint)
    price, target = ranked_price(ground), np.minimum(ground.need, wanted.cover) * ground.essential[:, None]
    while (short := np.argwhere(draft.cover < target)).size:
        requirement, month = short[0].tolist()
        able = [(unit, stint) for unit, stint in serving[requirement, month] if stint not in draft.stints[unit]]
        unit, stint = min(able, key=lambda one: (_ended(draft, price, *one) / _brought(draft, target, *one), one))
        ended = _in_the_way(draft, unit, stint)
        for other in [*(one for one in draft.recall(unit) if one not in ended), stint]:
            draft.serve(unit, other)
    return draft.plan()


def _in_the_way(draft: Draft, unit: int, stint: Stint) -> list[Stint]:
    rest = draft.ground.contributions[unit].rest
    return [other for other in draft.stints[unit] if other[1] < stint[2] + rest and stint[1] < other[2] + rest]


def _ended(draft: Draft, price: Floats, unit: int, stint: Stint) -> float:
    """Return what the tours count that `unit` would end for `stint`."""
    ended = _in_the_way(draft, unit, stint)
    return int(draft.ground.strength[unit]) * sum(float(price[need]) * (end - start) for need, start, end in ended)


def _brought(draft: Draft, target: Whole, unit: int, stint: Stint) -> int:
    """Return the pieces that `unit` would bring to what is short of `target` by `stint`."""
    requirement, start, end = stint
    short = target[requirement, start:end] - draft.cover[requirement, start:end]
    return int(np.clip(short, 0, draft.ground.strength[unit]).sum())
