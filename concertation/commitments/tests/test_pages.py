"""The pages of commitments: what each reader sees, what forms keep, what they refuse, and what lists cost."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from concertation.coalition.enums import Audience, Capacity
from concertation.coalition.models import Delegate
from concertation.commitments.deriving import Amount
from concertation.commitments.domain.facts import (
    Happening,
    commit_contribution,
    record_approval,
    record_delivery,
    state_caveat,
)
from concertation.commitments.enums import Approval, CaveatKind
from concertation.commitments.models import Capability, Contribution, Requirement
from concertation.commitments.queries.members import member_sheet
from concertation.commitments.tests.factories import HAPPENED, make_contribution, make_requirement
from concertation.web.topics import may_follow
from tests.access_commitments import NEED, TERMS
from tests.helpers.people import client_of, make_coalition, make_delegate, make_secretary

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _scene() -> None:
    make_coalition()


@pytest.fixture
def germany() -> Delegate:
    return make_delegate("DE")


def words(reader: Delegate, name: str, *args: Any, **query: str) -> str:
    """Return the words that `reader` sees of a page."""
    answer = client_of(reader).get(reverse(f"commitments:{name}", args=args), query)
    assert answer.status_code == 200
    found = re.sub(r"<[^>]+>", " ", answer.content.decode().split("<main", 1)[-1])
    return " ".join(found.split())


def send(by: Delegate, name: str, *args: Any, **body: Any) -> Any:
    return client_of(by).post(reverse(f"commitments:{name}", args=args), body)


def test_empty_pages_say_what_comes(germany: Delegate) -> None:
    assert "When the chair states what is needed" in words(germany, "coverage")
    assert "State what is needed" in words(make_secretary(), "coverage")
    assert "Announce the first" in words(germany, "contributions")
    assert "Contributions appear here by themselves" in words(make_delegate("DE", Capacity.OBSERVER), "contributions")
    assert "The chair fills it" in words(germany, "catalogue")
    assert "Nothing is owed. What was promised Nothing has been announced yet." in words(germany, "member", "DE")


def test_coverage_names_what_its_figures_rest_on(germany: Delegate) -> None:
    make_requirement(quantity=4, is_essential=True)
    make_contribution(germany, quantity=1)
    page = words(germany, "coverage", first="2025-09", stage="committed", waiting="no", at="2025-07-10")
    assert (
        "Counting what is at least committed · as of 10 July 2025, by what is known today · without what waits for a"
        " condition · money in euro"
    ) in page
    assert "0 / 1 requirements covered in every month shown 1 essential gap" in page
    assert "Air defence of ports essential 4 batteries · deployment 0 % 0 % 0 % 0 % 0 % 0 %" in page
    assert "25 % 25 %" in words(germany, "coverage", first="2025-09")


@pytest.mark.parametrize(
    "query",
    [{"stage": "sold"}, {"line": "x"}, {"domain": "x"}, {"phase": "x"}, {"at": "2025-02-30"}, {"first": "2025-13"}],
)
def test_filters_that_do_not_exist_are_refused(germany: Delegate, query: dict[str, str]) -> None:
    assert client_of(germany).get(reverse("commitments:coverage"), query).status_code == 400


def test_restricted_contribution_shows_nowhere_to_others(germany: Delegate) -> None:
    requirement = make_requirement(quantity=4)
    secret = make_contribution(germany, quantity=3, title="Three in confidence", audience=Audience.CHAIR)
    commit_contribution(by=germany, contribution_id=secret.pk, happening=HAPPENED)
    italy, france = make_delegate("IT"), make_delegate("FR")
    pages: list[tuple[str, tuple[Any, ...]]] = [
        ("coverage", ()),
        ("contributions", ()),
        ("requirement", (requirement.pk,)),
        ("member", ("DE",)),
    ]
    for name, args in pages:
        query = {"first": "2025-09"} if name == "coverage" else {}
        page = words(italy, name, *args, **query)
        assert "in confidence" not in page
        assert "75 %" not in page
        if name != "requirement":
            assert "partial: 1 contribution" in page
        seen = words(france, name, *args, **query)
        assert "in confidence" in seen or "75 %" in seen
        assert "partial" not in seen
    assert client_of(italy).get(reverse("commitments:contribution", args=[secret.pk])).status_code == 404
    assert not may_follow(italy, f"contribution:{secret.pk}")
    assert may_follow(france, f"contribution:{secret.pk}")


def test_wording_of_a_caveat_is_for_its_readers(germany: Delegate) -> None:
    contribution = make_contribution(germany)
    state_caveat(
        by=germany,
        contribution_id=contribution.pk,
        kind=CaveatKind.GEOGRAPHIC,
        areas=["Odesa"],
        wording="Not east of the river.",
        audience=Audience.CHAIR,
    )
    page = words(make_delegate("IT"), "contribution", contribution.pk)
    assert "geographic not in: Odesa Its wording is not for you." in page
    assert "east of the river" not in page
    assert "Not east of the river." in words(make_delegate("FR"), "contribution", contribution.pk)


def test_contribution_as_of_a_day(germany: Delegate) -> None:
    contribution = make_contribution(germany, approvals=[Approval.PARLIAMENT], day=date(2025, 7, 1))
    record_approval(
        by=germany, contribution_id=contribution.pk, approval=Approval.PARLIAMENT, happening=Happening(date(2025, 8, 1))
    )
    assert "Two batteries approved" in words(germany, "contribution", contribution.pk)
    assert "Two batteries announced" in words(germany, "contribution", contribution.pk, at="2025-07-31")
    assert "Approval: parliament pending" in words(germany, "contribution", contribution.pk, at="2025-07-31")


def test_form_announces_with_what_was_typed(germany: Delegate) -> None:
    make_requirement()
    body = {**TERMS, "members": ["DE"], "day": "2025-07-10", "audience": "coalition", "known": "range", "high": "4"}
    answer = send(germany, "announce", **body, approvals=["parliament"])
    contribution = Contribution.objects.get()
    assert answer["Location"] == reverse("commitments:contribution", args=[contribution.pk])
    terms = contribution.current
    assert terms.amount == Amount(Decimal(3), Decimal(4))
    assert (terms.approvals, contribution.codes) == (["parliament"], ["DE"])


def test_form_keeps_what_was_typed_when_it_is_refused(germany: Delegate) -> None:
    make_requirement()
    body = {**TERMS, "members": ["DE"], "day": "2025-07-10", "audience": "coalition", "available_to": "2025-08-01"}
    answer = send(germany, "announce", **body)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "The last day comes before the first." in page
    assert 'value="Three batteries"' in page
    assert not Contribution.objects.exists()
    unknown = send(germany, "announce", **{**body, "available_to": "", "low": ""})
    assert b"Write the figure, or choose that it is undisclosed." in unknown.content


@pytest.mark.parametrize(
    ("typed", "kept"), [("1 500", "1500"), ("2,5", "2.5"), ("2.50", "2.5"), ("1\u202f000", "1000")]
)
def test_numbers_are_typed_as_people_write_them(typed: str, kept: str) -> None:
    make_requirement()
    answer = send(make_secretary(), "require", **{**NEED, "capability": "training", "quantity": typed})
    assert answer.status_code == 302
    assert Requirement.objects.latest("created_at").revision.quantity == Decimal(kept)


@pytest.mark.parametrize("typed", ["ten", "1.2.3", "NaN", "1e99999", "-3", "0"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    make_requirement()
    assert send(make_secretary(), "require", **{**NEED, "quantity": typed}).status_code == 422
    assert Requirement.objects.count() == 1


def test_offering_for_a_requirement_begins_with_its_facts(germany: Delegate) -> None:
    requirement = make_requirement()
    page = client_of(germany).get(reverse("commitments:announce"), {"for": str(requirement.pk)}).content.decode()
    assert 'value="Air defence of ports"' in page
    assert f'<option value="{requirement.pk}" selected>' in page


def test_refused_approval_is_recorded(germany: Delegate) -> None:
    contribution = make_contribution(germany, approvals=[Approval.PARLIAMENT])
    body = {"day": "2025-07-10", "reference": "BT-Drs. 1/1", "refused": "yes"}
    assert send(germany, "approve", contribution.pk, "parliament", **body).status_code == 302
    assert "Approval: parliament · 10 July 2025, BT-Drs. 1/1 refused" in words(germany, "contribution", contribution.pk)


def test_member_page_says_what_is_owed_by_when(germany: Delegate) -> None:
    late = make_contribution(germany, title="Late", due_on=date(2025, 8, 1))
    record_delivery(by=germany, contribution_id=late.pk, quantity=Decimal(1), happening=HAPPENED)
    done = make_contribution(germany, title="Done", due_on=date(2025, 8, 1))
    record_delivery(by=germany, contribution_id=done.pk, quantity=Decimal(2), happening=HAPPENED)
    make_contribution(germany, title="Unapproved", approvals=[Approval.PARLIAMENT])
    make_contribution(make_delegate("IT"), title="Joint", members=["IT", "DE"])
    sheet = member_sheet(germany, germany.member)  # type: ignore[arg-type]
    owed = {(due.kind, due.entry.terms.title) for due in sheet.dues}
    assert owed == {("delivery", "Late"), ("approval", "Unapproved"), ("joining", "Joint")}
    assert "to be delivered by 1 August 2025" in words(germany, "member", "DE")


def test_usual_catalogue_by_one_button() -> None:
    assert send(make_secretary(), "take_usual").status_code == 302
    assert Capability.objects.count() > 20


@pytest.mark.parametrize("name", ["contributions", "member"])
def test_lists_cost_the_same_with_one_and_with_three(germany: Delegate, name: str) -> None:
    args, counts = (["DE"] if name == "member" else []), []
    client = client_of(germany)
    for _ in range(3):
        make_contribution(germany, quantity=1)
        client.get(reverse(f"commitments:{name}", args=args))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(f"commitments:{name}", args=args))
        counts.append(len(queries))
    assert counts[1:] == [counts[0]] * 2


def test_pages_of_a_long_list(germany: Delegate) -> None:
    for number in range(52):
        make_contribution(germany, quantity=1, title=f"Battery {number}")
    assert "page 1 of 2" in words(germany, "contributions")
    second = words(germany, "contributions", page="2")
    assert ("page 2 of 2" in second, "Battery 0" in second, "Battery 51" in second) == (True, True, False)
