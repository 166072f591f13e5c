"""Tags for pages that show texts: `{% load texts %}`."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import uuid4

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from concertation.coalition.models import Delegate, Member
from concertation.core.languages import language_name
from concertation.texts import languages
from concertation.texts.blocks import Block
from concertation.texts.comparison import Compared
from concertation.texts.counterparts import Kind
from concertation.texts.exports.markup import paragraph_html
from concertation.texts.models import Amendment, Text
from concertation.texts.paragraphs import Paragraph
from concertation.texts.queries import Version, silence
from concertation.texts.reading import SheetParagraph
from concertation.texts.rendering import html_of, html_of_comparison, html_of_difference
from concertation.texts.restoring import can_restore
from concertation.texts.worddiff import Piece

register = template.Library()
register.filter(language_name)
# What ends a sentence or closes a parenthesis is not part of an address.
ADDRESS = re.compile(r"(https?://[^\s<>\"“”«»]*[^\s<>\"“”«».,;:!?)\]])")

DIFFERENCES = {
    Kind.NUMBER: pgettext_lazy("difference", "numbers"),
    Kind.DATE: pgettext_lazy("difference", "dates"),
    Kind.TIME: pgettext_lazy("difference", "times"),
    Kind.NAME: pgettext_lazy("difference", "names"),
    Kind.BRACKET: pgettext_lazy("difference", "holders of brackets"),
    Kind.TYPED: pgettext_lazy("difference", "typed brackets"),
}


@register.filter
def as_html(blocks: Sequence[Block]) -> SafeString:
    """Return the blocks of a version as HTML."""
    return html_of(blocks)


@register.filter
def with_brackets(version: Version) -> SafeString:
    """Return the blocks of a version as HTML, with the square brackets that stand in it."""
    return html_of(version.blocks, version.brackets)


@register.filter
def as_html_with_places(blocks: Sequence[Block], place: str) -> SafeString:
    """Return the blocks of a version as HTML, the nth one being the target `#place-n` of links."""
    return html_of(blocks, place=place)


@register.filter
def as_marked(paragraph: SheetParagraph) -> SafeString:
    """Return one paragraph as HTML, with proposals marked in it; its remarks are shown elsewhere."""
    return mark_safe(paragraph_html(replace(paragraph, remarks=()), {}, below=0))  # noqa: S308 -- every word in it is escaped


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
def names(things: Iterable[Member | Delegate]) -> str:
    """Return the names of members or delegates as a list in words; a delegate’s with its member’s."""
    found = [_name(thing) for thing in things]
    return (
        _("%(names)s and %(last)s") % {"names": ", ".join(found[:-1]), "last": found[-1]}
        if found[1:]
        else "".join(found)
    )


def _name(thing: Member | Delegate) -> str:
    if isinstance(thing, Member):
        return thing.name
    return f"{thing.person.name} ({thing.member.name})" if thing.member else thing.person.name


@register.filter
def direction(language: str) -> str:
    """Return ltr or rtl."""
    return languages.direction(language)


@register.filter
def amended(amendment: Amendment) -> Paragraph:
    """Return the paragraph, as it was proposed, that the amendment would replace."""
    return silence.amended(amendment)


@register.inclusion_tag("texts/components/side-slot.html")
def side_card(text: Text, card: str, title: str) -> dict[str, object]:
    """Return the place of a card of the side column, which fetches itself from the address `texts:<card>`."""
    return {"text": text, "card": card, "card_url": reverse(f"texts:{card}", args=[text.pk]), "title": title}


@register.filter
def prose(words: str) -> SafeString:
    """Return plain words as HTML: paragraphs and lines as written, addresses of the web as links, nothing else."""
    paragraphs = (re.split("\n", part) for part in re.split(r"\n{2,}", words))
    return format_html_join("", "<p>{}</p>", ((_lines(part),) for part in paragraphs))


def _lines(lines: Sequence[str]) -> SafeString:
    """Return lines with breaks between them."""
    return format_html_join(SafeString("<br>"), "{}", ((_linked(line),) for line in lines))


def _linked(line: str) -> SafeString:
    """Return one line with its addresses as links that tell the other side nothing."""
    link = '<a href="{0}" rel="noopener noreferrer nofollow">{0}</a>'
    pieces = enumerate(ADDRESS.split(line))
    return format_html_join("", "{}", ((format_html(link, piece) if at % 2 else piece,) for at, piece in pieces))


@register.simple_tag
def new_key() -> str:
    """Return an id for an act, so that the same form sent twice acts once."""
    return str(uuid4())


@register.filter
def difference_kind(kind: Kind) -> str:
    """Return what differs between two languages, in the reader's words."""
    return str(DIFFERENCES[kind])


@register.filter
def first_columns(versions: Sequence[Version], reader: str) -> list[Version]:
    """Return the versions that the two columns show first: of several, an authentic one and the reader's."""
    if len(versions) < 3:
        return list(versions)
    own = next((version for version in versions if version.language == reader), versions[1])
    lead = next((version for version in versions if version.is_authentic and version is not own), versions[0])
    return sorted((lead, own if own is not lead else versions[1]), key=list(versions).index)
