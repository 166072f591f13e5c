"""Square brackets for tests: placed by the domain, seen as a screen sees them, and written around by hand."""

import uuid
from collections.abc import Callable
from typing import Any

from pycrdt import Doc, XmlElement, XmlFragment, XmlText

from concertation.coalition.models import Delegate
from concertation.core import clock
from concertation.texts import anchors
from concertation.texts.canonical import document_of, read_version
from concertation.texts.domain.brackets import Passage, place_bracket
from concertation.texts.domain.drafting import Draft, append_updates
from concertation.texts.models import AdoptionProcedure, Bracket, Text
from concertation.texts.paragraphs import linear
from concertation.texts.queries import stored_updates
from concertation.texts.queries.brackets import BracketNow, open_brackets
from concertation.texts.tests.factories import FIRST

SENTENCE = "The leaders will deploy a force at once"


def passage(words: str, *, text: str = SENTENCE, paragraph: str = FIRST, language: str = "en") -> Passage:
    """Return the selection of `words` in `text`."""
    start = text.index(words)
    return Passage(language, paragraph, start, start + len(words), words)


def bracketed(by: Delegate, text: Text, words: str = "will deploy", *, key: uuid.UUID | None = None) -> Bracket:
    """Put `words` of the sentence in brackets."""
    return place_bracket(by=by, text_id=text.pk, key=key or uuid.uuid4(), passage=passage(words))


def document(text: Text) -> Doc[Any]:
    """Return the stored document."""
    return document_of(stored_updates(text.pk))


def words_of(text: Text) -> list[str]:
    """Return the words of the stored paragraphs in English."""
    return [linear(block) for block in read_version(document(text), "en")]


def type_in(text: Text, by: Delegate, change: Callable[[XmlText, Doc[Any]], None]) -> None:
    """Store what a client of `by` does to the words of the first paragraph in English."""
    doc = document(text)
    before = doc.get_state()
    words = doc.get("en", type=XmlFragment).children[0].children[0]
    assert isinstance(words, XmlText)
    change(words, doc)
    refused = append_updates(drafts=[Draft(text.pk, doc.get_update(before), (str(by.pk),))])
    assert refused == set()


def append_paragraph(doc: Doc[Any], words: str, marks: dict[str, Any] | None = None) -> None:
    """Write one more paragraph at the end, as an editor does that divides one."""
    element = XmlElement("paragraph")
    doc.get("en", type=XmlFragment).children.append(element)
    element.attributes["id"] = "second0001"
    element.children.append(XmlText()).insert(0, words, marks)


def mark(anchor: object) -> dict[str, Any]:
    """Return the mark of an anchor as an editor writes it."""
    return {anchors.name_of(str(anchor)): {"id": str(anchor)}}


def only(text: Text) -> BracketNow:
    """Return the one open bracket of a text."""
    (found,) = open_brackets(text)
    return found


def summary(text: Text) -> list[tuple[str, list[str], dict[str, list[str]]]]:
    """Return of each open bracket where its words stand now, who holds it, and who supports which words."""
    return [
        (
            one.span.words if one.span else "",
            [member.pk for member in one.holders],
            {choice.words: [member.pk for member in choice.supporters] for choice in one.choices},
        )
        for one in open_brackets(text)
    ]


def freeze(text: Text, by: Delegate) -> AdoptionProcedure:
    """Put a procedure on a text that has brackets, which the domain never does."""
    facts = {"number": 1, "proposed_at": clock.now(), "proposed_by": by, "content": "{}", "sha256": "0" * 64}
    return AdoptionProcedure.objects.create(text=text, **facts)
