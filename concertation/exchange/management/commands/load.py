"""concertation load FILE."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext_lazy as _

from concertation.core import clock
from concertation.exchange import rehearsal
from concertation.exchange.faults import FileRefused
from concertation.exchange.loading import load_file
from concertation.exchange.parsing import read_file


class Command(BaseCommand):
    """Loads a coalition from a file; running it again changes nothing."""

    help = str(_("Load a coalition from a file; what is there already is changed only where the file differs."))

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file, and whether its meetings are to be rehearsed today."""
        parser.add_argument("file", type=Path, help=str(_("the file, as docs/load-format.md describes it")))
        hint = _("move its meetings so that the first begins within a quarter of an hour, for a rehearsal")
        parser.add_argument("--from-now", action="store_true", help=str(hint))

    def handle(self, *args: Any, file: Path, from_now: bool, verbosity: int, **options: Any) -> None:
        """Load the file; every fault in it is one line on stderr, and nothing is written."""
        try:
            content = read_file(file)
            report = load_file(rehearsal.from_now(content, clock.now()) if from_now else content)
        except FileRefused as refused:
            raise CommandError(str(refused), returncode=2) from None
        except DatabaseError as error:
            sentence = _("The database cannot be used (%(why)s). “concertation migrate” brings it up to date.")
            raise CommandError(str(sentence % {"why": error})) from error
        if verbosity:
            self.stdout.write(str(report))
