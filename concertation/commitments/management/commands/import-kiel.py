"""concertation import-kiel FILE [--compare SUMMARY]."""

import hashlib
from argparse import ArgumentParser
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from babel.numbers import format_decimal
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from concertation.coalition.models import Member
from concertation.commitments.domain.imports import Outcome, import_commitments
from concertation.commitments.errors import NoSuchCapability, NothingToImport
from concertation.commitments.imports.faults import BadFile
from concertation.commitments.imports.kiel import DONORS, LINK, NEEDED, Read, read_kiel
from concertation.commitments.imports.kiel_summary import Compared, NoSummary, compare, published_sums
from concertation.commitments.imports.reading import Line, head_and_rows, read_lines
from concertation.commitments.imports.result import Upload
from concertation.commitments.imports.sentences import FAULTS
from concertation.commitments.queries.imported import sums_by_member
from concertation.core.errors import DomainError

LARGEST = 50_000_000
EIB, EU = "European Investment Bank", "EU (Commission and Council)"


class Command(BaseCommand):
    """Imports the row-level file of the Kiel Institute's Ukraine Support Tracker; a second time, only what differs."""

    help = str(gettext_lazy("Import the row-level file of the Kiel Institute’s Ukraine Support Tracker."))

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file, and what to say about it."""
        parser.add_argument("file", type=Path, help=str(gettext_lazy("the file of rows, CSV or XLSX")))
        hint = gettext_lazy("the published summary by country: print its sums beside those of the rows")
        parser.add_argument("--compare", type=Path, metavar="SUMMARY", help=str(hint))
        hint = gettext_lazy("compare donors that are no members, too, by their rows in the file")
        parser.add_argument("--count-others", action="store_true", help=str(hint))
        parser.add_argument("--dry-run", action="store_true", help=str(gettext_lazy("read and check, write nothing")))

    def handle(
        self, *args: Any, file: Path, compare: Path | None, count_others: bool, dry_run: bool, **options: Any
    ) -> None:
        """Import the file as coded from a public source, and report; nothing is written when a row is wrong."""
        data = _bytes(file)
        read = _read(data)
        published = _published(compare) if compare else {}
        outcome = None if dry_run else _imported(read, Upload(file.name, hashlib.sha256(data).hexdigest(), LINK))
        for sentence in _report(read, outcome):
            self.stdout.write(sentence)
        if published:
            sums = _sums(read, count_others=count_others, from_file=dry_run)
            for sentence in _table(published, sums, read):
                self.stdout.write(sentence)


def _bytes(file: Path) -> bytes:
    """Return the content of a file; raises CommandError."""
    try:
        if file.stat().st_size > LARGEST:
            raise CommandError(_("%(file)s is larger than 50 MB.") % {"file": file})
        return file.read_bytes()
    except OSError as error:
        sentence = _("%(file)s cannot be read (%(why)s).")
        raise CommandError(sentence % {"file": file, "why": error.strerror}) from None


def _lines(data: bytes) -> list[Line]:
    try:
        return read_lines(data, longest=LARGEST)
    except BadFile as error:
        places = " ".join(str(place) for place in error.places)
        raise CommandError(f"{FAULTS[error.fault]} {places}".strip()) from None


def _read(data: bytes) -> Read:
    """Return what the file says; raises CommandError with every row that is wrong."""
    head, rows = head_and_rows(_lines(data), frozenset(name.casefold().replace("_", "") for name in NEEDED))
    missing = [name for name in NEEDED if name not in head.cells]
    if missing:
        raise CommandError(_("The file lacks these columns: %(names)s.") % {"names": ", ".join(missing)})
    read = read_kiel(head, rows, frozenset(Member.objects.present().values_list("pk", flat=True)))
    if read.problems:
        lines = [_("row %(row)d: %(why)s") % {"row": one.row, "why": one.sentence} for one in read.problems]
        raise CommandError("\n".join(lines), returncode=2)
    return read


def _imported(read: Read, upload: Upload) -> Outcome | None:
    """Import the rows and return what became of them, None when all were here; raises CommandError."""
    if not read.rows:
        raise CommandError(_("None of the donors in this file is a member of the coalition."))
    try:
        return import_commitments(by=None, rows=read.rows, upload=upload)
    except NothingToImport:
        return Outcome(0, 0, 0, len(read.rows), 0)
    except NoSuchCapability:
        sentence = _(
            "The catalogue lacks military, financial or humanitarian aid in money. Add the usual capabilities."
        )
        raise CommandError(sentence) from None
    except DomainError as error:
        raise CommandError(str(error.message)) from None


def _published(summary: Path) -> dict[str, Decimal]:
    """Return the published sums; raises CommandError."""
    try:
        return published_sums(_lines(_bytes(summary)))
    except (NoSummary, ValueError):
        raise CommandError(_("%(file)s is not the summary by country.") % {"file": summary}) from None


def _sums(read: Read, *, count_others: bool, from_file: bool) -> dict[str, Decimal]:
    """Return what each donor's rows come to: of members as it stands here, of others, if wanted, as the file says."""
    imported = sums_by_member("kiel:")
    sums: dict[str, Decimal] = {}
    for donor, total in read.totals.items():
        if donor not in read.left_out:
            sums[donor] = total if from_file else imported.get(DONORS[donor], Decimal(0))
        elif count_others:
            sums[donor] = total
    return sums


