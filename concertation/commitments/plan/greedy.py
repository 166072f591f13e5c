"""A plan at once: the requirements in the order of their importance, each filled as a conference would fill it."""

from collections.abc import Container

import numpy as np

from concertation.commitments.plan.draft import Draft
from concertation.commitments.plan.ground import Ground
from concertation.commitments.plan.model import Form, Plan


def fill_greedily(ground: Ground, plan: Plan | None = None, only: Container[int] | None = None) -> Plan:
    """Return `plan`, or an empty one, with every requirement, the important first, given what it lacks and is free.

    With `only`, no other requirements are filled.

    Divisible goods go first, then month by month the unit that can stay longest, of these the one that fits best.
    """
    draft = Draft(ground, plan)
    for requirement in by_importance(ground):
        if only is not None and requirement not in only:
            continue
        for link in ground.links_to[requirement]:
            if ground.contributions[link.contribution].form is not Form.UNIT:
                draft.fill(link)
        _send_units(draft, requirement)
    return draft.plan()


def by_importance(ground: Ground) -> list[int]:
    """Return the requirements, essential first, then by weight; the hardest to serve first among equals."""
    return sorted(
        range(len(ground.requirements)),
        key=lambda n: (not ground.essential[n], -ground.requirements[n].weight, len(ground.links_to[n]), n),
    )


def _send_units(draft: Draft, requirement: int) -> None:
    ground = draft.ground
    links = [link for link in ground.links_to[requirement] if ground.contributions[link.contribution].form is Form.UNIT]
    units = np.array([link.contribution for link in links], dtype=np.int64)
    starts, ends = (np.array([getattr(link, name) for link in links], dtype=np.int64) for name in ("start", "end"))
    tours = np.array([ground.contributions[unit].tour for unit in units], dtype=np.int64)
    needed = ground.requirements[requirement]
    for month in range(needed.start, needed.end if links else needed.start):
        while lacking := draft.missing(requirement, month):
            busy = draft.busy[units, month:]
            free = np.where(busy.any(axis=1), busy.argmax(axis=1), busy.shape[1])
            stay = np.where(starts <= month, np.minimum(np.minimum(free, tours), ends - month), 0)
            best = int(np.lexsort((units, np.abs(ground.strength[units] - lacking), -stay))[0])
            if stay[best] <= 0:
                break
            draft.serve(int(units[best]), (requirement, month, month + int(stay[best])))
