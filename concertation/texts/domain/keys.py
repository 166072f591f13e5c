"""Ids that browsers choose for what they place in a text: each names one thing, and nothing that it did not place."""

from typing import Any
from uuid import UUID

from pycrdt import Doc

from concertation.texts import anchors
from concertation.texts.errors import KeyTaken
from concertation.texts.models import Hunk, Text


def check_unused(text: Text, key: UUID) -> None:
    """Raise KeyTaken when a bracket, a remark, a proposal of the text or a place of one has the id `key`."""
    rows = text.brackets.filter(pk=key), text.remarks.filter(pk=key), text.proposals.filter(pk=key)
    places = Hunk.objects.filter(proposal__text=text, anchor=key)
    if any(found.exists() for found in (*rows, places)):
        raise KeyTaken


def check_unplaced(doc: Doc[Any], text: Text, key: UUID) -> None:
    """Raise KeyTaken when an anchor `key` stands in any version: a client wrote it, and it is not to become true."""
    if any(str(key) in anchors.spans_in(doc, version.language) for version in text.versions.all()):
        raise KeyTaken
