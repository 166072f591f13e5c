"""What the conditions are found to be, and which incidents were reported since the last meeting."""

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from concertation.core.briefs import Grid, Section
from concertation.meetings.briefing.scene import Scene, day, partial
from concertation.situation.enums import Verdict
from concertation.situation.models import Incident
from concertation.situation.queries.conditions import Line, conditions_for
from concertation.situation.queries.incidents import Sums, Wanted, chosen, sums_for
from concertation.situation.queries.observation import denominator_for
from concertation.situation.templatetags.situation import figure_of

MOST = 200  # incidents that are listed one by one


def parts(scene: Scene) -> Iterator[Section]:
    """Yield the sections."""
    lines = [line for line in conditions_for(scene.reader, scene.today) if line.condition.retired_at is None]
    if lines:
        hidden = partial(sum(line.hidden for line in lines))
        headers = [_("Condition"), _("The coalition finds"), _("Since"), _("Members say")]
        yield Section(_("Conditions"), hidden, Grid(headers, [_condition(line) for line in lines]), level=2)
    wanted = Wanted(scene.since, scene.today)
    sums = sums_for(scene.reader, wanted)
    rows = list(chosen(scene.reader, wanted).select_related("kind").order_by("-occurred_at", "pk")[: MOST + 1])
    yield _totals(scene, wanted, sums)
    if rows:
        yield _list(rows)


def _condition(line: Line) -> list[str]:
    """Return a condition in one row; disagreement is listed, and not averaged."""
    finding = line.finding
    said = "; ".join(
        f"{opinion.member.name}: {Verdict(opinion.span.verdict).label}" for opinion in line.members if opinion.member
    )
    if finding is None:
        return [line.condition.name, _("nothing yet"), "–", said or "–"]
    return [line.condition.name, str(Verdict(finding.span.verdict).label), day(finding.span.since), said or "–"]


def _totals(scene: Scene, wanted: Wanted, sums: Sums) -> Section:
    """Return how many there were of each kind, with what could not be observed beside it."""
    counts = {"n": sums.count, "verified": sums.verified, "attributed": sums.attributed}
    said = [scene.since_words]
    said.append(_("Reported: %(n)d; verified: %(verified)d; attributed: %(attributed)d.") % counts)
    said += [f"{measure.label}: {figure_of(sums, measure)}" for measure, _figure in sums.shown_figures]
    known = denominator_for(scene.reader, wanted)
    if known.lines:
        facts = {"days": known.observed.days, "closed": known.observed.closed}
        said.append(_("Days of areas watched: %(days)d; without any observation: %(closed)d.") % facts)
    said += partial(sums.hidden + known.hidden)
    kinds: Counter[str] = Counter()
    for incident in chosen(scene.reader, wanted).select_related("kind").only("kind__names", "kind__code"):
        kinds[incident.kind.name] += 1
    rows = [[name, str(count)] for name, count in kinds.most_common()]
    grid = Grid([_("Kind"), _("Incidents")], rows, frozenset({1})) if rows else None
    return Section(_("Incidents"), said, grid, level=2)


def _list(rows: list[Incident]) -> Section:
    said = [_("The latest %(n)d.") % {"n": MOST}] if len(rows) > MOST else []
    headers = [_("Day"), _("Kind"), _("Place"), _("State"), _("Attributed to")]
    return Section(_("Incidents one by one"), said, Grid(headers, [_incident(row) for row in rows[:MOST]]), level=2)


def _incident(row: Incident) -> list[str]:
    return [day(row.day), row.kind.name, row.place or "–", row.get_state_display(), row.actor or "–"]
