"""What every act on a meeting shares: the lock of the room, the entry in the record, the signals."""

from collections.abc import Mapping

from django.db.models import F

from concertation.coalition.enums import Capacity
from concertation.coalition.models import Delegate
from concertation.core import live
from concertation.core.errors import NotAllowed, TooLong
from concertation.core.words import one_line
from concertation.meetings.errors import MeetingNotOpen, TitleMissing
from concertation.meetings.events import MeetingAction
from concertation.meetings.models import Meeting, MemberInvitation
from concertation.meetings.rules import may_preside
from concertation.record.canonical import Json
from concertation.record.domain.entries import append_entry
from concertation.record.events import Actor, Subject

LONGEST_TITLE = 200


def take_room(meeting: Meeting) -> Meeting:
    """Return `meeting` as it is now; acts in its room wait for one another until the transaction ends.

    Raises MeetingNotOpen.
    """
    if not Meeting.objects.running().filter(pk=meeting.pk).update(revision=F("revision") + 1):
        raise MeetingNotOpen
    return Meeting.objects.get(pk=meeting.pk)


def check_presides(by: Delegate, meeting: Meeting) -> None:
    """Let the chair through; raises NotAllowed for anybody else."""
    if not may_preside(by, meeting):
        raise NotAllowed


def append(by: Actor, action: MeetingAction, meeting: Meeting, content: Mapping[str, Json], *topics: str) -> None:
    """Append what was decided to the record, for those who are invited, and tell the pages of the meeting."""
    invited = MemberInvitation.objects.filter(meeting=meeting, withdrawn_at=None)
    append_entry(
        actor=by,
        action=action,
        subject=Subject("meeting", str(meeting.pk)),
        data={},
        restricted=content,
        audience=list(invited.values_list("member_id", flat=True)),
    )
    live.announce(f"meeting:{meeting.pk}", *topics)


def clean_words(words: Mapping[str, str], *, longest: int = LONGEST_TITLE) -> dict[str, str]:
    """Return what is said in each language, without blanks and empty parts; raises TitleMissing, TooLong."""
    said = {language: one_line(text) for language, text in words.items()}
    said = {language: text for language, text in said.items() if text}
    if not said:
        raise TitleMissing
    if any(len(text) > longest for text in said.values()):
        raise TooLong
    return said


def homes_of(meeting: Meeting) -> list[str]:
    """Return the topics of everybody whose home shows `meeting`, and of the lists of meetings."""
    invited = Delegate.objects.active().filter(member__meeting_invitations__meeting=meeting)
    secretariat = Delegate.objects.active().filter(capacity=Capacity.SECRETARIAT)
    people = [*invited.values_list("pk", flat=True), *secretariat.values_list("pk", flat=True)]
    return ["coalition", *(f"delegate:{person}" for person in people)]
