"""The follower: a text is followed once after a burst, and again after the next."""

import queue
from uuid import UUID

from concertation.texts.sync.follower import Follower

ONE, OTHER = UUID(int=1), UUID(int=2)
PATIENCE = 10  # seconds


def test_a_burst_is_followed_once_and_each_text_by_itself() -> None:
    followed: queue.Queue[UUID] = queue.Queue()
    follower = Follower(followed.put, quiet=0.5, longest=PATIENCE)
    for _ in range(20):
        follower.note(ONE)
    follower.note(OTHER)
    assert [followed.get(timeout=PATIENCE), followed.get(timeout=PATIENCE)] == [ONE, OTHER]
    follower.note(ONE)
    assert followed.get(timeout=PATIENCE) == ONE
    assert followed.empty()


def test_a_text_that_never_rests_is_followed_all_the_same() -> None:
    followed: queue.Queue[UUID] = queue.Queue()
    follower = Follower(followed.put, quiet=PATIENCE * 10, longest=0.05)
    follower.note(ONE)
    assert followed.get(timeout=PATIENCE) == ONE
