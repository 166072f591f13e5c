"""What the ledger reads is what the objects say."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from concertation.coalition.enums import Audience
from concertation.commitments import reading
from concertation.commitments.domain.facts import (
    Happening,
    commit_contribution,
    correct_fact,
    join_contribution,
    record_delivery,
)
from concertation.commitments.models import Contribution
from concertation.commitments.reading import changed_since
from concertation.commitments.tests.factories import DAY, HAPPENED, make_contribution
from concertation.situation.tests.factories import make_condition
from tests.helpers.people import make_coalition, make_delegate

pytestmark = pytest.mark.django_db


def test_it_reads_what_the_objects_tell() -> None:
    make_coalition()
    germany, france = make_delegate("DE"), make_delegate("FR")
    condition = make_condition()
    joint = make_contribution(germany, members=["DE", "FR"], conditions=[condition.pk], approvals=["parliament"])
    join_contribution(by=france, contribution_id=joint.pk, happening=HAPPENED)
    commit_contribution(by=germany, contribution_id=joint.pk, happening=HAPPENED)
    delivered = record_delivery(by=None, contribution_id=joint.pk, quantity=Decimal(1), happening=HAPPENED)
    correct_fact(by=germany, fact_id=delivered.pk, happening=Happening(DAY, evidence="Two."), quantity=Decimal(2))
    make_contribution(germany, quantity=None, audience=Audience.CHAIR, due_on=date(2025, 12, 1))
    objects = {one.pk: one for one in Contribution.objects.whole()}
    found = list(changed_since(-1))
    assert {UUID(known.key) for known in found} == set(objects)
    for known in found:
        one = objects[UUID(known.key)]
        assert known.told == one.told()
        assert (known.codes, known.changed, known.readers) == (one.codes, one.changed, one.readers)
        assert [subject.capability for subject in known.subjects.values()] == ["air-defence"]
    assert [UUID(known.key) for known in found] == [one.pk for one in Contribution.objects.order_by("changed")]
    assert list(changed_since(max(known.changed for known in found))) == []


def test_it_reads_each_contribution_once_whatever_one_act_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    make_coalition()
    germany = make_delegate("DE")
    for _ in range(5):
        make_contribution(germany)
    made = list(Contribution.objects.order_by("changed"))
    Contribution.objects.filter(pk__in=[one.pk for one in made[1:4]]).update(changed=made[1].changed)
    monkeypatch.setattr(reading, "BATCH", 2)
    for seen, wanted in ((-1, made), (made[0].changed, made[1:]), (made[1].changed, made[4:])):
        found = list(changed_since(seen))
        assert {UUID(known.key) for known in found} == {one.pk for one in wanted}
        assert len(found) == len(wanted)
        assert all(len(known.told.facts) == len(known.told.terms) == 1 for known in found)
