"""Seeded instances of force generation, in three sizes: a public set, since there is none.

The same size and seed give the same problem on every machine: only `random.Random` is drawn from, in a fixed order.
Over 24 months members offer for some 70 to 90 % of the need: units with tours and rest, pools, and money; some have
caveats by area, wait for a ceasefire or a backstop, or lack approvals, of which the scenario assumes one in two.
"""

from dataclasses import dataclass, replace
from random import Random
from types import MappingProxyType

from concertation.commitments.plan.model import (
    Caveat,
    Condition,
    Contribution,
    Form,
    Member,
    Problem,
    Requirement,
    Scenario,
)

MONTHS = 24
AREAS = ("coast", "east", "north", "south", "west")


@dataclass(frozen=True, slots=True)
class Size:
    """How many of everything an instance has."""

    members: int
    requirements: int
    contributions: int
    capabilities: int


SIZES = MappingProxyType(
    {
        "S": Size(5, 20, 60, 6),
        "M": Size(35, 200, 600, 16),
        "L": Size(350, 2000, 6000, 48),
    }
)


def make_problem(size: str, seed: int) -> Problem:
    """Return instance `seed` of `size`: "S", "M" or "L"."""
    random, numbers = Random(f"{size}{seed}"), SIZES[size]
    kinds = [_form(n, numbers.capabilities) for n in range(numbers.capabilities)]
    members = tuple(Member(f"m{n:03}", round(10 ** random.uniform(1, 3.5))) for n in range(numbers.members))
    contributions = tuple(_contribution(random, n, kinds, members) for n in range(numbers.contributions))
    needs = [_drawn(random, n, kinds) for n in range(numbers.requirements)]
    requirements = _scaled(needs, contributions, kinds, random.uniform(0.7, 0.9))
    return Problem(
        months=MONTHS,
        requirements=requirements,
        contributions=contributions,
        members=members,
        conditions=(Condition("ceasefire"), Condition("backstop", frozenset({"ceasefire"}))),
        scenario=Scenario(
            holds=MappingProxyType({"ceasefire": 3, "backstop": 6}),
            assumed=frozenset(f"{m.id} parliament" for m in members if random.random() < 0.5),
        ),
    )


def _form(number: int, capabilities: int) -> Form:
    if number < capabilities * 0.6:
        return Form.UNIT
    return Form.POOL if number < capabilities * 0.8 else Form.STOCK


def _drawn(random: Random, number: int, kinds: list[Form]) -> Requirement:
    """Return a requirement whose quantity says how large it is beside others of its capability, out of 1000."""
    capability, start = number % len(kinds), random.choice((0, 0, 3, 6, 9, 12))
    return Requirement(
        id=f"r{number:04}",
        capability=f"c{capability:02}",
        form=kinds[capability],
        quantity=random.randint(300, 1000),
        start=start,
        end=min(start + random.choice((6, 9, 12, 18, 24)), MONTHS),
        weight=random.choice((1, 1, 2, 3, 5)),
        essential=random.random() < 0.15,
        area=random.choice(AREAS),
    )


def _scaled(
    drawn: list[Requirement], contributions: tuple[Contribution, ...], kinds: list[Form], offered: float
) -> tuple[Requirement, ...]:
    """Return the requirements in such quantities that about `offered` of what each capability needs is offered."""
    offers, needs = [0.0] * len(kinds), [0] * len(kinds)
    for n, contribution in enumerate(contributions):
        offers[n % len(kinds)] += contribution.strength * _served(contribution)
    for n, requirement in enumerate(drawn):
        needs[n % len(kinds)] += requirement.total
    scale = [offer / offered / need for offer, need in zip(offers, needs, strict=True)]
    return tuple(
        replace(requirement, quantity=max(round(requirement.quantity * scale[n % len(kinds)]), 1))
        for n, requirement in enumerate(drawn)
    )


def _served(contribution: Contribution) -> float:
    """Return in how many months it can give its strength: once for a stock, between rests for a unit."""
    if contribution.form is Form.STOCK:
        return 1.0
    months = contribution.end - contribution.start
    return months * (
        contribution.tour / (contribution.tour + contribution.rest) if contribution.form is Form.UNIT else 0.7
    )


def _strength(random: Random, form: Form, kind: Form) -> int:
    if kind is Form.UNIT:
        return random.choices((1, 2, 3), (70, 25, 5))[0]
    if kind is Form.STOCK:
        return random.randint(1, 400) * 25_000_000  # up to 100 million, in cents
    return random.randint(10, 60) if form is Form.POOL else random.randint(8, 30)


def _contribution(random: Random, number: int, kinds: list[Form], members: tuple[Member, ...]) -> Contribution:
    capability, member = number % len(kinds), random.choice(members)
    kind = kinds[capability]
    form = Form.UNIT if kind is Form.POOL and random.random() < 0.25 else kind
    tour, rest = random.choice(((3, 3), (4, 6), (6, 6), (6, 6)))
    names = {f"c{capability:02}"} | ({f"c{random.randrange(len(kinds)):02}"} if random.random() < 0.05 else set())
    joint = (random.choice(members).id,) if random.random() < 0.08 else ()
    return Contribution(
        id=f"o{number:04}",
        members=tuple(sorted({member.id, *joint})),
        capabilities=frozenset(names),
        form=form,
        strength=_strength(random, form, kind),
        start=random.choice((0, 0, 0, 2, 4, 8)),
        end=MONTHS,
        readiness=random.choice((0, 10, 30, 60, 90)),
        tour=tour,
        rest=rest,
        caveats=_caveats(random, number),
        conditions=frozenset(random.choice(((), (), (), ("ceasefire",), ("backstop",)))),
        approvals_needed=frozenset({f"{member.id} parliament"} if random.random() < 0.3 else ()),
    )


def _caveats(random: Random, number: int) -> tuple[Caveat, ...]:
    if random.random() < 0.6:
        return ()
    return (Caveat(f"v{number:04}", "geographic", frozenset(random.sample(AREAS, random.randint(1, 2)))),)
