"""How the domain tells the open rooms that rights changed; the database is the truth, this only makes them look."""

import logging
from uuid import UUID

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction

from concertation.texts.sync.relay import group_of

logger = logging.getLogger(__name__)


def recheck(text_id: UUID) -> None:
    """Ask anew, in every process and once the transaction is committed, what each connection to the text may do."""
    transaction.on_commit(lambda: _send(str(text_id)))


def _send(text_id: str) -> None:
    """Mirror the commit to the channel layer; a failing layer must not undo what is already true."""
    try:
        async_to_sync(get_channel_layer().group_send)(group_of(text_id), {"type": "sync.recheck", "text": text_id})
    except Exception:  # whatever the layer's client raises
        logger.exception("The channel layer did not take the change of rights in the text %s.", text_id)
