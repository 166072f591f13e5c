"""concertation import-measures FILE."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertation.pressure.cataloguing import LARGEST, BadCatalogue, read
from concertation.pressure.domain.catalogue import import_catalogue
from concertation.pressure.faults import sentence_of
from concertation.pressure.reports import lines_of


class Command(BaseCommand):
    """Imports a catalogue of measures; the same file again changes nothing."""

    help = str(gettext_lazy("Import a catalogue of sanction programmes (JSON); the same file again changes nothing."))

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file."""
        parser.add_argument("file", type=Path, help=str(gettext_lazy("the file, as docs/measures.md describes it")))

    def handle(self, *args: Any, file: Path, verbosity: int, **options: Any) -> None:
        """Import the file whole, or say why it cannot be."""
        try:
            with file.open("rb") as opened:
                programmes = read(opened.read(LARGEST + 1))
            changes, coded = import_catalogue(by=None, programmes=programmes)
        except OSError as error:
            sentence = _("%(file)s cannot be read (%(why)s).") % {"file": file, "why": error.strerror}
            raise CommandError(sentence, returncode=2) from None
        except BadCatalogue as fault:
            raise CommandError(f"{file}: {sentence_of(fault)}", returncode=2) from None
        except DatabaseError as error:
            sentence = _("The database cannot be used (%(why)s). “concertation migrate” brings it up to date.")
            raise CommandError(sentence % {"why": error}) from error
        if verbosity:
            self.stdout.write("\n".join(lines_of(changes, coded)))
