"""Members: invited, admitted, corrected, let go; the order of the steps never leaves the chair empty."""

from django.utils.translation import gettext as _

from concertation.coalition.domain.members import (
    admit_member,
    correct_member,
    end_co_chair,
    invite_member,
    let_member_leave,
    name_co_chair,
)
from concertation.coalition.enums import Status
from concertation.coalition.models import Member
from concertation.core.errors import InvalidInput
from concertation.exchange.contents import CoalitionFile
from concertation.exchange.report import Report, Subject
from concertation.exchange.schema import MemberPart
from concertation.record.events import Actor

SYSTEM = Actor.system()


def load_members(file: CoalitionFile, report: Report) -> None:
    """Add the members that are not there and change those that differ; those of no file stay as they are."""
    before = {member.code: _facts(member) for member in Member.objects.all()}
    for step in (_invite, _correct, _admit_members, _name_co_chair, _end_co_chair, _move):
        for index, part in enumerate(file.members):
            with file.at("members", index):
                step(file, part)
    after = {member.code: _facts(member) for member in Member.objects.all()}
    report.added[Subject.MEMBER] += len(after.keys() - before.keys())
    report.changed[Subject.MEMBER] += sum(after[code] != facts for code, facts in before.items())
    report.leave(before.keys() - {part.code for part in file.members})


def _facts(member: Member) -> tuple[object, ...]:
    """Return what a file says of a member."""
    place = (member.kind, member.names, member.capital, member.time_zone)
    return (*place, member.status, member.is_co_chair, member.sources)


def _now(part: MemberPart) -> Member:
    """Return the row of `part` as it is now."""
    return Member.objects.get(code=part.code)


def _invite(file: CoalitionFile, part: MemberPart) -> None:
    """Invite the member when it is not there, or had left and is to come back."""
    row = Member.objects.filter(code=part.code).first()
    if row is None or (row.status == Status.LEFT != part.status):
        invite_member(
            by=SYSTEM,
            code=part.code,
            capital=part.capital,
            time_zone=part.zone,
            kind=part.kind,
            names=part.names,
            sources=file.cited(part.sources),
        )


def _correct(file: CoalitionFile, part: MemberPart) -> None:
    """Correct what is known of the member; its kind goes with its code."""
    row, sources = _now(part), file.cited(part.sources)
    if (row.names, row.capital, row.time_zone, row.sources) != (part.names, part.capital, part.zone, sources):
        correct_member(
            by=SYSTEM,
            code=part.code,
            capital=part.capital,
            time_zone=part.zone,
            names=part.names,
            sources=sources,
        )


def _admit_members(file: CoalitionFile, part: MemberPart) -> None:
    """Let the full members join first, so that one of them can preside."""
    if part.status == Status.MEMBER != _now(part).status:
        admit_member(by=SYSTEM, code=part.code, status=part.status)


def _name_co_chair(file: CoalitionFile, part: MemberPart) -> None:
    """Let those who are to preside do so before others stop."""
    if part.co_chair and not _now(part).is_co_chair:
        name_co_chair(by=SYSTEM, code=part.code)


def _end_co_chair(file: CoalitionFile, part: MemberPart) -> None:
    """Let those who preside no more become like the others."""
    if not part.co_chair and part.status == Status.MEMBER and _now(part).is_co_chair:
        end_co_chair(by=SYSTEM, code=part.code)


def _move(file: CoalitionFile, part: MemberPart) -> None:
    """Give the others the status that the file says."""
    status = _now(part).status
    if part.status == status:
        return
    if part.status == Status.INVITED:
        raise InvalidInput(_("%(code)s has joined; a file cannot make it invited again.") % {"code": part.code})
    if part.status == Status.LEFT:
        let_member_leave(by=SYSTEM, code=part.code)
    else:
        admit_member(by=SYSTEM, code=part.code, status=part.status)
