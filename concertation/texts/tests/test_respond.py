"""Heads of delegation answer a proposal."""

from functools import partial
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from concertation.coalition.enums import Capacity, Status
from concertation.coalition.models import Delegate, Member
from concertation.core.errors import NotAllowed
from concertation.record.models import Entry
from concertation.texts.domain.adoption import propose_adoption, respond
from concertation.texts.domain.drafting import Draft, append_updates
from concertation.texts.enums import Audience, Outcome, State
from concertation.texts.errors import AlreadyAnswered, NoSuchText, NotRunning, ReasonMissing
from concertation.texts.models import AdoptedText, AdoptionProcedure, Response, Text
from concertation.texts.tests.factories import edit, make_adopted, make_heads, make_proposed, make_text
from tests.helpers.people import make_coalition, make_delegate, make_member, make_secretary
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db


def topics_of(procedure: AdoptionProcedure, heads: list[Delegate]) -> list[str]:
    return [f"text:{procedure.text_id}", "texts", *(f"delegate:{head.pk}" for head in heads)]


def state_of(procedure: AdoptionProcedure) -> str:
    return Text.objects.with_state().get(pk=procedure.text_id).state


def test_respond_waits_until_the_last_member_agrees_and_adopts_then() -> None:
    heads = make_heads()
    procedure = make_proposed()
    for head in heads[:-1]:
        with assert_write("text.agreed", *topics_of(procedure, heads)):
            assert respond(by=head, procedure_id=procedure.pk, agrees=True, reason="ignored") == Outcome.RUNNING
        assert state_of(procedure) == State.PROPOSED
    with assert_write("text.adopted", *topics_of(procedure, heads)):
        assert respond(by=heads[-1], procedure_id=procedure.pk, agrees=True) == Outcome.ADOPTED
    adopted = AdoptedText.objects.get()
    assert bytes(adopted.content) == procedure.content.encode()
    assert (adopted.sha256, adopted.text_id, adopted.procedure_id) == (
        procedure.sha256,
        procedure.text_id,
        procedure.pk,
    )
    assert adopted.members == ["FR", "GB", "UA", "DE", "IT"]
    assert adopted.languages == ["en", "fr"]
    assert state_of(procedure) == State.ADOPTED
    assert set(Response.objects.values_list("agrees", "reason")) == {(True, "")}
    leaf = Entry.objects.get(action="text.adopted").leaf
    assert procedure.sha256 in leaf and '"members":["FR","GB","UA","DE","IT"]' in leaf


def test_respond_opens_the_text_again_at_the_first_objection_and_keeps_the_reason() -> None:
    heads = make_heads()
    procedure = make_proposed()
    respond(by=heads[0], procedure_id=procedure.pk, agrees=True)
    with assert_write("text.objected", *topics_of(procedure, heads)):
        outcome = respond(by=heads[3], procedure_id=procedure.pk, agrees=False, reason="  §2 goes too far. ")
    assert outcome == Outcome.OBJECTED
    procedure.refresh_from_db()
    assert (procedure.outcome, procedure.closed_at is None) == (Outcome.OBJECTED, False)
    assert Response.objects.get(agrees=False).reason == "§2 goes too far."
    assert state_of(procedure) == State.DRAFT
    assert append_updates(drafts=[Draft(procedure.text_id, edit(), ())]) == set()
    assert_refused(NotRunning, lambda: respond(by=heads[1], procedure_id=procedure.pk, agrees=True))


def test_respond_binds_to_one_procedure_so_that_a_late_click_never_agrees_to_other_words() -> None:
    heads = make_heads()
    first = make_proposed()
    respond(by=heads[0], procedure_id=first.pk, agrees=False, reason="No.")
    second = make_proposed(first.text)
    assert_refused(NotRunning, lambda: respond(by=heads[1], procedure_id=first.pk, agrees=True))
    assert second.responses.count() == 0


def test_respond_takes_one_answer_a_member() -> None:
    heads = make_heads()
    procedure = make_proposed()
    respond(by=heads[0], procedure_id=procedure.pk, agrees=True)
    for agrees in (True, False):
        assert_refused(
            AlreadyAnswered,
            partial(respond, by=heads[0], procedure_id=procedure.pk, agrees=agrees, reason="Because."),
        )
    assert procedure.responses.count() == 1


@pytest.mark.parametrize("reason", ["", "  \n", "x" * 2001])
def test_respond_refuses_an_objection_without_a_reason_or_with_a_book(reason: str) -> None:
    heads = make_heads()
    procedure = make_proposed()
    assert_refused(ReasonMissing, lambda: respond(by=heads[0], procedure_id=procedure.pk, agrees=False, reason=reason))
    assert state_of(procedure) == State.PROPOSED
    assert respond(by=heads[0], procedure_id=procedure.pk, agrees=False, reason="x" * 2000) == Outcome.OBJECTED


