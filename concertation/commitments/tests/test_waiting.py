"""What of commitments waits on home: for whom, in which words, and at what cost."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from concertation.coalition.enums import Audience, Capacity, Status
from concertation.coalition.models import Delegate, Member
from concertation.commitments.domain.facts import commit_contribution, record_delivery, renew_contribution
from concertation.commitments.tests.factories import DAY, HAPPENED, make_contribution
from concertation.commitments.waiting import awaiting_commitments
from concertation.core import clock
from concertation.core.waiting import Urgency
from tests.helpers.people import make_coalition, make_delegate, make_secretary

pytestmark = pytest.mark.django_db
NOW = datetime(2025, 10, 1, 9, tzinfo=UTC)  # the second of October has begun in the east, the last day anywhere


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    make_coalition()
    with clock.frozen(NOW):
        yield


def lines(delegate: Delegate) -> list[tuple[str, str]]:
    return [(thing.title, thing.detail) for thing in awaiting_commitments(delegate)]


def test_nothing_waits_when_nothing_is_owed() -> None:
    germany = make_delegate("DE")
    make_contribution(germany, due_on=date(2025, 12, 1), expires_on=date(2026, 1, 1))
    assert lines(germany) == lines(make_secretary()) == []


def test_deliveries_are_told_together_with_how_late_the_oldest_is() -> None:
    germany = make_delegate("DE")
    today = date(2025, 10, 1)
    make_contribution(germany, due_on=today.replace(day=5), title="First")
    assert lines(germany) == [("1 delivery is due this week", "“First”")]
    make_contribution(germany, due_on=date(2025, 9, 28), title="Second")
    assert lines(germany) == [("2 deliveries are due this week", "one is 3 days late")]
    (thing,) = awaiting_commitments(germany)
    assert (thing.urgency, thing.live_topic) == (Urgency.TODAY, "commitments")
    assert thing.url == "/commit/contributions/by/DE/"
    make_contribution(germany, due_on=date(2025, 9, 30), title="Third")
    assert lines(germany) == [("3 deliveries are due this week", "2 are late, the oldest by 3 days")]


def test_what_was_delivered_in_full_waits_no_more() -> None:
    germany = make_delegate("DE")
    late = make_contribution(germany, quantity=2, due_on=date(2025, 9, 28))
    assert lines(germany) == [("1 delivery is overdue", "one is 3 days late")]
    (thing,) = awaiting_commitments(germany)
    assert thing.url == reverse("commitments:contribution", args=[late.pk])
    record_delivery(by=None, contribution_id=late.pk, quantity=Decimal(2), happening=HAPPENED)
    assert lines(germany) == []


def test_pledges_that_end_wait_for_the_head_who_may_renew() -> None:
    germany, sherpa = make_delegate("DE"), make_delegate("DE", Capacity.DELEGATE)
    pledge = make_contribution(germany, expires_on=date(2025, 10, 20))
    assert lines(germany) == [
        ("1 pledge ends within 30 days", "“Two batteries” on 20 October 2025, unless it is renewed")
    ]
    assert lines(sherpa) == []
    renew_contribution(by=germany, contribution_id=pledge.pk, until=date(2026, 10, 20), happening=HAPPENED)
    assert lines(germany) == []


def test_missing_approvals_and_joint_contributions_wait() -> None:
    germany, france = make_delegate("DE"), make_delegate("FR")
    sherpa = make_delegate("FR", Capacity.DELEGATE)
    make_contribution(germany, approvals=["parliament"], title="Battalion")
    make_contribution(germany, members=["DE", "FR"], title="Engineers")
    assert lines(germany) == [("1 contribution lacks an approval", "“Battalion”")]
    assert lines(france) == [("1 joint contribution names your member", "“Engineers”")]
    assert lines(sherpa) == []


def test_only_who_may_act_is_asked() -> None:
    germany = make_delegate("DE")
    make_contribution(germany, due_on=date(2025, 9, 28))
    for capacity in (Capacity.OBSERVER, Capacity.INTERPRETER):
        assert lines(make_delegate("DE", capacity)) == []
    assert lines(make_delegate("IT")) == []
    Member.objects.filter(pk="DE").update(status=Status.OBSERVER)
    germany.refresh_from_db()
    assert lines(Delegate.objects.get(pk=germany.pk)) == []


def test_the_secretariat_sees_how_many_deliveries_of_the_coalition_are_overdue() -> None:
    make_contribution(make_delegate("DE"), due_on=date(2025, 9, 28))
    make_contribution(make_delegate("FR"), due_on=date(2025, 9, 28), audience=Audience.CHAIR)
    make_contribution(make_delegate("IT"), due_on=date(2025, 10, 3))
    assert [title for title, _ in lines(make_secretary())] == ["2 deliveries of the coalition are overdue"]


def test_queries_are_few_and_do_not_grow() -> None:
    germany = make_delegate("DE")
    commit_contribution(by=germany, contribution_id=make_contribution(germany).pk, happening=HAPPENED)
    counts = []
    for number in (0, 1, 3):
        for _ in range(number):
            make_contribution(germany, day=DAY, due_on=date(2025, 9, 28))
        lines(germany)
        with CaptureQueriesContext(connection) as captured:
            lines(germany)
        counts.append(len(captured))
    assert counts[0] == 2  # findings, and what changed
    assert counts[1] == counts[2] <= 11
