"""Published instances of generalised assignment, read and put into the program that plans are solved with.

Each job goes to exactly one agent, each agent has so much of a resource: the shape of units and the places they serve.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from concertation.commitments.plan.highs import Program

FOLDER = Path("/work/shared/data/solver/gap")


@dataclass(frozen=True, slots=True)
class Assignment:
    """An instance with its published objective: `worth` and `use` by agent and job, `capacity` by agent."""

    name: str
    maximised: bool
    worth: list[list[int]]
    use: list[list[int]]
    capacity: list[int]
    objective: int
    proven: bool

    def program(self) -> tuple[Program, dict[int, float]]:
        """Return the program, and the cost that it makes small."""
        program, cost = Program(), {}
        agents, jobs = range(len(self.capacity)), range(len(self.worth[0]))
        column = {(agent, job): program.add_column(1.0, whole=True) for agent in agents for job in jobs}
        for job in jobs:
            program.add_row([(column[agent, job], 1.0) for agent in agents], lower=1.0, upper=1.0)
        for agent in agents:
            uses = [(column[agent, job], float(self.use[agent][job])) for job in jobs]
            program.add_row(uses, upper=float(self.capacity[agent]))
        for (agent, job), number in column.items():
            cost[number] = float(-self.worth[agent][job] if self.maximised else self.worth[agent][job])
        return program, cost


def read_assignments(folder: Path = FOLDER) -> Iterator[Assignment]:
    """Yield the instances in `folder`, none if it is not there."""
    if not folder.is_dir():
        return
    numbers: dict[str, list[int]] = {}
    for row in csv.DictReader((folder / "optima.csv").read_text().splitlines()):
        name, _, place = row["instance"].partition("#")
        if name not in numbers:
            numbers[name] = [int(word) for word in (folder / f"{name}.txt").read_text().split()]
            numbers[name] = numbers[name][1:] if place else numbers[name]
        left, agents, jobs = numbers[name], int(row["agents"]), int(row["jobs"])
        size = 2 + 2 * agents * jobs + agents
        cells, numbers[name] = left[2:size], left[size:]
        lines = [cells[n * jobs : (n + 1) * jobs] for n in range(2 * agents)]
        maximised, proven = row["sense"] == "max", row["status"] == "Optimal"
        worth, use, capacity = lines[:agents], lines[agents:], cells[2 * agents * jobs :]
        yield Assignment(row["instance"], maximised, worth, use, capacity, int(row["objective"]), proven)
