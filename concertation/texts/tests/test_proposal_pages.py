"""Proposals on pages: the card with its filters, the dialog, the acts, the layer; forged and hostile requests."""

import json
import uuid
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from concertation.coalition.models import Delegate
from concertation.texts.blocks import run
from concertation.texts.domain.decisions import accept_proposal, reject_proposal, support_proposal
from concertation.texts.domain.proposals import propose_changes, propose_move, propose_paragraph
from concertation.texts.enums import Fate, Pen
from concertation.texts.models import Proposal, Text
from concertation.texts.queries.proposals import (
    author_of,
    changes_in,
    ground_of,
    proposals_at,
    proposals_open,
    who_changed,
)
from concertation.texts.reading import Author, Change
from concertation.texts.tests.factories import paragraph
from concertation.texts.tests.proposing import ONE, THREE, TWO, WORDS, Table
from concertation.texts.wishes import Change as Wish
from tests.helpers.people import client_of

pytestmark = pytest.mark.django_db
EVIL = '<img src=x onerror="alert(1)">'


@pytest.fixture
def table() -> Table:
    cache.clear()
    return Table()


def card(table: Table, who: Delegate, **query: str) -> str:
    address = reverse("texts:proposals", args=[table.text.pk])
    return client_of(who).get(address, query, headers={"HX-Request": "true"}).content.decode()


def post(who: Delegate, name: str, key: Any, **fields: str) -> Any:
    return client_of(who).post(reverse(f"texts:{name}", args=[key]), fields, headers={"HX-Request": "true"})


def layer(table: Table, who: Delegate) -> list[dict[str, Any]]:
    answer = client_of(who).get(reverse("texts:layer", args=[table.text.pk]))
    rows: list[dict[str, Any]] = json.loads(answer.content)["proposals"]
    return rows


def sent(words: str) -> str:
    return json.dumps({"type": "paragraph", "runs": [{"text": words}]})


def test_card_shows_difference_author_supporters_and_what_one_may_do(table: Table) -> None:
    proposal = table.propose("We shall deploy troops soon.")
    support_proposal(by=table.italy, proposal_id=proposal.pk)
    shown = card(table, table.chair)
    assert "We <del>will</del><ins>shall</ins> deploy troops soon." in shown
    assert table.germany.person.name in shown
    for act, delegates in {
        "accept": {table.chair, table.clerk},
        "reject": {table.chair, table.clerk},
        "support": {table.chair},
        "withdraw-support": {table.italy},
        "take-back": {table.germany},
    }.items():
        address = f"/texts/proposals/{proposal.pk}/{act}/"
        for delegate in (table.chair, table.clerk, table.germany, table.italy):
            assert (address in card(table, delegate)) == (delegate in delegates), (act, delegate)


def test_card_filters(table: Table) -> None:
    ours = table.propose("We shall deploy troops soon.")
    theirs = table.propose("We may deploy troops soon.", by=table.italy)
    gone = table.propose("They call for war.", by=table.clerk, paragraph_id=TWO)
    decided = table.propose("We never meet.", paragraph_id=THREE)
    table.type(14, 19, "truce", paragraph_id=TWO)
    reject_proposal(by=table.chair, proposal_id=decided.pk, reason="Out of the question.")

    def ids(**query: str) -> set[uuid.UUID]:
        shown = card(table, table.germany, **query)
        return {proposal.pk for proposal in Proposal.objects.all() if f'id="proposal-{proposal.pk}"' in shown}

    assert ids() == {ours.pk, theirs.pk, gone.pk}
    assert ids(show="nonsense") == {ours.pk, theirs.pk, gone.pk}
    assert ids(show="mine") == {ours.pk}
    assert ids(show="conflicts") == {ours.pk, theirs.pk}
    assert ids(show="outdated") == {gone.pk}
    assert ids(show="decided") == {decided.pk}
    assert ids(member="IT") == {theirs.pk}
    assert ids(member="-") == {gone.pk}
    assert "Out of the question." in card(table, table.germany, show="decided")
    assert "propose anew" in card(table, table.germany, show="outdated")


