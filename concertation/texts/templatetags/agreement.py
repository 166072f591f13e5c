"""Tags for who agrees what: `{% load agreement %}`."""

from collections.abc import Sequence
from functools import lru_cache
from textwrap import shorten

from django import template
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from concertation.texts.blocks import Block
from concertation.texts.enums import Standing
from concertation.texts.models import Text
from concertation.texts.queries.agreement import Line, Matrix
from concertation.texts.rendering import html_of

register = template.Library()
EXCERPT = 60  # signs of the words that stand beside a number


@register.filter
def standing_cells(line: Line) -> SafeString:
    """Return the cells of a paragraph in the matrix: one a member, a word that the style shows as a shape.

    Made here and not in a template, because there are 14,000 of them for 400 paragraphs and 35 members.
    """
    return SafeString("".join(map(_cells(get_language() or "en").__getitem__, line.standings)))


@lru_cache
def _cells(_language: str) -> dict[Standing, SafeString]:
    """Return the cell of each standing in the language in use."""
    return {one: format_html('<td class="standing is-{}">{}</td>', one.value, one.label) for one in Standing}


@register.simple_tag
def matrix_rows(text: Text, matrix: Matrix, lines: Sequence[Line]) -> SafeString:
    """Return the rows of the matrix; made here for the same reason."""
    address = reverse("texts:show", args=[text.pk])
    warning = format_html(' <span class="badge badge-gold">{}</span>', gettext("cannot be agreed: edit it once"))
    return SafeString("".join(_row(line, address, warning, matrix) for line in lines))


def _row(line: Line, address: str, warning: SafeString, matrix: Matrix) -> str:
    """Return one row: a box to choose it where the reader may agree, its name, its cells, its sum."""
    label, name = escape(line.label or "–"), escape(line.id)
    box = ""
    if matrix.may_agree_ad_referendum:
        field = f'<input type="checkbox" name="paragraph" value="{name}:{line.sha256}" aria-label="{label}">'
        box = f"<td>{field if line.waits_for_me else ''}</td>"
    head = f'<a href="{address}#p-{name}">{label}</a>' if line.sha256 else f"{label}{warning}"
    words = (
        f' <span class="muted small">{escape(shorten(line.words, EXCERPT, placeholder="…"))}</span>'
        if line.number
        else ""
    )
    return (
        f'<tr{"" if line.is_agreed else " data-open"}>{box}<th scope="row">{head}{words}</th>'
        f'{standing_cells(line)}<td class="standing-sum">{line.agreed}/{len(line.standings)}</td></tr>'
    )


@register.filter
def standing_sign(standing: Standing) -> SafeString:
    """Return the shape of a standing; words beside it carry the meaning."""
    return format_html('<span class="standing is-{}" aria-hidden="true"></span>', standing.value)


@register.filter
def block_as_html(block: Block) -> SafeString:
    """Return one block as HTML."""
    return html_of([block])
