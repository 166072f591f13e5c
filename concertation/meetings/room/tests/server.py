"""Serves the real application and one bare page with the room, for the browser test: `python server.py PORT`.

Prints the sign-in cookies of the people it made on the first start, as one JSON line, once it answers.
"""

import json
import os
import sys
from functools import partial
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concertation.settings")

import uvicorn
from django.conf import settings
from django.core.management import call_command

from concertation.asgi import application  # sets Django up
from concertation.coalition.models import Delegate
from concertation.meetings.models import Meeting
from concertation.meetings.room.tests.browsers import make_open_meeting
from concertation.web.management.commands.serve import Server, listen
from tests.helpers.people import client_of, make_coalition, make_delegate

PAGE = """<!doctype html><html lang="en" data-icons="{icons}"><meta charset="utf-8"><title>Room</title>
<link rel="stylesheet" href="{main}"><link rel="stylesheet" href="{style}">
<script type="module" src="{script}"></script>
<body style="margin:0;height:100vh"><meeting-room data-meeting="{meeting}"></meeting-room></body></html>"""


def prepare() -> dict[str, Any]:
    """Return the meeting and a session cookie for each person, made once."""
    call_command("migrate", verbosity=0)
    if not Meeting.objects.exists():
        make_coalition()
        make_open_meeting("FR", "GB", "UA")
        for code, name in (("FR", "Claire Martin"), ("GB", "James Hill"), ("UA", "Olena Koval")):
            make_delegate(code, name=name)
    cookie = settings.SESSION_COOKIE_NAME
    sessions = {
        str(delegate.id): client_of(delegate).cookies[cookie].value
        for delegate in Delegate.objects.exclude(member=None).order_by("member_id")
    }
    return {"meeting": str(Meeting.objects.get().id), "cookie": cookie, "sessions": sessions}


def page(meeting: str) -> bytes:
    """Return the bare page, with the built files as the manifest names them."""
    manifest = json.loads((settings.FRONTEND_DIST / ".vite" / "manifest.json").read_text("utf-8"))
    island = manifest["frontend/src/islands/meeting-room/index.ts"]
    names = {
        "icons": manifest["frontend/src/icons.svg"]["file"],
        "main": manifest["frontend/src/main.ts"]["css"][0],
        "style": island["css"][0],
        "script": island["file"],
    }
    addresses = {name: settings.STATIC_URL + file for name, file in names.items()}
    return PAGE.format(meeting=meeting, **addresses).encode()


async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Answer /bare/<meeting> with the page, and leave everything else to the application."""
    if scope["type"] != "http" or not scope["path"].startswith("/bare/"):
        await application(scope, receive, send)
        return
    headers = [(b"content-type", b"text/html; charset=utf-8")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": page(scope["path"].removeprefix("/bare/"))})


if __name__ == "__main__":
    people = json.dumps(prepare())
    config = uvicorn.Config(app, log_level="warning", lifespan="off")
    ready = partial(print, people, flush=True)  # the test reads it, and opens a page at once
    Server(config, ready).run(sockets=[listen("127.0.0.1", int(sys.argv[1]))])
