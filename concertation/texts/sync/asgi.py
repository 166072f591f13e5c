"""The sync socket as the server mounts it: the real rights, the real store, the real channel layer."""

from channels.layers import get_channel_layer

from concertation.texts.sync.access import authorise
from concertation.texts.sync.endpoint import Receive, Scope, SyncEndpoint
from concertation.texts.sync.store import DjangoStore
from concertation.texts.sync.transport import Send

text_socket = SyncEndpoint(authorise, DjangoStore(), get_channel_layer)


async def no_socket(scope: Scope, receive: Receive, send: Send) -> None:
    """Refuse the handshake at an address without a socket."""
    await receive()
    await send({"type": "websocket.close"})
