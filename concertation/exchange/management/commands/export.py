"""concertation export [FILE]."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertation.coalition.models import Coalition
from concertation.exchange.exporting import export_file
from concertation.exchange.faults import FileRefused
from concertation.exchange.parsing import parse


class Command(BaseCommand):
    """Writes the coalition as a file that `load` reads."""

    help = str(gettext_lazy("Write the coalition as a file that “load” reads; addresses and drafts are in it."))

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file."""
        parser.add_argument("file", type=Path, nargs="?", help=str(gettext_lazy("a new file; else standard output")))

    def handle(self, *args: Any, file: Path | None, **options: Any) -> None:
        """Write the file for its owner's eyes only; an existing file is never overwritten."""
        try:
            text = export_file()
        except Coalition.DoesNotExist:
            raise CommandError(_("There is no coalition to export; load one first.")) from None
        except DatabaseError as error:
            sentence = _("The database cannot be used (%(why)s). “concertation migrate” brings it up to date.")
            raise CommandError(sentence % {"why": error}) from error
        if file is None:
            self.stdout.write(text, ending="")
        else:
            _write(file, text)
        _check(text, str(file or _("the export")))


def _write(file: Path, text: str) -> None:
    """Write a new file that only its owner may read."""
    try:
        file.touch(mode=0o600, exist_ok=False)
        file.write_text(text, encoding="utf-8")
    except FileExistsError:
        raise CommandError(_("%(file)s is there already; choose another name.") % {"file": file}) from None
    except OSError as error:
        sentence = _("%(file)s cannot be written (%(why)s).")
        raise CommandError(sentence % {"file": file, "why": error.strerror}) from None


def _check(text: str, name: str) -> None:
    """Tell when something in the coalition has no place in a file that loads."""
    try:
        parse(text.encode(), name=name)
    except FileRefused as refused:
        sentence = _("Written, but it does not load as it is:")
        raise CommandError(f"{sentence}\n{refused}", returncode=2) from None
