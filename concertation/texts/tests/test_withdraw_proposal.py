"""Taking a proposal back, and concluding one that nobody is left to answer."""

from functools import partial
from uuid import uuid4

import pytest

from concertation.coalition.enums import Capacity, Status
from concertation.coalition.models import Delegate, Member
from concertation.core.errors import NotAllowed
from concertation.texts.domain.adoption import conclude_adoption, respond, withdraw_proposal
from concertation.texts.enums import Audience, Outcome, State
from concertation.texts.errors import NoSuchText, NotRunning, StillWaiting
from concertation.texts.models import AdoptedText, AdoptionProcedure, Text
from concertation.texts.tests.factories import make_heads, make_proposed, make_text
from tests.helpers.people import make_delegate, make_member, make_secretary
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db


def topics_of(procedure: AdoptionProcedure, heads: list[Delegate]) -> list[str]:
    return [f"text:{procedure.text_id}", "texts", *(f"delegate:{head.pk}" for head in heads)]


def not_the_chair() -> list[Delegate]:
    make_member("PL", status=Status.OBSERVER)
    return [
        make_delegate("DE", Capacity.DELEGATE),
        make_delegate("FR", Capacity.INTERPRETER),
        make_delegate("FR", Capacity.OBSERVER),
        make_delegate("PL", Capacity.OBSERVER),
    ]


@pytest.mark.parametrize("chair", ["secretariat", "FR"])
def test_withdraw_proposal_opens_the_text_again(chair: str) -> None:
    heads = make_heads()
    procedure = make_proposed()
    by = heads[0] if chair == "FR" else make_secretary()
    with assert_write("text.withdrawn", *topics_of(procedure, heads)):
        withdraw_proposal(by=by, procedure_id=procedure.pk)
    procedure.refresh_from_db()
    assert procedure.outcome == Outcome.WITHDRAWN
    assert Text.objects.with_state().get().state == State.DRAFT
    assert_refused(NotRunning, lambda: withdraw_proposal(by=by, procedure_id=procedure.pk))


def test_withdraw_and_conclude_are_for_the_chair_only() -> None:
    heads = make_heads()
    procedure = make_proposed()
    for by in [heads[3], *not_the_chair()]:
        for act in (withdraw_proposal, conclude_adoption):
            assert_refused(NotAllowed, partial(act, by=by, procedure_id=procedure.pk))
    assert Text.objects.with_state().get().state == State.PROPOSED


def test_withdraw_and_conclude_refuse_what_the_co_chair_cannot_see_and_what_does_not_exist() -> None:
    heads = make_heads()
    hidden = make_proposed(make_text(audience=Audience.MEMBERS, members=["DE", "IT"]))
    for procedure_id in (hidden.pk, uuid4()):
        for act in (withdraw_proposal, conclude_adoption):
            assert_refused(NoSuchText, partial(act, by=heads[0], procedure_id=procedure_id))


def test_conclude_adoption_adopts_when_a_departure_left_nobody_to_wait_for() -> None:
    heads = make_heads()
    procedure = make_proposed()
    for head in heads[:-1]:
        respond(by=head, procedure_id=procedure.pk, agrees=True)
    clerk = make_secretary()
    assert_refused(StillWaiting, lambda: conclude_adoption(by=clerk, procedure_id=procedure.pk))
    Member.objects.filter(code="IT").update(status=Status.LEFT)
    assert Text.objects.with_state().get().state == State.PROPOSED
    with assert_write("text.adopted", *topics_of(procedure, heads[:-1])):
        conclude_adoption(by=clerk, procedure_id=procedure.pk)
    assert AdoptedText.objects.get().members == ["FR", "GB", "UA", "DE"]


def test_conclude_adoption_refuses_when_nobody_that_counts_agreed() -> None:
    heads = make_heads()
    procedure = make_proposed()
    respond(by=heads[4], procedure_id=procedure.pk, agrees=True)
    Member.objects.update(status=Status.PARTNER, is_co_chair=False)
    clerk = make_secretary()
    assert_refused(StillWaiting, lambda: conclude_adoption(by=clerk, procedure_id=procedure.pk))
    assert not AdoptedText.objects.exists()
