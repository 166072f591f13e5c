"""Refuses problems that make no sense, before anything is computed."""

from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter

from concertation.commitments.plan.model import Contribution, Problem, Requirement

MOST_PIECES = 10**15  # ten trillion euros in cents; beyond that doubles no longer hold every piece
MOST_MONTHS = 600


class PlanError(Exception):
    """A problem or a plan that cannot be right; `subject` is the id of what is wrong, `about` of what it names."""

    def __init__(self, subject: str, message: str, about: str = "") -> None:
        super().__init__(f"{subject}: {message}")
        self.subject, self.about = subject, about


class BadQuantity(PlanError):
    """A quantity, strength, weight, means or length that is not in its range."""


class BadSpan(PlanError):
    """A span of months that is reversed or outside the plan."""


class DuplicateId(PlanError):
    """An id that two things of one kind have."""


class UnknownReference(PlanError):
    """An id that names nothing."""


class CircularConditions(PlanError):
    """Conditions that wait for each other."""


class InfeasibleEarmark(PlanError):
    """An earmark for a requirement that the contribution can never serve, whatever is granted."""


def validate(problem: Problem) -> None:
    """Raise the first `PlanError` that `problem` has; return nothing if it has none."""
    _in_range("the plan", "months", problem.months, 1, MOST_MONTHS)
    for things in (problem.requirements, problem.contributions, problem.members, problem.conditions):
        _unique(thing.id for thing in things)
    for member in problem.members:
        _in_range(member.id, "means", member.means, 1, MOST_PIECES)
    _check_conditions(problem)
    for requirement in problem.requirements:
        _in_range(requirement.id, "quantity", requirement.quantity, 1, MOST_PIECES)
        _in_range(requirement.id, "weight", requirement.weight, 1, 10**6)
        _in_plan(requirement, problem.months)
    requirements = {requirement.id: requirement for requirement in problem.requirements}
    for contribution in problem.contributions:
        _check_contribution(contribution, problem)
        _check_earmarks(contribution, requirements)


def waits_for(problem: Problem, conditions: Iterable[str]) -> frozenset[str]:
    """Return `conditions` and all that must hold before them.

    Raises:
        KeyError: one of them is not in `problem`.
    """
    after = {condition.id: condition.after for condition in problem.conditions}
    found: set[str] = set()
    waiting = list(conditions)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(after[name])
    return frozenset(found)


def _check_conditions(problem: Problem) -> None:
    known = {condition.id for condition in problem.conditions}
    for condition in problem.conditions:
        _known(condition.id, condition.after, known)
    try:
        TopologicalSorter({condition.id: condition.after for condition in problem.conditions}).prepare()
    except CycleError as error:
        circle = error.args[1]
        raise CircularConditions(min(circle), f"waits for itself: {' → '.join(circle)}") from error
    _known("the scenario", problem.scenario.holds, known)
    for name, month in problem.scenario.holds.items():
        if month < 0:
            raise BadSpan(name, f"holds from month {month}, before the plan begins")


def _check_contribution(contribution: Contribution, problem: Problem) -> None:
    _in_range(contribution.id, "strength", contribution.strength, 1, MOST_PIECES)
    _in_range(contribution.id, "readiness", contribution.readiness, 0, 3650)
    _in_range(contribution.id, "tour", contribution.tour, 1, MOST_MONTHS)
    _in_range(contribution.id, "rest", contribution.rest, 0, MOST_MONTHS)
    _in_plan(contribution, problem.months)
    _unique(caveat.id for caveat in contribution.caveats)
    if not contribution.members:
        raise UnknownReference(contribution.id, "nobody offers it")
    _known(contribution.id, contribution.members, {member.id for member in problem.members})
    _known(contribution.id, contribution.conditions, {condition.id for condition in problem.conditions})


def _check_earmarks(contribution: Contribution, requirements: dict[str, Requirement]) -> None:
    _known(contribution.id, contribution.earmarks, requirements)
    for name in sorted(contribution.earmarks):
        requirement = requirements[name]
        if not contribution.suits(requirement):
            raise InfeasibleEarmark(contribution.id, f"is earmarked for {name}, which needs something else", name)
        if contribution.end <= requirement.start or requirement.end <= contribution.start:
            raise InfeasibleEarmark(contribution.id, f"is earmarked for {name}, which is needed at another time", name)


def _in_range(subject: str, what: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        raise BadQuantity(subject, f"{what} is {value}, and must be from {least} to {most}")


def _in_plan(thing: Requirement | Contribution, months: int) -> None:
    if not 0 <= thing.start < thing.end <= months:
        raise BadSpan(thing.id, f"months [{thing.start}, {thing.end}) are reversed or outside [0, {months})")


def _known(subject: str, names: Iterable[str], known: Iterable[str]) -> None:
    for name in sorted(set(names) - set(known)):
        raise UnknownReference(subject, f"names {name}, which does not exist", name)


def _unique(names: Iterator[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise DuplicateId(name, "is there twice")
        seen.add(name)
