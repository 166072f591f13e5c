"""Every act of this app that the record keeps."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class MeetingAction(StrEnum):
    """Names of acts in the record; never renamed, because old entries keep them."""

    SCHEDULED = "meeting.scheduled"
    UPDATED = "meeting.updated"
    CANCELLED = "meeting.cancelled"
    OPENED = "meeting.opened"
    CLOSED = "meeting.closed"
    ANSWERED = "meeting.invitation_answered"
    TEXT_ATTACHED = "meeting.text_attached"
    TEXT_DETACHED = "meeting.text_detached"
    ITEM_ADDED = "agenda.item_added"
    ITEM_CHANGED = "agenda.item_changed"
    ITEM_MOVED = "agenda.item_moved"
    ITEM_REMOVED = "agenda.item_removed"
    ITEM_STARTED = "agenda.item_started"
    ITEM_ENDED = "agenda.item_ended"
    FLOOR_ASKED = "floor.asked"
    FLOOR_WITHDRAWN = "floor.withdrawn"
    FLOOR_MOVED = "floor.moved"
    FLOOR_GIVEN = "floor.given"
    FLOOR_ENDED = "floor.ended"
    CAME = "attendance.came"
    LEFT = "attendance.left"
    DECIDED = "meeting.decided"
    POSITIONS_ASKED = "meeting.positions_asked"
    QUESTION_WITHDRAWN = "meeting.question_withdrawn"


SENTENCES: dict[str, Promise] = {
    MeetingAction.SCHEDULED: _("scheduled a meeting"),
    MeetingAction.UPDATED: _("changed a meeting"),
    MeetingAction.CANCELLED: _("cancelled a meeting"),
    MeetingAction.OPENED: _("opened a meeting"),
    MeetingAction.CLOSED: _("closed a meeting"),
    MeetingAction.ANSWERED: _("answered the invitation to a meeting"),
    MeetingAction.TEXT_ATTACHED: _("gave a text to a meeting"),
    MeetingAction.TEXT_DETACHED: _("took a text from a meeting"),
    MeetingAction.ITEM_ADDED: _("added an item to the agenda"),
    MeetingAction.ITEM_CHANGED: _("changed an item of the agenda"),
    MeetingAction.ITEM_MOVED: _("moved an item of the agenda"),
    MeetingAction.ITEM_REMOVED: _("took an item off the agenda"),
    MeetingAction.ITEM_STARTED: _("put an item of the agenda under discussion"),
    MeetingAction.ITEM_ENDED: _("ended the discussion of an item"),
    MeetingAction.FLOOR_ASKED: _("asked for the floor"),
    MeetingAction.FLOOR_WITHDRAWN: _("withdrew a request for the floor"),
    MeetingAction.FLOOR_MOVED: _("changed the order of the speaking list"),
    MeetingAction.FLOOR_GIVEN: _("gave the floor"),
    MeetingAction.FLOOR_ENDED: _("ended an intervention"),
    MeetingAction.CAME: _("came to a meeting"),
    MeetingAction.LEFT: _("left a meeting"),
    MeetingAction.DECIDED: _("noted a decision"),
    MeetingAction.POSITIONS_ASKED: _("asked delegations for their positions before a meeting"),
    MeetingAction.QUESTION_WITHDRAWN: _("asked no more for positions on a question before a meeting"),
}
KINDS: dict[str, Promise] = {"meeting": _("meeting")}
FIELDS: dict[str, Promise] = {
    "titles": _("title"),
    "starts_at": _("start"),
    "minutes": _("minutes"),
    "zone": _("time zone"),
    "level": _("level"),
    "languages": _("languages"),
    "members": _("invited"),
    "agenda": _("agenda"),
    "answer": _("answer"),
    "lead": _("introduced by"),
    "position": _("place"),
    "seconds": _("seconds"),
    "sentences": _("decision"),
    "reason": _("reason"),
    "questions": _("questions"),
    "due_at": _("due"),
}
