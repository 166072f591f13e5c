"""Tags for pages that show texts: `{% load texts %}`."""

from collections.abc import Sequence
from functools import lru_cache

from django import template
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from concertation.texts import languages
from concertation.texts.blocks import Block
from concertation.texts.enums import Standing
from concertation.texts.models import Text
from concertation.texts.queries.agreement import Line, Matrix
from concertation.texts.rendering import html_of, html_of_difference
from concertation.texts.worddiff import Piece

register = template.Library()
EXCERPT = 60  # signs of the words that stand beside a number


@register.filter
def as_html(blocks: Sequence[Block]) -> SafeString:
    """Return the blocks of a version as HTML."""
    return html_of(blocks)


@register.filter
def as_difference(pieces: Sequence[Piece]) -> SafeString:
    """Return a difference as HTML, with <del> and <ins>."""
    return html_of_difference(pieces)


@register.filter
def own_name(language: str) -> str:
    """Return what speakers of the language call it."""
    return languages.own_name(language)


@register.filter
def language_name(language: str) -> str:
    """Return the language's name in the reader's language."""
    return languages.language_name(language)


@register.filter
def direction(language: str) -> str:
    """Return ltr or rtl."""
    return languages.direction(language)


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
    words = f' <span class="muted small">{escape(line.words[:EXCERPT])}</span>' if line.number else ""
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


@register.inclusion_tag("texts/components/side-slot.html")
def side_card(text: Text, card: str, title: str) -> dict[str, object]:
    """Return the place of a card of the side column, which fetches itself from the address `texts:<card>`."""
    return {"text": text, "card": card, "card_url": reverse(f"texts:{card}", args=[text.pk]), "title": title}
