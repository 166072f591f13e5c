"""Making proposals: what is stored of them, and who may."""

import uuid
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from concertation.coalition.enums import Capacity, Status
from concertation.core.errors import NotAllowed
from concertation.record.models import Entry
from concertation.texts.blocks import Block, run
from concertation.texts.domain import proposals
from concertation.texts.domain.adoption import propose_adoption
from concertation.texts.domain.decisions import take_back_proposal
from concertation.texts.domain.proposals import (
    propose_changes,
    propose_deletion,
    propose_move,
    propose_paragraph,
)
from concertation.texts.domain.texts import create_text
from concertation.texts.enums import Audience, Pen, Wish
from concertation.texts.errors import (
    BadLanguages,
    Frozen,
    NoSuchText,
    NotAParagraph,
    NothingProposed,
    TooManyProposals,
    WordsChanged,
)
from concertation.texts.events import Act
from concertation.texts.models import Hunk, Proposal, Text
from concertation.texts.tests.factories import TITLES, paragraph
from concertation.texts.tests.proposing import ONE, THREE, TWO, WORDS, Table, plain, text_of
from concertation.texts.wishes import Change, Deletion, Insertion, Move
from tests.helpers.people import make_delegate, make_member
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db


@pytest.fixture
def table() -> Table:
    return Table()


def topic(table: Table) -> tuple[str, str]:
    return f"text:{table.text.pk}", "texts"


def test_propose_change_keeps_the_document_and_its_words_as_they_are(table: Table) -> None:
    before = table.blocks()
    with assert_write(Act.CHANGE_PROPOSED, *topic(table)):
        proposal = table.propose("We shall deploy troops very soon.")
    assert table.blocks() == before
    assert [(hunk.words, hunk.runs) for hunk in proposal.hunks.all()] == [
        ("will", [run("shall")]),
        ("troops ", [run("troops very ")]),
    ]
    assert (proposal.member_id, proposal.by, proposal.kind) == ("DE", table.germany, Wish.CHANGE)
    entry = Entry.objects.latest("pk")
    assert entry.content["data"]["from"] == WORDS[ONE]
    assert entry.content["data"]["to"] == "We shall deploy troops very soon."


def test_the_same_proposal_sent_twice_is_made_once(table: Table) -> None:
    key = uuid.uuid4()
    first = table.propose("We shall deploy troops soon.", proposal_id=key)
    entries = Entry.objects.count()
    table.type(0, 2, "They")
    again = table.propose("We shall deploy troops soon.", proposal_id=key)
    assert (again, first.pk, Entry.objects.count()) == (first, key, entries)
    assert_refused(NotAllowed, lambda: table.propose("They met.", by=table.italy, proposal_id=key))


def test_the_same_proposal_is_answered_after_the_text_was_frozen(table: Table) -> None:
    key = uuid.uuid4()
    first = table.propose("We shall deploy troops soon.", proposal_id=key)
    take_back_proposal(by=table.germany, proposal_id=key)
    propose_adoption(by=table.clerk, text_id=table.text.pk)
    assert table.propose("We shall deploy troops soon.", proposal_id=key) == first
    assert_refused(Frozen, lambda: table.propose("We may deploy troops soon."))


def test_a_change_edited_offline_is_found_where_its_words_are_now(table: Table) -> None:
    table.type(0, 2, "All of us")
    proposal = table.propose("We shall deploy troops soon.", base=paragraph(WORDS[ONE]))
    assert [hunk.words for hunk in proposal.hunks.all()] == ["will"]
    assert proposal.block == {
        "type": "paragraph",
        "numbered": True,
        "runs": [run("All of us shall deploy troops soon.")],
    }


def test_a_change_edited_offline_is_refused_when_its_words_changed(table: Table) -> None:
    table.type(3, 7, "may")
    assert_refused(WordsChanged, lambda: table.propose("We shall deploy troops soon.", base=paragraph(WORDS[ONE])))


def test_the_secretariat_proposes_as_itself(table: Table) -> None:
    assert table.propose("We shall deploy troops soon.", by=table.clerk).member_id is None


def test_propose_paragraph_gives_it_an_id_of_its_own_or_that_of_its_counterpart(table: Table) -> None:
    with assert_write(Act.PARAGRAPH_PROPOSED, *topic(table)):
        first = propose_paragraph(
            by=table.germany, text_id=table.text.pk, language="en", after=ONE, block=plain("Then we ate.")[0]
        )
    second = propose_paragraph(
        by=table.germany,
        text_id=table.text.pk,
        language="fr",
        after=ONE,
        block=plain("Puis nous mangeâmes.")[0],
        paragraph=first.paragraph,
    )
    assert len(first.paragraph) == 10
    assert second.paragraph == first.paragraph
    assert table.order() == [ONE, TWO, THREE]


def test_propose_deletion_and_move_are_recorded(table: Table) -> None:
    with assert_write(Act.DELETION_PROPOSED, *topic(table)):
        propose_deletion(by=table.germany, text_id=table.text.pk, language="en", paragraph=TWO)
    with assert_write(Act.MOVE_PROPOSED, *topic(table)):
        propose_move(by=table.germany, text_id=table.text.pk, language="en", paragraph=ONE, after=THREE)
    assert table.order() == [ONE, TWO, THREE]


