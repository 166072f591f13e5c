"""The command line's door to the record; `verify` alone needs no server and is `record/verification.py`."""

import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from concertation.record.events import Actor
from concertation.record.exports import export_lines
from concertation.record.models import Entry
from concertation.record.queries import checkpoint_at, record_size
from concertation.record.signing import current_signer


def _owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


class Command(BaseCommand):
    """Export the record, or show its checkpoint, its key or one entry."""

    help = (
        "Export the record, or show its checkpoint, its key or one entry. "
        "To prove an export: concertation record verify FILE."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the subcommands."""
        acts = parser.add_subparsers(dest="act", required=True)
        export = acts.add_parser("export", help="write the record as a file that proves itself")
        export.add_argument("--member", metavar="CODE", help="open only what this member may see")
        export.add_argument("-o", "--output", type=Path, metavar="FILE", help="instead of standard output")
        checkpoint = acts.add_parser("checkpoint", help="show the signed checkpoint, to be kept")
        checkpoint.add_argument("--size", type=int, help="of the first so many entries, instead of all")
        acts.add_parser("key", help="show the key that verifies the record")
        show = acts.add_parser("show", help="show one entry and the checkpoint that it completes")
        show.add_argument("sequence", type=int)

    def handle(self, *args: Any, act: str, **options: Any) -> None:
        """Do what was asked; a refusal is one sentence and status 1."""
        getattr(self, act)(options)

    def export(self, options: dict[str, Any]) -> None:
        """Write the export, readable by its owner only when it is a file: it may hold restricted content."""
        code = options["member"]
        lines = export_lines(reader=Actor.of_member(code) if code else Actor.system())
        path: Path | None = options["output"]
        if path is None:
            sys.stdout.buffer.writelines(lines)
            return
        try:
            with open(path, "wb", opener=_owner_only) as file:  # Path.open has no opener
                file.writelines(lines)
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from error

    def checkpoint(self, options: dict[str, Any]) -> None:
        """Show the checkpoint."""
        size = record_size() if options["size"] is None else options["size"]
        if not 0 <= size <= record_size():
            raise CommandError(f"The record has {record_size()} entries, not {size}.")
        self.stdout.write(checkpoint_at(size), ending="")

    def key(self, options: dict[str, Any]) -> None:
        """Show the verifier key."""
        self.stdout.write(str(current_signer().verifier))

    def show(self, options: dict[str, Any]) -> None:
        """Show an entry: its leaf, then the checkpoint of the tree that ends with it."""
        entry = Entry.objects.filter(pk=options["sequence"]).first()
        if entry is None:
            raise CommandError(f"The record has no entry {options['sequence']}.")
        self.stdout.write(entry.leaf)
        self.stdout.write(checkpoint_at(entry.sequence), ending="")
