"""The five stages as linear costs of the columns of a tour program."""

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from concertation.commitments.plan.measure import Stage, burden_share, change, measure, parts_of, work_of
from concertation.commitments.plan.model import Form
from concertation.commitments.plan.tours import TourProgram


@dataclass
class Objective:
    """The cost of each column at one stage, and what the stage counts whatever the columns are."""

    cost: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    constant: float = 0.0


def objective_of(tours: TourProgram, stage: Stage) -> Objective:
    """Return the objective of `stage`; rows and columns that it needs are added to the program."""
    if stage is Stage.UNAPPROVED:
        return _unapproved(tours)
    if stage is Stage.BURDEN:
        return _burden(tours)
    if stage is Stage.CHANGE:
        return _change(tours)
    return _shortfall(tours, essential=stage is Stage.ESSENTIAL)


def _shortfall(tours: TourProgram, *, essential: bool) -> Objective:
    ground, found = tours.ground, Objective()
    missing = np.maximum(ground.need - tours.stays.cover, 0)
    for column, (requirement, month) in tours.short.items():
        missing[requirement, month] = 0
        if not essential or ground.essential[requirement]:
            found.cost[column] = float(ground.price[requirement]) * tours.scale(requirement)
    rows = missing.sum(axis=1) * ground.price
    found.constant = float(rows[ground.essential].sum() if essential else rows.sum())
    return found


def _unapproved(tours: TourProgram) -> Objective:
    found = Objective(constant=measure(tours.ground, tours.stays.plan())[Stage.UNAPPROVED - 1])
    for column, (contribution, worth) in tours.work().items():
        if tours.ground.unapproved[contribution]:
            found.cost[column] = worth
    return found


def _burden(tours: TourProgram) -> Objective:
    ground = tours.ground
    loads: dict[str, dict[int, float]] = {member.id: defaultdict(float) for member in ground.problem.members}
    fixed: dict[str, float] = defaultdict(float)
    for column, (contribution, worth) in tours.work().items():
        members = ground.contributions[contribution].members
        for name in members:
            loads[name][column] += worth / len(members)
    for contribution, worth in work_of(ground, tours.stays.plan()):
        members = ground.contributions[contribution].members
        for name in members:
            fixed[name] += worth / len(members)
    greatest = tours.program.add_column()
    for member in ground.problem.members:
        share = burden_share(ground, member.means)
        terms = [(column, worth / share) for column, worth in loads[member.id].items()]
        tours.program.add_row([*terms, (greatest, -1.0)], upper=-fixed[member.id] / share)
    return Objective({greatest: 1.0})


def _change(tours: TourProgram) -> Objective:
    ground = tours.ground
    if ground.problem.previous is None:
        return Objective()
    before, found = parts_of(ground, ground.problem.previous), Objective()
    found.constant = change(ground, tours.stays.plan())
    for column, (unit, (requirement, start, end)) in tours.stints.items():
        names = ground.contributions[unit].id, ground.requirements[requirement].id
        kept = sum((*names, month) in before for month in range(start, end))
        found.cost[column] = end - start - 2.0 * kept
    for column, (place, requirement, month) in tours.flows.items():
        contribution = ground.contributions[place]
        month = -1 if contribution.form is Form.STOCK else month
        was = before.get((contribution.id, ground.requirements[requirement].id, month), 0.0)
        share = tours.scale(requirement) / contribution.strength
        if was == 0.0:
            found.cost[column] = share
            continue
        differs = tours.program.add_column()
        tours.program.add_row([(column, share), (differs, -1.0)], upper=was)
        tours.program.add_row([(column, share), (differs, 1.0)], lower=was)
        found.cost[differs] = 1.0
        found.constant -= was
    return found
