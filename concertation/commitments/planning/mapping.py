"""What the coalition needs and is offered, as a problem of the solver; docs/decisions/0021-plan-runs.md says how.

Pure: it is given rows and findings, and asks nothing. Each contribution is one contribution of the problem, or is left
out for a reason that the page can say.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from statistics import median_low

from concertation.commitments.deriving import Standing, in_force, standing_at
from concertation.commitments.economies import economies
from concertation.commitments.enums import Counted, Form, Phase
from concertation.commitments.models import Contribution, Requirement, Revision, Terms
from concertation.commitments.models.catalogue import BASE
from concertation.commitments.plan import model
from concertation.commitments.plan.ground import Ground
from concertation.commitments.planning.spans import Horizon

HUNDREDTHS = 100  # pieces in one of what can be divided: cents, hundredths of a tonne
FORMS = {
    Form.UNIT: model.Form.UNIT,
    Form.POOL: model.Form.POOL,
    Form.STOCK: model.Form.STOCK,
    Form.MONEY: model.Form.STOCK,
}


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What a scenario says: `holds` has the day from which a condition holds, None for never; others are as found."""

    horizon: Horizon
    holds: Mapping[str, date | None] = field(default_factory=dict)
    assumed: frozenset[str] = frozenset()
    counted: str = Counted.ANNOUNCED


@dataclass(frozen=True, slots=True)
class Known:
    """What is known on the day of planning: since when conditions are found to hold, and rates (units per euro)."""

    today: date
    found: Mapping[str, date] = field(default_factory=dict)
    per_euro: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(slots=True)
class Mapped:
    """A problem, the contributions that are not in it by reason, and the months in which undisclosed offers could
    serve a requirement."""

    problem: model.Problem
    left_out: dict[str, list[str]]
    unknown: dict[str, list[int]]


class _LeftOut(Exception):
    """The contribution or requirement is no part of the problem, for `reason`."""

    def __init__(self, reason: str) -> None:
        self.reason = reason


def pieces(quantity: Decimal, form: str, currency: str, per_euro: Mapping[str, Decimal]) -> int:
    """Return a quantity in the pieces that the solver counts: units, hundredths, cents of a euro at the rate given.

    Raises _LeftOut for money without a rate, and for what is less than one piece.
    """
    if currency and currency != BASE:
        if currency not in per_euro:
            raise _LeftOut("no_rate")
        quantity /= per_euro[currency]
    scale = 1 if form == Form.UNIT else HUNDREDTHS
    counted = int((quantity * scale).quantize(Decimal(1), ROUND_HALF_EVEN))
    if counted < 1:
        raise _LeftOut("negative")
    return counted


def problem_of(
    requirements: Iterable[Requirement],
    contributions: Iterable[Contribution],
    assumptions: Assumptions,
    known: Known,
    previous: model.Plan | None = None,
) -> Mapped:
    """Return the problem of these rows, which must come with all that they consist of.

    `previous` counts as far as its contributions and requirements are in the problem. Raises PlanError where the rows
    make no sense together.
    """
    left_out: dict[str, list[str]] = defaultdict(list)
    needed = [need for row in requirements if (need := _need(row, assumptions.horizon, known, left_out))]
    ids = {need.id for need in needed}
    offered: list[model.Contribution] = []
    undisclosed: list[model.Contribution] = []
    pending: set[str] = set()
    for row in contributions:
        try:
            standing = _counting(row, assumptions, known)
            offer = _offer(row, standing, assumptions.horizon, known, ids)
        except _LeftOut as reason:
            left_out[reason.reason].append(str(row.pk))
            continue
        if standing.terms.amount.is_known:
            offered.append(offer)
        else:
            undisclosed.append(offer)
            left_out["undisclosed"].append(offer.id)
        pending |= {f"{offer.id}:{kind}" for kind in standing.missing_approvals - _refused(row, known.today)}
    conditions = sorted({name for offer in [*offered, *undisclosed] for name in offer.conditions})
    problem = model.Problem(
        months=assumptions.horizon.months,
        requirements=tuple(sorted(needed, key=lambda need: need.id)),
        contributions=tuple(sorted(offered, key=lambda offer: offer.id)),
        members=members_of({code for offer in [*offered, *undisclosed] for code in offer.members}),
        conditions=tuple(model.Condition(name) for name in conditions),
        scenario=_scenario(assumptions, known, conditions, pending),
        previous=_kept(previous, ids, {offer.id for offer in offered}),
    )
    return Mapped(problem, dict(left_out), _could_serve(problem, undisclosed))


def members_of(codes: set[str]) -> tuple[model.Member, ...]:
    """Return members with the size of their economy as their means, in US dollars.

    A member that the table does not have counts with the median of the others, and all count alike if it has none.
    """
    known = economies()
    products = {code: int(known[code].gdp or 0) for code in codes if code in known}
    median = median_low([product for product in products.values() if product] or [1])
    return tuple(model.Member(code, products.get(code) or median) for code in sorted(codes))


