"""What is required and missing, and what would close each gap by the last plan."""

from collections.abc import Iterator
from html import unescape

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from concertation.commitments.models import PlanRun
from concertation.commitments.planning.gaps import Gap
from concertation.commitments.queries.briefs import needs_of
from concertation.commitments.queries.coverage import Filter, coverage_for
from concertation.commitments.queries.plans import Sheet, run_for
from concertation.core.briefs import Grid, Section
from concertation.meetings.briefing.scene import Scene, partial


def parts(scene: Scene) -> Iterator[Section]:
    """Yield the sections."""
    coverage = coverage_for(scene.reader, Filter())
    needs, *others = needs_of(coverage)
    yield Section(needs.heading, [*needs.sentences, *partial(sum(coverage.hidden.values()))], needs.grid, level=2)
    yield from (Section(one.heading, one.sentences, one.grid, level=2) for one in others)
    sheet = _last_plan(scene)
    yield (
        _closing(sheet)
        if sheet
        else Section(
            _("What would close the gaps"), [_("No plan that the holder of this copy may read has been made.")], level=2
        )
    )


def _last_plan(scene: Scene) -> Sheet | None:
    """Return the plan that is proposed, else the last that was made."""
    rows = PlanRun.objects.visible_to(scene.reader).filter(plan__isnull=False, ended_at__isnull=False)
    proposed = rows.filter(proposed_at__isnull=False, replaced_at=None).order_by("-proposed_at", "-pk")
    key = proposed.values_list("pk", flat=True).first() or rows.values_list("pk", flat=True).first()
    return run_for(scene.reader, key) if key else None


def _closing(sheet: Sheet) -> Section:
    """Return for each requirement that the plan does not meet what would."""
    words = {"name": sheet.run.name, "day": date_format(sheet.run.asked_at, "DATE_FORMAT")}
    said = [_("By the plan “%(name)s” of %(day)s.") % words, *partial(sheet.run.hidden)]
    rows = [[_need(sheet, gap), _ways(sheet, gap)] for gap in sheet.gaps]
    if not rows:
        said.append(_("It leaves no gap, or its gaps have not been explained."))
    grid = Grid([_("Requirement"), _("What would close it")], rows) if rows else None
    return Section(_("What would close the gaps"), said, grid, level=2)


def _need(sheet: Sheet, gap: Gap) -> str:
    row = sheet.names.requirements.get(gap.line.requirement.id)
    name = row.name if row else gap.line.requirement.id
    essential = _("essential")
    return f"{name} ({essential})" if gap.line.requirement.essential else name


def _ways(sheet: Sheet, gap: Gap) -> str:
    """Return in one line what the page of the plan says in a list."""
    page = render_to_string("commitments/plan/ways.html", {"sheet": sheet, "gap": gap, "need": gap.line.requirement})
    lines = [" ".join(unescape(strip_tags(line)).split()) for line in page.split("</li>")]
    return ". ".join(line for line in lines if line)
