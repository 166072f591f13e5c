"""Proposing a text for adoption."""

import hashlib
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from pycrdt import Doc, XmlElement, XmlFragment

from concertation.coalition.enums import Capacity, Status
from concertation.coalition.models import Member
from concertation.core.errors import NotAllowed
from concertation.record.models import Entry
from concertation.texts.canonical import canonical_json
from concertation.texts.domain.adoption import propose_adoption, withdraw_proposal
from concertation.texts.domain.drafting import Draft, append_updates
from concertation.texts.domain.texts import create_text
from concertation.texts.enums import Audience, Outcome, State
from concertation.texts.errors import EmptyVersion, Frozen, NobodyDecides, NoSuchText, NotAdoptable
from concertation.texts.models import AdoptionProcedure, Text
from concertation.texts.tests.factories import TITLES, draft, edit, make_adopted, make_heads, make_proposed, make_text
from tests.helpers.people import make_coalition, make_delegate, make_member, make_secretary
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db


def test_propose_adoption_freezes_what_is_stored() -> None:
    heads = make_heads()
    clerk, text = make_secretary(), make_text()
    topics = [f"text:{text.pk}", "texts", *(f"delegate:{head.pk}" for head in heads)]
    with assert_write("text.proposed", *topics):
        procedure = propose_adoption(by=clerk, text_id=text.pk)
    procedure.refresh_from_db()
    assert (procedure.number, procedure.outcome, procedure.proposed_by) == (1, Outcome.RUNNING, clerk)
    assert procedure.content == canonical_json(
        text=str(text.pk),
        titles=TITLES,
        authentic=["en", "fr"],
        versions={language: list(blocks) for language, blocks in draft().items()},
    )
    assert procedure.sha256 == hashlib.sha256(procedure.content.encode()).hexdigest()
    assert Text.objects.with_state().get(pk=text.pk).state == State.PROPOSED
    assert procedure.sha256 in Entry.objects.get(action="text.proposed").leaf


def test_propose_adoption_is_numbered_anew_after_a_withdrawal() -> None:
    make_coalition()
    procedure = make_proposed()
    withdraw_proposal(by=make_secretary(), procedure_id=procedure.pk)
    append_updates(drafts=[Draft(procedure.text_id, edit(), ())])
    second = make_proposed(procedure.text)
    assert second.number == 2
    assert second.sha256 != procedure.sha256


@pytest.mark.parametrize("capacity", [Capacity.HEAD, Capacity.DELEGATE])
def test_propose_adoption_is_for_a_co_chair_too(capacity: Capacity) -> None:
    make_coalition()
    text, by = make_text(), make_delegate("GB", capacity)
    with assert_write("text.proposed", f"text:{text.pk}", "texts", *_home_of(by, capacity)):
        propose_adoption(by=by, text_id=text.pk)


def _home_of(delegate: object, capacity: Capacity) -> list[str]:
    return [f"delegate:{getattr(delegate, 'pk', '')}"] if capacity == Capacity.HEAD else []


@pytest.mark.parametrize(
    ("code", "capacity"),
    [
        ("DE", Capacity.HEAD),
        ("DE", Capacity.DELEGATE),
        ("FR", Capacity.INTERPRETER),
        ("FR", Capacity.OBSERVER),
        ("PL", Capacity.OBSERVER),
    ],
)
def test_propose_adoption_is_for_the_chair_only(code: str, capacity: Capacity) -> None:
    make_coalition()
    make_member("PL", status=Status.OBSERVER)
    text, by = make_text(), make_delegate(code, capacity)
    assert_refused(NotAllowed, lambda: propose_adoption(by=by, text_id=text.pk))
    assert not AdoptionProcedure.objects.exists()


def test_propose_adoption_refuses_a_text_that_the_co_chair_cannot_see() -> None:
    make_coalition()
    text = make_text(audience=Audience.MEMBERS, members=["DE", "IT"])
    france = make_delegate("FR")
    assert_refused(NoSuchText, lambda: propose_adoption(by=france, text_id=text.pk))
    assert_refused(NoSuchText, lambda: propose_adoption(by=france, text_id=uuid4()))


def test_propose_adoption_refuses_a_frozen_and_an_adopted_text() -> None:
    heads, clerk = make_heads(), make_secretary()
    for text in (make_proposed().text, make_adopted(heads)):
        assert_refused(Frozen, partial(propose_adoption, by=clerk, text_id=text.pk))


def test_two_procedures_cannot_run_on_one_text_even_without_the_domain() -> None:
    make_coalition()
    first = make_proposed()
    with pytest.raises(IntegrityError), transaction.atomic():
        AdoptionProcedure.objects.create(
            text=first.text,
            number=2,
            proposed_at=first.proposed_at,
            proposed_by=first.proposed_by,
            content="{}",
            sha256="0" * 64,
        )


def test_propose_adoption_refuses_an_authentic_version_without_words() -> None:
    make_coalition()
    clerk = make_secretary()
    half = {"en": draft()["en"], "fr": [{"type": "paragraph", "numbered": True, "runs": []}]}
    text = create_text(by=clerk, titles=TITLES, languages=["en", "fr"], draft=half)
    assert_refused(EmptyVersion, lambda: propose_adoption(by=clerk, text_id=text.pk))
    working = create_text(by=clerk, titles=TITLES, languages=["en", "fr"], authentic=["en"], draft=half)
    assert propose_adoption(by=clerk, text_id=working.pk).number == 1


def test_propose_adoption_refuses_what_has_no_place_in_a_text_and_says_where() -> None:
    make_coalition()
    clerk, text = make_secretary(), make_text()
    foreign: Doc[Any] = Doc()
    foreign.get("en", type=XmlFragment).children.append(XmlElement("image", {"src": "https://elsewhere.example"}))
    append_updates(drafts=[Draft(text.pk, foreign.get_update(), ())])
    assert_refused(NotAdoptable, lambda: propose_adoption(by=clerk, text_id=text.pk))
    with pytest.raises(NotAdoptable, match=r"^The English version holds .*: image\). Remove it first\.$"):
        propose_adoption(by=clerk, text_id=text.pk)
    assert Text.objects.with_state().get().state == State.DRAFT


def test_propose_adoption_refuses_when_no_full_member_decides() -> None:
    make_member("PL", status=Status.OBSERVER)
    make_member("IT")
    clerk = make_secretary()
    observed = make_text(audience=Audience.MEMBERS, members=["PL"])
    assert_refused(NobodyDecides, lambda: propose_adoption(by=clerk, text_id=observed.pk))
    Member.objects.filter(code="IT").update(status=Status.PARTNER)
    everybody = make_text()
    assert_refused(NobodyDecides, lambda: propose_adoption(by=clerk, text_id=everybody.pk))
