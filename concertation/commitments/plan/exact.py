"""Plans of small problems, proven: part by part through the stages that add up, then all parts together.

In each part, prices from column generation say which tours can be in a plan that is as good as the best known
(`Market.promising`); the integer program over these tours alone decides the rest.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from concertation.commitments.plan.columns import Master, master_of
from concertation.commitments.plan.draft import Draft, Stint
from concertation.commitments.plan.essential import ROUNDS, prove_essential
from concertation.commitments.plan.highs import Effort
from concertation.commitments.plan.measure import TOLERANCE, Stage, StageResult
from concertation.commitments.plan.model import Plan
from concertation.commitments.plan.objectives import objective_of
from concertation.commitments.plan.parts import Part, parts_of_ground
from concertation.commitments.plan.prices import Bound, Market
from concertation.commitments.plan.renewal import FEW, Renewal
from concertation.commitments.plan.ruins import Ruins
from concertation.commitments.plan.stages import SLACK, Search, keep_stage, minimise_stage
from concertation.commitments.plan.tours import TourProgram

AT_ONCE = 100  # tours in a program over a few units
VAIN = 8  # programs over some of many units that find nothing better, before all promising tours are tried at once
ADDING = (Stage.ESSENTIAL, Stage.WEIGHTED, Stage.UNAPPROVED)
Options = Mapping[int, Sequence[Stint]]


@dataclass
class Proof:
    """What is known of a part: by how much each stage could be smaller, and the tours of which that could be made."""

    part: Part
    gaps: dict[Stage, float] = field(default_factory=dict)
    options: dict[int, list[Stint]] = field(default_factory=dict)


def prove(search: Search) -> Iterator[tuple[StageResult, ...]]:
    """Better the plan of `search` until all five stages are proven or its effort is spent.

    Yield after each step what is known of the stages.
    """
    proofs = [Proof(part) for part in parts_of_ground(search.ground)]
    for proof in proofs:
        proof.gaps[Stage.ESSENTIAL] = prove_essential(search, proof.part)
        _prove_weighted(search, proof)
        yield _results(search, proofs, {})
    for proof in proofs:
        _prove_unapproved(search, proof)
    yield _results(search, proofs, {})
    yield from _prove_together(search, proofs)


def _prove_weighted(search: Search, proof: Proof) -> None:
    """Prove the second stage, by prices that put what is essential first."""
    ground, part = search.ground, proof.part
    master = master_of(Draft(ground), part, part.value(ground, search.plan, Stage.ESSENTIAL))
    market = master.market
    bound, _ = master.generate(search.over, ROUNDS)
    if part.units:
        _renew(search, part, master, bound)
    proof.options = _promising(search, part, market, bound)
    proof.gaps[Stage.WEIGHTED] = _better_weighted(search, part, proof.options)
    if part.units:
        proof.gaps[Stage.WEIGHTED] = min(proof.gaps[Stage.WEIGHTED], _value(search, part) - bound.value)
    proof.options = _promising(search, part, market, bound)


def _renew(search: Search, part: Part, master: Master, bound: Bound) -> None:
    """Better the plan of `part`: the nearer it is to the bound, the fewer tours are promising."""
    renewal = Renewal(Draft(search.ground, search.plan), search.over, frozenset((*part.units, *part.divisible)))
    renewal.learn(master, bound)
    renewal.dive(part)
    is_small = len(part.units) <= 2 * FEW
    if is_small:
        renewal.mend(renewal.whole(part), AT_ONCE)
    search.take(renewal.draft.plan())
    ruins, vain = Ruins(renewal), 0
    while not is_small and vain < VAIN and not search.over() and _value(search, part) - bound.value >= TOLERANCE:
        vain = 0 if ruins.mend() else vain + 1
        search.take(renewal.draft.plan())


def _better_weighted(search: Search, part: Part, options: Options) -> float:
    tours = TourProgram(part.without(search.ground, search.plan), options, part.divisible)
    keep_stage(search, tours, Stage.ESSENTIAL)
    return minimise_stage(search, tours, Stage.WEIGHTED, _half(search))


def _value(search: Search, part: Part) -> float:
    return part.value(search.ground, search.plan, Stage.WEIGHTED)


def _promising(search: Search, part: Part, market: Market, bound: Bound) -> dict[int, list[Stint]]:
    value = _value(search, part)
    return market.promising(bound.prices, value - bound.value + TOLERANCE * max(1.0, value))


def _prove_unapproved(search: Search, proof: Proof) -> None:
    tours = TourProgram(proof.part.without(search.ground, search.plan), proof.options, proof.part.divisible)
    keep_stage(search, tours, Stage.ESSENTIAL)
    keep_stage(search, tours, Stage.WEIGHTED)
    proof.gaps[Stage.UNAPPROVED] = minimise_stage(search, tours, Stage.UNAPPROVED, _half(search))


def _prove_together(search: Search, proofs: list[Proof]) -> Iterator[tuple[StageResult, ...]]:
    whole = Part.whole(search.ground)
    options = {unit: stints for proof in proofs for unit, stints in proof.options.items()}
    tours = TourProgram(Draft(search.ground), dict(sorted(options.items())), whole.divisible)
    for stage in ADDING:
        _keep_parts(search, tours, proofs, stage)
    gaps: dict[Stage, float] = {}
    for stage in (Stage.BURDEN, Stage.CHANGE):
        gaps[stage] = minimise_stage(search, tours, stage, _half(search))
        yield _results(search, proofs, gaps)


def _keep_parts(search: Search, tours: TourProgram, proofs: list[Proof], stage: Stage) -> None:
    """Make the program keep what the plan reaches at `stage` in each part, which is tighter than in their sum."""
    ground, cost = search.ground, objective_of(tours, stage).cost
    needs = {column: stint[0] for column, (_, stint) in tours.stints.items()}
    needs |= {column: flow[1] for column, flow in tours.flows.items()}
    needs |= {column: place[0] for column, place in tours.short.items()}
    for proof in proofs:
        inside = set(proof.part.requirements)
        terms = [(column, factor) for column, factor in cost.items() if needs[column] in inside]
        most = sum(factor * tours.program.upper[column] for column, factor in terms if column in tours.short)
        saved = proof.part.value(ground, Plan(), stage) - proof.part.value(ground, search.plan, stage)
        tours.program.add_row(terms, upper=most - saved + SLACK * max(1.0, abs(most - saved)))


def _half(search: Search, nodes: int | None = None) -> Effort:
    """Return half of the effort left, so that every step gets some of it."""
    return search.effort(nodes=nodes, seconds=None if search.left is None else search.left / 2)


def _results(search: Search, proofs: list[Proof], together: dict[Stage, float]) -> tuple[StageResult, ...]:
    found = []
    for stage, value in zip(Stage, search.values, strict=True):
        gap = together.get(stage, value)
        if all(stage in proof.gaps for proof in proofs):
            gap = sum(proof.gaps[stage] for proof in proofs)
        found.append(StageResult(stage, value, max(value - gap, 0.0)))
    return tuple(found)
