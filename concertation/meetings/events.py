"""Every act of this app that the record keeps."""

from enum import StrEnum


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
