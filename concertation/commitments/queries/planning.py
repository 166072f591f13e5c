"""What a plan is made from: the rows that all its readers may read, findings and rates, and what was confirmed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import reduce

from concertation.coalition.models import Delegate
from concertation.commitments.models import Contribution, PlanAnswer, PlanRun, PlanScenario, Rate, Requirement
from concertation.commitments.models.plans import PlanRunQuerySet
from concertation.commitments.plan.model import Plan
from concertation.commitments.planning.history import joined, of_contributions, shifted
from concertation.commitments.planning.mapping import Assumptions, Known, Mapped, problem_of
from concertation.commitments.planning.spans import Horizon
from concertation.commitments.planning.stored import plan_from
from concertation.core import clock
from concertation.situation.enums import Verdict
from concertation.situation.queries.conditions import findings_for


@dataclass(frozen=True)
class Inputs:
    """The rows of a plan and who may read all of them; `readers` is None for the whole coalition."""

    requirements: list[Requirement]
    contributions: list[Contribution]
    assumptions: Assumptions
    known: Known
    readers_of_all: frozenset[str] | None
    hidden: int  # contributions that are not in the plan because not all its readers may read them
    unmet: list[str] = field(default_factory=list)

    @property
    def is_restricted(self) -> bool:
        """Whether some of it is not for the whole coalition."""
        return self.readers_of_all is not None

    @property
    def readers(self) -> frozenset[str]:
        """The members that may read all of it, none where all may, or only the secretariat."""
        return self.readers_of_all or frozenset()

    def mapped(self) -> Mapped:
        """Return the problem; raises PlanError."""
        previous = confirmed_plan(self.assumptions.horizon, self.readers_of_all)
        return problem_of(self.requirements, self.contributions, self.assumptions, self.known, previous)


def inputs_of(by: Delegate, scenario: PlanScenario, *, with_restricted: bool) -> Inputs:
    """Return what a run of `scenario` plans over: what the whole coalition may read, `with_restricted` all that `by`
    may read."""
    rows = Contribution.objects.visible_to(by).whole().prefetch_related("caveats").order_by("pk")
    contributions = list(rows if with_restricted else rows.filter(readers=""))
    restricted = [frozenset(row.reader_codes) for row in contributions if row.reader_codes]
    found = {str(row.pk): span for row, span in findings_for(by)}
    met = {name: span.since for name, span in found.items() if span and span.verdict == Verdict.VERIFIED}
    today = clock.now().date()
    return Inputs(
        requirements=list(Requirement.objects.visible_to(by).prefetch_related("revisions__capability").order_by("pk")),
        contributions=contributions,
        assumptions=assumptions_of(scenario),
        known=Known(today, met, rates_on(today)),
        readers_of_all=reduce(frozenset.intersection, restricted) if restricted else None,
        hidden=Contribution.objects.count() - len(contributions),
        unmet=sorted(found.keys() - met.keys()),
    )


def assumptions_of(scenario: PlanScenario) -> Assumptions:
    """Return a scenario as the mapping takes it."""
    return Assumptions(
        horizon=Horizon(scenario.first_month, scenario.months),
        holds={name: date.fromisoformat(day) if day else None for name, day in scenario.holds.items()},
        assumed=frozenset(scenario.assumed),
        counted=scenario.counted,
    )


def rates_on(day: date) -> dict[str, Decimal]:
    """Return how much of each currency a euro is worth by the last rate up to `day`."""
    return {rate.currency: rate.per_euro for rate in Rate.objects.filter(day__lte=day).order_by("day", "id")}


def confirmed_plan(horizon: Horizon, readers: frozenset[str] | None) -> Plan | None:
    """Return what members confirmed, as it reads in a plan over `horizon`; None if nothing was.

    Of each contribution the last proposal counts that all who offer it confirmed; proposals that some of `readers`
    (None for the whole coalition) may not read count for nothing.
    """
    parts: list[Plan] = []
    taken: set[str] = set()
    for run in _readable_by(readers).proposed().prefetch_related("answers"):
        plan = plan_from(run.plan)
        assert plan is not None
        agreed = confirming_members(run)
        offers = run.problem["contributions"]
        names = {offer["id"] for offer in offers if agreed.issuperset(offer["members"])} - taken
        moved = shifted(plan, Horizon(run.first_month, run.months).month_of(horizon.first), horizon.months)
        parts.append(of_contributions(moved, names))
        taken |= names
    return joined(parts) if taken else None


def _readable_by(readers: frozenset[str] | None) -> PlanRunQuerySet:
    """Keep runs that all `readers` may read: those of the coalition, or for at least the same members."""
    rows = PlanRun.objects.filter(readers="", audience="coalition")
    if readers is None:
        return rows
    confined = PlanRun.objects.exclude(audience="coalition")
    wider = [run.pk for run in confined.proposed().light() if readers <= set(run.reader_codes)]
    return PlanRun.objects.filter(pk__in=[*rows.proposed().values_list("pk", flat=True), *wider])


def confirming_members(run: PlanRun) -> set[str]:
    """Return the members whose last answer to a proposal is that they confirm."""
    return {code for code, answer in last_answers(run.answers.all()).items() if answer.confirms}


def last_answers(answers: Iterable[PlanAnswer]) -> dict[str, PlanAnswer]:
    """Return the answer that counts of each member."""
    return {answer.member_id: answer for answer in sorted(answers, key=lambda answer: answer.number)}