def test_propose_changes_makes_all_with_one_entry(table: Table) -> None:
    with assert_write(Act.CHANGES_PROPOSED, *topic(table)):
        made = propose_changes(
            by=table.clerk,
            text_id=table.text.pk,
            wishes=[
                Change("en", ONE, paragraph("We shall deploy troops soon.")),
                Insertion("en", TWO, paragraph("New.")),
                Deletion("en", TWO),
                Move("fr", ONE, THREE),
            ],
        )
    assert [proposal.kind for proposal in made] == [Wish.CHANGE, Wish.INSERT, Wish.DELETE, Wish.MOVE]
    assert Entry.objects.latest("pk").content["data"]["count"] == 4


def test_propose_changes_makes_all_or_none(table: Table) -> None:
    wishes = [Deletion("en", TWO), Deletion("en", "nowhere000")]
    assert_refused(WordsChanged, lambda: propose_changes(by=table.clerk, text_id=table.text.pk, wishes=wishes))
    assert not Proposal.objects.exists()


LIST: Block = {"type": "bulletList", "items": [[{"type": "paragraph", "runs": [run("We")]}]]}


@pytest.mark.parametrize(
    ("act", "error"),
    [
        (lambda t: t.propose(WORDS[ONE]), NothingProposed),
        (lambda t: t.propose("Words", paragraph_id="nowhere000"), WordsChanged),
        (lambda t: propose_deletion(by=t.germany, text_id=t.text.pk, language="de", paragraph=ONE), BadLanguages),
        (lambda t: propose_deletion(by=t.germany, text_id=t.text.pk, language="en", paragraph="x"), WordsChanged),
        (lambda t: move(t, TWO, ONE), NothingProposed),
        (lambda t: move(t, TWO, TWO), NothingProposed),
        (lambda t: move(t, ONE, ""), NothingProposed),
        (lambda t: move(t, ONE, "x"), WordsChanged),
        (lambda t: insert(t, after="nowhere000"), WordsChanged),
        (lambda t: insert(t, paragraph=TWO), WordsChanged),
        (lambda t: insert(t, paragraph="<script>"), NotAParagraph),
        (lambda t: insert(t, block=plain(" ")[0]), NothingProposed),
        (lambda t: t.propose("Words", by=make_delegate("DE", Capacity.OBSERVER)), NotAllowed),
        (lambda t: t.propose("Words", by=make_delegate("DE", Capacity.INTERPRETER)), NotAllowed),
        (lambda t: t.propose("Words", by=make_delegate(make_member("PL", status=Status.OBSERVER).pk)), NotAllowed),
    ],
)  # fmt: skip
def test_what_cannot_be_proposed_is_refused(table: Table, act: Any, error: type[Exception]) -> None:
    updates = table.text.updates.count()
    assert_refused(error, lambda: act(table))
    assert (table.text.updates.count(), Proposal.objects.count()) == (updates, 0)


def move(table: Table, paragraph_id: str, after: str) -> Proposal:
    return propose_move(by=table.germany, text_id=table.text.pk, language="en", paragraph=paragraph_id, after=after)


def insert(table: Table, **more: Any) -> Proposal:
    wanted: dict[str, Any] = {"after": ONE, "block": paragraph("New."), **more}
    return propose_paragraph(by=table.germany, text_id=table.text.pk, language="en", **wanted)


def test_nobody_proposes_while_the_secretariat_alone_holds_the_pen(table: Table) -> None:
    Text.objects.update(pen=Pen.SECRETARIAT)
    for delegate in (table.germany, table.chair, table.clerk):
        assert_refused(NotAllowed, lambda by=delegate: table.propose("Words", by=by))  # type: ignore[misc]


def test_who_may_not_read_a_text_does_not_learn_of_it(table: Table) -> None:
    text = create_text(
        by=table.clerk,
        titles=TITLES,
        languages=["en"],
        audience=Audience.MEMBERS,
        members=["FR"],
        draft={"en": [paragraph("Secret.", ONE)]},
    )
    assert_refused(
        NoSuchText, lambda: propose_deletion(by=table.germany, text_id=text.pk, language="en", paragraph=ONE)
    )


def test_a_text_takes_no_more_proposals_than_anybody_reads(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proposals, "MOST_OPEN", 1)
    table.propose("We shall deploy troops soon.")
    assert_refused(TooManyProposals, lambda: table.propose("We may deploy troops soon."))


def test_a_paragraph_in_combining_letters_is_proposed_whole(table: Table) -> None:
    doc = table.document()
    before = doc.get_state()
    text_of(doc, TWO).insert(0, "e\u0301te\u0301 ")
    table.send(doc.get_update(before))
    proposal = table.propose("étés They call for peace.", paragraph_id=TWO)
    assert not proposal.hunks.exists()


@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_database_keeps_the_words_of_a_proposal(table: Table, act: str) -> None:
    table.propose("We shall deploy troops soon.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Hunk.objects.update(words="other") if act == "update" else Hunk.objects.all().delete()
