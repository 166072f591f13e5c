"""Live signals: a topic changed, never what changed; browsers fetch the content by an ordinary GET.

Topics are `coalition`, `record`, `meeting:<uuid>`, `text:<uuid>`, `room:<uuid>` and `delegate:<uuid>`.
"""

import logging

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction

logger = logging.getLogger(__name__)


def group_of(topic: str) -> str:
    """Return the channel-layer group of `topic` (the layer refuses colons)."""
    return "live." + topic.replace(":", ".")


def announce(*topics: str) -> None:
    """Tell every browser that follows one of `topics` to look again, once the transaction is committed."""
    transaction.on_commit(lambda: _send(topics))


def _send(topics: tuple[str, ...]) -> None:
    """Mirror the commit to the channel layer; a failing layer must not undo what is already true."""
    layer = get_channel_layer()
    for topic in topics:
        try:
            async_to_sync(layer.group_send)(group_of(topic), {"type": "live.changed", "topic": topic})
        except Exception:  # whatever the layer's client raises
            logger.exception("The channel layer did not take the signal for %s.", topic)
