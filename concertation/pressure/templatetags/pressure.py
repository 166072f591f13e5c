"""Words and drawings for the templates of measures: `{% load pressure %}`."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from concertation.pressure.aligning import Said
from concertation.pressure.enums import Kind
from concertation.pressure.naming import cell_words, said_name, territory_name
from concertation.pressure.queries.alignment import Row, Table

register = template.Library()
LETTERS = {Said.APPLIES: "a", Said.PREPARED: "p", Said.NOT: "n", Said.UNKNOWN: "u", Said.NOT_CODED: "c"}

register.filter("territory_name", territory_name)
register.filter("said_name", said_name)


@register.filter
def kind_name(value: str) -> str:
    """Name a type of measure."""
    return str(Kind(value).label)


@register.simple_tag
def alignment_bar(tally: Mapping[Said, int]) -> SafeString:
    """Draw how many stand how as one bar; its label says the same in words."""
    whole = sum(tally.values())
    label = tally_words(tally)
    pieces, left = [], 0.0
    for said, number in tally.items():
        width = 100 * number / whole if whole else 0
        if number:
            pieces.append((said.replace("_", "-"), f"{left:.2f}", f"{width:.2f}"))
        left += width
    drawn = format_html_join("", '<rect class="is-{}" x="{}%" width="{}%" height="14"/>', pieces)
    return format_html('<svg class="align-bar" height="14" role="img" aria-label="{}">{}</svg>', label, drawn)


@register.simple_tag
def tally_words(tally: Mapping[Said, int]) -> str:
    """Return in words how many stand how; those that nobody stands for are left out."""
    said = [_("%(said)s: %(number)d") % {"said": said_name(one), "number": n} for one, n in tally.items() if n]
    return ", ".join(said) or _("no member")


@register.simple_tag
def todo_items(missing: Sequence[tuple[Row, Said]], query: str) -> SafeString:
    """List measures with how a member stands to them; thousands of badges come from the five that there are."""
    return format_html_join("", "<li>{} {}</li>", ((_link(row, query), badges()[said]) for row, said in missing))


def badges() -> dict[Said, SafeString]:
    """Return the badge of each answer in the language in use."""
    return _badges(get_language() or "en")


@lru_cache(maxsize=8)
def _badges(_language: str) -> dict[Said, SafeString]:
    return {said: render_to_string("pressure/components/said.html", {"said": said}) for said in Said}


def _link(row: Row, query: str) -> SafeString:
    address = reverse("pressure:measure", args=[row.measure.pk]) + (f"?{query}" if query else "")
    return format_html('<a href="{}">{}</a>', address, row.measure.name)


@register.simple_tag
def matrix_rows(table: Table, query: str) -> SafeString:
    """Draw the rows of the matrix; ten thousand cells are too many for a template, so each comes from a few texts."""
    cells = {
        (said, own): f'<td class="{letter}{"" if own else " k"}">{cell_words(said, own=own)}</td>'
        for said, letter in LETTERS.items()
        for own in (True, False)
    }
    codes = table.codes
    drawn = (_matrix_row(row, codes, cells, query) for row in table.rows)
    return mark_safe("".join(drawn))  # noqa: S308  # every part of it was escaped or is ours


def _matrix_row(row: Row, codes: list[str], cells: Mapping[tuple[Said, bool], str], query: str) -> str:
    """Return one row: its head escaped, its cells from the texts made before."""
    address = reverse("pressure:measure", args=[row.measure.pk]) + (f"?{query}" if query else "")
    targets = ", ".join(territory_name(code) for code in row.measure.territories[:3])
    head = format_html(
        '<tr><th scope="row"><a href="{}">{}</a><span>{}</span></th>', address, row.measure.name, targets
    )
    state, said = row.state, row.said
    body = "".join([cells[said[code], code not in state or state[code].own] for code in codes])
    return f"{head}{body}</tr>"
