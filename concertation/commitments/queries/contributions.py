"""Contributions as a reader sees them: how each stands on a day, what happened to it, what may be done with it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

import numpy as np
from django.db.models import QuerySet

from concertation.coalition.models import Delegate, Member
from concertation.commitments.deriving import Standing, standing_at
from concertation.commitments.enums import Approval, FactKind, Line, Stage, State
from concertation.commitments.ledger import LINES, STATES, Ledger, Mask, ledger_at
from concertation.commitments.models import Caveat, Contribution, Fact, Terms
from concertation.commitments.reading import CONTRIBUTION, verified
from concertation.commitments.rules import abilities, may_correct
from concertation.situation.enums import Verdict
from concertation.situation.models import Condition
from concertation.situation.queries.conditions import findings_at

PAGE = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """A contribution in a list."""

    contribution: Contribution
    terms: Terms
    standing: Standing

    @property
    def members(self) -> list[Member]:
        """Who offers it."""
        return [party.member for party in self.contribution.parties.all()]


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for among contributions; empty means all."""

    member: str = ""
    line: Line | str = ""
    capability: str = ""
    state: State | str = ""
    words: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of contributions, how many there are, and how many are not for the reader."""

    entries: list[Entry]
    count: int
    hidden: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(-(-self.count // PAGE), 1)

    @property
    def previous(self) -> int:
        """The number of the page before."""
        return self.page - 1

    @property
    def next(self) -> int:
        """The number of the page after."""
        return self.page + 1


@dataclass(frozen=True, slots=True)
class History:
    """An entry in the history of a contribution: a fact, or new terms."""

    day: date
    number: tuple[int, int]
    fact: Fact | None = None
    terms: Terms | None = None
    correction: Fact | None = None
    can_correct: bool = False


@dataclass(frozen=True, slots=True)
class ApprovalLine:
    """An approval that the terms need, and the fact that gave or refused it."""

    approval: Approval
    fact: Fact | None

    @property
    def is_given(self) -> bool:
        """Whether it was obtained."""
        return self.fact is not None and self.fact.kind == FactKind.APPROVED


@dataclass(frozen=True, slots=True)
class CaveatLine:
    """A caveat, its wording as far as the reader may read it, and the fact that lifted it."""

    caveat: Caveat
    is_readable: bool
    lifted: Fact | None


@dataclass(frozen=True, slots=True)
class ConditionLine:
    """A condition that the contribution waits for, and what the coalition finds."""

    condition: Condition
    verdict: str
    since: date | None

    @property
    def holds(self) -> bool:
        """Whether the coalition finds that it holds."""
        return self.verdict == Verdict.VERIFIED


@dataclass(frozen=True, slots=True)
class Step:
    """A stage, and whether a contribution has reached it."""

    stage: Stage
    reached: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A contribution with everything about it."""

    entry: Entry
    history: list[History]
    approvals: list[ApprovalLine]
    caveats: list[CaveatLine]
    conditions: list[ConditionLine]
    can: dict[str, bool] = field(default_factory=dict)

    @property
    def steps(self) -> list[Step]:
        """The stages in order, each with whether it was reached."""
        return [Step(stage, stage in self.entry.standing.stages) for stage in Stage]

    @property
    def warnings(self) -> list[tuple[Stage, Stage]]:
        """Stages that ran ahead of others."""
        return [(Stage(stage), Stage(before)) for stage, before in self.entry.standing.ahead]


def whole(contributions: QuerySet[Contribution]) -> QuerySet[Contribution]:
    """Fetch with contributions all that a page says of them."""
    return contributions.prefetch_related(
        "parties__member", "terms__capability", "terms__conditions", "terms__earmark__revisions", "facts__by__person"
    )


def entry_of(contribution: Contribution, day: date, holds: dict[str, date]) -> Entry:
    """Return how a contribution stands on `day`."""
    standing = standing_at(contribution.told(), day, holds)
    terms = next(terms for terms in contribution.terms.all() if terms.number == standing.terms.number)
    return Entry(contribution, terms, standing)