def test_card_takes_a_fixed_number_of_queries(table: Table) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            card(table, table.chair)
            layer(table, table.chair)
        return len(captured)

    for words in ("We shall deploy troops soon.", "They call for war."):
        support_proposal(by=table.italy, proposal_id=table.propose(words, paragraph_id=ONE).pk)
    few = queries()
    for number in range(6):
        support_proposal(by=table.chair, proposal_id=table.propose(f"Other {number}.", by=table.italy).pk)
    assert queries() == few


def test_layer_tells_the_editor_what_it_draws(table: Table) -> None:
    proposal = table.propose("We will deploy troops very soon.")
    inserted = propose_paragraph(
        by=table.clerk, text_id=table.text.pk, language="en", after=ONE, block=paragraph("New.")
    )
    hunk = proposal.hunks.get()
    first, second = layer(table, table.germany)
    assert first["hunks"] == [
        {"anchor": str(hunk.anchor), "words": "troops ", "changes": [{"start": 7, "end": 7, "words": "very "}]}
    ]
    assert (first["member"], first["isOwn"], first["block"]) == ("DE", True, None)
    assert (second["kind"], second["after"], second["member"]) == ("insert", ONE, "")
    assert second["block"] == paragraph("New.")
    accept_proposal(by=table.clerk, proposal_id=inserted.pk)
    assert [row["id"] for row in layer(table, table.germany)] == [str(proposal.pk)]


def test_a_proposal_comes_by_the_form_that_the_editor_sends_and_only_once(table: Table) -> None:
    key = str(uuid.uuid4())
    fields = {
        "id": key,
        "language": "en",
        "paragraph": ONE,
        "block": sent("We shall deploy."),
        "base": sent(WORDS[ONE]),
    }
    for _ in range(2):
        assert post(table.germany, "propose_change", table.text.pk, **fields).status_code == 204
    assert [str(proposal.pk) for proposal in Proposal.objects.all()] == [key]


def test_a_proposal_sent_as_another_member_is_ones_own(table: Table) -> None:
    fields = {"id": str(uuid.uuid4()), "language": "en", "paragraph": ONE, "block": sent("We shall deploy.")}
    forged = {"member": "FR", "member_id": "FR", "by": str(table.chair.pk)}
    assert post(table.germany, "propose_change", table.text.pk, **fields, **forged).status_code == 204
    assert [(one.member_id, one.by) for one in Proposal.objects.all()] == [("DE", table.germany)]


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"id": "no"}, 400),
        ({"block": "{"}, 400),
        ({"block": '{"type": "image"}'}, 400),
        ({"base": "{"}, 400),
        ({"language": "xx"}, 400),
        ({"paragraph": "nowhere000"}, 409),
        ({"block": sent("a\u202eb")}, 400),
    ],
)
def test_what_the_editor_would_never_send_is_refused(table: Table, fields: dict[str, str], status: int) -> None:
    good = {"id": str(uuid.uuid4()), "language": "en", "paragraph": ONE, "block": sent("We shall deploy.")}
    assert post(table.germany, "propose_change", table.text.pk, **{**good, **fields}).status_code == status
    assert not Proposal.objects.exists()


def test_hostile_words_are_shown_as_words(table: Table) -> None:
    fields = {"id": str(uuid.uuid4()), "language": "en", "paragraph": ONE, "block": sent(EVIL)}
    assert post(table.germany, "propose_change", table.text.pk, **fields).status_code == 204
    proposal = Proposal.objects.get()
    reject = post(table.chair, "reject_proposal", proposal.pk, reason=EVIL).content.decode()
    for shown in (reject, card(table, table.chair, show="decided")):
        assert EVIL not in shown
    assert "&lt;img src=x" in card(table, table.chair, show="decided")


