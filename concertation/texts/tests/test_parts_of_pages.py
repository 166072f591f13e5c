"""No part of a text's page stays as it was when an act changed it: each part that comes out otherwise is announced."""

import re
from collections.abc import Callable
from functools import partial
from uuid import uuid4

import pytest
from django.test import Client, TestCase
from django.urls import reverse

from concertation.texts.domain.adoption import propose_adoption, withdraw_proposal
from concertation.texts.domain.agreement import agree_paragraphs, withdraw_agreement
from concertation.texts.domain.alignment import part_counterparts
from concertation.texts.domain.alternatives import add_alternative, choose_alternative, support_alternative
from concertation.texts.domain.brackets import Passage, join_bracket, leave_bracket, lift_bracket, place_bracket
from concertation.texts.domain.decisions import (
    accept_proposal,
    reject_proposal,
    support_proposal,
    take_back_proposal,
    withdraw_support,
)
from concertation.texts.domain.ledger import follow_paragraphs
from concertation.texts.domain.proposals import propose_deletion
from concertation.texts.domain.remarks import (
    Place,
    make_comment,
    make_reservation,
    reopen_remark,
    reply_to_remark,
    resolve_remark,
)
from concertation.texts.domain.steps import confirm_step
from concertation.texts.events import Act
from concertation.texts.models import AdoptionProcedure, Alternative, Proposal, Text
from concertation.texts.parts import EVERY, PARTS_OF, WORDS, Part, parts_of
from concertation.texts.queries.agreement import matrix_of
from concertation.texts.queries.steps import steps_of
from concertation.texts.tests.bracketing import append_paragraph
from concertation.texts.tests.proposing import ONE, THREE, TWO, Table
from concertation.texts.views.pages import PARTS
from tests.helpers.people import client_of, make_delegate
from tests.helpers.writes import Listener

pytestmark = pytest.mark.django_db

ASIDE = re.compile(r'csrfmiddlewaretoken" value="[^"]+"|<text-editor.*?</text-editor>', re.DOTALL)


class Page:
    """The page of a text, part by part as one person sees it, and what is announced of it."""

    def __init__(self, table: Table, reader: Client) -> None:
        self.text, self.reader = table.text.pk, reader
        self.listener = Listener(tuple(f"text:{self.text}:{part}" for part in Part))
        self.shown = self.look()

    def look(self) -> dict[Part, list[str]]:
        """Return what each part shows, without the words themselves, which the editor keeps in step."""
        others = {part: [self.fetch(f"texts:{part}")] for part in EVERY - {Part.STATE}}
        return {Part.STATE: [self.fetch("texts:show", target) for target in PARTS], **others}

    def fetch(self, name: str, target: str = "") -> str:
        """Return a part as the page fetches it."""
        answer = self.reader.get(reverse(name, args=[self.text]), headers={"HX-Request": "true", "HX-Target": target})
        assert answer.status_code == 200
        return ASIDE.sub("", answer.content.decode())

    def after(self, act: Callable[[], object]) -> frozenset[Part]:
        """Return the parts that `act` announces; fails when another one changed, or none."""
        with TestCase.captureOnCommitCallbacks(execute=True):
            act()
        before, self.shown = self.shown, self.look()
        announced = frozenset(Part(topic.rpartition(":")[2]) for topic in self.listener.heard())
        changed = {part for part in Part if self.shown[part] != before[part]}
        assert changed and changed <= announced, f"{sorted(changed)} changed, {sorted(announced)} were announced"
        return announced


@pytest.fixture
def table() -> Table:
    return Table()


@pytest.fixture
def page(table: Table) -> Page:
    return Page(table, client_of(make_delegate("DE")))


def only(*parts: Part) -> frozenset[Part]:
    """Return these parts and what the editor draws."""
    return frozenset({*parts, Part.LAYER})


HELD = only(Part.BRACKETS, Part.AGREEMENT, Part.LANGUAGES)


def test_brackets(table: Table, page: Page) -> None:
    place = partial(place_bracket, by=table.germany, text_id=table.text.pk)
    key, other = uuid4(), uuid4()
    assert page.after(lambda: place(key=key, passage=Passage("en", ONE, 3, 14, "will deploy"))) == HELD
    assert page.after(lambda: join_bracket(by=table.italy, bracket_id=key)) == HELD
    assert page.after(lambda: leave_bracket(by=table.italy, bracket_id=key)) == HELD
    assert page.after(lambda: add_alternative(by=table.italy, bracket_id=key, words="may go")) == only(Part.BRACKETS)
    wanted = Alternative.objects.get().pk
    support = partial(support_alternative, by=table.germany, bracket_id=key, alternative_id=wanted)
    assert page.after(support) == only(Part.BRACKETS)
    choose = partial(choose_alternative, by=table.chair, bracket_id=key, alternative_id=wanted)
    assert page.after(choose) == WORDS
    assert page.after(lambda: place(key=other, passage=Passage("en", TWO, 0, 4, "They"))) == HELD
    assert page.after(lambda: lift_bracket(by=table.chair, bracket_id=other)) == HELD


