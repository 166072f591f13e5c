"""What keeps paragraphs from being agreed by all: brackets and reservations, by paragraph and member."""

from collections.abc import Mapping

from concertation.texts.models import Text

Hindering = Mapping[str, Mapping[str, str]]  # paragraph -> code of the member -> the words that it holds or reserves on


def bracket_holders(text: Text) -> Hindering:
    """Return which members hold brackets in which paragraphs, with the words of the first of them."""
    return {}


def reservations_by_paragraph(text: Text) -> Hindering:
    """Return which members have an open reservation on which paragraphs, with its first words."""
    return {}
