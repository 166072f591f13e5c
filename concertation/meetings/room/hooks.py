"""What the rest of the program tells the room."""

import logging
from uuid import UUID

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction

logger = logging.getLogger(__name__)


def room_group(meeting_id: UUID) -> str:
    """Return the channel-layer group of everybody in the room."""
    return f"room.{meeting_id.hex}"


def peer_group(meeting_id: UUID, peer: str) -> str:
    """Return the group of one connection: a peer of another meeting cannot even be named."""
    return f"room.{meeting_id.hex}.{peer}"


def recheck_room(meeting_id: UUID) -> None:
    """Ask every connection, on commit, whether it may stay: meeting closed, or rights changed."""
    transaction.on_commit(lambda: _send_recheck(meeting_id))


def _send_recheck(meeting_id: UUID) -> None:
    """Tell all processes; connections ask again with each heartbeat, so a failing layer only delays them."""
    try:
        async_to_sync(get_channel_layer().group_send)(room_group(meeting_id), {"type": "room.recheck"})
    except Exception:  # whatever the layer's client raises
        logger.exception("The channel layer did not take the recheck of room %s.", meeting_id)
