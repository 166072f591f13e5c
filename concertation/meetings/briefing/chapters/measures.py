"""Who applies which measure, what a member lacks to match the most complete one, and which steps wait."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concertation.core.briefs import Grid, Section
from concertation.meetings.briefing.scene import Scene, day, names, partial
from concertation.pressure.aligning import Said
from concertation.pressure.naming import said_name, step_state_name
from concertation.pressure.queries.alignment import Table, table_for
from concertation.pressure.queries.steps import StepLine, steps_for

KNOWN = (Said.APPLIES, Said.PREPARED, Said.NOT)  # answers; the others say that there is none


def parts(scene: Scene) -> Iterator[Section]:
    """Yield the sections."""
    table = table_for(scene.reader, scene.today)
    yield _alignment(table)
    if scene.member is not None and scene.member.pk in table.codes and table.rows:
        yield _todo(table, scene)
    open_steps = [line for line in steps_for(scene.reader) if line.step.settled_at is None]
    if open_steps:
        headers = [_("Step"), _("Package"), _("Called for since"), _("Stands")]
        yield Section(_("Steps"), (), Grid(headers, [_step(line) for line in open_steps]), level=2)


def _alignment(table: Table) -> Section:
    heading = _("Alignment")
    if not table.rows:
        return Section(heading, [_("No measure is in force.")], level=2)
    count = ngettext("%(n)d measure is in force.", "%(n)d measures are in force.", len(table.rows))
    said = [count % {"n": len(table.rows)}, _("What nobody said is unknown or not coded, and never counted as a no.")]
    tallies = {member: table.of_member(member.pk) for member in table.members}
    silent = [member for member, tally in tallies.items() if not any(tally[one] for one in KNOWN)]
    if silent:
        said.append(_("Nothing is known of: %(who)s.") % {"who": names(silent)})
    rows = [[one.name, *(str(tally[said]) for said in Said)] for one, tally in tallies.items() if one not in silent]
    headers = [_("Member"), *(said_name(one).capitalize() for one in Said)]
    grid = Grid(headers, rows, frozenset(range(1, len(headers)))) if rows else None
    return Section(heading, [*said, *partial(table.hidden)], grid, level=2)


def _todo(table: Table, scene: Scene) -> Section:
    """Return what the reader's member would have to do to match the most complete one."""
    best, member = table.best(), scene.member
    assert member is not None  # by the caller
    heading = _("What %(member)s would have to do to match the most complete member") % {"member": member.name}
    if best is None:
        return Section(heading, [_("Nobody applies any measure, as far as is known.")], level=2)
    todo = table.todo(member, best)
    if not todo.missing:
        return Section(heading, [_("Nothing: no member applies more.")], level=2)
    name = next(one.name for one in table.members if one.pk == best)
    said = _("%(best)s applies the most; %(n)d of these measures are not known to be applied here.") % {
        "best": name,
        "n": len(todo.missing),
    }
    rows = [[row.measure.name, said_name(one)] for row, one in todo.missing]
    return Section(heading, [said], Grid([_("Measure"), _("Here")], rows), level=2)


def _step(line: StepLine) -> list[str]:
    since = day(line.called_since) if line.called_since else "–"
    return [line.step.name, line.step.package.name, since, step_state_name(line.state)]
