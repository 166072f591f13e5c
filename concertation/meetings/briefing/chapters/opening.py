"""When and where the meeting is held, its agenda, and who comes."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from concertation.core.briefs import Grid, Section
from concertation.core.languages import language_name
from concertation.meetings.briefing.scene import Scene
from concertation.meetings.enums import Answer, Level
from concertation.meetings.models import AgendaItem
from concertation.meetings.queries import Delegation, agenda_of, delegations_of, leads_of


def parts(scene: Scene) -> Iterator[Section]:
    """Yield the sections."""
    yield _when(scene)
    yield _agenda(agenda_of(scene.meeting))
    yield _attendance(delegations_of(scene.meeting))


def _when(scene: Scene) -> Section:
    meeting = scene.meeting
    starts: dict[datetime, list[str]] = {}
    for member in leads_of(meeting):
        wall = meeting.starts_at.astimezone(ZoneInfo(member.time_zone)).replace(tzinfo=None)
        starts.setdefault(wall, []).append(member.capital_name)
    rows = [[date_format(wall, "DATETIME_FORMAT"), ", ".join(dict.fromkeys(starts[wall]))] for wall in sorted(starts)]
    facts = [
        str(Level(meeting.level).label),
        f"{meeting.minutes} min",
        ", ".join(language_name(code) for code in meeting.languages),
    ]
    said = [f"{meeting.title}, {scene.moment(meeting.starts_at)}", " · ".join(filter(None, facts))]
    grid = Grid([_("Begins"), _("In the capitals")], rows) if rows else None
    return Section(_("When"), said, grid, level=2)


def _agenda(items: list[AgendaItem]) -> Section:
    if not items:
        return Section(_("Agenda"), [_("The agenda has not been written yet.")], level=2)
    rows = [[str(item.position), item.title, item.lead.name if item.lead else "–", str(item.minutes)] for item in items]
    return Section(
        _("Agenda"),
        (),
        Grid([_("No."), _("Item"), _("Introduced by"), _("Minutes")], rows, frozenset({3})),
        level=2,
    )


def _attendance(delegations: list[Delegation]) -> Section:
    answers = [delegation.invitation.answer for delegation in delegations]
    said = _("%(accepted)d accepted, %(declined)d declined, %(open)d have not answered.") % {
        "accepted": answers.count(Answer.ACCEPTED),
        "declined": answers.count(Answer.DECLINED),
        "open": answers.count(Answer.NONE),
    }
    known = [one for one in delegations if one.delegates or one.invitation.answer != Answer.NONE]
    rows = [[one.member.name, str(Answer(one.invitation.answer).label), _people(one)] for one in known]
    unknown = ", ".join(one.member.name for one in delegations if one not in known)
    rest = [_("Not answered, and no delegate named: %(who)s.") % {"who": unknown}] if unknown else []
    grid = Grid([_("Delegation"), pgettext("invitation", "Answer"), _("Delegates")], rows) if rows else None
    return Section(_("Attendance"), [said, *rest], grid, level=2)


def _people(delegation: Delegation) -> str:
    """Write who is of a delegation, each with its capacity."""
    people = [f"{delegate.person.name} ({delegate.get_capacity_display()})" for delegate in delegation.delegates]
    return "; ".join(people) or "–"
