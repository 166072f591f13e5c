"""Tells the open rooms of a text, in every process, that somebody's rights changed."""

import logging
from uuid import UUID

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction

logger = logging.getLogger(__name__)


def recheck(text_id: UUID) -> None:
    """Have every connection to the text authorised anew once the transaction is committed."""
    transaction.on_commit(lambda: _send(str(text_id)))


def _send(text: str) -> None:
    """Tell the rooms; a failing layer must not undo what is already true."""
    try:
        async_to_sync(get_channel_layer().group_send)(f"sync.{text}", {"type": "sync.recheck", "text": text})
    except Exception:  # whatever the layer's client raises
        logger.exception("The channel layer did not take the change of rights for the text %s.", text)
