"""How often a server looks for memory that only circles hold."""

import gc

from concertation.core.memory import THRESHOLDS, collect_rarely


def test_what_is_there_is_left_alone_and_the_rest_is_looked_through_less_often() -> None:
    before = gc.get_threshold()
    gc.set_threshold(700, 10, 10)  # as Python begins, whatever this process did since
    try:
        collect_rarely()
        assert gc.get_freeze_count() > 0
        assert gc.get_threshold() == THRESHOLDS
        assert all(rare >= usual for rare, usual in zip(THRESHOLDS, (700, 10, 10), strict=True))
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
