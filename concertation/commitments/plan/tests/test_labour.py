"""Two processes work at one plan: what each does keeps every rule, and nothing is lost where the other one dies."""

from random import Random

import pytest

from benchmarks.plan.generator import make_problem
from concertation.commitments.plan import labour as labour_module
from concertation.commitments.plan import large
from concertation.commitments.plan.check import check
from concertation.commitments.plan.greedy import fill_greedily
from concertation.commitments.plan.ground import Ground
from concertation.commitments.plan.highs import Effort
from concertation.commitments.plan.labour import Helper, Task, combined, halves, labour
from concertation.commitments.plan.large import approach, bettered, work_by_two
from concertation.commitments.plan.measure import better, measure
from concertation.commitments.plan.model import Plan
from concertation.commitments.plan.renewal import Memory
from concertation.commitments.plan.stages import Search

GROUND = Ground.of(make_problem("S", 4))
FIRST = fill_greedily(GROUND)
LONG = 600.0


def _never() -> bool:
    return False


@pytest.mark.parametrize("seed", range(5))
def test_halves_share_neither_contributions_nor_requirements(seed: int) -> None:
    mine, theirs = halves(GROUND, Random(seed))
    served = [{link.requirement for place in side for link in GROUND.links[place]} for side in (mine, theirs)]
    assert mine
    assert theirs
    assert not mine & theirs
    assert not served[0] & served[1]


def test_two_halves_together_keep_every_rule_and_are_better() -> None:
    mine, theirs = halves(GROUND, Random(0))
    *_, here = labour(GROUND, Task(FIRST, mine, None), _never, Memory.of(GROUND))
    *_, there = labour(GROUND, Task(FIRST, theirs, None), _never, Memory.of(GROUND))
    both = combined(here.draft, there.draft.plan(), theirs)
    assert check(GROUND.problem, both) == ()
    for half in (here, there):
        assert better(measure(GROUND, both), measure(GROUND, half.draft.plan()))


def test_another_process_does_the_same_as_this_one() -> None:
    task = Task(FIRST, halves(GROUND, Random(0))[1], None)
    *_, here = labour(GROUND, task, _never, Memory.of(GROUND))
    with Helper(GROUND.problem) as helper:
        helper.ask(task)
        answer = helper.answer(_never, LONG)
    assert answer == here.draft.plan()
    assert here.bound is not None
    assert helper.bound is not None
    assert helper.bound.value == here.bound.value


def test_a_process_that_dies_gives_no_answer_and_the_search_goes_on() -> None:
    search = Search(GROUND, FIRST, Effort(seconds=1.0))
    with Helper(GROUND.problem) as helper:
        helper.process.kill()
        assert helper.answer(_never, LONG) is None
        assert set(work_by_two(search, helper)) == {None}
    assert check(GROUND.problem, search.plan) == ()


def test_what_another_process_would_have_done_is_done_by_this_one_where_it_dies() -> None:
    search = Search(GROUND, FIRST, Effort(seconds=3.0))
    with Helper(GROUND.problem) as helper:
        helper.process.kill()
        helper.process.join()
        *_, bound = bettered(search, helper)
    assert bound is not None, "nothing was priced, so not all was planned anew"
    assert check(GROUND.problem, search.plan) == ()


def test_units_are_sent_anew_by_one_process_while_another_proves_what_is_essential(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(labour_module, "MOST_LINKS", 0)
    monkeypatch.setattr(large, "bettered", lambda *_: iter(()))
    ground = Ground.of(make_problem("S", 23))  # where what is sent anew is worse at the first stage
    search, unsent = (Search(ground, fill_greedily(ground), Effort(seconds=LONG)) for _ in range(2))
    *_, results = approach(search)
    monkeypatch.setattr(Helper, "answer", lambda *_: None)
    *_, same = approach(unsent)
    assert check(ground.problem, search.plan) == ()
    assert results[0].proven
    assert results[0].value == pytest.approx(same[0].value)
    assert results[1].value < same[1].value - 1.0


def test_an_answer_that_comes_too_late_is_not_taken_for_the_next() -> None:
    mine, theirs = halves(GROUND, Random(0))
    with Helper(GROUND.problem) as helper:
        helper.ask(Task(Plan(), mine, None))
        helper.ask(Task(FIRST, theirs, None, turn=1))
        answer = helper.answer(_never, LONG)
    *_, here = labour(GROUND, Task(FIRST, theirs, None, turn=1), _never, Memory.of(GROUND))
    assert answer == here.draft.plan()


def test_a_process_ends_with_the_search() -> None:
    with Helper(GROUND.problem) as helper:
        helper.ask(Task(FIRST, halves(GROUND, Random(0))[0], LONG))
        assert helper.process.is_alive()
    assert not helper.process.is_alive()