def contributions_for(reader: Delegate, search: Search) -> Listing:
    """Return one page of the contributions that `reader` may read, the last changed first, in about eight queries."""
    ledger = ledger_at()
    seen = ledger.visible_to(reader)
    places = (seen & _wanted(ledger, search)).nonzero()[0]
    page = min(max(search.page, 1), max(-(-len(places) // PAGE), 1))
    latest = places[np.argsort(-ledger.rows["changed"][places], kind="stable")]
    keys = [ledger.ids[place] for place in latest[(page - 1) * PAGE : page * PAGE]]
    shown = whole(Contribution.objects.visible_to(reader).filter(pk__in=keys))
    entries = [entry_of(one, ledger.day, dict(ledger.holds)) for one in shown]
    entries.sort(key=lambda entry: keys.index(entry.contribution.pk))
    return Listing(entries, len(places), int((~seen).sum()), page)


def _wanted(ledger: Ledger, search: Search) -> Mask:
    """Return which rows fit, whoever may read them."""
    fits: Mask = np.ones(ledger.count, bool)
    if search.member:
        fits &= ledger.offered_by(search.member)
    if search.line:
        fits &= ledger.rows["line"] == LINES.index(search.line)
    if search.capability:
        fits &= ledger.rows["capability"] == ledger.capabilities.find(search.capability)
    if search.state:
        fits &= ledger.rows["state"] == STATES.index(search.state)
    if search.words:
        said = Terms.objects.filter(title__icontains=search.words).order_by()
        fits &= ledger.where(key for (key,) in said.values_list(CONTRIBUTION))
    return fits


def contribution_for(reader: Delegate, contribution_id: UUID, day: date) -> Sheet | None:
    """Return all about a contribution that `reader` may read as it is on `day`, None where there is none."""
    visible = Contribution.objects.visible_to(reader).filter(pk=contribution_id)
    contribution = whole(visible).first()
    if contribution is None:
        return None
    findings = findings_at(day)
    entry = entry_of(contribution, day, verified(findings))
    facts = list(contribution.facts.all())
    return Sheet(
        entry=entry,
        history=sorted(_history(contribution, facts, reader), key=lambda line: (line.day, line.number), reverse=True),
        approvals=approvals_of(entry, facts, day),
        caveats=_caveats(contribution, facts, reader),
        conditions=[
            ConditionLine(condition, span.verdict if span else "", span.since if span else None)
            for condition in entry.terms.conditions.all()
            for span in [findings.get(str(condition.pk))]
        ],
        can=abilities(reader, contribution.codes, entry.standing),
    )


def fact_for(reader: Delegate, fact_id: UUID) -> Fact | None:
    """Return an entry on a contribution that `reader` may read."""
    visible = Contribution.objects.visible_to(reader)
    rows = Fact.objects.filter(pk=fact_id, contribution__in=visible)
    return rows.select_related("contribution", "caveat", "by").first()


def _history(contribution: Contribution, facts: list[Fact], reader: Delegate) -> Iterator[History]:
    """Yield what happened, corrected entries too."""
    correction_of = {fact.corrects_id: fact for fact in facts if fact.corrects_id}
    for fact in facts:
        correction = correction_of.get(fact.pk)
        can = correction is None and fact.kind != FactKind.VOID and may_correct(reader, contribution.codes, fact)
        yield History(fact.day, (1, fact.number), fact=fact, correction=correction, can_correct=can)
    for terms in contribution.terms.all():
        if terms.number > 1:
            yield History(terms.valid_from, (0, terms.number), terms=terms)


def approvals_of(entry: Entry, facts: list[Fact], day: date) -> list[ApprovalLine]:
    """Return the approvals that a contribution needs, each with the fact that stands on `day`."""
    corrected = {fact.corrects_id for fact in facts}
    last = {
        fact.approval: fact
        for fact in sorted(facts, key=lambda fact: (fact.day, fact.number))
        if fact.kind in {FactKind.APPROVED, FactKind.REFUSED} and fact.pk not in corrected and fact.day <= day
    }
    return [ApprovalLine(Approval(name), last.get(name)) for name in entry.terms.approvals]


def _caveats(contribution: Contribution, facts: list[Fact], reader: Delegate) -> list[CaveatLine]:
    corrected = {fact.corrects_id for fact in facts}
    lifted = {fact.caveat_id: fact for fact in facts if fact.kind == FactKind.LIFTED and fact.pk not in corrected}
    readable = set(Caveat.objects.visible_to(reader).filter(contribution=contribution).values_list("pk", flat=True))
    return [CaveatLine(caveat, caveat.pk in readable, lifted.get(caveat.pk)) for caveat in contribution.caveats.all()]
