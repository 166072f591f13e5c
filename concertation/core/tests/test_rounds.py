"""Timed work: every task runs, whatever another does, until the loop is stopped."""

import threading
from collections.abc import Iterator

import pytest

from concertation.core import rounds


@pytest.fixture
def tasks(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Begin without the tasks of the apps."""
    monkeypatch.setattr(rounds, "_tasks", {})
    yield


def fail() -> None:
    raise ValueError("no good")


def test_each_task_runs_once_and_failures_are_named(tasks: None, caplog: pytest.LogCaptureFixture) -> None:
    done: list[str] = []
    rounds.register("bad", fail, every=1)
    rounds.register("good", lambda: done.append("good"), every=1)
    assert rounds.run_each_once() == ["bad"]
    assert done == ["good"]
    assert "The timed task bad failed." in caplog.text


def test_the_loop_repeats_until_stopped_also_after_failures(tasks: None) -> None:
    third = threading.Event()
    seen: list[int] = []

    def work() -> None:
        seen.append(len(seen))
        if len(seen) == 3:
            third.set()
        fail()

    rounds.register("work", work, every=0.001)
    loop = rounds.Loop()
    loop.start()
    assert third.wait(30)
    loop.stop()
    count = len(seen)
    assert not third.wait(0) or len(seen) == count
    assert [thread for thread in threading.enumerate() if thread.name == "round-work"] == []
