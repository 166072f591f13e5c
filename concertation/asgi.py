"""The ASGI application: pages by Django, three sockets beside it."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concertation.settings")

from django.core.asgi import get_asgi_application

pages = get_asgi_application()

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.urls import path

from concertation.meetings.room.consumers import RoomConsumer
from concertation.web.live import LiveConsumer
from concertation.web.static_files import with_static_files

sockets = URLRouter(
    [
        path("live/", LiveConsumer.as_asgi()),
        path("meetings/<uuid:meeting_id>/room/socket", RoomConsumer.as_asgi()),
    ]
)
application = ProtocolTypeRouter(
    {"http": with_static_files(pages), "websocket": AllowedHostsOriginValidator(AuthMiddlewareStack(sockets))}
)
