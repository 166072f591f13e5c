"""What a capacity allows, as small predicates that pages, forms and sockets share."""

from concertation.coalition.enums import Capacity, Status
from concertation.coalition.models import Delegate, Member
from concertation.core.errors import NotAllowed
from concertation.record.events import SYSTEM, Actor

SPEAKERS = {Capacity.HEAD, Capacity.DELEGATE}


def is_chair(delegate: Delegate) -> bool:
    """Say whether `delegate` may preside: the secretariat, or a head or delegate of a co-chair."""
    if delegate.is_secretariat:
        return True
    return delegate.member is not None and delegate.member.is_co_chair and delegate.capacity in SPEAKERS


def binds_member(delegate: Delegate) -> bool:
    """Say whether `delegate` decides for a full member: its head of delegation."""
    return (
        delegate.capacity == Capacity.HEAD and delegate.member is not None and delegate.member.status == Status.MEMBER
    )


def speaks_for_member(delegate: Delegate) -> bool:
    """Say whether `delegate` may ask for the floor and draft: head or delegate of a member or partner."""
    return (
        delegate.capacity in SPEAKERS
        and delegate.member is not None
        and delegate.member.status in {Status.MEMBER, Status.PARTNER}
    )


def check_manages(actor: Actor) -> None:
    """Let the secretariat and the command line through; raises NotAllowed for anybody else."""
    if actor.capacity not in {Capacity.SECRETARIAT, SYSTEM}:
        raise NotAllowed


def check_appoints(actor: Actor, member: str | None) -> None:
    """Let through who manages, and a head for its own delegation; raises NotAllowed for anybody else."""
    if not (actor.capacity == Capacity.HEAD and member is not None and actor.member == member):
        check_manages(actor)


def coalition_abilities(delegate: Delegate) -> dict[str, bool]:
    """Return what `delegate` may do on the page of the coalition."""
    return {"manage": delegate.is_secretariat}


def member_abilities(delegate: Delegate, member: Member) -> dict[str, bool]:
    """Return what `delegate` may do on the page of `member`."""
    present = member.status != Status.LEFT
    leads = delegate.capacity == Capacity.HEAD and delegate.member_id == member.code
    return {
        "manage": delegate.is_secretariat and present,
        "invite_again": delegate.is_secretariat and not present,
        "appoint": (delegate.is_secretariat or leads) and present,
        "leave": (delegate.is_secretariat or leads) and present,
    }
