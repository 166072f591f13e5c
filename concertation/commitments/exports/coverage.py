"""The tables of coverage as files: requirements over the months, totals, and progress, each with its filters."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from concertation.coalition.countries import country_name
from concertation.commitments.exports.heads import head_of
from concertation.commitments.models.catalogue import BASE
from concertation.commitments.queries.coverage import Coverage, CoverageRow, Total
from concertation.commitments.queries.looking import Filter
from concertation.core.tables import Cell, Column, Line, Table


def coverage_table(coverage: Coverage) -> Table:
    """Return what part of each requirement is met in each month, in percent; empty where nothing is needed."""
    columns = [
        Column("line", _("Line of effort")),
        Column("phase", _("Phase")),
        Column("requirement", _("Requirement")),
        Column("area", _("Area")),
        Column("essential", _("Essential")),
        Column("capability", _("Capability")),
        Column("unit", _("Unit")),
        Column("quantity", _("Quantity")),
        *(Column(f"{month:%Y-%m}", f"{month:%Y-%m}") for month in coverage.months),
        Column("missing", _("Missing")),
        Column("undisclosed_in", _("Undisclosed quantities come on top in")),
    ]
    measure = _("Share of the need that is met, in percent, counting what is at least: %(stage)s")
    rows = map(_coverage_row, coverage.rows)
    head = _head(measure % {"stage": _stage(coverage.asked)}, coverage)
    return Table(_("Coverage by requirement and month"), columns, rows, head)


def _coverage_row(row: CoverageRow) -> list[Cell]:
    revision = row.revision
    return [
        str(revision.get_line_display()),
        row.phase,
        revision.name,
        revision.area,
        revision.is_essential,
        row.capability.name,
        revision.currency or row.capability.unit,
        revision.quantity,
        *(cell.share if cell.needed else None for cell in row.cells),
        row.missing,
        ", ".join(f"{cell.month:%Y-%m}" for cell in row.cells if cell.needed and cell.is_open),
    ]


def totals_table(coverage: Coverage) -> Table:
    """Return how much of each capability is required, has reached each stage, and is missing."""
    columns = [
        Column("line", _("Line of effort")),
        Column("capability", _("Capability")),
        Column("domain", _("Domain")),
        Column("unit", _("Unit")),
        Column("required", _("Required")),
        Column("announced", _("Announced")),
        Column("announced_at_most", _("Announced, at most")),
        Column("approved", _("Approved")),
        Column("committed", _("Committed")),
        Column("available", _("Available")),
        Column("delivered", _("Delivered")),
        Column("missing", _("Missing")),
        Column("undisclosed", _("Of undisclosed quantity")),
        Column("unconverted", _("Without a rate")),
    ]
    measure = _("Required and offered, at least; ranges by their lower figure")
    return Table(_("Totals"), columns, map(_total_row, coverage.totals), _head(measure, coverage))


def _total_row(total: Total) -> list[Cell]:
    capability = total.capability
    announced, *rest = total.columns
    return [
        str(total.line.label),
        capability.name,
        str(capability.get_domain_display()),
        BASE if capability.is_money else capability.unit,
        total.required,
        announced,
        total.highest,
        *rest,
        total.missing,
        total.undisclosed,
        total.unconverted,
    ]


def progress_table(coverage: Coverage) -> Table:
    """Return how many requirements of each line each stage covers in full, by month."""
    columns = [
        Column("line", _("Line of effort")),
        Column("month", _("Month")),
        Column("required", _("Required")),
        Column("announced", _("Announced")),
        Column("approved", _("Approved")),
        Column("committed", _("Committed")),
        Column("available", _("Available")),
        Column("delivered", _("Delivered")),
    ]
    measure = _("Requirements covered in full, by month")
    return Table(measure, columns, _progress_rows(coverage), _head(measure, coverage))


def _progress_rows(coverage: Coverage) -> Iterator[list[Cell]]:
    for line, months in coverage.progress:
        for one in months:
            yield [str(line.label), f"{one.month:%Y-%m}", one.needed, *one.covered.values()]


COVERAGE_TABLES = {"requirements": coverage_table, "totals": totals_table, "progress": progress_table}


def _stage(asked: Filter) -> str:
    return str(asked.stage.label)


def _head(measure: str, coverage: Coverage) -> list[Line]:
    """Return the head: what of it is partial does not depend on the filters, as on the page."""
    return head_of(
        measure=measure,
        day=coverage.asked.day,
        currency=BASE,
        rate_day=coverage.rates.oldest,
        filters=list(_filters(coverage.asked)),
        is_partial=any(coverage.hidden.values()),
    )


def _filters(asked: Filter) -> Iterator[tuple[str, str]]:
    """Yield the choices of the reader, by their labels."""
    chosen = [(_("Line of effort"), asked.line), (_("Domain"), asked.domain), (_("Phase"), asked.phase)]
    for label, choice in chosen:
        if choice:
            yield label, str(getattr(choice, "label", choice))
    if asked.member:
        yield _("Member"), country_name(asked.member, "en")
    if asked.first:
        yield _("First month"), f"{asked.first:%Y-%m}"
    if not asked.with_waiting:
        yield _("What waits for a condition"), pgettext("waiting contributions", "does not count")
