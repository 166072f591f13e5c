"""Live signals: a topic changed, never what changed; browsers fetch the content by an ordinary GET.

A topic is the name of a list, as in `conditions`, or a thing, as in `meeting:<uuid>`; `web/topics.py` says who may
follow which.
"""

import logging

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.conf import settings
from django.db import transaction

from concertation.core import clock

logger = logging.getLogger(__name__)

_started = clock.now().timestamp()
_changed: dict[str, float] = {}  # topic -> epoch seconds of its last announcement by this process


def group_of(topic: str) -> str:
    """Return the channel-layer group of `topic` (the layer refuses colons)."""
    return "live." + topic.replace(":", ".")


def changed_since(topic: str, moment: float) -> bool:
    """Say whether `topic` was announced after `moment` (epoch seconds); yes when this process cannot tell."""
    if settings.VALKEY_URL or moment < _started:
        return True
    return _changed.get(topic, 0) >= moment


def announce(*topics: str) -> None:
    """Tell every browser that follows one of `topics` to look again, once the transaction is committed."""
    transaction.on_commit(lambda: _send(topics))


def _send(topics: tuple[str, ...]) -> None:
    """Mirror the commit to the channel layer; a failing layer must not undo what is already true."""
    _changed.update(dict.fromkeys(topics, clock.now().timestamp()))
    async_to_sync(_send_each)(topics)


async def _send_each(topics: tuple[str, ...]) -> None:
    layer = get_channel_layer()
    for topic in topics:
        try:
            await layer.group_send(group_of(topic), {"type": "live.changed", "topic": topic})
        except Exception:  # whatever the layer's client raises
            logger.exception("The channel layer did not take the signal for %s.", topic)
