"""Whatever is typed by whomever, in two languages, and taken back: what is derived is what all that was stored says."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pycrdt import Doc, UndoManager, XmlElement, XmlFragment, XmlText

from concertation.coalition.models import Delegate
from concertation.texts import paragraphs
from concertation.texts.canonical import document_of, read_version
from concertation.texts.domain.agreement import agree_paragraphs, withdraw_agreement
from concertation.texts.domain.ledger import follow_paragraphs
from concertation.texts.enums import Standing
from concertation.texts.errors import NoSuchParagraph, NothingToWithdraw
from concertation.texts.models import Agreement, Text, TextUpdate
from concertation.texts.queries.agreement import matrix_of
from concertation.texts.tests.factories import FIRST, make_heads, make_text
from concertation.texts.tests.test_ledger import NOON, added, write
from tests.helpers.examples import examples
from tests.helpers.people import make_secretary

pytestmark = pytest.mark.django_db
NAMES = [FIRST, "second0001"]
LANGUAGES = ["en", "fr"]

events = st.lists(
    st.tuples(
        st.sampled_from(["type", "type", "undo", "remove", "send", "send", "agree", "agree", "withdraw", "follow"]),
        st.integers(0, 1),  # who
        st.integers(0, 1),  # which paragraph
        st.sampled_from(LANGUAGES),
    ),
    max_size=14,
)


class Client:
    """One delegation's editor: it types in a copy of its own, sends when it likes, and takes back what it typed."""

    def __init__(self, text: Text, head: Delegate) -> None:
        self.text, self.head = text, head
        self.doc: Doc[Any] = document_of(self._stored())
        self.undo = UndoManager(scopes=[self.fragment(language) for language in LANGUAGES], capture_timeout_millis=0)

    def _stored(self) -> list[bytes]:
        rows = TextUpdate.objects.filter(text=self.text).order_by("sequence").values_list("update", flat=True)
        return [bytes(update) for update in rows]

    def fragment(self, language: str) -> XmlFragment:
        fragment: XmlFragment = self.doc.get(language, type=XmlFragment)
        return fragment

    def type(self, place: int, language: str) -> None:
        """Type a comma at the beginning of a paragraph."""
        children = self.fragment(language).children
        element = children[place % len(children)] if len(children) else None
        if isinstance(element, XmlElement) and len(element.children) and isinstance(element.children[0], XmlText):
            element.children[0].insert(0, ",")

    def remove(self, place: int, language: str) -> None:
        """Remove a paragraph."""
        children = self.fragment(language).children
        if len(children):
            del children[place % len(children)]

    def send(self, minute: int) -> None:
        """Store what the others do not have, and take what they stored."""
        stored = document_of(self._stored())
        update = self.doc.get_update(stored.get_state())
        authors = [str(self.head.pk)]
        TextUpdate.objects.create(
            text=self.text, update=update, authors=authors, at=NOON + timedelta(seconds=7 * minute)
        )
        for one in self._stored():
            self.doc.apply_update(one)


def by_brute_force(text: Text) -> dict[str, list[Standing]]:
    """Return where France and Britain stand, from every stored update and all that was said, and nothing else."""
    rows = TextUpdate.objects.filter(text=text).order_by("sequence").values_list("update", flat=True)
    document = document_of(bytes(update) for update in rows)
    content: dict[str, dict[str, Any]] = {}
    for language in LANGUAGES:
        for block in read_version(document, language):
            if block.get("id"):
                content.setdefault(block["id"], {})[language] = block
    found = {}
    for name in content:
        if any(paragraphs.linear(block) for block in content[name].values()):
            found[name] = [_standing(text, name, code, paragraphs.digest(content[name])) for code in ("FR", "GB")]
    return found


def _standing(text: Text, name: str, member: str, sha256: str) -> Standing:
    last = Agreement.objects.filter(text=text, paragraph=name, member=member).order_by("pk").last()
    if last is None or last.stance == "not_agreed":
        return Standing.OPEN
    return Standing.AGREED if last.sha256 == sha256 else Standing.REOPENED


@settings(max_examples=examples(24), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events)
def test_the_standing_of_every_member_is_what_was_stored_and_said(script: list[tuple[str, int, int, str]]) -> None:
    heads = list(Delegate.objects.filter(member__in=["FR", "GB"]).order_by("member")) or make_heads("FR", "GB")
    text = make_text()
    for language in LANGUAGES:
        write(text, added("Second.", NAMES[1], 1, language))
    clients = [Client(text, head) for head in heads]
    watcher = make_secretary()
    for minute, (what, who, place, language) in enumerate(script):
        client = clients[who]
        if what in {"type", "remove"}:
            getattr(client, what)(place, language)
        elif what == "undo":
            client.undo.undo()
        elif what == "send":
            client.send(minute)
        elif what == "follow":
            follow_paragraphs(text_id=text.pk)
        else:
            _say(what, client, NAMES[place], watcher)
        matrix = matrix_of(Text.objects.with_state().get(pk=text.pk), watcher)
        places = [[column.member.pk for column in matrix.columns].index(code) for code in ("FR", "GB")]
        derived = {line.id: [line.standings[at] for at in places] for line in matrix.lines if line.sha256}
        assert derived == by_brute_force(text)


def _say(what: str, client: Client, name: str, watcher: Delegate) -> None:
    """Agree the paragraph as the matrix shows it, or withdraw."""
    text = Text.objects.with_state().get(pk=client.text.pk)
    shown = {line.id: line.sha256 for line in matrix_of(text, watcher).lines}
    try:
        if what == "withdraw":
            withdraw_agreement(by=client.head, text_id=text.pk, paragraph=name)
        else:
            agree_paragraphs(by=client.head, text_id=text.pk, seen={name: shown.get(name, "")})
    except (NoSuchParagraph, NothingToWithdraw):
        pass
