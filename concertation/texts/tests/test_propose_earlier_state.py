"""Bringing an earlier state of a text back, as proposals."""

from typing import Any

import pytest
from pycrdt import Doc, XmlFragment, XmlText

from concertation.coalition.enums import Capacity
from concertation.core.errors import NotAllowed
from concertation.texts.blocks import Block
from concertation.texts.canonical import read_version
from concertation.texts.domain.decisions import accept_proposal
from concertation.texts.domain.restoring import propose_earlier_state
from concertation.texts.domain.revisions import circulate_revision
from concertation.texts.domain.texts import create_text
from concertation.texts.domain.writing import write_in
from concertation.texts.enums import Wish
from concertation.texts.errors import BadLanguages, NoSuchMoment, NothingProposed
from concertation.texts.models import Proposal, Text
from concertation.texts.queries.moments import NOW, document_at, moment_of
from concertation.texts.seeding import write_block
from concertation.texts.tests.factories import paragraph
from tests.helpers.people import make_delegate, make_secretary
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db
ONE, TWO, THREE, NEW = "one0000001", "two0000001", "three00001", "new0000001"


@pytest.fixture
def text() -> Text:
    """Return a text of three paragraphs that was circulated, and in which one changed, one went and one came since."""
    clerk = make_secretary()
    blocks = [paragraph("We met.", ONE), paragraph("We will deploy.", TWO), paragraph("We call for peace.", THREE)]
    made = create_text(by=clerk, titles={"en": "A"}, languages=["en"], draft={"en": blocks})
    text = Text.objects.with_state().get(pk=made.pk)
    circulate_revision(by=clerk, text_id=text.pk)
    write_in(text, change, by=clerk)
    return text


def change(doc: Doc[Any]) -> None:
    fragment = doc.get("en", type=XmlFragment)
    words = fragment.children[1].children[0]
    assert isinstance(words, XmlText)
    del words[3:7]
    words.insert(3, "may")
    del fragment.children[2]
    write_block(fragment, paragraph("We part."), 0).attributes["id"] = NEW


def now(text: Text) -> list[Block]:
    return read_version(document_at(text.pk, moment_of(text, NOW)), "en")


def test_earlier_state_becomes_proposals_which_lead_back_to_it(text: Text) -> None:
    clerk, head = make_secretary(), make_delegate("DE")
    changed = now(text)
    with assert_write("text.changes_proposed", f"text:{text.pk}", "texts"):
        proposals = propose_earlier_state(by=head, text_id=text.pk, moment="rev1", language="en")
    assert sorted((one.kind, one.paragraph) for one in proposals) == sorted(
        [(Wish.CHANGE, TWO), (Wish.DELETE, NEW), (Wish.INSERT, THREE)]
    )
    assert now(text) == changed
    for proposal in proposals:
        accept_proposal(by=clerk, proposal_id=proposal.pk)
    assert now(text) == read_version(document_at(text.pk, moment_of(text, "rev1")), "en")


def test_one_paragraph_is_brought_back_alone(text: Text) -> None:
    head = make_delegate("DE")
    (proposal,) = propose_earlier_state(by=head, text_id=text.pk, moment="rev1", language="en", paragraphs=[TWO])
    assert (proposal.kind, proposal.paragraph, proposal.member_id) == (Wish.CHANGE, TWO, "DE")


def test_state_that_differs_in_nothing_is_not_proposed(text: Text) -> None:
    head = make_delegate("DE")
    for moment, paragraphs in ((NOW, None), ("rev1", [ONE])):
        assert_refused(
            NothingProposed,
            lambda moment=moment, paragraphs=paragraphs: propose_earlier_state(  # type: ignore[misc]
                by=head, text_id=text.pk, moment=moment, language="en", paragraphs=paragraphs
            ),
        )


@pytest.mark.parametrize("moment", ["rev2", "rev01", "u999999", "", "rev1'"])
def test_moment_that_the_text_does_not_have_is_refused(text: Text, moment: str) -> None:
    head = make_delegate("DE")
    assert_refused(NoSuchMoment, lambda: propose_earlier_state(by=head, text_id=text.pk, moment=moment, language="en"))


def test_update_of_another_text_is_no_moment_of_this_one(text: Text) -> None:
    other = create_text(by=None, titles={"en": "B"}, languages=["en"], draft={"en": [paragraph("Secret.")]})
    name = f"u{other.updates.get().sequence}"
    head = make_delegate("DE")
    assert_refused(NoSuchMoment, lambda: propose_earlier_state(by=head, text_id=text.pk, moment=name, language="en"))


def test_language_that_the_text_does_not_have_is_refused(text: Text) -> None:
    head = make_delegate("DE")
    assert_refused(BadLanguages, lambda: propose_earlier_state(by=head, text_id=text.pk, moment="rev1", language="fr"))


def test_who_may_not_propose_may_not_bring_back(text: Text) -> None:
    observer = make_delegate("DE", Capacity.OBSERVER)
    assert_refused(
        NotAllowed, lambda: propose_earlier_state(by=observer, text_id=text.pk, moment="rev1", language="en")
    )
    assert not Proposal.objects.exists()
