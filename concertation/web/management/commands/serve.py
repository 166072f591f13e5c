"""`concertation serve`: prepares the database, serves pages and sockets from one process, does what the clock wants."""

import errno
import logging
import os
import socket
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import uvicorn
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import DatabaseError

from concertation.coalition.models import Coalition
from concertation.core.rounds import Loop


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
            self.prepare(example)
        except (DatabaseError, OSError) as error:
            sys.exit(f"The database cannot be used: {error}. The data folder is {settings.VAR}.")
        clock_loop = Loop()
        clock_loop.start()

        def say_ready() -> None:
            self.stdout.write(f"Concertation serves on http://{host}:{port} (Ctrl+C ends it)")
            self.stdout.flush()  # into a file or a pipe too, the links before it with it

        try:
            serve(listener, say_ready)
        finally:
            clock_loop.stop()

    def prepare(self, example: Path | None) -> None:
        """Bring the database up to date; load `example` and print links when there is no coalition yet."""
        call_command("migrate", verbosity=0, interactive=False)
        if example and not Coalition.objects.exists():
            call_command("load", str(example), from_now=True, stdout=self.stdout)  # its meeting is long past
            self.stdout.write("\nOne sign-in link each, for a single use (make links gives new ones):\n")
            call_command("links", stdout=self.stdout)
            self.stdout.write("")


def listen(host: str, port: int) -> socket.socket:
    """Return a socket bound to the address; ends the program with a sentence that says why it cannot be."""
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(2048)
    except (OSError, OverflowError) as error:
        listener.close()
        sys.exit(f"Port {port} on {host} cannot be opened: {_reason(error)}")
    return listener


def _reason(error: Exception) -> str:
    number = getattr(error, "errno", None)
    if number == errno.EADDRINUSE:
        return "another program uses it. Choose another one: make run PORT=8001"
    return f"{os.strerror(number)}." if number else f"{error}."


class Server(uvicorn.Server):
    """Says that it serves once that is true, and Ctrl+C ends it."""

    def __init__(self, config: uvicorn.Config, on_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self.on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to serve."""
        await super().startup(sockets)
        self.on_ready()


def serve(listener: socket.socket, on_ready: Callable[[], None]) -> None:
    """Serve the application on `listener` until interrupted; `on_ready` is called when it answers."""
    config = uvicorn.Config(
        "concertation.asgi:application",
        log_config=None,  # its messages pass our formatter too
        log_level="warning",
        access_log=False,  # addresses hold single-use links
        ws_per_message_deflate=False,  # measured: it costs more than it saves on short updates
        ws_max_size=4_000_000,
        lifespan="off",
        timeout_graceful_shutdown=3,
        server_header=False,
    )
    logging.getLogger("uvicorn.error").addFilter(_without_trace)
    with suppress(KeyboardInterrupt):  # uvicorn has ended in good order by then
        Server(config, on_ready).run(sockets=[listener])


def _without_trace(record: logging.LogRecord) -> bool:
    """Keep a record, but not the stack trace that uvicorn adds when a client's text is no UTF-8."""
    if record.msg.startswith("Invalid UTF-8"):
        record.exc_info = None
    return True
