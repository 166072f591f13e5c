"""Ids that browsers choose: one that names anything in the text already names nothing else."""

from collections.abc import Callable
from itertools import permutations
from uuid import UUID, uuid4

import pytest

from concertation.coalition.models import Delegate
from concertation.texts import anchors
from concertation.texts.domain.brackets import Passage, lift_bracket, place_bracket
from concertation.texts.domain.proposals import propose_change, propose_deletion
from concertation.texts.domain.remarks import Place, make_comment, make_reservation, resolve_remark
from concertation.texts.domain.writing import write_in
from concertation.texts.errors import KeyTaken
from concertation.texts.models import Bracket, Hunk, Remark, Text
from concertation.texts.tests.factories import FIRST, make_text, paragraph
from tests.helpers.people import client_of, make_coalition, make_delegate
from tests.helpers.writes import assert_refused

pytestmark = pytest.mark.django_db

Act = Callable[[Delegate, Text, UUID], object]
ACTS: dict[str, Act] = {
    "bracket": lambda by, text, key: place_bracket(
        by=by, text_id=text.pk, key=key, passage=Passage("en", FIRST, 0, 2, "We")
    ),
    "comment": lambda by, text, key: make_comment(
        by=by, text_id=text.pk, key=key, place=Place("en", FIRST, 3, 6, "met"), body="When?"
    ),
    "reservation on the whole": lambda by, text, key: make_reservation(
        by=by, text_id=text.pk, key=key, place=Place("fr", FIRST), body="Non."
    ),
    "change": lambda by, text, key: propose_change(
        by=by, text_id=text.pk, language="en", paragraph=FIRST, block=paragraph("We sat."), proposal_id=key
    ),
    "deletion": lambda by, text, key: propose_deletion(
        by=by, text_id=text.pk, language="en", paragraph=FIRST, proposal_id=key
    ),
}
# Two of one kind are told by other sentences, or are the same act that is sent again.
PAIRS = [
    pair
    for pair in permutations(ACTS, 2)
    if set(pair) not in ({"change", "deletion"}, {"comment", "reservation on the whole"})
]


@pytest.fixture
def german() -> Delegate:
    """The German head."""
    make_coalition()
    return make_delegate("DE")


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_an_id_that_is_used_is_refused_for_another_kind(german: Delegate, first: str, second: str) -> None:
    text, key = make_text(), uuid4()
    ACTS[first](german, text, key)
    assert_refused(KeyTaken, lambda: ACTS[second](german, text, key))
    ACTS[second](german, text, uuid4())


@pytest.mark.parametrize("second", ACTS)
def test_the_place_of_a_proposal_is_taken(german: Delegate, second: str) -> None:
    text = make_text()
    ACTS["change"](german, text, uuid4())
    assert_refused(KeyTaken, lambda: ACTS[second](german, text, Hunk.objects.get().anchor))


@pytest.mark.parametrize("second", ["bracket", "comment", "reservation on the whole"])
def test_an_anchor_that_a_client_wrote_in_another_language_is_taken(german: Delegate, second: str) -> None:
    text, key = make_text(), uuid4()
    place = {"language": "fr", "paragraph": FIRST, "start": 0, "end": 4, "words": "Nous"}
    write_in(text, lambda doc: anchors.place(doc, anchor=str(key), **place), by=german)  # type: ignore[arg-type]
    assert_refused(KeyTaken, lambda: ACTS[second](german, text, key))


def test_what_has_ended_keeps_its_id(german: Delegate) -> None:
    text, bracket, remark = make_text(), uuid4(), uuid4()
    ACTS["bracket"](german, text, bracket)
    lift_bracket(by=german, bracket_id=bracket)
    ACTS["comment"](german, text, remark)
    resolve_remark(by=german, remark_id=remark)
    assert_refused(KeyTaken, lambda: ACTS["comment"](german, text, bracket))
    assert_refused(KeyTaken, lambda: ACTS["bracket"](german, text, remark))


def test_the_person_is_told_in_words(german: Delegate) -> None:
    text, key = make_text(), uuid4()
    ACTS["reservation on the whole"](german, text, key)
    sent = {"id": str(key), "language": "en", "paragraph": FIRST, "start": "3", "end": "6", "words": "met"}
    refused = client_of(german).post(f"/texts/{text.pk}/brackets/place/", sent, headers={"HX-Request": "true"})
    assert refused.status_code == 409
    assert refused.content.decode().startswith("The id of this act is already used in the text")
    assert (Bracket.objects.count(), Remark.objects.count()) == (0, 1)
