"""Who may be in a room: the rows of session, delegate and meeting, read anew on every question."""

from typing import Any
from uuid import UUID

from concertation.accounts.models import Person
from concertation.coalition.models import Delegate
from concertation.coalition.queries import delegate_of
from concertation.meetings.models import Meeting
from concertation.meetings.rules import may_join_room

SIGNED_OUT, NOT_ALLOWED, UNKNOWN, NOT_OPEN = 4401, 4403, 4404, 4409


class Refused(Exception):
    """This person may not be in this room; `code` closes the socket."""

    def __init__(self, code: int) -> None:
        self.code = code
        super().__init__(str(code))


def admit(scope: dict[str, Any], meeting_id: UUID) -> Delegate:
    """Return the delegate behind a socket who may be in the room of this meeting now; raises Refused."""
    delegate = delegate_of(_person_behind(scope))
    if delegate is None:
        raise Refused(NOT_ALLOWED)
    meeting = Meeting.objects.visible_to(delegate).filter(pk=meeting_id).first()
    if meeting is None:
        raise Refused(UNKNOWN)
    if not meeting.is_open:
        raise Refused(NOT_OPEN)
    if not may_join_room(delegate, meeting):
        raise Refused(NOT_ALLOWED)
    return delegate


def _person_behind(scope: dict[str, Any]) -> Person:
    """Return the signed-in person, if the session was not ended since the socket was opened."""
    session = scope["session"]
    person = Person.objects.filter(pk=scope["user"].pk).first()
    if person is None or not session.session_key or not session.exists(session.session_key):
        raise Refused(SIGNED_OUT)
    return person