def _report(read: Read, outcome: Outcome | None) -> Iterator[str]:
    """Yield what was done and what was left out."""
    if outcome is None:
        yield ngettext("%(n)d row was read.", "%(n)d rows were read.", len(read.rows)) % {"n": len(read.rows)}
    else:
        sentence = _("%(new)d new, %(changed)d changed, %(same)d as they were.")
        yield sentence % {"new": outcome.new, "changed": outcome.changed, "same": outcome.same}
    sentence = ngettext(
        "%(n)d row has no value of its own and counts as undisclosed.",
        "%(n)d rows have no value of their own and count as undisclosed.",
        read.not_valued,
    )
    yield sentence % {"n": read.not_valued}
    if read.undated:
        sentence = ngettext(
            "%(n)d row has no date; the last day of the file stands for it.",
            "%(n)d rows have no date; the last day of the file stands for them.",
            read.undated,
        )
        yield sentence % {"n": read.undated}
    for donor in sorted(read.left_out):
        count = read.counts[donor]
        sentence = ngettext(
            "Left out, no member: %(donor)s, %(rows)d row, %(sum)s EUR.",
            "Left out, no member: %(donor)s, %(rows)d rows, %(sum)s EUR.",
            count,
        )
        yield sentence % {"donor": donor, "rows": count, "sum": _figure(read.totals[donor])}


def _table(published: dict[str, Decimal], sums: dict[str, Decimal], read: Read) -> Iterator[str]:
    """Yield the comparison, those that differ first."""
    rows = compare({donor: amount for donor, amount in published.items() if donor in sums}, sums)
    yield ""
    donor, *figures = _("Donor"), _("published, EUR"), _("rows, EUR"), _("difference")
    yield "{:<30}{:>22}{:>22}{:>20}".format(donor, *figures)
    for one in rows:
        mark = "" if one.is_equal else "  ←"
        yield f"{one.donor:<30}{_figure(one.published):>22}{_figure(one.rows):>22}{_figure(one.difference):>20}{mark}"
    equal = sum(one.is_equal for one in rows)
    sentence = _("%(equal)d of %(all)d donors are equal within 1 million EUR.")
    yield sentence % {"equal": equal, "all": len(rows)}
    yield from _explained(rows, read)


def _explained(rows: list[Compared], read: Read) -> Iterator[str]:
    """Yield why the institutions of the European Union differ, where that is why."""
    bank = read.totals.get(EIB, Decimal(0))
    for one in rows:
        if one.donor == EU and not one.is_equal and abs(one.difference + bank) < 1:
            sentence = _(
                "The file has the European Investment Bank as a donor of its own: %(sum)s EUR, the difference."
            )
            yield sentence % {"sum": _figure(bank)}


def _figure(amount: Decimal) -> str:
    return format_decimal(amount.quantize(Decimal(1)) + 0, locale=get_language() or "en")
