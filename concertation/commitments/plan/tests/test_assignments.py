"""Published instances of generalised assignment reach their published optima. The hard ones are in the benchmark."""

import pytest

from concertation.commitments.plan.tests.assignments import FOLDER, Assignment, read_assignments

QUICK = [instance for instance in read_assignments() if instance.name[0] in "oa"]


@pytest.mark.skipif(not QUICK, reason=f"the published instances are not in {FOLDER}")
@pytest.mark.parametrize("instance", QUICK, ids=lambda instance: instance.name)
def test_a_published_instance_reaches_its_proven_optimum(instance: Assignment) -> None:
    program, cost = instance.program()
    answer = program.minimise(cost)
    assert instance.proven
    assert answer.proven
    assert round(abs(answer.value)) == instance.objective
