"""The one clock."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

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


def test_a_followed_file_moves_the_clock_and_frozen_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "_followed", [])
    file = tmp_path / "clock"
    clock.follow(file)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(hours=1)
    file.write_text("7200.5")
    assert clock.now() - datetime.now(UTC) > timedelta(hours=1)
    with clock.frozen(NOON):
        assert clock.now() == NOON
    file.write_text("")
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(hours=1)


@pytest.mark.parametrize("address", ["https://coalition.example", "http://coalition.example", "https://[2001:db8::1]"])
def test_a_server_that_others_can_reach_refuses_to_have_its_clock_moved(address: str, tmp_path: Path) -> None:
    env = {**os.environ, "BASE_URL": address, "TEST_CLOCK": str(tmp_path / "clock")}
    run = subprocess.run([sys.executable, "-m", "concertation.cli", "check"], env=env, capture_output=True, text=True)
    assert run.returncode == 1
    assert run.stderr == "concertation: TEST_CLOCK moves the clock, for tests only: BASE_URL must be on this machine.\n"
