"""A server process as in production, on a data folder of its own.

`python -m concertation.texts.sync.tests.served PORT MODE` makes a coalition with one text, prints what it made as one
line of JSON once it listens, and serves. MODE "plain" puts an application between uvicorn and the endpoint.
"""

import json
import os
import sys
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concertation.settings")

import django

django.setup()

# ruff: noqa: E402  # Django's models can be imported only now

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command

from concertation.coalition.enums import Capacity
from concertation.coalition.models import Delegate
from concertation.texts.domain.texts import create_text
from concertation.texts.models import Text
from concertation.texts.sync import asgi
from concertation.texts.sync.endpoint import SyncEndpoint
from concertation.web.management.commands.serve import listen, serve
from tests.helpers.people import make_coalition, make_delegate, make_secretary


def cookie(delegate: Delegate) -> str:
    """Return the session cookie of somebody who is signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(delegate.person.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = delegate.person.get_session_auth_hash()
    session.create()
    return f"sessionid={session.session_key}"


def make() -> dict[str, str]:
    """Make a coalition and a text, and return the text and a cookie for each kind of person."""
    make_coalition()
    text = create_text(by=make_secretary(), titles={"en": "Statement"}, languages=["en"])
    people = {
        "head": make_delegate("FR", Capacity.HEAD),
        "delegate": make_delegate("GB", Capacity.DELEGATE),
        "negotiator": make_delegate("DE", Capacity.DELEGATE),
        "observer": make_delegate("UA", Capacity.OBSERVER),
    }
    return {"text": str(text.pk), **{name: cookie(delegate) for name, delegate in people.items()}}


class Between:
    """Middleware that wraps `send`, as the middleware of others would."""

    def __init__(self, endpoint: SyncEndpoint) -> None:
        self._endpoint = endpoint

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async def wrapped(message: Any) -> None:
            await send(message)

        await self._endpoint(scope, receive, wrapped)


if __name__ == "__main__":
    listener = listen("127.0.0.1", int(sys.argv[1]))
    listener.listen()
    call_command("migrate", verbosity=0, interactive=False)
    made = {} if Text.objects.exists() else make()
    if sys.argv[2] == "plain":
        asgi.text_socket = Between(asgi.text_socket)  # type: ignore[assignment]  # before concertation.asgi reads it
    serve(listener, lambda: print(json.dumps(made), flush=True))  # noqa: T201  # its parent reads it