def _need(row: Requirement, horizon: Horizon, known: Known, left_out: dict[str, list[str]]) -> model.Requirement | None:
    """Return what is needed by the words of today, None if nothing is needed within the plan."""
    words = row.as_of(known.today)
    if words is None or words.is_dropped:
        return None
    span = horizon.span(words.needed_from, words.needed_to)
    if span is None:
        return None
    try:
        quantity = pieces(words.quantity, words.capability.form, words.currency, known.per_euro)
    except _LeftOut as reason:
        left_out[f"requirement_{reason.reason}"].append(str(row.pk))
        return None
    return model.Requirement(
        id=str(row.pk),
        capability=_key(words),
        form=FORMS[Form(words.capability.form)],
        quantity=quantity,
        start=span[0],
        end=span[1],
        weight=words.priority,
        essential=words.is_essential,
        area=words.area,
        task=words.task,
    )


def _key(words: Revision) -> str:
    return f"{words.line}/{words.phase}/{words.capability_id}"


def _keys(terms: Terms) -> frozenset[str]:
    """Return the keys of requirements that an offer is for: of its line, and of its phase or any."""
    phases = [terms.phase] if terms.phase else list(Phase)
    return frozenset(f"{terms.line}/{phase}/{terms.capability_id}" for phase in phases)


def _counting(row: Contribution, assumptions: Assumptions, known: Known) -> Standing:
    """Return how a contribution stands today; raises _LeftOut if it does not count under the assumptions."""
    standing = standing_at(row.told(), known.today, known.found)
    if not standing.is_live:
        raise _LeftOut("not_live")
    if assumptions.counted not in standing.stages:
        raise _LeftOut("not_counted")
    return standing


def _offer(
    row: Contribution, standing: Standing, horizon: Horizon, known: Known, needed: set[str]
) -> model.Contribution:
    """Return a contribution that counts as the solver takes it; raises _LeftOut. Undisclosed, it has one piece."""
    terms = next(terms for terms in row.terms.all() if terms.number == standing.terms.number)
    last = min((day for day in (terms.available_to, standing.expires_on) if day), default=None)
    span = horizon.span(terms.available_from, last)
    if span is None:
        raise _LeftOut("other_time")
    if terms.earmark_id and str(terms.earmark_id) not in needed:
        raise _LeftOut("other_need")
    form, low = terms.capability.form, terms.low
    strength = 1 if low is None else pieces(low, form, terms.currency, known.per_euro)
    own, approvals = str(row.pk), frozenset(terms.approvals)
    return model.Contribution(
        id=own,
        members=tuple(sorted(row.codes)),
        capabilities=_keys(terms),
        form=FORMS[Form(form)],
        strength=strength,
        start=span[0],
        end=span[1],
        readiness=terms.readiness,
        tour=terms.tour or horizon.months,
        rest=(terms.rest or 0) if terms.tour else 0,
        caveats=_caveats(row, standing),
        conditions=standing.terms.conditions,
        approvals_needed=frozenset(f"{own}:{kind}" for kind in approvals),
        approvals_obtained=frozenset(f"{own}:{kind}" for kind in approvals - standing.missing_approvals),
        earmarks=frozenset({str(terms.earmark_id)} if terms.earmark_id else ()),
    )


def _caveats(row: Contribution, standing: Standing) -> tuple[model.Caveat, ...]:
    """Return the class, the areas and the tasks of the caveats that stand; their wording stays out."""
    standing_ones = [caveat for caveat in row.caveats.all() if caveat.pk not in standing.lifted]
    return tuple(
        model.Caveat(str(caveat.number), caveat.kind, frozenset(caveat.areas), frozenset(caveat.tasks))
        for caveat in standing_ones
        if caveat.areas or caveat.tasks
    )


def _refused(row: Contribution, today: date) -> set[str]:
    """Return the approvals that were refused last, which no scenario assumes."""
    last = {fact.approval: fact.kind for fact in in_force(row.told(), today) if fact.kind in {"approved", "refused"}}
    return {approval for approval, kind in last.items() if kind == "refused"}


def _scenario(assumptions: Assumptions, known: Known, conditions: list[str], pending: set[str]) -> model.Scenario:
    days = {
        name: assumptions.holds[name] if name in assumptions.holds else known.found.get(name) for name in conditions
    }
    since = {name: assumptions.horizon.since(day) for name, day in days.items() if day is not None}
    assumed = {name for name in pending if name.rpartition(":")[2] in assumptions.assumed}
    return model.Scenario(
        holds={name: month for name, month in since.items() if month is not None}, assumed=frozenset(assumed)
    )


def _kept(plan: model.Plan | None, requirements: set[str], contributions: set[str]) -> model.Plan | None:
    """Return the parts of a former plan whose contribution and requirement are both still there."""
    if plan is None:
        return None
    tours = (tour for tour in plan.tours if tour.requirement in requirements and tour.contribution in contributions)
    shares = (s for s in plan.shares if s.requirement in requirements and s.contribution in contributions)
    return model.Plan(tuple(sorted(tours)), tuple(sorted(shares)))


def _could_serve(problem: model.Problem, undisclosed: list[model.Contribution]) -> dict[str, list[int]]:
    """Return the months in which undisclosed offers could serve each requirement, as the scenario stands."""
    if not undisclosed:
        return {}
    ground = Ground.of(replace(problem, contributions=tuple(undisclosed), previous=None))
    months: dict[str, set[int]] = defaultdict(set)
    for links in ground.links:
        for link in links:
            months[ground.requirements[link.requirement].id] |= set(range(link.start, link.end))
    return {name: sorted(found) for name, found in sorted(months.items())}
