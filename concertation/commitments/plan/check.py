"""Verifies a plan against its problem, from the words of the model alone: it shares no code with what makes plans."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

from concertation.commitments.plan.model import (
    DAYS_IN_MONTH,
    Contribution,
    Form,
    Plan,
    Problem,
    Requirement,
    Share,
    Tour,
)


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that a plan breaks, and the contribution that breaks it."""

    contribution: str
    rule: str


def check(problem: Problem, plan: Plan) -> tuple[Breach, ...]:
    """Return every breach of `problem` in `plan`, none if the plan can be carried out."""
    contributions = {contribution.id: contribution for contribution in problem.contributions}
    requirements = {requirement.id: requirement for requirement in problem.requirements}
    found: list[Breach] = []
    parts: list[Tour | Share] = [*plan.tours, *plan.shares]
    for part in parts:
        contribution, requirement = contributions.get(part.contribution), requirements.get(part.requirement)
        if contribution is None or requirement is None:
            found.append(Breach(part.contribution, f"serves {part.requirement}: one of them does not exist"))
        else:
            rules = _suitable(problem, contribution, requirement) + _in_time(problem, contribution, requirement, part)
            found += [Breach(contribution.id, rule) for rule in rules]
    found += _tours_apart(contributions, plan)
    found += _conserved(contributions, plan)
    return tuple(found)


def feasible_part(problem: Problem, plan: Plan) -> Plan:
    """Return `plan` without what those contributions do that break a rule of `problem`."""
    while broken := {breach.contribution for breach in check(problem, plan)}:
        tours = tuple(tour for tour in plan.tours if tour.contribution not in broken)
        plan = Plan(tours, tuple(share for share in plan.shares if share.contribution not in broken))
    return plan


def _suitable(problem: Problem, contribution: Contribution, requirement: Requirement) -> list[str]:
    broken = []
    if requirement.capability not in contribution.capabilities:
        broken.append(f"cannot do what {requirement.id} needs")
    if (requirement.form, contribution.form) not in {
        (Form.UNIT, Form.UNIT),
        (Form.POOL, Form.UNIT),
        (Form.POOL, Form.POOL),
        (Form.STOCK, Form.STOCK),
    }:
        broken.append(f"is a {contribution.form}, {requirement.id} needs a {requirement.form}")
    if contribution.earmarks and requirement.id not in contribution.earmarks:
        broken.append(f"is not earmarked for {requirement.id}")
    for caveat in contribution.caveats:
        lifted = (contribution.id, caveat.id) in problem.scenario.lifted
        if not lifted and (requirement.area in caveat.areas or requirement.task in caveat.tasks):
            broken.append(f"has caveat {caveat.id} against {requirement.id}")
    given = contribution.approvals_obtained | problem.scenario.assumed
    return broken + [f"lacks approval {approval}" for approval in sorted(contribution.approvals_needed - given)]


def _in_time(problem: Problem, contribution: Contribution, requirement: Requirement, part: Tour | Share) -> list[str]:
    first, end = (part.start, part.end) if isinstance(part, Tour) else (part.month, part.month + 1)
    broken = []
    if first < contribution.start or end > contribution.end:
        broken.append(f"is used in [{first}, {end}), and can be had in [{contribution.start}, {contribution.end})")
    if first < requirement.start or end > requirement.end:
        broken.append(f"serves {requirement.id} in [{first}, {end}), when it is not needed")
    since, waiting = 0, sorted(contribution.conditions)
    after = {condition.id: condition.after for condition in problem.conditions}
    while waiting:
        name = waiting.pop()
        waiting += sorted(after[name])
        month = problem.scenario.holds.get(name)
        if month is None or month > first:
            broken.append(f"waits for {name}, which does not hold in month {first}")
        else:
            since = max(since, month)
    days = 0 if contribution.id in problem.scenario.advanced else contribution.readiness
    if (first - since) * DAYS_IN_MONTH < days:
        broken.append(f"needs {days} days, and is used {first - since} months after its conditions hold")
    return broken


def _tours_apart(contributions: dict[str, Contribution], plan: Plan) -> list[Breach]:
    tours: dict[str, list[Tour]] = defaultdict(list)
    for tour in plan.tours:
        tours[tour.contribution].append(tour)
    found = []
    for name in sorted(tours.keys() & contributions.keys()):
        unit, served = contributions[name], sorted(tours[name], key=lambda tour: tour.start)
        if unit.form is not Form.UNIT:
            found.append(Breach(name, "is divisible, and does not serve in tours"))
        found += [
            Breach(name, f"serves {tour.months} months on end, of at most {unit.tour}")
            for tour in served
            if not 1 <= tour.months <= unit.tour
        ]
        for before, after in pairwise(served):
            if after.start < before.end:
                found.append(Breach(name, f"is used twice in month {after.start}"))
            elif after.start - before.end < unit.rest:
                found.append(Breach(name, f"rests {after.start - before.end} months, of at least {unit.rest}"))
    return found


def _conserved(contributions: dict[str, Contribution], plan: Plan) -> list[Breach]:
    used: dict[tuple[str, int], int] = defaultdict(int)
    found, seen = [], set()
    for share in plan.shares:
        contribution = contributions.get(share.contribution)
        if contribution is None:
            continue
        if contribution.form is Form.UNIT or share.amount < 1:
            found.append(Breach(share.contribution, f"gives {share.amount} pieces, and cannot"))
        place = (share.contribution, share.requirement, share.month)
        if place in seen:
            found.append(Breach(share.contribution, f"gives to {share.requirement} twice in month {share.month}"))
        seen.add(place)
        used[share.contribution, 0 if contribution.form is Form.STOCK else share.month] += share.amount
    for (name, month), amount in sorted(used.items()):
        if amount > contributions[name].strength:
            found.append(Breach(name, f"gives {amount} of {contributions[name].strength} pieces in month {month}"))
    return found