def test_acts_answer_with_the_card_or_the_dialog(table: Table) -> None:
    proposal = table.propose("We shall deploy troops soon.")
    address = reverse("texts:support_proposal", args=[proposal.pk])
    answer = client_of(table.italy).post(address, headers={"HX-Request": "true", "HX-Target": "proposal-opened"})
    assert answer.content.decode().lstrip().startswith('<div id="proposal-opened"')
    assert 'id="card-proposals"' in post(table.chair, "accept_proposal", proposal.pk).content.decode()
    assert table.words()[0] == "We shall deploy troops soon."


def test_an_act_on_a_proposal_of_a_hidden_text_says_nothing(table: Table) -> None:
    proposal = table.propose("We shall deploy troops soon.")
    Text.objects.update(audience="members")
    assert post(table.italy, "support_proposal", proposal.pk).status_code == 404
    assert client_of(table.italy).get(reverse("texts:proposal", args=[proposal.pk])).status_code == 404


def test_out_of_date_proposals_say_who_changed_the_words(table: Table) -> None:
    proposal = table.propose("We shall deploy troops soon.")
    assert who_changed(proposal) == []
    table.type(3, 7, "must")
    address = reverse("texts:proposal_changers", args=[proposal.pk])
    shown = client_of(table.germany).get(address).content.decode()
    assert f"{table.italy.person.name} (IT)" in shown
    assert str(post(table.chair, "accept_proposal", proposal.pk).content.decode()).startswith("The words changed since")


def test_a_whole_paragraph_is_named_by_its_number(table: Table) -> None:
    propose_move(by=table.germany, text_id=table.text.pk, language="en", paragraph=ONE, after=THREE)
    assert "Move this paragraph to after § 3" in card(table, table.germany)


def test_long_paragraphs_are_cut_to_what_changes(table: Table) -> None:
    words = "word " * 100
    table.type(0, 27, f"{words}will act.")
    table.propose(f"{words}shall act.")
    assert "… " in card(table, table.germany)


def test_the_page_says_who_may_propose(table: Table) -> None:
    page = client_of(table.germany).get(reverse("texts:show", args=[table.text.pk])).content.decode()
    assert 'data-may-edit="true" data-may-propose="true"' in page
    Text.objects.update(pen=Pen.PROPOSALS)
    page = client_of(table.germany).get(reverse("texts:show", args=[table.text.pk])).content.decode()
    assert 'data-may-edit="false" data-may-propose="true"' in page
    Text.objects.update(pen=Pen.SECRETARIAT)
    page = client_of(table.chair).get(reverse("texts:show", args=[table.text.pk])).content.decode()
    assert 'data-may-edit="false" data-may-propose="false"' in page


def test_proposals_at_a_moment_are_those_that_were_open_then(table: Table) -> None:
    first = table.propose("We shall deploy troops soon.")
    second = table.propose("We will deploy troops very soon.", by=table.italy)
    accept_proposal(by=table.chair, proposal_id=first.pk)
    first.refresh_from_db()
    assert first.closed_at
    assert proposals_at(table.text, second.at) == [first, second]
    assert proposals_at(table.text, first.closed_at) == [second]
    assert proposals_open(table.text) == 1


def test_changes_for_sheets_have_the_finer_places(table: Table) -> None:
    (proposal,) = propose_changes(
        by=table.germany, text_id=table.text.pk, wishes=[Wish("en", ONE, paragraph("We will deploy troops very soon."))]
    )
    author = Author(table.germany.person.name, "DE")
    assert author_of(proposal) == author
    assert changes_in(proposals_at(table.text, proposal.at), ground_of(table.text)) == {
        ("en", ONE): (Change(str(proposal.pk), 22, 22, (run("very "),), author, proposal.at),)
    }
    assert Proposal.objects.get().outcome == Fate.OPEN