@pytest.mark.parametrize(
    ("code", "capacity"),
    [
        ("DE", Capacity.DELEGATE),
        ("DE", Capacity.INTERPRETER),
        ("DE", Capacity.OBSERVER),
        ("FR", Capacity.DELEGATE),
        ("PL", Capacity.HEAD),
        ("NO", Capacity.HEAD),
    ],
)
@pytest.mark.parametrize("agrees", [True, False])
def test_respond_is_for_heads_of_full_members_only(code: str, capacity: Capacity, agrees: bool) -> None:
    make_coalition()
    make_member("PL", status=Status.OBSERVER)
    make_member("NO", status=Status.PARTNER)
    procedure, by = make_proposed(), make_delegate(code, capacity)
    assert_refused(NotAllowed, lambda: respond(by=by, procedure_id=procedure.pk, agrees=agrees, reason="Because."))
    assert state_of(procedure) == State.PROPOSED


def test_respond_is_not_for_the_secretariat() -> None:
    make_coalition()
    procedure = make_proposed()
    assert_refused(NotAllowed, lambda: respond(by=make_secretary(), procedure_id=procedure.pk, agrees=True))


def test_respond_to_a_text_of_named_members_is_for_these_alone_and_sealed() -> None:
    france, britain, _, germany, italy = make_heads()
    procedure = make_proposed(make_text(audience=Audience.MEMBERS, members=["DE", "IT"]))
    for outsider in (france, britain):
        assert_refused(
            NoSuchText,
            partial(respond, by=outsider, procedure_id=procedure.pk, agrees=True),
        )
    with assert_write("text.agreed", *topics_of(procedure, [germany, italy])):
        respond(by=germany, procedure_id=procedure.pk, agrees=True)
    with assert_write("text.adopted", *topics_of(procedure, [germany, italy])):
        assert respond(by=italy, procedure_id=procedure.pk, agrees=True) == Outcome.ADOPTED
    assert AdoptedText.objects.get().members == ["DE", "IT"]
    assert not [leaf for leaf in Entry.objects.values_list("leaf", flat=True) if procedure.sha256 in leaf]


def test_respond_to_an_unknown_procedure_is_refused() -> None:
    head = make_heads("DE")[0]
    assert_refused(NoSuchText, lambda: respond(by=head, procedure_id=uuid4(), agrees=True))


def test_a_member_that_joins_meanwhile_must_agree_too() -> None:
    heads = make_heads("FR", "GB")
    Member.objects.exclude(code__in=["FR", "GB"]).update(status=Status.PARTNER)
    procedure = make_proposed()
    respond(by=heads[0], procedure_id=procedure.pk, agrees=True)
    Member.objects.filter(code="UA").update(status=Status.MEMBER)
    assert respond(by=heads[1], procedure_id=procedure.pk, agrees=True) == Outcome.RUNNING
    assert respond(by=make_delegate("UA"), procedure_id=procedure.pk, agrees=True) == Outcome.ADOPTED


def test_a_member_that_left_counts_no_longer_whatever_it_answered() -> None:
    france, britain, ukraine, germany, italy = make_heads()
    procedure = make_proposed()
    for head in (france, ukraine, italy):
        respond(by=head, procedure_id=procedure.pk, agrees=True)
    Member.objects.filter(code__in=["UA", "DE"]).update(status=Status.LEFT)
    germany.refresh_from_db()
    assert_refused(NoSuchText, lambda: respond(by=germany, procedure_id=procedure.pk, agrees=True))
    assert respond(by=britain, procedure_id=procedure.pk, agrees=True) == Outcome.ADOPTED
    assert AdoptedText.objects.get().members == ["FR", "GB", "IT"]


def test_a_head_whose_member_became_a_partner_a_moment_ago_decides_nothing() -> None:
    heads = make_heads()
    procedure = make_proposed()
    Member.objects.filter(code="DE").update(status=Status.PARTNER)
    assert heads[3].member is not None and heads[3].member.status == Status.MEMBER  # as the request loaded it
    assert_refused(NotAllowed, partial(respond, by=heads[3], procedure_id=procedure.pk, agrees=True))


def test_partners_and_observers_are_not_waited_for() -> None:
    heads = make_heads("FR")
    Member.objects.exclude(code="FR").update(status=Status.OBSERVER, is_co_chair=False)
    procedure = make_proposed()
    assert respond(by=heads[0], procedure_id=procedure.pk, agrees=True) == Outcome.ADOPTED


def test_adopted_texts_and_answers_and_closed_procedures_cannot_be_changed_or_deleted() -> None:
    text = make_adopted(make_heads())
    for manager, change in (
        (AdoptedText.objects, {"sha256": "0" * 64}),
        (Response.objects, {"agrees": True}),
        (AdoptionProcedure.objects, {"sha256": "0" * 64}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            manager.update(**change)
        with pytest.raises(IntegrityError), transaction.atomic():
            manager.all()._raw_delete("default")  # past the refusal by Django
    assert AdoptedText.objects.get().text == text


def test_propose_adoption_after_adoption_is_over() -> None:
    text = make_adopted(make_heads())
    with pytest.raises(Exception, match="frozen"):
        propose_adoption(by=make_secretary(), text_id=text.pk)
