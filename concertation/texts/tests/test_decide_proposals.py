"""What becomes of proposals: supported, accepted exactly or refused, rejected with a reason, taken back."""

import uuid
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from pycrdt import XmlElement, XmlFragment, XmlText

from concertation.coalition.enums import Capacity, Status
from concertation.coalition.models import Delegate, Member
from concertation.core import clock
from concertation.core.errors import NotAllowed
from concertation.record.models import Entry
from concertation.texts import anchors
from concertation.texts.blocks import run
from concertation.texts.canonical import document_of
from concertation.texts.domain.decisions import (
    accept_proposal,
    reject_proposal,
    support_proposal,
    take_back_proposal,
    withdraw_support,
)
from concertation.texts.domain.proposals import propose_change, propose_deletion, propose_move, propose_paragraph
from concertation.texts.enums import Audience, Fate
from concertation.texts.errors import (
    AlreadySupported,
    Frozen,
    NoSuchProposal,
    OutOfDate,
    ProposalClosed,
    RejectionUnexplained,
)
from concertation.texts.events import Act
from concertation.texts.models import AdoptionProcedure, Proposal, ProposalSupport, Text
from concertation.texts.queries.proposals import ground_of, proposals_of, standings
from concertation.texts.tests.factories import paragraph
from concertation.texts.tests.proposing import ONE, THREE, TWO, WORDS, Table, plain, text_of, typed
from tests.helpers.people import make_delegate, make_member
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db


@pytest.fixture
def table() -> Table:
    return Table()


def accept(table: Table, proposal: Proposal) -> None:
    accept_proposal(by=table.chair, proposal_id=proposal.pk)


def outcome(proposal: Proposal) -> str:
    return Proposal.objects.get(pk=proposal.pk).outcome


def anchors_left(table: Table) -> set[str]:
    return {anchor for language in ("en", "fr") for anchor in anchors.spans_in(table.document(), language)}


def test_accepted_words_are_in_the_text_and_their_anchors_are_gone(table: Table) -> None:
    proposal = table.propose("We shall deploy many troops.")
    with assert_write(Act.PROPOSAL_ACCEPTED, f"text:{table.text.pk}", "texts"):
        accept(table, proposal)
    assert table.words() == ["We shall deploy many troops.", WORDS[TWO], WORDS[THREE]]
    assert table.words("fr")[0] == WORDS[ONE]
    assert anchors_left(table) == set()
    closed = Proposal.objects.get()
    assert (closed.outcome, closed.closed_by) == (Fate.ACCEPTED, table.chair)


def test_accepting_a_new_paragraph_puts_it_where_it_was_proposed(table: Table) -> None:
    new = propose_paragraph(by=table.germany, text_id=table.text.pk, language="en", after=ONE, block=plain("New.")[0])
    first = propose_paragraph(
        by=table.germany, text_id=table.text.pk, language="en", after="", block=plain("Start.")[0]
    )
    accept(table, new)
    accept(table, first)
    assert table.words() == ["Start.", WORDS[ONE], "New.", WORDS[TWO], WORDS[THREE]]
    assert table.order() == [first.paragraph, ONE, new.paragraph, TWO, THREE]


def test_accepting_a_deletion_takes_the_paragraph_out_of_every_language(table: Table) -> None:
    accept(table, propose_deletion(by=table.germany, text_id=table.text.pk, language="en", paragraph=TWO))
    assert (table.order(), table.order("fr")) == ([ONE, THREE], [ONE, THREE])


def test_accepting_a_move_keeps_id_words_look_and_anchors(table: Table) -> None:
    other = table.propose("We shall deploy troops soon.")
    doc = table.document()
    before = doc.get_state()
    text_of(doc, ONE).format(0, 2, {"bold": {}})
    table.send(doc.get_update(before))
    accept(table, propose_move(by=table.italy, text_id=table.text.pk, language="en", paragraph=ONE, after=THREE))
    assert (table.order(), table.order("fr")) == ([TWO, THREE, ONE], [TWO, THREE, ONE])
    assert table.blocks()[2]["runs"] == [run("We", bold=True), run(" will deploy troops soon.")]  # type: ignore[typeddict-item]
    accept(table, other)
    assert table.words()[2] == "We shall deploy troops soon."


