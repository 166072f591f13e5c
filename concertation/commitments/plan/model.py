"""What a plan is made from: requirements, contributions, conditions, and the scenario under which they are read.

Months are counted from 0, spans are half-open: [start, end). Quantities are whole numbers of the smallest piece that
is counted: a battery, a person, a cent. An undisclosed quantity is no number: its contribution stays out of a problem.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from math import ceil
from types import MappingProxyType
from typing import Self

DAYS_IN_MONTH = 30  # of readiness; a unit that needs 31 days is there in the second month


class Form(StrEnum):
    """How something is counted, and what may fill it.

    A requirement of UNITs is filled by whole units only, one of a POOL by pools and units, each month anew; one of
    STOCK (money, ammunition) by stocks, once.
    """

    UNIT = "unit"
    POOL = "pool"
    STOCK = "stock"

    def takes(self, offered: "Form") -> bool:
        """Return whether a requirement of this form is filled by what is `offered` in that form."""
        return offered is self or (self is Form.POOL and offered is Form.UNIT)


@dataclass(frozen=True, slots=True)
class Requirement:
    """A need: `quantity` pieces in each month of [start, end), or once within it if it is STOCK.

    `weight` is what one month with nothing at all counts in the shortfall, `area` and `task` are what caveats exclude.
    """

    id: str
    capability: str
    form: Form
    quantity: int
    start: int
    end: int
    weight: int = 1
    essential: bool = False
    area: str = ""
    task: str = ""

    @property
    def price(self) -> float:
        """What one missing piece counts in the shortfall, in one month or, of STOCK, over the whole span."""
        return self.weight / self.quantity * (self.end - self.start if self.form is Form.STOCK else 1)

    @property
    def total(self) -> int:
        """All pieces needed: in piece-months, or in pieces if it is STOCK."""
        return self.quantity * (1 if self.form is Form.STOCK else self.end - self.start)


@dataclass(frozen=True, slots=True)
class Caveat:
    """What a member does not let its contribution do: serve in `areas` or at `tasks`. `kind` is its class."""

    id: str
    kind: str
    areas: frozenset[str] = frozenset()
    tasks: frozenset[str] = frozenset()

    def excludes(self, requirement: Requirement) -> bool:
        """Return whether the caveat forbids serving `requirement`."""
        return requirement.area in self.areas or requirement.task in self.tasks


@dataclass(frozen=True, slots=True)
class Contribution:
    """An offer of one member, or of several together in equal parts.

    A UNIT of `strength` pieces serves one requirement at a time, in tours of at most `tour` months with at least `rest`
    months between them. A POOL has `strength` pieces to divide in each month, a STOCK once. It can be used in
    [start, end), and no sooner than `readiness` days after the plan begins and its `conditions` hold. An earmark names
    the only requirements that it is for.
    """

    id: str
    members: tuple[str, ...]
    capabilities: frozenset[str]
    form: Form
    strength: int
    start: int
    end: int
    readiness: int = 0
    tour: int = 6
    rest: int = 6
    caveats: tuple[Caveat, ...] = ()
    conditions: frozenset[str] = frozenset()
    approvals_needed: frozenset[str] = frozenset()
    approvals_obtained: frozenset[str] = frozenset()
    earmarks: frozenset[str] = frozenset()

    @property
    def approvals_missing(self) -> frozenset[str]:
        """The approvals that nobody has given yet."""
        return self.approvals_needed - self.approvals_obtained

    def suits(self, requirement: Requirement) -> bool:
        """Return whether it is the right thing for `requirement`, caveats and time aside."""
        return (
            requirement.capability in self.capabilities
            and requirement.form.takes(self.form)
            and (not self.earmarks or requirement.id in self.earmarks)
        )


@dataclass(frozen=True, slots=True)
class Condition:
    """A state of the world that contributions wait for; it cannot hold before those in `after` do."""

    id: str
    after: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Member:
    """A member and its `means` (GDP, forces), in any unit that is the same for all."""

    id: str
    means: int


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is taken for granted: from which month each condition holds (never, if it is missing), which approvals are
    assumed before they are given, which caveats (contribution, caveat) are lifted, whose readiness is waived."""

    holds: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    assumed: frozenset[str] = frozenset()
    lifted: frozenset[tuple[str, str]] = frozenset()
    advanced: frozenset[str] = frozenset()

    def ready_in(self, contribution: Contribution) -> int:
        """Return how many months `contribution` needs after its conditions hold."""
        return 0 if contribution.id in self.advanced else ceil(contribution.readiness / DAYS_IN_MONTH)


@dataclass(frozen=True, slots=True, order=True)
class Tour:
    """A unit serving one requirement for `months` months from `start`."""

    contribution: str
    requirement: str
    start: int
    months: int

    @property
    def end(self) -> int:
        """The first month in which the unit no longer serves."""
        return self.start + self.months


@dataclass(frozen=True, slots=True, order=True)
class Share:
    """`amount` pieces of a pool in one month, or of a stock, of which `month` is the first in which it can be had."""

    contribution: str
    requirement: str
    month: int
    amount: int


@dataclass(frozen=True, slots=True)
class Plan:
    """Who serves what and when; both tuples are sorted, so that equal plans are equal."""

    tours: tuple[Tour, ...] = ()
    shares: tuple[Share, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything that a plan depends on. `validate` says whether it makes sense."""

    months: int
    requirements: tuple[Requirement, ...]
    contributions: tuple[Contribution, ...]
    members: tuple[Member, ...] = ()
    conditions: tuple[Condition, ...] = ()
    scenario: Scenario = field(default_factory=Scenario)
    previous: Plan | None = None

    def under(self, scenario: Scenario) -> Self:
        """Return the same problem read under another `scenario`."""
        return replace(self, scenario=scenario)
