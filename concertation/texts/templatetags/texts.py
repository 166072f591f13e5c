"""Tags for pages that show texts: `{% load texts %}`."""

from collections.abc import Sequence

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString

from concertation.texts import languages
from concertation.texts.blocks import Block
from concertation.texts.comparison import Compared
from concertation.texts.models import Text
from concertation.texts.rendering import html_of, html_of_comparison, html_of_difference
from concertation.texts.restoring import can_restore
from concertation.texts.worddiff import Piece

register = template.Library()


@register.filter
def as_html(blocks: Sequence[Block]) -> SafeString:
    """Return the blocks of a version as HTML."""
    return html_of(blocks)


@register.filter
def as_difference(pieces: Sequence[Piece]) -> SafeString:
    """Return a difference as HTML, with <del> and <ins>."""
    return html_of_difference(pieces)


@register.filter
def as_comparison(compared: Compared) -> SafeString:
    """Return the words of a compared paragraph as HTML."""
    return html_of_comparison(compared)


@register.filter
def restorable(compared: Compared) -> bool:
    """Say whether the earlier state of a compared paragraph can be proposed."""
    here = compared.before or compared.after
    return bool(here and here.id) and can_restore(compared)


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


@register.inclusion_tag("texts/components/side-slot.html")
def side_card(text: Text, card: str, title: str) -> dict[str, object]:
    """Return the place of a card of the side column, which fetches itself from the address `texts:<card>`."""
    return {"text": text, "card": card, "card_url": reverse(f"texts:{card}", args=[text.pk]), "title": title}
