"""`concertation serve`: prepares the database and serves pages and sockets from one process."""

import errno
import socket
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import uvicorn
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from concertation.coalition.models import Coalition


class Command(BaseCommand):
    """Serve Concertation."""

    help = "Bring the database up to date and serve on HOST:PORT."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address, and a coalition for an empty database."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--example", type=Path, help="a coalition to load when the database is empty")

    def handle(self, *, host: str, port: int, example: Path | None, **options: Any) -> None:
        """Serve until interrupted; a taken port or a database that cannot be written ends in one sentence."""
        listener = listen(host, port)
        try:
            call_command("migrate", verbosity=0, interactive=False)
            if example and not Coalition.objects.exists():
                call_command("load", str(example), verbosity=0)
                self.stdout.write("One sign-in link each, for a single use (make links gives new ones):")
                call_command("links", stdout=self.stdout)
        except (DatabaseError, OSError) as error:
            raise CommandError(f"The database in {settings.VAR} cannot be used: {error}.") from error
        self.stdout.write(f"Concertation serves on http://{host}:{port} (Ctrl+C ends it)")
        serve(listener)


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens on the address; raises CommandError naming why it cannot."""
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        taken = error.errno == errno.EADDRINUSE
        reason = "another program uses it" if taken else error.strerror
        hint = ". Choose another one: make run PORT=8001" if taken else ""
        raise CommandError(f"Port {port} on {host} cannot be opened: {reason}{hint}.") from error
    return listener


def serve(listener: socket.socket) -> None:
    """Serve the application on `listener` until interrupted, without per-message deflate or access log."""
    config = uvicorn.Config(
        "concertation.asgi:application",
        log_level="warning",
        access_log=False,  # addresses hold single-use links
        ws_per_message_deflate=False,
        ws_max_size=4_000_000,
        lifespan="off",
        timeout_graceful_shutdown=3,
        server_header=False,
    )
    uvicorn.Server(config).run(sockets=[listener])
