"""People receive a capacity and lose it; an invitation is a single-use link sent to their address."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from concertation.accounts.domain.links import issue_link, withdraw_links
from concertation.accounts.domain.people import ensure_person
from concertation.coalition.enums import Capacity, Status
from concertation.coalition.errors import (
    CapacityEnded,
    CapacityNeedsMember,
    HasCapacity,
    HeadTaken,
    NotPossibleNow,
)
from concertation.coalition.events import Act
from concertation.coalition.mail import send_invitation_mail
from concertation.coalition.models import Delegate, Member
from concertation.coalition.rules import check_appoints
from concertation.core import clock, live
from concertation.core.errors import NotAllowed
from concertation.core.words import one_line
from concertation.record.canonical import Json
from concertation.record.domain.entries import append_entry
from concertation.record.events import Actor, Subject


@transaction.atomic
def appoint_delegate(
    *,
    by: Actor,
    name: str,
    email: str,
    capacity: Capacity,
    member: str | None = None,
    title: str = "",
    language: str = "en",
    sources: list[str] | None = None,
) -> Delegate:
    """Give the person at `email` a capacity and return it; the person is made when unknown.

    The secretariat appoints anybody, a head of delegation its own delegation. Raises NotAllowed,
    CapacityNeedsMember, NotPossibleNow (the member left), HasCapacity, HeadTaken, NameMissing.
    """
    check_appoints(by, member)
    if (capacity == Capacity.SECRETARIAT) is not (member is None):
        raise CapacityNeedsMember
    home = Member.objects.exclude(status=Status.LEFT).filter(code=member).first()
    if member and home is None:
        raise NotPossibleNow
    zone = home.time_zone if home else "UTC"
    person = ensure_person(email=email, name=name, language=language, time_zone=zone)
    try:
        with transaction.atomic():
            delegate = Delegate.objects.create(
                person=person,
                member=home,
                capacity=capacity,
                title=one_line(title),
                began_at=clock.now(),
                sources=sources or [],
            )
    except IntegrityError as error:
        held = Delegate.objects.filter(person=person, ended_at=None).exists()
        raise (HasCapacity if held else HeadTaken) from error
    data = {"name": person.name, "member": member, "capacity": capacity, "title": title}
    _append(by, Act.DELEGATE_APPOINTED, delegate, data, {"email": person.email})
    return delegate


@transaction.atomic
def appoint_and_invite(*, by: Actor, **facts: Any) -> Delegate:
    """Appoint a delegate as `appoint_delegate` does, and mail the first sign-in link; raises what both raise."""
    delegate = appoint_delegate(by=by, **facts)
    invite_delegate(by=by, delegate=delegate)
    return delegate


@transaction.atomic
def correct_delegate(*, by: Actor, delegate: Delegate, title: str, sources: list[str]) -> None:
    """Correct the office that a delegate holds and its sources; raises NotAllowed, CapacityEnded."""
    check_appoints(by, delegate.member_id)
    if not Delegate.objects.active().filter(pk=delegate.pk).update(title=title, sources=sources):
        raise CapacityEnded
    data = {"name": delegate.person.name, "member": delegate.member_id, "title": title}
    _append(by, Act.DELEGATE_CORRECTED, delegate, data)


@transaction.atomic
def invite_delegate(*, by: Actor, delegate: Delegate) -> str:
    """Mail `delegate` a new single-use sign-in link and return its token; raises NotAllowed, CapacityEnded."""
    token = _issue(by, Act.DELEGATE_INVITED, delegate)
    transaction.on_commit(lambda: send_invitation_mail(delegate, token))
    return token


@transaction.atomic
def issue_sign_in_link(*, by: Actor, delegate: Delegate) -> str:
    """Return the token of a new link that is handed over without mail; raises NotAllowed, CapacityEnded."""
    return _issue(by, Act.LINK_ISSUED, delegate)


@transaction.atomic
def end_capacity(*, by: Actor, delegate: Delegate) -> None:
    """End a capacity now, with the links that lead to it; raises NotAllowed, CapacityEnded.

    Nobody ends their own capacity, so that the secretariat cannot lock itself out.
    """
    check_appoints(by, delegate.member_id)
    if by.delegate == str(delegate.pk):
        raise NotAllowed
    if not Delegate.objects.filter(pk=delegate.pk, ended_at=None).update(ended_at=clock.now(), seen_at=None):
        raise CapacityEnded
    withdraw_links(person=delegate.person)
    _append(by, Act.CAPACITY_ENDED, delegate, {"name": delegate.person.name, "member": delegate.member_id})


def _issue(by: Actor, act: Act, delegate: Delegate) -> str:
    """Make a link and enter it in the record, since whoever holds it acts as `delegate`."""
    check_appoints(by, delegate.member_id)
    if not Delegate.objects.active().filter(pk=delegate.pk).exists():
        raise CapacityEnded
    token = issue_link(person=delegate.person)
    _append(by, act, delegate, {"name": delegate.person.name, "member": delegate.member_id})
    return token


def _append(
    by: Actor, act: Act, delegate: Delegate, data: Mapping[str, Json], restricted: Mapping[str, Json] | None = None
) -> None:
    subject = Subject("delegate", str(delegate.pk))
    append_entry(actor=by, action=act, subject=subject, data=data, restricted=restricted)
    live.announce("coalition", f"delegate:{delegate.pk}")
