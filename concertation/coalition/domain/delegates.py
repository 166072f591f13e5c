"""People receive a capacity and lose it; an invitation is a single-use link sent to their address."""

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
                title=title,
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
def invite_delegate(*, by: Actor, delegate: Delegate) -> str:
    """Mail `delegate` a new single-use sign-in link and return its token; raises NotAllowed, CapacityEnded."""
    check_appoints(by, delegate.member_id)
    if not Delegate.objects.active().filter(pk=delegate.pk).exists():
        raise CapacityEnded
    token = issue_link(person=delegate.person)
    _append(by, Act.DELEGATE_INVITED, delegate, {"name": delegate.person.name, "member": delegate.member_id})
    transaction.on_commit(lambda: send_invitation_mail(delegate, token))
    return token


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


def _append(
    by: Actor, act: Act, delegate: Delegate, data: dict[str, object], restricted: dict[str, str] | None = None
) -> None:
    subject = Subject("delegate", str(delegate.pk))
    append_entry(actor=by, action=act, subject=subject, data=data, restricted=restricted)
    live.announce("coalition", f"delegate:{delegate.pk}")