def test_a_whole_change_keeps_the_anchors_of_words_that_stay(table: Table) -> None:
    """Another kind of paragraph is written anew."""
    bystander = table.propose("We will deploy ships soon.")
    whole = propose_change(
        by=table.italy,
        text_id=table.text.pk,
        language="en",
        paragraph=ONE,
        block={"type": "heading", "level": 2, "runs": [run("They will deploy troops soon.")]},
    )
    assert not whole.hunks.exists()
    accept(table, whole)
    assert table.blocks()[0]["type"] == "heading"
    accept(table, bystander)
    assert table.words()[0] == "They will deploy ships soon."


def test_changes_that_do_not_touch_are_both_applied_in_either_order(table: Table) -> None:
    one, other = (
        table.propose("We shall deploy troops soon."),
        table.propose("We will deploy ships soon.", by=table.italy),
    )
    accept(table, other)
    accept(table, one)
    assert table.words()[0] == "We shall deploy ships soon."


def test_overlapping_changes_are_both_kept_until_one_is_accepted(table: Table) -> None:
    one = table.propose("We shall deploy troops soon.")
    other = table.propose("We may deploy troops soon.", by=table.italy)
    apart = table.propose("We will deploy troops now.", by=table.italy)
    found = {each.proposal: each for each in standings(proposals_of(table.text), ground_of(table.text))}
    assert found[one].conflicts == {other.pk}
    assert found[other].conflicts == {one.pk}
    assert found[apart].conflicts == set()
    accept(table, one)
    assert_refused(OutOfDate, lambda: accept(table, other))
    accept(table, apart)
    assert (table.words()[0], outcome(other)) == ("We shall deploy troops now.", Fate.OPEN)


def test_a_refusal_says_who_changed_the_words(table: Table) -> None:
    proposal = table.propose("We shall deploy troops soon.")
    table.type(26, 27, "!", by=table.germany)
    table.type(3, 7, "must")
    table.type(0, 2, "They", by=table.germany)
    with pytest.raises(OutOfDate) as refused:
        accept(table, proposal)
    assert str(refused.value.message) == f"The words changed since, by {table.italy.person.name} (IT): propose anew."
    assert table.words()[0] == "They must deploy troops soon!"


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [(3, 7, "may"), (5, 5, "x"), (0, 27, ""), (3, 8, ""), (4, 5, "")],
    ids=["replaced", "torn", "emptied", "deleted", "shortened"],
)
def test_words_that_changed_are_not_replaced(table: Table, start: int, end: int, words: str) -> None:
    proposal = table.propose("We shall deploy troops soon.")
    table.type(start, end, words)
    there = table.words()
    assert_refused(OutOfDate, lambda: accept(table, proposal))
    assert (table.words(), outcome(proposal)) == (there, Fate.OPEN)


def test_a_deletion_is_out_of_date_once_the_paragraph_says_something_else(table: Table) -> None:
    proposal = propose_deletion(by=table.germany, text_id=table.text.pk, language="en", paragraph=ONE)
    table.type(26, 27, " and pay.")
    assert_refused(OutOfDate, lambda: accept(table, proposal))


def test_a_new_paragraph_is_out_of_date_when_the_one_before_it_is_gone(table: Table) -> None:
    new = propose_paragraph(by=table.germany, text_id=table.text.pk, language="en", after=TWO, block=plain("New.")[0])
    moved = propose_move(by=table.germany, text_id=table.text.pk, language="en", paragraph=ONE, after=TWO)
    accept(table, propose_deletion(by=table.germany, text_id=table.text.pk, language="en", paragraph=TWO))
    assert_refused(OutOfDate, lambda: accept(table, new))
    assert_refused(OutOfDate, lambda: accept(table, moved))


