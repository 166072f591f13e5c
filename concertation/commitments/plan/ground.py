"""A problem made ready for planning: who may serve what in which months under its scenario, in arrays and by index.

Everything is in the order of ids, so that no result depends on the order in which a problem was written down.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import fsum
from operator import attrgetter
from typing import Self

import numpy as np
from numpy.typing import NDArray

from concertation.commitments.plan.model import Contribution, Form, Plan, Problem, Requirement
from concertation.commitments.plan.validation import validate, waits_for

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Link:
    """A contribution may serve a requirement in the months [start, end); both by their place in the order of ids."""

    contribution: int
    requirement: int
    start: int
    end: int


@dataclass(frozen=True)
class Ground:
    """The requirements and contributions of a problem in order, and the links between them."""

    problem: Problem
    requirements: tuple[Requirement, ...]
    contributions: tuple[Contribution, ...]
    links: tuple[tuple[Link, ...], ...]

    @classmethod
    def of(cls, problem: Problem) -> Self:
        """Return the ground of `problem`.

        Raises:
            PlanError: the problem makes no sense.
        """
        validate(problem)
        requirements = tuple(sorted(problem.requirements, key=attrgetter("id")))
        contributions = tuple(sorted(problem.contributions, key=attrgetter("id")))
        by_capability: dict[str, list[int]] = {}
        for place, requirement in enumerate(requirements):
            by_capability.setdefault(requirement.capability, []).append(place)
        links = tuple(
            tuple(_links(problem, place, contribution, requirements, by_capability))
            for place, contribution in enumerate(contributions)
        )
        return cls(problem, requirements, contributions, links)

    @cached_property
    def links_to(self) -> tuple[tuple[Link, ...], ...]:
        """The links by requirement."""
        found: list[list[Link]] = [[] for _ in self.requirements]
        for links in self.links:
            for link in links:
                found[link.requirement].append(link)
        return tuple(tuple(links) for links in found)

    @cached_property
    def need(self) -> Whole:
        """Pieces needed, requirement by month; all of a STOCK in the first month of its span."""
        need = np.zeros((len(self.requirements), self.problem.months), dtype=np.int64)
        for place, requirement in enumerate(self.requirements):
            end = requirement.start + 1 if requirement.form is Form.STOCK else requirement.end
            need[place, requirement.start : end] = requirement.quantity
        return need

    @cached_property
    def price(self) -> Floats:
        """What a missing piece counts, by requirement."""
        return np.array([requirement.price for requirement in self.requirements], dtype=np.float64)

    @cached_property
    def everything(self) -> float:
        """What the shortfall would be if nobody did anything."""
        return fsum(requirement.price * requirement.total for requirement in self.requirements)

    @cached_property
    def means(self) -> int:
        """The means of all members together."""
        return sum(member.means for member in self.problem.members)

    @cached_property
    def essential(self) -> NDArray[np.bool_]:
        """Which requirements are essential."""
        return np.array([requirement.essential for requirement in self.requirements], dtype=np.bool_)

    @cached_property
    def strength(self) -> Whole:
        """Pieces of each contribution."""
        return np.array([contribution.strength for contribution in self.contributions], dtype=np.int64)

    @cached_property
    def unapproved(self) -> NDArray[np.bool_]:
        """Which contributions still lack an approval."""
        return np.array([bool(contribution.approvals_missing) for contribution in self.contributions], dtype=np.bool_)

    def placed(self, form: Form) -> list[int]:
        """Return the contributions of `form` that may serve anything."""
        return [n for n, contribution in enumerate(self.contributions) if contribution.form is form and self.links[n]]

    @cached_property
    def requirement_at(self) -> Mapping[str, int]:
        """The place of each requirement, by id."""
        return {requirement.id: place for place, requirement in enumerate(self.requirements)}

    @cached_property
    def contribution_at(self) -> Mapping[str, int]:
        """The place of each contribution, by id."""
        return {contribution.id: place for place, contribution in enumerate(self.contributions)}

    def column(self, requirement: int, month: int) -> int:
        """Return the month in which `need` counts what `requirement` gets in `month`."""
        needed = self.requirements[requirement]
        return needed.start if needed.form is Form.STOCK else month

    def cover(self, plan: Plan) -> Whole:
        """Return the pieces that `plan` places, requirement by month."""
        cover = np.zeros_like(self.need)
        for tour in plan.tours:
            strength = self.contributions[self.contribution_at[tour.contribution]].strength
            cover[self.requirement_at[tour.requirement], tour.start : tour.end] += strength
        for share in plan.shares:
            place = self.requirement_at[share.requirement]
            cover[place, self.column(place, share.month)] += share.amount
        return cover


def holds_from(problem: Problem, contribution: Contribution) -> int | None:
    """Return the month from which all conditions of `contribution` hold, None if one never does."""
    months = [problem.scenario.holds.get(name) for name in waits_for(problem, contribution.conditions)]
    known = [month for month in months if month is not None]
    return max(known, default=0) if len(known) == len(months) else None


def usable_from(problem: Problem, contribution: Contribution) -> int | None:
    """Return the first month in which `contribution` can be used under the scenario, None if it cannot."""
    since = holds_from(problem, contribution)
    if since is None or not contribution.approvals_missing <= problem.scenario.assumed:
        return None
    return max(contribution.start, since + problem.scenario.ready_in(contribution))


def _links(
    problem: Problem,
    place: int,
    contribution: Contribution,
    requirements: tuple[Requirement, ...],
    by_capability: dict[str, list[int]],
) -> list[Link]:
    since = usable_from(problem, contribution)
    if since is None:
        return []
    binding = [caveat for caveat in contribution.caveats if (contribution.id, caveat.id) not in problem.scenario.lifted]
    found = []
    for number in sorted(n for name in contribution.capabilities for n in by_capability.get(name, [])):
        requirement = requirements[number]
        start, end = max(since, requirement.start), min(contribution.end, requirement.end)
        if start < end and contribution.suits(requirement) and not any(c.excludes(requirement) for c in binding):
            found.append(Link(place, number, start, end))
    return found
