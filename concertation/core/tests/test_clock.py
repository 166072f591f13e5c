"""The one clock."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from concertation.core import clock

NOON = datetime(2025, 7, 10, 12, tzinfo=UTC)


def test_frozen_clock_stands_still_and_goes_on_afterwards() -> None:
    with clock.frozen(NOON):
        assert clock.now() == NOON
    assert clock.now() > NOON


def test_frozen_clock_answers_in_utc() -> None:
    with clock.frozen(NOON.astimezone(timezone(timedelta(hours=2)))):
        assert clock.now().tzinfo is UTC


def test_clock_refuses_naive_times() -> None:
    with pytest.raises(ValueError, match="aware"), clock.frozen(NOON.replace(tzinfo=None)):
        pass


def test_seconds_since_are_negative_ahead() -> None:
    with clock.frozen(NOON):
        assert clock.seconds_since(NOON - timedelta(minutes=2)) == 120
        assert clock.seconds_since(NOON + timedelta(seconds=3)) == -3
