"""The first stage: as little as possible of what is essential is missing. Small beside the others, and proven first."""

from collections.abc import Mapping, Sequence

from concertation.commitments.plan.columns import Master
from concertation.commitments.plan.draft import Draft, Stint
from concertation.commitments.plan.greedy import fill_greedily
from concertation.commitments.plan.ground import Ground
from concertation.commitments.plan.highs import Effort
from concertation.commitments.plan.measure import TOLERANCE, Stage
from concertation.commitments.plan.model import Form, Plan
from concertation.commitments.plan.parts import Part
from concertation.commitments.plan.prices import Market
from concertation.commitments.plan.stages import Search, minimise_stage
from concertation.commitments.plan.tours import TourProgram

ROUNDS = 200  # of column generation; some dozens are usual
SHARE = 0.15  # of the time left, for each step
MOST_TOURS = 100_000  # in a program, beyond which it takes more memory than it is worth
NODES = 300  # of the program over generated tours, which only has to find a good plan


def prove_essential(search: Search, part: Part) -> float:
    """Better the plan of `search` at the first stage within `part`, and return by how much it could still be better.

    What is not essential is filled anew if that changes anything.
    """
    ground = search.ground
    if not any(ground.essential[n] for n in part.requirements):
        return 0.0
    if not part.units:
        return _better(search, part, {}, search.effort())
    market = Market(Draft(ground), part, essential=True)
    master = Master(market, part.weights(ground, essential=True))
    bound, _ = master.generate(search.until(SHARE), ROUNDS)
    generated: dict[int, set[Stint]] = {unit: set() for unit in part.units}
    for unit, stints in master.schedules:
        generated[int(market.units.who[unit])].update(stints)
    if _gap(search, part, bound.value) > TOLERANCE and not search.over():
        _better(search, part, {unit: sorted(stints) for unit, stints in generated.items()}, _some(search, NODES))
    if (gap := _gap(search, part, bound.value)) <= TOLERANCE or search.over():
        return gap
    promising = market.promising(bound.prices, gap + TOLERANCE)
    if sum(map(len, promising.values())) > MOST_TOURS:
        return gap
    rest = _better(search, part, promising, _some(search))
    return min(rest, _gap(search, part, bound.value))


def _gap(search: Search, part: Part, bound: float) -> float:
    return max(part.value(search.ground, search.plan, Stage.ESSENTIAL) - bound, 0.0)


def _some(search: Search, nodes: int | None = None) -> Effort:
    return search.effort(nodes=nodes, seconds=None if search.left is None else search.left * SHARE)


def _better(search: Search, part: Part, options: Mapping[int, Sequence[Stint]], effort: Effort) -> float:
    ground = search.ground
    essential = {n for n in part.requirements if ground.essential[n]}
    tours = TourProgram(part.without(ground, search.plan), options, part.divisible, essential)
    before = search.plan
    gap = minimise_stage(search, tours, Stage.ESSENTIAL, effort)
    search.take(fill_greedily(ground, _thrifty(ground, search.plan, before), only=part.requirements))
    return gap


def _thrifty(ground: Ground, plan: Plan, before: Plan) -> Plan:
    """Return `plan` without tours that bring nothing, and with those of the plan `before` for which there is time."""
    draft = Draft(ground, plan)
    served = [(unit, stint) for unit in ground.placed(Form.UNIT) for stint in draft.recall(unit)]
    others = Draft(ground, before).stints
    served += [(unit, stint) for unit in ground.placed(Form.UNIT) for stint in others[unit]]
    for unit, (requirement, start, end) in served:
        lacking = draft.cover[requirement, start:end] < ground.need[requirement, start:end]
        if lacking.any() and not draft.busy[unit, start:end].any():
            draft.serve(unit, (requirement, start, end))
    return draft.plan()
