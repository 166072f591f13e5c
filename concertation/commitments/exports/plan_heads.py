"""The heads of the files of a plan: what the scenario assumes, how far the plan is, and who may read it."""

from collections.abc import Iterator

from django.utils.formats import number_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from concertation.coalition.countries import country_name
from concertation.coalition.enums import Audience
from concertation.commitments.enums import Ending
from concertation.commitments.exports.heads import head_of
from concertation.commitments.models.catalogue import BASE
from concertation.commitments.plan.measure import StageResult
from concertation.commitments.queries.plans import Part, Sheet
from concertation.commitments.templatetags.plans import approval_name, gap_percent, left_out_reason, stage_name
from concertation.core.tables import Line


def plan_head(measure: str, sheet: Sheet) -> list[Line]:
    """Return the head of a table of one run; its day is the one on which the run was asked for."""
    run = sheet.run
    head = head_of(measure=measure, day=run.asked_at.date(), currency=BASE, is_partial=bool(run.hidden))
    return [*head, *plan_facts(sheet)]


def plan_facts(sheet: Sheet) -> list[Line]:
    """Return what the scenario assumes, how far the plan is, what is not in it, and for whom it is; labels differ."""
    return [*_scenario(sheet), *_state(sheet), *_extent(sheet)]


def _extent(sheet: Sheet) -> Iterator[Line]:
    """Yield what is not in the plan, and for whom it is where it is not for all."""
    run = sheet.run
    if run.hidden:
        label = _("Contributions that are not in this plan, because not all its readers may read them")
        yield Line("hidden", label, run.hidden)
    label = _("Not part of this plan")
    for reason, ids in run.left_out.items():
        yield Line("left_out", f"{label} · {left_out_reason(reason)}", len(ids))
    if run.audience != Audience.COALITION:
        yield Line("audience", _("Only for the secretariat and"), _readers(sheet))


def _readers(sheet: Sheet) -> str:
    names = [country_name(code, get_language() or "en") for code in sheet.run.reader_codes]
    return ", ".join(names) or pgettext("members", "none")


def _scenario(sheet: Sheet) -> Iterator[Line]:
    """Yield what is taken for granted, over which months."""
    run = sheet.run
    yield Line("scenario", _("Scenario"), run.name)
    yield Line("first_month", _("First month"), f"{run.first_month:%Y-%m}")
    yield Line("months", _("Number of months"), run.months)
    yield Line("counted", _("Contributions that count"), run.get_counted_display())
    label = _("Condition")
    for condition, since in sorted(sheet.since, key=lambda row: row[0].name):
        held = _("from %(month)s") % {"month": f"{since:%Y-%m}"} if since else pgettext("condition", "does not hold")
        yield Line("condition", f"{label} · {condition.name}", held)
    kinds = ", ".join(approval_name(kind) for kind in run.assumed) or pgettext("approvals", "as obtained")
    yield Line("approvals", _("Approvals assumed while they are pending"), kinds)


def _state(sheet: Sheet) -> Iterator[Line]:
    """Yield how far the plan is, how good it is by stage, and what members say to it."""
    run = sheet.run
    yield Line("state", _("State"), _state_of(sheet))
    yield Line("seconds", _("Seconds planned"), round(run.seconds, 1))
    for result in sheet.stages:
        yield Line("stage", f"{result.stage.value}. {stage_name(result.stage)}", _stage(result))
    if run.proposed_at:
        yield Line("proposed", _("Proposed on"), run.proposed_at.date())
        label = _("Answer")
        for part in sheet.parts:
            yield Line("answer", f"{label} · {part.member.name}", _answer(part))
    if run.replaced_at:
        yield Line("replaced", _("Replaced by another proposal on"), run.replaced_at.date())


def _stage(result: StageResult) -> str:
    """Return the figure of a stage and what is proven of it, as the page says it."""
    value, bound = number_format(result.value, 2), number_format(result.bound, 2)
    said = _("proven optimal")
    if not result.proven:
        said = _("no plan goes below %(bound)s, left to gain: %(gap)s") % {"bound": bound, "gap": gap_percent(result)}
    return f"{value}, {said}"


def _answer(part: Part) -> str:
    if part.answer is None:
        return pgettext("answer", "waits")
    said = pgettext("answer", "confirmed") if part.answer.confirms else pgettext("answer", "declined")
    return " · ".join(filter(None, (said, part.answer.reason)))


def _state_of(sheet: Sheet) -> str:
    """Return how far a run is, in the words of its page."""
    run = sheet.run
    if run.is_working:
        return _("planning")
    if run.ending == Ending.FAILED:
        interrupted = _("The run was interrupted. The plan below is the last one that it found.")
        return interrupted if sheet.plan else _("no plan")
    if sheet.is_proven or run.ending == Ending.PROVEN:
        return _("proven optimal")
    return pgettext("run", "cancelled") if run.ending == Ending.CANCELLED else pgettext("run", "time is up")
