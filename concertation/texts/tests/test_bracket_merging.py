"""Everybody does everything at once, online and offline; what decision 0011 calls right must be left."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concertation.coalition.enums import Capacity
from concertation.coalition.models import Delegate
from concertation.core.errors import DomainError
from concertation.texts.canonical import read_version
from concertation.texts.domain.alternatives import add_alternative, choose_alternative
from concertation.texts.domain.brackets import Passage, leave_bracket, lift_bracket, place_bracket
from concertation.texts.domain.texts import create_text
from concertation.texts.enums import Ending
from concertation.texts.models import Alternative, Bracket, Text
from concertation.texts.paragraphs import paragraphs_of
from concertation.texts.queries.brackets import bracket_cards, open_brackets
from concertation.texts.queries.hindrances import hindrances
from concertation.texts.tests.bracketing import document
from concertation.texts.tests.factories import paragraph
from concertation.texts.tests.negotiators import Negotiator, Signs, carried, shape
from tests.helpers.examples import examples
from tests.helpers.people import make_coalition, make_delegate, make_secretary

pytestmark = pytest.mark.django_db
DEEDS = ("type", "type", "delete", "divide", "join", "move")
ACTS = ("place", "place", "place", "lift", "leave", "offer", "choose")
steps = st.lists(
    st.tuples(
        st.sampled_from((*DEEDS, *ACTS, "sync", "sync")), st.integers(0, 2), st.integers(0, 9), st.integers(0, 20)
    ),
    min_size=4,
    max_size=30,
)


class Table:
    """Three delegations with a document each, a chair, and what was put in brackets."""

    def __init__(self, people: Sequence[Delegate], chair: Delegate) -> None:
        self.chair, self.signs = chair, Signs()
        opening = [paragraph(self.signs.take(8), f"opening{number:03}") for number in range(2)]
        self.text = create_text(by=chair, titles={"en": "T"}, languages=["en"], draft={"en": opening})
        self.at_table = [Negotiator(self.text, who, self.signs) for who in people]
        self.bracketed: dict[uuid.UUID, set[str]] = {}
        self.chosen: set[str] = set()
        for one in self.at_table:
            one.sync()

    def step(self, what: str, who: int, one: int, two: int) -> None:
        """Let somebody do something; what the rules refuse is not done."""
        person = self.at_table[who]
        if what in DEEDS:
            person.do(what, one, two)
        elif what == "sync":
            person.sync()
        else:
            with suppress(DomainError):
                getattr(self, f"_{what}")(person, one, two)

    def _place(self, person: Negotiator, one: int, two: int) -> None:
        """Select what the person sees, perhaps out of date."""
        seen = [found for found in paragraphs_of(read_version(person.doc, "en")) if found.words and found.id]
        if not seen:
            return
        where = seen[one % len(seen)]
        start = two % len(where.words)
        words = where.words[start : start + 3]
        passage = Passage("en", where.id, start, start + len(words), words)
        made = place_bracket(by=person.who, text_id=self.text.pk, key=uuid.uuid4(), passage=passage)
        self.bracketed.setdefault(made.pk, set(words))

    def _lift(self, _person: Negotiator, one: int, _two: int) -> None:
        lift_bracket(by=self.chair, bracket_id=self._some(one))

    def _leave(self, person: Negotiator, one: int, _two: int) -> None:
        leave_bracket(by=person.who, bracket_id=self._some(one))

    def _offer(self, person: Negotiator, one: int, _two: int) -> None:
        add_alternative(by=person.who, bracket_id=self._some(one), words=self.signs.take(2))

    def _choose(self, _person: Negotiator, one: int, _two: int) -> None:
        key = self._some(one)
        offered = Alternative.objects.filter(bracket=key).first()
        choose_alternative(by=self.chair, bracket_id=key, alternative_id=offered.pk if offered else None)
        self.chosen |= set(offered.words) if offered else set()

    def _some(self, number: int) -> uuid.UUID:
        keys = list(self.bracketed)
        return keys[number % len(keys)] if keys else uuid.uuid4()


@pytest.fixture
def people() -> tuple[list[Delegate], Delegate]:
    make_coalition()
    return [make_delegate(code, Capacity.DELEGATE) for code in ("DE", "UA", "IT")], make_secretary()


@settings(
    deadline=None,
    max_examples=examples(60),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps)
def test_whatever_happens_at_once_leaves_what_all_call_right(
    people: tuple[list[Delegate], Delegate], what: list[tuple[str, int, int, int]]
) -> None:
    table = Table(*people)
    for step in what:
        table.step(*step)
    for _ in range(2):
        for one in table.at_table:
            one.sync()
    _all_agree(table)
    _open_brackets_are_listed(table)
    _characters_stay_in_their_brackets(table)


def _all_agree(table: Table) -> None:
    """The documents of all and the database are the same, and can be read."""
    stored = document(table.text)
    shapes = [shape(doc) for doc in (stored, *(one.doc for one in table.at_table))]
    assert shapes == [shapes[0]] * 4
    assert read_version(stored, "en") == read_version(table.at_table[0].doc, "en")


def _open_brackets_are_listed(table: Table) -> None:
    """A bracket is on the list and in the way until its row ends, wherever its words went."""
    still = set(Bracket.objects.filter(text=table.text, ending=Ending.OPEN).values_list("pk", flat=True))
    listed = open_brackets(table.text)
    assert {one.row.pk for one in listed} == still
    assert all(one.holders for one in listed)
    assert len(hindrances(table.text)) == len(still)
    seen = Text.objects.visible_to(table.chair).get(pk=table.text.pk)
    for card in bracket_cards(seen, table.chair):
        if card.now.held:
            assert card.changed_by, "other words stand there, and nobody is named"


def _characters_stay_in_their_brackets(table: Table) -> None:
    """What survives of the bracketed characters is bracketed, what is bracketed was so or was typed into it.

    A copy written by somebody who had not heard of the bracket carries no anchor: a paragraph that was divided, joined
    or moved offline. Characters typed by somebody who had not heard of it may stand on either side of its edge.
    """
    found = carried(document(table.text))
    copies: dict[str, list[set[str]]] = defaultdict(list)
    knew: dict[str, set[str]] = {}
    for one in table.at_table:
        for sign, marks in one.written.items():
            copies[sign] += marks
            knew[sign] = knew.get(sign, set()) | one.knew[sign]
    for row in Bracket.objects.filter(text=table.text, ending=Ending.OPEN):
        anchor = str(row.pk)
        for sign, marked in found.items():
            if sign in table.bracketed[row.pk]:
                unaware = [marks for marks in copies[sign] if anchor not in marks]
                assert sum(anchor not in marks for marks in marked) <= len(unaware), "fell out of its bracket"
            elif any(anchor in marks for marks in marked) and sign not in table.chosen:
                typed_inside = any(anchor in marks for marks in copies[sign])
                assert typed_inside or anchor not in knew.get(sign, {anchor}), "came into a bracket from outside"
