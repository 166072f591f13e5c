"""The outcome of a conference for a reader: what was kept for its member, before the closing what stands now."""

from typing import Any

from concertation.coalition.models import Delegate
from concertation.meetings.conference.models import Conference, Outcome
from concertation.meetings.conference.reading import ReadOutcome, read
from concertation.meetings.conference.sheets import sheet_for
from concertation.meetings.models import Meeting
from concertation.record import canonical


def outcome_for(reader: Delegate, meeting: Meeting) -> ReadOutcome | None:
    """Return the outcome in the reader's language; None where the meeting had no list, or nothing was kept."""
    found = _sheet(reader, meeting)
    return read(*found) if found else None


def json_of(reader: Delegate, meeting: Meeting) -> bytes:
    """Return the sheet as canonical JSON, whose SHA-256 is in the record once the meeting is closed."""
    found = _sheet(reader, meeting)
    return canonical.encode(found[0]) if found else b"{}"


def _sheet(reader: Delegate, meeting: Meeting) -> tuple[dict[str, Any], str] | None:
    """Return a sheet and its hash, which is empty while nothing is kept."""
    if meeting.closed_at:
        kept = Outcome.objects.filter(meeting=meeting, reader=reader.member_id or "").first()
        return (kept.sheet, kept.sha256) if kept else None
    if not Conference.objects.filter(meeting=meeting).exists():
        return None
    return sheet_for(reader, meeting), ""
