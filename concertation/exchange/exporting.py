"""The coalition becomes a file: what a fresh server needs to set it up. Its history is in the record, not here.

Left out: capacities that ended, cancelled meetings, answers, interventions, procedures of adoption, earlier wordings of
conditions, assessments that were corrected; dropped requirements, earlier terms and corrected entries.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from concertation.coalition.enums import Audience as Readers
from concertation.coalition.enums import MemberKind
from concertation.coalition.models import Coalition, Delegate, Member
from concertation.exchange.commitments_exporting import commitment_tables
from concertation.exchange.models import Kind
from concertation.exchange.queries import keys_of
from concertation.exchange.schema import FORMAT
from concertation.exchange.sources import SourceKeys
from concertation.exchange.steps.texts import current_bodies
from concertation.exchange.values import is_one_moment
from concertation.exchange.writing import Value, write_toml
from concertation.meetings.models import AgendaItem, Meeting
from concertation.situation.enums import Verdict
from concertation.situation.models import Assessment, Condition
from concertation.texts.enums import Audience
from concertation.texts.models import LanguageVersion, Text

Row = dict[str, Value]


def export_file() -> str:
    """Return the coalition of this server as a file, what is as everywhere left out.

    Raises Coalition.DoesNotExist on a server without one.
    """
    cited = SourceKeys()
    coalition = Coalition.objects.get()
    meeting_keys = keys_of(Kind.MEETING)
    described: Row = {
        "names": coalition.names,
        "summary": coalition.summary,
        "sources": cited.cite(coalition.sources),
    }
    lists: dict[str, Value] = {
        "members": [_member(member, cited) for member in Member.objects.order_by("order", "code")],
        "people": [_person(delegate, cited) for delegate in _delegates()],
        "meetings": [_meeting(meeting, meeting_keys, cited) for meeting in _meetings()],
        "texts": list(_texts(meeting_keys)),
        "conditions": list(_conditions(cited)),
        **commitment_tables(keys_of(Kind.CONDITION), cited),
    }
    return write_toml({"format": FORMAT, "coalition": described, "sources": cited.table(), **lists})


def _delegates() -> Iterator[Delegate]:
    """Yield those who act now, in the order of their appointment."""
    rows = Delegate.objects.active().select_related("person")
    return rows.order_by("began_at", "member__order", "pk").iterator()


def _meetings() -> Iterator[Meeting]:
    """Yield the meetings that were not cancelled."""
    rows = Meeting.objects.filter(cancelled_at=None)
    return iter(rows.prefetch_related("items", "invitations").order_by("starts_at", "pk"))


def _member(member: Member, cited: SourceKeys) -> Row:
    """Return the table of a member."""
    return {
        "code": member.code,
        "kind": member.kind if member.kind != MemberKind.STATE else None,
        "names": member.names,
        "capital": member.capital,
        "zone": member.time_zone,
        "status": member.status,
        "co_chair": member.is_co_chair or None,
        "sources": cited.cite(member.sources),
    }


def _person(delegate: Delegate, cited: SourceKeys) -> Row:
    """Return the table of a person in a capacity."""
    return {
        "member": delegate.member_id,
        "capacity": delegate.capacity,
        "name": delegate.person.name,
        "title": delegate.title,
        "email": delegate.person.email,
        "language": delegate.person.language,
        "sources": cited.cite(delegate.sources),
    }


def _meeting(meeting: Meeting, keys: Mapping[UUID, str], cited: SourceKeys) -> Row:
    """Return the table of a meeting; who is invited is left out when everybody is."""
    invited = [row.member_id for row in meeting.invitations.all() if row.withdrawn_at is None]
    present = set(Member.objects.present().values_list("pk", flat=True))
    return {
        "key": keys.get(meeting.pk, str(meeting.pk)),
        "titles": meeting.titles,
        "start": _local(meeting.starts_at, meeting.zone),
        "end": _local(meeting.ends_at, meeting.zone),
        "zone": meeting.zone,
        "level": meeting.level,
        "languages": meeting.languages,
        "invited": [] if set(invited) == present else invited,
        "sources": cited.cite(meeting.sources),
        "agenda": [_item(item, cited) for item in meeting.items.all()],
    }


def _item(item: AgendaItem, cited: SourceKeys) -> Row:
    """Return the table of an agenda item."""
    return {
        "titles": item.titles,
        "lead": item.lead_id,
        "minutes": item.minutes,
        "sources": cited.cite(item.sources),
    }


def _local(moment: datetime, zone: str) -> datetime:
    """Return the time on the clocks of `zone`, with its offset only when it would be unclear without."""
    local = moment.astimezone(ZoneInfo(zone))
    plain = local.replace(tzinfo=None)
    return plain if is_one_moment(plain, zone) else local


def _texts(meeting_keys: Mapping[UUID, str]) -> Iterator[Row]:
    """Yield the tables of the texts that hold words, as they are now."""
    keys = keys_of(Kind.TEXT)
    rows = Text.objects.select_related("meeting_link__meeting").prefetch_related("versions", "members")
    for text in rows.order_by("created_at", "pk"):
        link = getattr(text, "meeting_link", None)
        is_there = link is not None and link.meeting.cancelled_at is None
        bodies = current_bodies(text)
        yield {
            "key": keys.get(text.pk, str(text.pk)),
            "titles": text.titles,
            "meeting": meeting_keys.get(link.meeting_id, str(link.meeting_id)) if link and is_there else None,
            "audience": text.audience if text.audience != Audience.COALITION else None,
            "members": [member.pk for member in text.members.all()] if text.audience == Audience.MEMBERS else [],
            "versions": [_version(version, bodies) for version in text.versions.all()],
        }


def _version(version: LanguageVersion, bodies: Mapping[str, str]) -> Row:
    """Return the table of a language version."""
    return {
        "language": version.language,
        "authentic": None if version.is_authentic else False,
        "body": bodies.get(version.language, ""),
    }


def _conditions(cited: SourceKeys) -> Iterator[Row]:
    """Yield the tables of conditions in the words that are in force, with what nobody corrected."""
    keys = keys_of(Kind.CONDITION)
    for condition in Condition.objects.prefetch_related("wordings"):
        standing = Assessment.objects.standing().filter(condition=condition).exclude(verdict=Verdict.WITHDRAWN)
        yield {
            "key": keys.get(condition.pk, str(condition.pk)),
            "names": condition.wording.names,
            "words": condition.wording.words,
            "retired": condition.retired_at is not None or None,
            "sources": cited.cite(condition.sources),
            "assessments": [_assessment(said) for said in standing.order_by("number")],
        }


def _assessment(said: Assessment) -> Row:
    """Return the table of an assessment; its own member is not named among the readers."""
    named = [code for code in said.reader_codes if code != said.member_id]
    return {
        "member": said.member_id,
        "verdict": said.verdict,
        "since": said.valid_from,
        "evidence": said.evidence,
        "link": said.link,
        "audience": said.audience if said.audience != Readers.COALITION else None,
        "members": named if said.audience == Readers.MEMBERS else [],
    }
