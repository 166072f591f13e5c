"""The rows of the tables of coverage; drawn here because a page has thousands of cells. `{% load coverage %}`."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concertation.commitments.models.catalogue import BASE
from concertation.commitments.queries.coverage import Cell, CoverageRow, Total
from concertation.commitments.templatetags.commitments import figure, quantity
from concertation.core.addresses import addresses_of

register = template.Library()
NOTHING = '<span class="muted">–</span>'


@register.simple_tag
def coverage_rows(rows: Sequence[CoverageRow]) -> SafeString:
    """Draw requirements over the months, and what is missing of each."""
    address = addresses_of("commitments:requirement")
    essential = format_html(' <span class="badge badge-red">{}</span>', _("essential"))
    drawn = (
        f'<tr><th scope="row"><a href="{address(row.revision.requirement_id)}">{escape(row.revision.name)}</a>'
        f'{essential if row.revision.is_essential else ""}<span class="heatmap-need">{escape(_need(row))}</span></th>'
        f'{"".join(_cells(row.cells))}<td class="num">{_missing(row)}</td></tr>'
        for row in rows
    )
    return mark_safe("".join(drawn))  # noqa: S308  every word of others is escaped


def _need(row: CoverageRow) -> str:
    """Return how much is needed, in which phase and where."""
    need = quantity(row.revision.quantity, row.capability, row.revision.currency)
    return " · ".join(filter(None, (need, row.phase, row.revision.area)))


def _missing(row: CoverageRow) -> str:
    return escape(quantity(row.missing, row.capability, row.revision.currency)) if row.missing else NOTHING


def _cells(cells: Sequence[Cell]) -> Iterator[str]:
    """Yield the cells of a requirement, one a month."""
    needless, undisclosed = _("not needed"), _("and undisclosed quantities")
    idle = f'<td class="cell is-idle"><span class="visually-hidden">{needless}</span></td>'
    more = f'<span class="cell-open" title="{undisclosed}">+?</span>'
    for cell in cells:
        is_more = cell.is_open and cell.share < 100
        share = f'<td class="cell is-{cell.level}">{cell.share}\u202f%{more if is_more else ""}</td>'
        yield share if cell.needed else idle


@register.simple_tag
def total_rows(totals: Sequence[Total]) -> SafeString:
    """Draw capabilities with how much of each is required, has reached each stage, and is missing."""
    return mark_safe("".join(map(_total_row, totals)))  # noqa: S308  every word of others is escaped


def _total_row(total: Total) -> str:
    unit = BASE if total.capability.is_money else total.capability.unit
    about = escape(f"{unit} · {total.capability.get_domain_display()}")
    first, *rest = total.columns
    missing = f'<span class="badge badge-red">{figure(total.missing)}</span>' if total.missing else NOTHING
    cells = [
        figure(total.required) if total.required else NOTHING,
        _announced(total, first),
        *map(figure, rest),
        missing,
    ]
    drawn = "".join(f'<td class="num">{cell}</td>' for cell in cells)
    name = escape(total.capability.name)
    return f'<tr><th scope="row">{name} <span class="small muted">{about}</span></th>{drawn}</tr>'


def _announced(total: Total, low: Decimal) -> str:
    """Return what is announced, as a range if it is one, with how many contributions are in no figure."""
    said = figure(low) if total.highest == low else f"{figure(low)}–{figure(total.highest)}"
    left_out = [
        (total.undisclosed, ngettext("%(n)s undisclosed", "%(n)s undisclosed", total.undisclosed)),
        (total.unconverted, ngettext("%(n)s without a rate", "%(n)s without a rate", total.unconverted)),
    ]
    badges = (
        f' <span class="badge badge-unknown">+ {escape(words % {"n": figure(number)})}</span>'
        for number, words in left_out
        if number
    )
    return said + "".join(badges)
