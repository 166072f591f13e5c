"""Proposals and typing in any order: everybody sees the same, nothing is lost, what is accepted is exact or refused.

The intended outcome of each pair of actions is in docs/decisions/0011-negotiation-in-the-text.md.
"""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pycrdt import Doc, XmlElement, XmlFragment, XmlText

from concertation.core.errors import DomainError
from concertation.texts import anchors
from concertation.texts.blocks import Block, Run, run
from concertation.texts.canonical import document_of, read_version
from concertation.texts.domain.decisions import accept_proposal, reject_proposal, take_back_proposal
from concertation.texts.domain.proposals import propose_change, propose_deletion, propose_move, propose_paragraph
from concertation.texts.domain.texts import create_text
from concertation.texts.enums import Fate, Wish
from concertation.texts.errors import NothingProposed, OutOfDate
from concertation.texts.ground import Ground
from concertation.texts.models import Hunk, Proposal
from concertation.texts.paragraphs import content_of, linear
from concertation.texts.queries.proposals import places_of
from concertation.texts.tests.factories import TITLES
from concertation.texts.tests.proposing import ONE, THREE, TWO, Table
from concertation.texts.tests.strategies import entries, headings, paragraphs
from concertation.texts.worddiff import apply
from concertation.texts.wording import plan, runs_in

IDS = [ONE, TWO, THREE]
FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
lists = st.lists(entries.map(lambda entry: [entry]), min_size=1, max_size=3).map(
    lambda items: {"type": "bulletList", "items": items}
)
blocks: st.SearchStrategy[Any] = headings | paragraphs | lists
WORDS = ["shall", "may", "troops", "peace", "and", "soon", "we", "they", "call"]
sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)


def numbered(words: str, *, bold: int = 0) -> Block:
    runs: list[Run] = [run(words[:bold], bold=True), run(words[bold:])] if bold else [run(words)]
    return {"type": "paragraph", "numbered": True, "runs": [one for one in runs if one["text"]]}


def with_id(block: Block, identity: str) -> Block:
    made = block.copy()
    made["id"] = identity
    return made


class Exactness(TestCase):
    """One proposal on a paragraph that nobody touches meanwhile."""

    @FEW
    @given(blocks, blocks)
    def test_accepting_a_change_gives_exactly_the_edited_paragraph(self, base: Any, wanted: Any) -> None:
        table = Table()
        end = numbered("The end.")
        text = create_text(
            by=table.clerk, titles=TITLES, languages=["en"], draft={"en": [with_id(base, ONE), with_id(end, TWO)]}
        )
        try:
            proposal = propose_change(by=table.germany, text_id=text.pk, language="en", paragraph=ONE, block=wanted)
        except NothingProposed:
            assert base == wanted
            return
        accept_proposal(by=table.chair, proposal_id=proposal.pk)
        table.text = text
        assert table.blocks() == [with_id(wanted, ONE), with_id(end, TWO)]
        assert anchors.spans_in(table.document(), "en") == {}

    @FEW
    @given(sentences, sentences, sentences, st.booleans())
    def test_two_changes_are_applied_in_either_order_or_one_is_refused(
        self, start: str, one: str, other: str, other_first: bool
    ) -> None:
        table = Table()
        text = create_text(
            by=table.clerk, titles=TITLES, languages=["en"], draft={"en": [with_id(numbered(start), ONE)]}
        )
        table.text = text
        made = [table.propose(words) for words in (one, other) if words != start]
        ground = Ground(table.document())
        places = [(place.start, place.end) for proposal in made for place in places_of(proposal, ground) or ()]
        apart = all(a[1] <= b[0] or b[1] <= a[0] for n, a in enumerate(places) for b in places[:n])
        order = made[::-1] if other_first else made
        refused = [proposal for proposal in order if not accepted(table, proposal)]
        assert len(refused) == (0 if apart else 1)
        if apart and len(made) == 2:
            hunks = [hunk for words in (one, other) for hunk in plan(numbered(start), numbered(words)) or []]
            both = apply([run(start)], sorted(hunks, key=lambda hunk: hunk.start))
            assert table.blocks()[0]["runs"] == both  # type: ignore[typeddict-item]  # it is a paragraph


def accepted(table: Table, proposal: Proposal) -> bool:
    """Accept a proposal, and say whether that was possible."""
    try:
        accept_proposal(by=table.chair, proposal_id=proposal.pk)
    except OutOfDate:
        return False
    return True


