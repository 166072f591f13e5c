"""Work that one process does at a time."""

from datetime import UTC, datetime, timedelta

import pytest

from concertation.core import clock
from concertation.core.claims import claimed
from concertation.core.models import Claim

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_claimed_work_is_taken_until_the_block_ends() -> None:
    with clock.frozen(NOON), claimed("mail", longest=HOUR) as first:
        with claimed("mail", longest=HOUR) as second, claimed("other", longest=HOUR) as other:
            assert (first, second, other) == (True, False, True)
        with claimed("mail", longest=HOUR) as third:
            assert not third, "who did not have it does not free it"
    with clock.frozen(NOON), claimed("mail", longest=HOUR) as again:
        assert again


def test_claimed_work_is_free_after_a_failure() -> None:
    with clock.frozen(NOON):
        with pytest.raises(ZeroDivisionError), claimed("mail", longest=HOUR):
            raise ZeroDivisionError
        with claimed("mail", longest=HOUR) as again:
            assert again


def test_work_of_a_process_that_died_is_free_after_the_longest_time() -> None:
    Claim.objects.create(name="mail", until=NOON + HOUR)
    with clock.frozen(NOON + HOUR - timedelta(seconds=1)), claimed("mail", longest=HOUR) as early:
        assert not early
    with clock.frozen(NOON + HOUR), claimed("mail", longest=HOUR) as late:
        assert late
