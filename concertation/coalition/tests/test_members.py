"""Members are invited, join, change and leave."""

from typing import Any

import pytest

from concertation.coalition.domain import members
from concertation.coalition.enums import Capacity, MemberKind, Status
from concertation.coalition.errors import AlreadyThere, LastCoChair, NotPossibleNow, UnknownCountry, UnknownZone
from concertation.coalition.models import Member
from concertation.core.errors import NotAllowed
from tests.helpers.people import make_coalition, make_delegate, make_member, make_secretary
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db
POLAND: dict[str, Any] = {"code": "PL", "capital": "Warsaw", "time_zone": "Europe/Warsaw"}


def test_invited_state_is_there_with_its_facts() -> None:
    clerk = make_secretary().actor
    with assert_write("member.invited", "coalition"):
        members.invite_member(by=clerk, **POLAND)
    poland = Member.objects.get(code="PL")
    assert (poland.status, poland.kind, poland.capital, poland.name) == ("invited", "state", "Warsaw", "Poland")


def test_organisation_needs_no_country_code() -> None:
    members.invite_member(
        by=make_secretary().actor,
        code="NATO",
        kind=MemberKind.ORGANISATION,
        names={"en": "NATO", "fr": "OTAN"},
        capital="Brussels",
        time_zone="Europe/Brussels",
    )
    assert Member.objects.get().kind == "organisation"


@pytest.mark.parametrize("capacity", [Capacity.HEAD, Capacity.DELEGATE, Capacity.INTERPRETER, Capacity.OBSERVER])
def test_only_the_secretariat_invites(capacity: Capacity) -> None:
    actor = make_delegate("FR", capacity).actor
    assert_refused(NotAllowed, lambda: members.invite_member(by=actor, **POLAND))


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"code": "XX"}, UnknownCountry),
        ({"code": "EU"}, UnknownCountry),
        ({"time_zone": "Europe/Atlantis"}, UnknownZone),
        ({"code": "FR"}, AlreadyThere),
    ],
)
def test_faulty_invitation_changes_nothing(change: dict[str, str], error: type[Exception]) -> None:
    make_member("FR")
    clerk = make_secretary().actor
    assert_refused(error, lambda: members.invite_member(by=clerk, **{**POLAND, **change}))
    assert list(Member.objects.values_list("code", flat=True)) == ["FR"]


@pytest.mark.parametrize("status", [Status.MEMBER, Status.PARTNER, Status.OBSERVER])
def test_invited_one_joins(status: Status) -> None:
    make_member("PL", status=Status.INVITED)
    clerk = make_secretary().actor
    with assert_write("member.admitted", "coalition"):
        members.admit_member(by=clerk, code="PL", status=status)
    assert Member.objects.get().status == status


@pytest.mark.parametrize("status", [Status.INVITED, Status.LEFT, Status.PARTNER])
def test_nobody_joins_as_what_is_no_way_of_belonging_or_what_it_is(status: Status) -> None:
    make_member("PL", status=Status.PARTNER)
    clerk = make_secretary().actor
    assert_refused(NotPossibleNow, lambda: members.admit_member(by=clerk, code="PL", status=status))


def test_member_that_left_does_not_come_back_uninvited() -> None:
    make_member("PL", status=Status.LEFT)
    clerk = make_secretary().actor
    assert_refused(NotPossibleNow, lambda: members.admit_member(by=clerk, code="PL", status=Status.MEMBER))


def test_member_that_left_can_be_invited_anew() -> None:
    make_member("PL", status=Status.LEFT)
    members.invite_member(by=make_secretary().actor, **POLAND)
    assert Member.objects.get().status == Status.INVITED


def test_leaving_ends_the_capacities_of_that_member_only() -> None:
    head, other = make_delegate("IT"), make_delegate("DE")
    clerk = make_secretary().actor
    with assert_write("member.left", "coalition", f"delegate:{head.pk}"):
        members.let_member_leave(by=clerk, code="IT")
    head.refresh_from_db()
    other.refresh_from_db()
    assert (head.ended_at is None, other.ended_at is None) == (False, True)


def test_head_takes_its_own_member_out_and_no_other() -> None:
    make_member("DE")
    head = make_delegate("IT").actor
    assert_refused(NotAllowed, lambda: members.let_member_leave(by=head, code="DE"))
    members.let_member_leave(by=head, code="IT")
    assert Member.objects.get(code="IT").status == Status.LEFT


def test_last_co_chair_stays() -> None:
    make_coalition()
    clerk = make_secretary().actor
    members.end_co_chair(by=clerk, code="FR")
    assert_refused(LastCoChair, lambda: members.end_co_chair(by=clerk, code="GB"))
    assert_refused(LastCoChair, lambda: members.let_member_leave(by=clerk, code="GB"))
    assert_refused(LastCoChair, lambda: members.admit_member(by=clerk, code="GB", status=Status.PARTNER))
    assert Member.objects.get(code="GB").is_co_chair


def test_only_a_full_member_presides() -> None:
    make_member("PL", status=Status.PARTNER)
    make_member("DE")
    clerk = make_secretary().actor
    assert_refused(NotPossibleNow, lambda: members.name_co_chair(by=clerk, code="PL"))
    with assert_write("member.co_chair_named", "coalition"):
        members.name_co_chair(by=clerk, code="DE")
    assert Member.objects.get(code="DE").is_co_chair


def test_corrected_facts_are_kept() -> None:
    make_member("DE")
    clerk = make_secretary().actor
    names = {"en": "Germany", "fr": "Allemagne"}
    with assert_write("member.corrected", "coalition"):
        members.correct_member(by=clerk, code="DE", capital="Bonn", time_zone="Europe/Berlin", names=names)
    assert Member.objects.get().capital == "Bonn"
