"""Acts that change the words of a draft: stored like typing, told once committed, refused for a frozen text."""

from collections.abc import Callable
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import IntegrityError, transaction
from django.test import TestCase
from pycrdt import Doc, XmlFragment, XmlText

from concertation.coalition.models import Delegate
from concertation.texts.domain.writing import write_in
from concertation.texts.models import Text
from concertation.texts.sync.relay import group_of
from concertation.texts.tests.bracketing import words_of
from concertation.texts.tests.factories import make_proposed, make_text
from tests.helpers.people import make_coalition, make_delegate

pytestmark = pytest.mark.django_db


@pytest.fixture
def text() -> Text:
    make_coalition()
    return make_text(words="We met")


@pytest.fixture
def heard(text: Text) -> Callable[[], list[dict[str, Any]]]:
    """Return a function that returns what the rooms of the text were told since it was last called."""
    layer: Any = get_channel_layer()
    channel = async_to_sync(layer.new_channel)()
    async_to_sync(layer.group_add)(group_of(str(text.pk)), channel)

    def take() -> list[dict[str, Any]]:
        queue, found = layer.channels.get(channel), []
        while queue is not None and not queue.empty():
            found.append(queue.get_nowait()[1])
        return found

    return take


def add(words: str) -> Callable[[Doc[Any]], int]:
    """Return a change that writes `words` at the end of the first paragraph and answers with its length."""

    def change(doc: Doc[Any]) -> int:
        text = doc.get("en", type=XmlFragment).children[0].children[0]
        assert isinstance(text, XmlText)
        text.insert(len(text), words)
        return len(text)

    return change


def test_write_in_stores_one_update_by_its_author_and_tells_the_rooms(
    text: Text, heard: Callable[[], list[dict[str, Any]]]
) -> None:
    head: Delegate = make_delegate("DE")
    before = text.updates.count()
    with TestCase.captureOnCommitCallbacks() as callbacks, transaction.atomic():
        assert write_in(text, add(" today"), by=head) == 12
    assert heard() == []  # nothing before the commit
    for callback in callbacks:
        callback()
    assert words_of(text) == ["We met today"]
    (row,) = list(text.updates.order_by("sequence"))[before:]
    assert row.authors == [str(head.pk)]
    assert heard() == [
        {
            "type": "sync.message",
            "kind": "written",
            "origin": "domain",
            "update": bytes(row.update),
            "text": str(text.pk),
        }
    ]


def test_write_in_that_changes_nothing_stores_and_tells_nothing(text: Text) -> None:
    before = text.updates.count()
    with TestCase.captureOnCommitCallbacks() as callbacks:
        assert write_in(text, lambda _doc: "answer", by=None) == "answer"
    assert (text.updates.count(), callbacks) == (before, [])


def test_write_in_lets_an_error_through_and_stores_nothing(text: Text) -> None:
    def change(doc: Doc[Any]) -> None:
        add(" today")(doc)
        raise ZeroDivisionError

    before = text.updates.count()
    with TestCase.captureOnCommitCallbacks() as callbacks, pytest.raises(ZeroDivisionError):
        write_in(text, change, by=None)
    assert (text.updates.count(), callbacks, words_of(text)) == (before, [], ["We met"])


def test_write_in_of_the_loader_has_no_author(text: Text) -> None:
    write_in(text, add("."), by=None)
    assert text.updates.order_by("sequence").last().authors == []  # type: ignore[union-attr]


def test_write_in_a_frozen_text_is_refused_by_the_database(text: Text) -> None:
    make_delegate("DE")
    make_proposed(text)
    with pytest.raises(IntegrityError), transaction.atomic():
        write_in(text, add("!"), by=None)
    assert words_of(text) == ["We met"]