def test_a_change_follows_its_words_into_another_paragraph(table: Table) -> None:
    """As an editor does it that divides a paragraph: the second half is written anew, with its marks."""
    proposal = table.propose("We will deploy troops later.")
    doc = table.document()
    before = doc.get_state()
    text = text_of(doc, ONE)
    fragment = doc.get("en", type=XmlFragment)
    (anchor,) = (str(hunk.anchor) for hunk in proposal.hunks.all())
    del text[14 : len(text)]
    second = XmlElement("paragraph")
    fragment.children.insert(1, second)
    second.attributes["id"] = "second0001"
    words = second.children.append(XmlText())
    words.insert(0, "troops ")
    words.insert(7, "soon", {anchors.name_of(anchor): {"id": anchor}})
    words.insert(11, ".", {anchors.name_of(anchor): None})
    table.send(doc.get_update(before))
    accept(table, proposal)
    assert table.words()[:2] == ["We will deploy", "troops later."]


def test_an_anchor_that_a_client_forged_elsewhere_deletes_nothing(table: Table) -> None:
    proposal = table.propose("We shall deploy troops soon.")
    (anchor,) = (str(hunk.anchor) for hunk in proposal.hunks.all())
    doc = table.document()
    before = doc.get_state()
    for identity in (TWO, THREE):
        text = text_of(doc, identity)
        text.format(0, len(text), {anchors.name_of(anchor): {"id": anchor}})
    table.send(doc.get_update(before))
    accept(table, proposal)
    assert table.words() == ["We shall deploy troops soon.", WORDS[TWO], WORDS[THREE]]
    assert anchors_left(table) == set()


def test_an_open_editor_gets_what_was_accepted(table: Table) -> None:
    proposal = table.propose("We shall deploy troops soon.")
    client = document_of([table.document().get_update()])
    typed(client, ONE, 27, 27, " Offline.")
    accept(table, proposal)
    offline = client.get_update(table.document().get_state())
    table.send(offline)
    assert table.words()[0] == "We shall deploy troops soon. Offline."


def test_reject_needs_a_reason_and_leaves_the_words(table: Table) -> None:
    proposal = table.propose("We shall deploy troops soon.")
    assert_refused(RejectionUnexplained, lambda: reject_proposal(by=table.chair, proposal_id=proposal.pk, reason=" "))
    with assert_write(Act.PROPOSAL_REJECTED, f"text:{table.text.pk}", "texts"):
        reject_proposal(by=table.clerk, proposal_id=proposal.pk, reason="Not agreed.")
    assert table.words()[0] == WORDS[ONE]
    assert anchors_left(table) == set()
    assert Entry.objects.latest("pk").content["data"]["reason"] == "Not agreed."


def test_take_back_is_for_ones_own_delegation(table: Table) -> None:
    proposal = table.propose("We shall deploy troops soon.")
    for other in (table.italy, table.chair, table.clerk, make_delegate("DE", Capacity.OBSERVER)):
        assert_refused(NotAllowed, lambda by=other: take_back_proposal(by=by, proposal_id=proposal.pk))  # type: ignore[misc]
    with assert_write(Act.PROPOSAL_WITHDRAWN, f"text:{table.text.pk}", "texts"):
        take_back_proposal(by=make_delegate("DE", Capacity.HEAD), proposal_id=proposal.pk)
    assert (outcome(proposal), anchors_left(table)) == (Fate.WITHDRAWN, set())


def test_the_secretariat_takes_its_own_proposals_back(table: Table) -> None:
    proposal = table.propose("We shall deploy troops soon.", by=table.clerk)
    assert_refused(NotAllowed, lambda: take_back_proposal(by=table.chair, proposal_id=proposal.pk))
    take_back_proposal(by=table.clerk, proposal_id=proposal.pk)


