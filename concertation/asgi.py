"""The ASGI application: pages by Django, three sockets beside it."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concertation.settings")

from django.core.asgi import get_asgi_application

pages = get_asgi_application()

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.urls import path, re_path

from concertation.core.memory import collect_rarely
from concertation.meetings.room.consumers import RoomConsumer
from concertation.texts.sync.asgi import no_socket, text_socket
from concertation.web.body_limit import BodyLimit
from concertation.web.live import LiveConsumer
from concertation.web.static_files import with_static_files

sockets = URLRouter(
    [
        path("live/", AuthMiddlewareStack(LiveConsumer.as_asgi())),
        path("meetings/<uuid:meeting_id>/room/socket", AuthMiddlewareStack(RoomConsumer.as_asgi())),
        # It reads the session itself, because middleware would stand between it and the socket.
        path("texts/sync/<uuid:text_id>", text_socket),  # type: ignore[arg-type]  # the stubs know views only
        re_path("", no_socket),  # type: ignore[arg-type]
    ]
)
application = ProtocolTypeRouter(
    {"http": BodyLimit(with_static_files(pages)), "websocket": AllowedHostsOriginValidator(sockets)}
)
collect_rarely()
