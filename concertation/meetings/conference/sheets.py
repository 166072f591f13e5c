"""The outcome of a conference as plain JSON, for one reader: kept at the closing, and what files are made of."""

import secrets
from decimal import Decimal
from typing import Any

from concertation.coalition.enums import Capacity
from concertation.coalition.models import Delegate
from concertation.commitments.models import Capability, Contribution, Revision
from concertation.commitments.models.catalogue import may_read
from concertation.core import clock
from concertation.meetings.conference.models import Conference
from concertation.meetings.conference.pledges import Pledged
from concertation.meetings.conference.queries import ListLine, screen_for
from concertation.meetings.models import Meeting, MemberInvitation

SALT = 16  # bytes, so that the hash in the record tells nothing of a sheet that is not one's own
Sheet = dict[str, Any]


def sheets_of(meeting: Meeting) -> dict[str, Sheet]:
    """Return the outcome for each invited member, by its code, and for the secretariat under the empty one.

    Who reads nothing that others do not read has what all of them have, drawn up once.
    """
    invited = MemberInvitation.objects.filter(meeting=meeting, withdrawn_at=None).select_related("member")
    members = [invitation.member for invitation in invited]
    apart = _readers_apart()
    sheets = {"": sheet_for(Delegate(capacity=Capacity.SECRETARIAT), meeting)}
    common: Sheet | None = None
    for member in members:
        reader = Delegate(capacity=Capacity.HEAD, member=member)
        if member.pk in apart or not may_read(reader):
            sheets[member.pk] = sheet_for(reader, meeting)
            continue
        common = common or sheet_for(reader, meeting)
        sheets[member.pk] = {**common, "reader": member.pk, "salt": _salt()}
    return sheets


def _readers_apart() -> set[str]:
    """Return the members that read a contribution which is not for the whole coalition."""
    packed = Contribution.objects.exclude(readers="").order_by().values_list("readers", flat=True).distinct()
    return {code for codes in packed for code in codes.split(",") if code}


def _salt() -> str:
    return secrets.token_hex(SALT)


def sheet_for(reader: Delegate, meeting: Meeting) -> Sheet:
    """Return the outcome as it stands now, as `reader` may read it; the meeting has a list."""
    screen = screen_for(reader, meeting)
    assert screen is not None
    conference = screen.conference
    return {
        "meeting": str(meeting.pk),
        "titles": meeting.titles,
        "reader": reader.member_id or "",
        "salt": _salt(),
        "at": clock.now().isoformat(),
        **_filter(conference),
        "hidden": dict(screen.hidden),
        "requirements": [_line(line) for line in screen.lines],
        "others": [{**_offer(pledged), "names": _need_of(pledged)} for pledged in screen.others],
    }


def _filter(conference: Conference) -> Sheet:
    return {"line": conference.line, "phase": conference.phase, "domain": conference.domain}


def _line(line: ListLine) -> Sheet:
    """Return a requirement, what was offered for it in the meeting, what is missing, and how it was closed."""
    item = line.item
    return {
        "position": item.position,
        "requirement": str(item.requirement_id),
        **_need(line.need),
        "missing": None if line.row is None else _text(line.row.missing),
        "undisclosed": line.is_open_ended,
        "offers": [_offer(pledged) for pledged in line.pledges],
        "closing": item.closing,
        "note": item.note,
        "asked": item.asked,
        "until": item.until.isoformat() if item.until else None,
        "closed_at": item.closed_at.isoformat() if item.closed_at else None,
    }


def _need(need: Revision) -> Sheet:
    return {
        "names": need.names,
        "revision": need.number,
        **_counted(need.capability),
        "quantity": _text(need.quantity),
        "currency": need.currency,
        "essential": need.is_essential,
        "needed_from": need.needed_from.isoformat(),
        "needed_to": need.needed_to.isoformat(),
    }


def _offer(pledged: Pledged) -> Sheet:
    terms, pledge = pledged.entry.terms, pledged.pledge
    return {
        "contribution": str(pledge.contribution_id),
        "member": pledge.member_id,
        "title": terms.title,
        **_counted(terms.capability),
        "low": _text(terms.low),
        "high": _text(terms.high),
        "currency": terms.currency,
        "available_from": terms.available_from.isoformat(),
        "state": pledged.entry.standing.state,
        "conditions": [condition.wording.names for condition in terms.conditions.all()],
        "caveats": sorted({caveat.kind for caveat in pledged.entry.contribution.caveats.all()}),
        "intervention": str(pledge.intervention_id) if pledge.intervention_id else None,
        "at": pledge.at.isoformat(),
    }


def _counted(capability: Capability) -> Sheet:
    return {"capability": capability.pk, "units": capability.units, "is_money": capability.is_money}


def _need_of(pledged: Pledged) -> dict[str, str]:
    """Return the names of the requirement that a pledge was made for, else those of the capability."""
    requirement = pledged.pledge.requirement
    names: dict[str, str] = requirement.revision.names if requirement else pledged.entry.terms.capability.names
    return names


def _text(quantity: Decimal | None) -> str | None:
    """Return a figure as the record writes it; None stays unknown."""
    return None if quantity is None else f"{quantity.normalize():f}"
