"""What one table cannot tell: doubles, references that lead nowhere, facts that contradict each other."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from concertation.coalition.countries import country_codes
from concertation.coalition.enums import Audience as Readers
from concertation.coalition.enums import Capacity, MemberKind, Status
from concertation.exchange import markup, schema
from concertation.exchange.commitments_references import commitments
from concertation.exchange.contents import Finding, Found, Placed
from concertation.exchange.faults import unknown
from concertation.exchange.findings import member_of, twice, values_of
from concertation.exchange.lines import Path
from concertation.exchange.values import is_one_moment
from concertation.meetings.models import LONGEST_MEETING
from concertation.texts.enums import Audience


def check(raw: dict[str, Any], found: Found) -> Iterator[Finding]:
    """Yield what is wrong between the tables of a file; `raw` also tells of keys whose tables are faulty."""
    codes = values_of(raw, "members", "code")
    yield from twice(((placed.at, "code"), placed.part.code) for placed in found.members)
    yield from twice(((placed.at, "email"), placed.part.email.lower()) for placed in found.people)
    yield from twice(((placed.at, "key"), placed.part.key) for placed in found.meetings)
    yield from twice(((placed.at, "key"), placed.part.key) for placed in found.texts)
    yield from twice(((placed.at, "key"), placed.part.key) for placed in found.conditions)
    yield from _members(found.members)
    yield from _people(found.people, codes)
    for meeting in found.meetings:
        yield from _meeting(meeting.at, meeting.part, codes)
    for text in found.texts:
        yield from _text(text.at, text.part, values_of(raw, "meetings", "key"), codes)
    for condition in found.conditions:
        yield from _condition(condition.at, condition.part, codes)
    yield from commitments(raw, found, codes)
    yield from _citations(raw)


def _members(members: Iterable[Placed[schema.MemberPart]]) -> Iterator[Finding]:
    """Yield codes that are no country's, organisations without a name, co-chairs that are no member."""
    for placed in members:
        at, member = placed.at, placed.part
        is_country = member.code in country_codes()
        if member.kind == MemberKind.STATE and not is_country:
            yield (*at, "code"), _("“%(value)s” is no country of ISO 3166-1.") % {"value": member.code}
        if member.kind == MemberKind.ORGANISATION and is_country:
            yield (
                (*at, "code"),
                _("“%(value)s” is the code of a country, not of an organisation.") % {"value": member.code},
            )
        if member.kind == MemberKind.ORGANISATION and not member.names:
            yield at, _("An organisation needs “names”; only countries are named by their code.")
        if member.co_chair and member.status != Status.MEMBER:
            yield (*at, "co_chair"), _("Only a full member can be co-chair.")


def _people(people: Iterable[Placed[schema.PersonPart]], codes: set[str]) -> Iterator[Finding]:
    """Yield people of no member, members with two heads, and a secretariat that is not outside of members."""
    heads: set[str] = set()
    for placed in people:
        at, person = placed.at, placed.part
        if (person.capacity == Capacity.SECRETARIAT) != (person.member is None):
            yield at, _("The secretariat stands outside members; everybody else needs “member”.")
        if person.member is not None:
            yield from member_of((*at, "member"), person.member, codes)
        if person.capacity == Capacity.HEAD and person.member in heads:
            yield (*at, "capacity"), _("%(code)s already has a head of delegation.") % {"code": person.member}
        if person.capacity == Capacity.HEAD and person.member is not None:
            heads.add(person.member)


def _meeting(at: Path, meeting: schema.MeetingPart, codes: set[str]) -> Iterator[Finding]:
    """Yield times that cannot be, double languages, and guests and leads that are no member."""
    unclear = [key for key in ("start", "end") if not is_one_moment(getattr(meeting, key), meeting.zone)]
    for key in unclear:
        sentence = _("The clocks of %(zone)s change that night: this hour comes twice or never; add its offset.")
        yield (*at, key), sentence % {"zone": meeting.zone}
    if not unclear:
        yield from (((*at, "end"), why) for why in _length(meeting))
    yield from twice((((*at, "languages"), index), code) for index, code in enumerate(meeting.languages))
    for index, item in enumerate(meeting.agenda):
        if item.lead is not None:
            yield from member_of((*at, "agenda", index, "lead"), item.lead, codes)
    for index, code in enumerate(meeting.invited or []):
        yield from member_of((*at, "invited", index), code, codes)


def _length(meeting: schema.MeetingPart) -> Iterator[str]:
    """Yield what is wrong with the time from start to end."""
    length = meeting.ends_at - meeting.starts_at
    if length <= timedelta(0):
        yield _("The meeting would end before it starts.")
    elif length % timedelta(minutes=1) or length > timedelta(minutes=LONGEST_MEETING):
        yield _("A meeting lasts whole minutes, and 24 hours at most.")


def _text(at: Path, text: schema.TextPart, meetings: set[str], codes: set[str]) -> Iterator[Finding]:
    """Yield meetings that are not there, double languages, and drafts that cannot be read."""
    if text.meeting is not None and text.meeting not in meetings:
        yield (*at, "meeting"), unknown(_("“%(value)s” is no meeting in this file."), text.meeting, meetings)
    for index, code in enumerate(text.members):
        yield from member_of((*at, "members", index), code, codes)
    if (text.audience == Audience.MEMBERS) != bool(text.members):
        yield (
            at,
            _("“members” names who may read a text with the audience “members”, and only there."),
        )
    versions = [((*at, "versions", index), version) for index, version in enumerate(text.versions)]
    yield from twice(((place, "language"), version.language) for place, version in versions)
    for place, version in versions:
        for why in markup.faults(version.body):
            yield (*place, "body"), why


def _condition(at: Path, condition: schema.ConditionPart, codes: set[str]) -> Iterator[Finding]:
    """Yield voices and readers that are no member, audiences that do not fit, and what is said twice."""
    seen: set[tuple[object, ...]] = set()
    for index, said in enumerate(condition.assessments):
        place = (*at, "assessments", index)
        if said.member is not None:
            yield from member_of((*place, "member"), said.member, codes)
        elif said.audience != Readers.COALITION:
            yield (*place, "audience"), _("Without “member” it is the coalition’s finding, which all of it reads.")
        for number, code in enumerate(said.members):
            yield from member_of((*place, "members", number), code, codes)
        if (said.audience == Readers.MEMBERS) != bool(said.members):
            yield place, _("“members” names who may read an assessment with the audience “members”, and only there.")
        word = (said.member, said.since, said.audience, frozenset(said.members))
        if word in seen:
            yield (*place, "since"), _("“%(value)s” stands here for the second time.") % {"value": said.since}
        seen.add(word)


def _citations(raw: dict[str, Any]) -> Iterator[Finding]:
    """Yield cited sources that are not in the file."""
    table = raw.get("sources")
    known = set(table) if isinstance(table, dict) else set()
    for at, key in _cited(raw, ()):
        if key not in known:
            yield at, unknown(_("“%(value)s” is no source in this file."), key, known)


def _cited(value: object, at: Path) -> Iterator[tuple[Path, str]]:
    """Yield each citation in a table and in the tables below it, with its place."""
    if isinstance(value, list):
        for index, element in enumerate(value):
            yield from _cited(element, (*at, index))
    elif isinstance(value, dict):
        for key, element in value.items():
            path = (*at, key)
            if key == "sources" and at and isinstance(element, list):
                yield from (((*path, n), cited) for n, cited in enumerate(element) if isinstance(cited, str))
            else:
                yield from _cited(element, path)
