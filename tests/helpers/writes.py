"""Checks what every write must do: one entry in the record, signals after the commit, and neither on failure."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction
from django.test import TestCase

from concertation.core.live import group_of
from concertation.record.models import Entry


class Listener:
    """Follows live topics on the real channel layer."""

    def __init__(self, topics: tuple[str, ...]) -> None:
        self.layer = get_channel_layer()
        self.channel: str = async_to_sync(self.layer.new_channel)()
        for topic in topics:
            async_to_sync(self.layer.group_add)(group_of(topic), self.channel)

    def heard(self) -> set[str]:
        """Return the topics heard since the last call."""
        topics = set()
        queue = self.layer.channels.get(self.channel)
        while queue is not None and not queue.empty():
            topics.add(queue.get_nowait()[1]["topic"])
        return topics


@contextmanager
def assert_write(action: str, *topics: str) -> Iterator[None]:
    """Check that the block appends one entry named `action` and announces exactly `topics`, on commit only.

    The topic `record`, which every entry announces, is not to be named.
    """
    entries = list(Entry.objects.values_list("pk", flat=True))
    listener = Listener((*topics, "record"))
    with TestCase.captureOnCommitCallbacks() as callbacks, transaction.atomic():
        yield
    assert listener.heard() == set(), "announced before the commit"
    assert list(Entry.objects.exclude(pk__in=entries).values_list("action", flat=True)) == [action]
    for callback in callbacks:
        callback()
    assert listener.heard() - {"record"} == set(topics)


def assert_refused(error: type[Exception], act: Callable[[], object]) -> None:
    """Check that `act` raises exactly `error`, appends nothing and announces nothing."""
    before = Entry.objects.count()
    raised: Exception | None = None
    with TestCase.captureOnCommitCallbacks() as callbacks:
        try:
            with transaction.atomic():
                act()
        except Exception as caught:
            raised = caught
    assert type(raised) is error, f"expected {error.__name__}, got {raised!r}"
    assert Entry.objects.count() == before
    assert callbacks == []
