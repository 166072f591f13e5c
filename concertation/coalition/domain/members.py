"""Members come, change their status and leave; every step is one entry of the record, which is their history."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.db.models import Max

from concertation.coalition import membership
from concertation.coalition.countries import country_codes
from concertation.coalition.enums import MemberKind, Status
from concertation.coalition.errors import (
    AlreadyThere,
    LastCoChair,
    NotPossibleNow,
    UnknownCountry,
    UnknownZone,
)
from concertation.coalition.events import Act
from concertation.coalition.models import Delegate, Member
from concertation.coalition.rules import check_manages
from concertation.core import clock, live
from concertation.core.zones import zones
from concertation.record.canonical import Json
from concertation.record.domain.entries import append_entry
from concertation.record.events import Actor, Subject

JOINED = {Status.MEMBER, Status.PARTNER, Status.OBSERVER}


@transaction.atomic
def invite_member(
    *,
    by: Actor,
    code: str,
    capital: str,
    time_zone: str,
    kind: MemberKind = MemberKind.STATE,
    names: Mapping[str, str] | None = None,
    sources: list[str] | None = None,
) -> Member:
    """Invite a state or organisation and return its row; one that had left is invited anew.

    Raises NotAllowed, UnknownCountry, UnknownZone, AlreadyThere.
    """
    check_manages(by)
    _check_place(code, kind, time_zone)
    facts = {
        "kind": kind,
        "names": dict(names or {}),
        "capital": capital,
        "time_zone": time_zone,
        "sources": sources or [],
    }
    if not Member.objects.filter(code=code, status=Status.LEFT).update(status=Status.INVITED, **facts):
        last = Member.objects.aggregate(last=Max("order"))["last"] or 0
        try:
            with transaction.atomic():
                Member.objects.create(code=code, order=last + 1, **facts)
        except IntegrityError as error:
            raise AlreadyThere from error
    _append(by, Act.MEMBER_INVITED, code, {"capital": capital, "kind": kind, "time_zone": time_zone})
    return Member.objects.get(code=code)


@transaction.atomic
def admit_member(*, by: Actor, code: str, status: Status) -> None:
    """Let an invited one join as member, partner or observer, or change between these.

    Raises NotAllowed, NotPossibleNow, LastCoChair.
    """
    check_manages(by)
    if status not in JOINED:
        raise NotPossibleNow
    with membership.changing():
        if status != Status.MEMBER:
            _end_co_chair(code)
        row = Member.objects.filter(code=code).exclude(status__in=[status, Status.LEFT])
        if not row.update(status=status):
            raise NotPossibleNow
    _append(by, Act.MEMBER_ADMITTED, code, {"status": status})


@transaction.atomic
def let_member_leave(*, by: Actor, code: str, reason: str = "") -> None:
    """Let a member leave: by the secretariat, or by its own head of delegation; its capacities end with it.

    Raises NotAllowed, NotPossibleNow, LastCoChair.
    """
    if not (by.capacity == "head" and by.member == code):
        check_manages(by)
    with membership.changing():
        _end_co_chair(code)
        if not Member.objects.filter(code=code).exclude(status=Status.LEFT).update(status=Status.LEFT):
            raise NotPossibleNow
    Delegate.objects.filter(member_id=code, ended_at=None).update(ended_at=clock.now())
    _append(by, Act.MEMBER_LEFT, code, {"reason": reason})


@transaction.atomic
def name_co_chair(*, by: Actor, code: str) -> None:
    """Make a full member preside over the coalition, beside those who do; raises NotAllowed, NotPossibleNow."""
    check_manages(by)
    if not Member.objects.filter(code=code, status=Status.MEMBER, is_co_chair=False).update(is_co_chair=True):
        raise NotPossibleNow
    _append(by, Act.CO_CHAIR_NAMED, code, {})


@transaction.atomic
def end_co_chair(*, by: Actor, code: str) -> None:
    """Let a co-chair become a member like the others; raises NotAllowed, NotPossibleNow, LastCoChair."""
    check_manages(by)
    if not _end_co_chair(code):
        raise NotPossibleNow
    _append(by, Act.CO_CHAIR_ENDED, code, {})


@transaction.atomic
def correct_member(
    *,
    by: Actor,
    code: str,
    capital: str,
    time_zone: str,
    names: Mapping[str, str],
    sources: list[str] | None = None,
) -> None:
    """Correct what is known of a member; raises NotAllowed, UnknownZone, NotPossibleNow."""
    check_manages(by)
    if time_zone not in zones():
        raise UnknownZone
    facts: dict[str, Json] = {"capital": capital, "time_zone": time_zone, "names": dict(names)}
    kept = {} if sources is None else {"sources": sources}
    if not Member.objects.filter(code=code).update(**facts, **kept):
        raise NotPossibleNow
    _append(by, Act.MEMBER_CORRECTED, code, facts)


def _end_co_chair(code: str) -> bool:
    """Take the chair from `code` when it has it, and say whether it had; raises LastCoChair."""
    if not Member.objects.filter(code=code, is_co_chair=True).update(is_co_chair=False):
        return False
    if not Member.objects.filter(is_co_chair=True).exists():
        raise LastCoChair
    return True


def _check_place(code: str, kind: MemberKind, time_zone: str) -> None:
    if kind == MemberKind.STATE and code not in country_codes():
        raise UnknownCountry
    if time_zone not in zones():
        raise UnknownZone


def _append(by: Actor, act: Act, code: str, data: Mapping[str, Json]) -> None:
    append_entry(actor=by, action=act, subject=Subject("member", code), data={"member": code, **data})
    delegates = Delegate.objects.filter(member_id=code).values_list("pk", flat=True)
    live.announce("coalition", *(f"delegate:{key}" for key in delegates))  # their rights may have changed with it
