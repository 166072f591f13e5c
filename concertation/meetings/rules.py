"""What a capacity allows in a meeting, as small predicates that pages, forms and sockets share."""

from concertation.coalition.models import Delegate
from concertation.coalition.rules import SPEAKERS, is_chair, speaks_for_member
from concertation.meetings.enums import MeetingStatus
from concertation.meetings.models import Meeting


def is_invited(delegate: Delegate, meeting: Meeting) -> bool:
    """Say whether `meeting` is for `delegate`: its member is invited, or it is the secretariat's."""
    return Meeting.objects.visible_to(delegate).filter(pk=meeting.pk).exists()


def may_schedule(delegate: Delegate) -> bool:
    """Say whether `delegate` may schedule, change and cancel meetings and edit agendas: the secretariat."""
    return delegate.is_secretariat


def may_preside(delegate: Delegate, meeting: Meeting) -> bool:
    """Say whether `delegate` may preside over `meeting`: a chair who is invited to it."""
    return is_chair(delegate) and is_invited(delegate, meeting)


def may_answer(delegate: Delegate, meeting: Meeting) -> bool:
    """Say whether `delegate` may answer the invitation for its member: its head or a delegate."""
    return delegate.member is not None and delegate.capacity in SPEAKERS and is_invited(delegate, meeting)


def may_ask_floor(delegate: Delegate, meeting: Meeting) -> bool:
    """Say whether `delegate` may ask for the floor in `meeting`; observers and interpreters only listen."""
    return speaks_for_member(delegate) and is_invited(delegate, meeting)


def may_join_room(delegate: Delegate, meeting: Meeting) -> bool:
    """Say whether `delegate` may be in the video room now: invited, and the meeting is in session."""
    return meeting.is_open and is_invited(delegate, meeting)


def abilities(delegate: Delegate, meeting: Meeting) -> dict[str, bool]:
    """Return what `delegate` may do with `meeting`, which must come from `visible_to(delegate)`, as it stands now."""
    status, chair = meeting.status, is_chair(delegate)
    is_scheduled, is_open = status == MeetingStatus.SCHEDULED, status == MeetingStatus.OPEN
    acts_for_member = delegate.member is not None and delegate.capacity in SPEAKERS
    return {
        "manage": may_schedule(delegate) and is_scheduled,
        "edit_agenda": may_schedule(delegate) and (is_scheduled or is_open),
        "answer": acts_for_member and (is_scheduled or is_open),
        "open": chair and is_scheduled,
        "preside": chair and is_open,
        "ask": speaks_for_member(delegate) and is_open,
        "ask_positions": chair and is_scheduled,
        "take_position": speaks_for_member(delegate) and (is_scheduled or is_open),
        "turn_positions": may_schedule(delegate) and (is_scheduled or is_open),
    }