class Client:
    """Somebody who types, offline for as long as the test wants."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.doc: Doc[Any] = document_of([table.document().get_update()])
        self.known = self.doc.get_state()

    def sync(self) -> None:
        """Send what was typed, and take what came meanwhile."""
        update = self.doc.get_update(self.known)
        if update != b"\x00\x00":
            self.table.send(update)
        self.doc.apply_update(self.table.document().get_update(self.doc.get_state()))
        self.known = self.doc.get_state()

    def type(self, block: int, at: int, deed: str) -> None:
        """Do something a person does, wherever the numbers point."""
        fragment = self.doc.get("en", type=XmlFragment)
        if not len(fragment.children):
            return
        place = block % len(fragment.children)
        element = fragment.children[place]
        if not isinstance(element, XmlElement) or not len(element.children):
            return
        text = element.children[0]
        assert isinstance(text, XmlText)
        at = min(at, len(text))
        with self.doc.transaction():
            if deed == "type":
                text.insert(at, "x")
            elif deed == "erase":
                del text[at : min(at + 3, len(text))]
            elif deed == "divide":
                self._divide(fragment, place, text, at)
            elif deed == "join" and place + 1 < len(fragment.children):
                self._join(fragment, place, text)

    def _divide(self, fragment: XmlFragment, place: int, text: XmlText, at: int) -> None:
        """Divide a paragraph as an editor does: the words after the caret are written anew, with their marks."""
        second = XmlElement("paragraph")
        fragment.children.insert(place + 1, second)
        second.attributes["id"] = f"new{len(fragment.children):07d}"
        copy = second.children.append(XmlText())
        before = 0
        for piece, marks in text.diff():
            size = len(piece.encode())
            kept = piece.encode()[max(0, at - before) :].decode()
            if kept and before + size > at:
                copy.insert(len(copy), kept, marks or None)
            before += size
        del text[at : len(text)]

    def _join(self, fragment: XmlFragment, place: int, text: XmlText) -> None:
        """Put the words of the next paragraph at the end of this one, with their marks."""
        after = fragment.children[place + 1]
        if isinstance(after, XmlElement) and len(after.children) and isinstance(after.children[0], XmlText):
            for piece, marks in after.children[0].diff():
                text.insert(len(text), piece, marks or None)
        del fragment.children[place + 1]


DEEDS = ["type", "erase", "divide", "join", "sync", "change", "insert", "delete", "move", "accept", "reject", "back"]
deeds = st.tuples(st.sampled_from(DEEDS), st.integers(0, 1), st.integers(0, 5), st.integers(0, 20), sentences)


class Interleavings(TestCase):
    """Two people type offline while proposals are made and decided."""

    @settings(FEW, max_examples=60)
    @given(st.lists(deeds, max_size=14))
    def test_all_agree_no_proposal_is_lost_and_acceptance_is_exact_or_refused(self, what: list[Any]) -> None:
        table = Table()
        clients = [Client(table), Client(table)]
        made: list[Proposal] = []
        for deed, who, number, at, words in what:
            if deed in {"type", "erase", "divide", "join"}:
                clients[who].type(number, at, deed)
            elif deed == "sync":
                clients[who].sync()
            elif deed in {"change", "insert", "delete", "move"}:
                made += proposed(table, deed, number, words)
            elif made:
                decided(table, deed, made[number % len(made)])
        for client in (*clients, *clients):
            client.sync()
        stored = read_version(table.document(), "en")
        assert [read_version(client.doc, "en") for client in clients] == [stored, stored]
        assert set(Proposal.objects.all()) == set(made)
        known = {str(hunk.anchor) for hunk in Hunk.objects.all()}
        assert set(anchors.spans_in(table.document(), "en")) <= known
        ground = Ground(table.document())
        for proposal in Proposal.objects.filter(outcome=Fate.OPEN):
            assert accepted(table, proposal) == (places_of(proposal, ground) is not None)
            ground = Ground(table.document())


def proposed(table: Table, deed: str, number: int, words: str) -> list[Proposal]:
    """Propose something about one of the paragraphs that there are; nothing when it would change nothing."""
    order = [identity for identity in table.order() if identity]
    if not order:
        return []
    one, other = order[number % len(order)], order[(number + 1) % len(order)]
    where: dict[str, Any] = {"by": table.germany, "text_id": table.text.pk, "language": "en"}
    try:
        if deed == "change":
            return [propose_change(**where, paragraph=one, block=numbered(words, bold=number))]
        if deed == "insert":
            return [propose_paragraph(**where, after=one, block=numbered(words))]
        if deed == "delete":
            return [propose_deletion(**where, paragraph=one)]
        return [propose_move(**where, paragraph=one, after=other)]
    except DomainError:
        return []


def decided(table: Table, deed: str, proposal: Proposal) -> None:
    """Decide a proposal; what is accepted is checked to be exact, and what is refused to change nothing."""
    proposal.refresh_from_db()
    if proposal.outcome != Fate.OPEN:
        return
    before = table.blocks()
    if deed == "reject":
        reject_proposal(by=table.chair, proposal_id=proposal.pk, reason="No.")
        assert table.blocks() == before
    elif deed == "back":
        take_back_proposal(by=table.germany, proposal_id=proposal.pk)
        assert table.blocks() == before
    else:
        _check_accepting(table, proposal, before)


def _check_accepting(table: Table, proposal: Proposal, before: list[Block]) -> None:
    places = places_of(proposal, Ground(table.document()))
    if not accepted(table, proposal):
        assert places is None
        assert table.blocks() == before
        return
    assert places is not None
    blocks = {block.get("id", ""): block for block in before}
    after = {block.get("id", ""): block for block in table.blocks()}
    touched = {place.paragraph for place in places}
    if proposal.kind == Wish.CHANGE and not places:
        assert content_of(after[proposal.paragraph]) == proposal.block
    elif proposal.kind == Wish.CHANGE:
        for identity in touched:
            words = linear(blocks[identity])
            here = sorted(
                (place.start, place.end, tuple(hunk.runs))
                for place, hunk in zip(places, proposal.hunks.all(), strict=True)
                if place.paragraph == identity
            )
            for start, end, runs in reversed(here):
                words = words[:start] + "".join(piece["text"] for piece in runs) + words[end:]
            assert linear(after[identity]) == words
    rest = touched | {proposal.paragraph}
    assert {key: value for key, value in blocks.items() if key not in rest} == {
        key: value for key, value in after.items() if key not in rest
    }
    assert runs_in(after[proposal.paragraph]) if proposal.kind == Wish.INSERT else True
