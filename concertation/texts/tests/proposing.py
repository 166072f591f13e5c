"""What the tests of proposals share: a text of three paragraphs, clients that type, and what stands in the end."""

from collections.abc import Sequence
from typing import Any

from pycrdt import Doc, XmlElement, XmlFragment, XmlText

from concertation.coalition.enums import Capacity
from concertation.coalition.models import Delegate
from concertation.core import clock
from concertation.texts.blocks import Block, run
from concertation.texts.canonical import document_of, read_version
from concertation.texts.domain.drafting import Draft, append_updates
from concertation.texts.domain.proposals import propose_change
from concertation.texts.domain.texts import create_text
from concertation.texts.models import Proposal, Text
from concertation.texts.paragraphs import linear
from concertation.texts.queries import stored_updates
from concertation.texts.tests.factories import TITLES, paragraph
from tests.helpers.people import make_coalition, make_delegate, make_secretary

ONE, TWO, THREE = "one0000001", "two0000002", "three00003"
WORDS = {ONE: "We will deploy troops soon.", TWO: "They call for peace.", THREE: "We meet again."}


class Table:
    """A text on the table: France chairs, Germany and Italy negotiate, a clerk keeps the record."""

    def __init__(self) -> None:
        make_coalition()
        self.clerk = make_secretary()
        self.chair = make_delegate("FR", Capacity.HEAD)
        self.germany = make_delegate("DE", Capacity.DELEGATE)
        self.italy = make_delegate("IT", Capacity.HEAD)
        blocks = [paragraph(words, identity) for identity, words in WORDS.items()]
        self.text: Text = create_text(
            by=self.clerk, titles=TITLES, languages=["en", "fr"], draft={"en": blocks, "fr": blocks}
        )

    def document(self) -> Doc[Any]:
        """Return what is stored."""
        return document_of(stored_updates(self.text.pk))

    def words(self, language: str = "en") -> list[str]:
        """Return the words of each paragraph."""
        return [linear(block) for block in self.blocks(language)]

    def blocks(self, language: str = "en") -> list[Block]:
        """Return the paragraphs."""
        return read_version(self.document(), language)

    def order(self, language: str = "en") -> list[str]:
        """Return the ids of the paragraphs."""
        return [block.get("id", "") for block in self.blocks(language)]

    def propose(self, words: str, *, by: Delegate | None = None, paragraph_id: str = ONE, **more: Any) -> Proposal:
        """Propose other words for a paragraph."""
        return propose_change(
            by=by or self.germany,
            text_id=self.text.pk,
            language="en",
            paragraph=paragraph_id,
            block=paragraph(words),
            **more,
        )

    def type(self, start: int, end: int, words: str, *, paragraph_id: str = ONE, by: Delegate | None = None) -> None:
        """Replace [start, end) of a paragraph as a client does who is in step with what is stored."""
        doc = self.document()
        before = doc.get_state()
        typed(doc, paragraph_id, start, end, words)
        self.send(doc.get_update(before), by=by)

    def send(self, update: bytes, *, by: Delegate | None = None) -> None:
        """Store what a client sends."""
        append_updates(drafts=[Draft(self.text.pk, update, (str((by or self.italy).pk),))])


def typed(doc: Doc[Any], paragraph_id: str, start: int, end: int, words: str) -> None:
    """Replace [start, end), counted in bytes, of a paragraph of plain words."""
    text = text_of(doc, paragraph_id)
    with doc.transaction():
        if end > start:
            del text[start:end]
        if words:
            text.insert(start, words)


def text_of(doc: Doc[Any], paragraph_id: str, language: str = "en") -> XmlText:
    """Return the words of a paragraph in a document."""
    for node in doc.get(language, type=XmlFragment).children:
        if isinstance(node, XmlElement) and node.attributes.get("id") == paragraph_id:
            text = node.children[0]
            assert isinstance(text, XmlText)
            return text
    raise LookupError(paragraph_id)


def plain(*words: str) -> Sequence[Block]:
    """Return numbered paragraphs without ids."""
    return [{"type": "paragraph", "numbered": True, "runs": [run(word)]} for word in words]


def now() -> Any:
    """Return the time."""
    return clock.now()
