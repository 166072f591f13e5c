"""How the domain tells open rooms that rights or words changed; the database is the truth, this makes them look."""

import logging
from typing import Any
from uuid import UUID

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction

from concertation.texts.sync.follower import follow_soon
from concertation.texts.sync.relay import group_of

logger = logging.getLogger(__name__)


def recheck(text_id: UUID) -> None:
    """Ask anew, in every process and once the transaction is committed, what each connection to the text may do."""
    transaction.on_commit(lambda: _send(str(text_id), {"type": "sync.recheck"}))


def written(text_id: UUID, update: bytes) -> None:
    """Show, in every process and once the transaction is committed, an update that an act stored in the text."""
    message = {"type": "sync.message", "kind": "written", "origin": "domain", "update": update}
    transaction.on_commit(lambda: _send(str(text_id), message))
    transaction.on_commit(lambda: follow_soon(text_id))


def _send(text_id: str, message: dict[str, Any]) -> None:
    """Mirror the commit to the channel layer; a failing layer must not undo what is already true."""
    try:
        async_to_sync(get_channel_layer().group_send)(group_of(text_id), {**message, "text": text_id})
    except Exception:  # whatever the layer's client raises
        logger.exception("The channel layer did not take what happened to the text %s.", text_id)
