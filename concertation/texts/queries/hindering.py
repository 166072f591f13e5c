"""What keeps paragraphs from being agreed by all: brackets and reservations, by paragraph and member."""

from collections.abc import Mapping

from concertation.texts.models import Text
from concertation.texts.queries.brackets import open_brackets
from concertation.texts.queries.reservations import placed_reservations

Hindering = Mapping[str, Mapping[str, str]]  # paragraph -> code of the member -> the words that it holds or reserves on


def bracket_holders(text: Text) -> Hindering:
    """Return which members hold brackets in which paragraphs, with the words of the first of them.

    Brackets whose words were deleted count where they were placed.
    """
    found: dict[str, dict[str, str]] = {}
    for bracket in open_brackets(text):
        here = found.setdefault(bracket.span.paragraph if bracket.span else bracket.row.paragraph, {})
        for holding in bracket.holdings:
            here.setdefault(holding.member_id, bracket.row.words)
    return found


def reservations_by_paragraph(text: Text) -> Hindering:
    """Return which members have an open reservation on which paragraphs, with its first words."""
    found: dict[str, dict[str, str]] = {}
    for remark, paragraph in placed_reservations(text):
        found.setdefault(paragraph, {}).setdefault(str(remark.member_id), remark.body)
    return found
