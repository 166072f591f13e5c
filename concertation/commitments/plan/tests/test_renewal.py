"""Planning anew beside what stays: bounds hold, rules are kept, and nothing gets worse."""

from collections.abc import Callable
from functools import partial

from hypothesis import given, settings

from benchmarks.plan.generator import make_problem
from concertation.commitments.plan.check import check
from concertation.commitments.plan.columns import master_of
from concertation.commitments.plan.draft import Draft
from concertation.commitments.plan.greedy import fill_greedily
from concertation.commitments.plan.ground import Ground
from concertation.commitments.plan.measure import Stage, measure
from concertation.commitments.plan.model import Form, Problem
from concertation.commitments.plan.objectives import objective_of
from concertation.commitments.plan.parts import FIRST, Part
from concertation.commitments.plan.renewal import Outcome, Renewal, Ruin
from concertation.commitments.plan.ruins import LATELY, MORE, TOURS, Ruins
from concertation.commitments.plan.tests.problems import problems
from concertation.commitments.plan.tours import TourProgram

FORCE = (Form.UNIT, Form.POOL)
NEVER = 1e9


def _ranked(ground: Ground, draft: Draft) -> float:
    essential, weighted, *_ = measure(ground, draft.plan())
    return weighted + FIRST * essential


@settings(max_examples=40, deadline=None)
@given(problems(FORCE))
def test_prices_of_what_is_missing_bound_every_way_to_bring_it(problem: Problem) -> None:
    ground = Ground.of(problem)
    draft, whole = Draft(ground, fill_greedily(ground)), Part.whole(ground)
    part = Part(whole.requirements, whole.units[::2], whole.divisible)
    for unit in part.units:
        for stint in draft.recall(unit)[1:]:
            draft.serve(unit, stint)
    draft.take_back(part.divisible)
    master = master_of(draft, part, 0.0)
    bound, _ = master.generate(lambda: False, 200)
    tours = TourProgram(draft, master.market.promising(bound.prices, NEVER), part.divisible)
    cost = dict(objective_of(tours, Stage.WEIGHTED).cost)
    for column, factor in objective_of(tours, Stage.ESSENTIAL).cost.items():
        cost[column] += FIRST * factor
    answer = tours.program.minimise(cost)
    assert answer.solution is not None
    found = tours.plan(answer.solution)
    assert check(problem, found) == ()
    least = _ranked(ground, Draft(ground, found))
    assert bound.value <= least + 1e-5 * max(1.0, least)


@settings(max_examples=40, deadline=None)
@given(problems())
def test_diving_and_mending_keep_every_rule_and_never_make_a_plan_worse(problem: Problem) -> None:
    ground = Ground.of(problem)
    renewal = Renewal(Draft(ground, fill_greedily(ground)), lambda: False)
    ruins, before = Ruins(renewal, 1), _ranked(ground, renewal.draft)
    changes: list[Callable[[], bool]] = [partial(renewal.dive, part) for part in renewal.parts()]
    for chosen in ruins.served[:2]:
        for ruin in (ruins.units(chosen), ruins.months(chosen)):
            changes += [partial(_mend, renewal, ruin, most) for most in (None, 0, 5)]
    for change in changes:
        changed = change()
        after = _ranked(ground, renewal.draft)
        assert check(problem, renewal.draft.plan()) == ()
        assert (after < before) if changed else abs(after - before) < 1e-9 * max(1.0, before)
        before = after


def _mend(renewal: Renewal, ruin: Ruin, most: int | None) -> bool:
    return renewal.mend(ruin, most) is Outcome.BETTER


def test_what_is_not_taken_stays_and_has_its_rest() -> None:
    ground = Ground.of(make_problem("S", 4))
    renewal = Renewal(Draft(ground, fill_greedily(ground)), lambda: False)
    ruins, better = Ruins(renewal, 1), 0
    for chosen in ruins.served:
        before = [list(stints) for stints in renewal.draft.stints]
        ruin = ruins.months(chosen)
        better += renewal.mend(ruin) is Outcome.BETTER
        for unit, stints in enumerate(before):
            assert {*stints} - {*ruin.taken.get(unit, ())} <= {*renewal.draft.stints[unit]}
        assert check(ground.problem, renewal.draft.plan()) == ()
    assert better


def test_more_tours_are_tried_where_there_is_nothing_better() -> None:
    ground = Ground.of(make_problem("S", 4))
    renewal = Renewal(Draft(ground, fill_greedily(ground)), lambda: False)
    sizes = renewal.memory.tours
    ruins, known = Ruins(renewal, 1), dict[tuple[str, bool], float]()
    for _ in range(30):
        is_better = ruins.mend()
        changed = [place for place, tours in sizes.items() if tours != known.get(place, TOURS)]
        assert [sizes[place] for place in changed] == [known.get(place, TOURS) * MORE for place in changed]
        assert len(changed) == (not is_better)
        known = dict(sizes)


def test_where_nothing_better_was_found_is_looked_at_less_often() -> None:
    ground = Ground.of(make_problem("S", 4))
    renewal = Renewal(Draft(ground, fill_greedily(ground)), lambda: False)
    ruins, luck = Ruins(renewal, 1), renewal.memory.luck
    for _ in range(30):
        before = dict(luck)
        is_better = ruins.mend()
        changed = [name for name in luck if luck[name] != before.get(name)]
        assert len(changed) <= 1
        for name in changed:
            assert luck[name] == (1 - LATELY) * before.get(name, 1.0) + LATELY * is_better
    assert min(luck.values()) < 1.0


def test_fewer_tours_are_tried_where_a_program_is_cut_short() -> None:
    ground = Ground.of(make_problem("M", 1))
    renewal = Renewal(Draft(ground, fill_greedily(ground)), lambda: False, patience=0.0)
    ruins = Ruins(renewal, 1)
    for _ in range(10):
        ruins.mend()
    assert min(renewal.memory.tours.values()) < TOURS


def test_a_program_over_no_new_tours_finds_the_plan_before() -> None:
    ground = Ground.of(make_problem("S", 4))
    renewal = Renewal(Draft(ground, fill_greedily(ground)), lambda: False)
    before, part = renewal.draft.plan(), Part.whole(ground, stock=False)
    assert renewal.mend(renewal.whole(part), 0) is Outcome.BEST
    assert renewal.draft.plan().tours == before.tours
    assert renewal.mend(renewal.whole(part), 50) is Outcome.BETTER