def test_members_support_once_and_withdraw_it(table: Table) -> None:
    proposal = table.propose("We shall deploy troops soon.")
    with assert_write(Act.PROPOSAL_SUPPORTED, f"text:{table.text.pk}", "texts"):
        support_proposal(by=table.italy, proposal_id=proposal.pk)
    assert_refused(AlreadySupported, lambda: support_proposal(by=table.italy, proposal_id=proposal.pk))
    assert_refused(AlreadySupported, lambda: support_proposal(by=table.germany, proposal_id=proposal.pk))
    assert_refused(NotAllowed, lambda: support_proposal(by=table.clerk, proposal_id=proposal.pk))
    assert_refused(NotAllowed, lambda: withdraw_support(by=table.chair, proposal_id=proposal.pk))
    with assert_write(Act.SUPPORT_WITHDRAWN, f"text:{table.text.pk}", "texts"):
        withdraw_support(by=table.italy, proposal_id=proposal.pk)
    support_proposal(by=table.italy, proposal_id=proposal.pk)
    assert ProposalSupport.objects.filter(withdrawn_at=None).count() == 1


ACTS: list[Any] = [
    lambda by, key: accept_proposal(by=by, proposal_id=key),
    lambda by, key: reject_proposal(by=by, proposal_id=key, reason="No."),
    lambda by, key: support_proposal(by=by, proposal_id=key),
    lambda by, key: withdraw_support(by=by, proposal_id=key),
    lambda by, key: take_back_proposal(by=by, proposal_id=key),
]


@pytest.mark.parametrize("act", ACTS)
def test_nothing_is_done_to_what_is_closed_frozen_or_unknown(table: Table, act: Any) -> None:
    closed, frozen = table.propose("We shall deploy troops soon."), table.propose("We may deploy troops soon.")
    take_back_proposal(by=table.germany, proposal_id=closed.pk)
    outsider = make_delegate(make_member("CH", status=Status.INVITED).pk)
    assert_refused(ProposalClosed, lambda: act(table.chair, closed.pk))
    assert_refused(NoSuchProposal, lambda: act(table.chair, uuid.uuid4()))
    assert_refused(NoSuchProposal, lambda: act(outsider, frozen.pk))
    AdoptionProcedure.objects.create(
        text=table.text, number=1, proposed_at=clock.now(), proposed_by=table.clerk, content="{}", sha256="0" * 64
    )
    assert_refused(Frozen, lambda: act(table.chair, frozen.pk))


@pytest.mark.parametrize("act", ACTS[:2])
def test_only_the_chair_decides(table: Table, act: Any) -> None:
    proposal = table.propose("We shall deploy troops soon.")
    for delegate in (table.germany, table.italy, make_delegate("FR", Capacity.OBSERVER)):
        assert_refused(NotAllowed, lambda by=delegate: act(by, proposal.pk))  # type: ignore[misc]


def test_decisions_are_not_for_those_who_may_not_read(table: Table) -> None:
    proposal = table.propose("We shall deploy troops soon.")
    Text.objects.update(audience=Audience.MEMBERS)
    table.text.members.set(Member.objects.filter(pk="DE"))
    assert_refused(NoSuchProposal, lambda: support_proposal(by=table.italy, proposal_id=proposal.pk))


@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_database_keeps_what_was_decided(table: Table, act: str) -> None:
    proposal = table.propose("We shall deploy troops soon.")
    take_back_proposal(by=table.germany, proposal_id=proposal.pk)
    rows = Proposal.objects.filter(pk=proposal.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(outcome=Fate.ACCEPTED) if act == "update" else rows._raw_delete(rows.db)


def test_words_of_a_delegate_who_left_stay_under_their_name(table: Table) -> None:
    proposal = table.propose("We shall deploy troops soon.")
    Delegate.objects.filter(pk=table.germany.pk).update(ended_at=proposal.at)
    accept(table, proposal)
    assert Proposal.objects.get().by == table.germany
    assert table.blocks()[0] == {**paragraph("We shall deploy troops soon.", ONE)}