def test_remarks(table: Table, page: Page) -> None:
    germany, italy, text = table.germany, table.italy, table.text.pk
    asked, held = uuid4(), uuid4()
    comment = partial(
        make_comment, by=germany, text_id=text, key=asked, place=Place("en", ONE, 0, 2, "We"), body="Why?"
    )
    assert page.after(comment) == only(Part.REMARKS)
    reply = partial(reply_to_remark, by=italy, remark_id=asked, key=uuid4(), body="So.")
    assert page.after(reply) == only(Part.REMARKS)
    assert page.after(lambda: resolve_remark(by=germany, remark_id=asked)) == only(Part.REMARKS)
    reserve = partial(make_reservation, by=italy, text_id=text, key=held, place=Place("en", TWO), body="Wait.")
    assert page.after(reserve) == only(Part.REMARKS, Part.AGREEMENT)
    assert page.after(lambda: resolve_remark(by=italy, remark_id=held)) == only(Part.REMARKS, Part.AGREEMENT)
    assert page.after(lambda: reopen_remark(by=italy, remark_id=held)) == only(Part.REMARKS, Part.AGREEMENT)


def test_proposals(table: Table, page: Page) -> None:
    assert page.after(lambda: table.propose("We will deploy many troops.")) == only(Part.PROPOSALS)
    change = {"proposal_id": Proposal.objects.get().pk}
    assert page.after(lambda: support_proposal(by=table.italy, **change)) == only(Part.PROPOSALS)
    assert page.after(lambda: withdraw_support(by=table.italy, **change)) == only(Part.PROPOSALS)
    assert page.after(lambda: accept_proposal(by=table.chair, **change)) == WORDS
    delete = partial(propose_deletion, by=table.germany, text_id=table.text.pk, language="en", paragraph=THREE)
    assert page.after(delete) == only(Part.PROPOSALS)
    deletion = {"proposal_id": Proposal.objects.latest("at").pk}
    assert page.after(lambda: take_back_proposal(by=table.germany, **deletion)) == only(Part.PROPOSALS)
    assert page.after(delete) == only(Part.PROPOSALS)
    deletion = {"proposal_id": Proposal.objects.latest("at").pk}
    assert page.after(lambda: reject_proposal(by=table.chair, **deletion, reason="No.")) == only(Part.PROPOSALS)


def test_agreement_and_the_words_under_it(table: Table, page: Page) -> None:
    seen = {line.id: line.sha256 for line in matrix_of(Text.objects.with_state().get(), table.italy).lines}
    agree = partial(agree_paragraphs, by=table.italy, text_id=table.text.pk, seen=seen)
    assert page.after(partial(agree, ad_referendum=True)) == only(Part.AGREEMENT)
    assert page.after(agree) == only(Part.AGREEMENT)
    withdraw = partial(withdraw_agreement, by=table.italy, text_id=table.text.pk, paragraph=ONE)
    assert page.after(withdraw) == only(Part.AGREEMENT)
    assert page.after(lambda: type_and_follow(table, TWO)) == WORDS


def test_languages(table: Table, page: Page) -> None:
    confirm = partial(confirm_step, by=table.germany, text_id=table.text.pk, paragraph=ONE, language="fr")
    part = partial(part_counterparts, by=table.germany, text_id=table.text.pk, paragraph=THREE, language="fr")
    assert page.after(lambda: type_and_follow(table, ONE)) == WORDS
    seen = steps_of(table.text).seen[ONE]
    assert page.after(lambda: confirm(seen=seen)) == only(Part.LANGUAGES)
    assert page.after(part) == WORDS


def test_a_paragraph_that_one_language_has_alone(table: Table, page: Page) -> None:
    assert page.after(lambda: write_and_follow(table)) == only(Part.AGREEMENT, Part.LANGUAGES)


def test_state(table: Table, page: Page) -> None:
    assert page.after(lambda: propose_adoption(by=table.chair, text_id=table.text.pk)) == EVERY
    procedure = AdoptionProcedure.objects.get().pk
    assert page.after(lambda: withdraw_proposal(by=table.chair, procedure_id=procedure)) == EVERY


def test_an_act_that_nobody_thought_of_changes_everything() -> None:
    assert parts_of(Act.CIRCULATED) == EVERY
    assert Act.CIRCULATED not in PARTS_OF


def type_and_follow(table: Table, paragraph: str) -> None:
    table.type(0, 2, "All of us", paragraph_id=paragraph)
    follow_paragraphs(text_id=table.text.pk)


def write_and_follow(table: Table) -> None:
    doc = table.document()
    before = doc.get_state()
    append_paragraph(doc, "And more.")
    table.send(doc.get_update(before))
    follow_paragraphs(text_id=table.text.pk)
