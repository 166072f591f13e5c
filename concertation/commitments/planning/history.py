"""What members already confirmed, as the plan from which the next one should differ least; pure."""

from collections.abc import Collection
from dataclasses import replace

from concertation.commitments.plan.model import Form, Plan, Problem, Share, Tour


def shifted(plan: Plan, by: int, months: int) -> Plan:
    """Return `plan` as it reads in a plan of `months` that begins `by` months later: what lies outside is cut off."""
    tours = []
    for tour in plan.tours:
        start, end = max(tour.start - by, 0), min(tour.end - by, months)
        if start < end:
            tours.append(Tour(tour.contribution, tour.requirement, start, end - start))
    shares = [replace(share, month=share.month - by) for share in plan.shares if 0 <= share.month - by < months]
    return Plan(tuple(sorted(tours)), tuple(sorted(shares)))


def of_contributions(plan: Plan, names: Collection[str]) -> Plan:
    """Return the part of `plan` that the contributions `names` have in it."""
    tours = tuple(tour for tour in plan.tours if tour.contribution in names)
    return Plan(tours, tuple(share for share in plan.shares if share.contribution in names))


def joined(plans: Collection[Plan]) -> Plan:
    """Return parts of different contributions as one plan."""
    tours = sorted(tour for plan in plans for tour in plan.tours)
    return Plan(tuple(tours), tuple(sorted(share for plan in plans for share in plan.shares)))


def differing(problem: Problem, plan: Plan) -> tuple[int, int]:
    """Return how many contributions do something else than in the previous plan of `problem`, of how many there."""
    if problem.previous is None:
        return 0, 0
    stocks = {offer.id for offer in problem.contributions if offer.form is Form.STOCK}
    before, after = _doings(problem.previous, stocks), _doings(plan, stocks)
    return sum(after.get(name) != doings for name, doings in before.items()), len(before)


Doing = tuple[str, int, int]


def _doings(plan: Plan, stocks: Collection[str]) -> dict[str, set[Doing]]:
    """Return what each contribution does: its months at a requirement, or pieces given; of stocks whenever given."""
    doings: dict[str, set[Doing]] = {}
    for tour in plan.tours:
        own = doings.setdefault(tour.contribution, set())
        own |= {(tour.requirement, month, 0) for month in range(tour.start, tour.end)}
    for share in plan.shares:
        doings.setdefault(share.contribution, set()).add(_gift(share, share.contribution in stocks))
    return doings


def _gift(share: Share, is_stock: bool) -> Doing:
    return share.requirement, -1 if is_stock else share.month, share.amount
