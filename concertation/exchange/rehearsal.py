"""A file about the past becomes one about today, so that people can rehearse the meeting in it."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from concertation.exchange.contents import CoalitionFile
from concertation.exchange.schema import MeetingPart

QUARTER = timedelta(minutes=15)


def from_now(file: CoalitionFile, now: datetime) -> CoalitionFile:
    """Return `file` with its meetings moved together, so that the first begins at the next quarter of an hour."""
    if not file.meetings:
        return file
    first = min(meeting.starts_at for meeting in file.meetings)
    by = now + QUARTER - (now - datetime.min.replace(tzinfo=now.tzinfo)) % QUARTER - first
    return replace(file, meetings=[_moved(meeting, by) for meeting in file.meetings])


def _moved(meeting: MeetingPart, by: timedelta) -> MeetingPart:
    """Return a meeting at another time, of the same length."""
    zone = ZoneInfo(meeting.zone)
    times = {"start": (meeting.starts_at + by).astimezone(zone), "end": (meeting.ends_at + by).astimezone(zone)}
    return meeting.model_copy(update=times)
