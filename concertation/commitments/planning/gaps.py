"""What would close each gap, as it was explained and stored; in the order in which one reads it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from concertation.commitments.planning.reading import Line

Stored = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Deed:
    """One act that helps: `kind` is LIFT, APPROVE, MEET or ADVANCE; of what, and on which contribution."""

    kind: str
    contribution: str
    caveat: str = ""
    approval: str = ""
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Loss:
    """What another requirement loses, in pieces."""

    requirement: str
    pieces: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Why a requirement is not met; pieces as in `Line.missing`."""

    line: Line
    is_explained: bool
    missing: int = 0
    deeds: Sequence[Deed] = ()
    left_by_deeds: int = 0
    losses: Sequence[Loss] = ()
    left_by_moves: int = 0
    not_offered: int = 0
    is_proven: bool = True

    @property
    def can_be_closed(self) -> bool:
        """Whether acts leave nothing missing."""
        return bool(self.deeds) and self.left_by_deeds == 0

    @property
    def moves_help(self) -> bool:
        """Whether taking from others would make the gap smaller."""
        return self.is_explained and self.left_by_moves < self.missing

    @property
    def is_open(self) -> bool:
        """Whether offers of an undisclosed quantity could serve it."""
        return any(cell.is_open for cell in self.line.cells)

    @property
    def takes_both(self) -> bool:
        """Whether only acts and moves together would make it smaller."""
        return self.is_explained and not (self.deeds or self.moves_help or self.nothing_helps)

    @property
    def nothing_helps(self) -> bool:
        """Whether all that is missing is offered by nobody."""
        return self.is_explained and self.not_offered == self.missing


def gaps_of(stored: Sequence[Stored], lines: Sequence[Line]) -> list[Gap]:
    """Return the explanations: essential requirements first, then the fewest acts, what nothing closes last."""
    by_need = {line.requirement.id: line for line in lines}
    gaps = [_gap(item, by_need[item["requirement"]]) for item in stored if item["requirement"] in by_need]
    return sorted(
        gaps, key=lambda gap: (not gap.line.requirement.essential, not gap.deeds, len(gap.deeds), -gap.missing)
    )


def _gap(stored: Stored, line: Line) -> Gap:
    if "gap" not in stored:
        return Gap(line, is_explained=False)
    acts, moves = stored["by_acts"], stored["by_moves"]
    return Gap(
        line=line,
        is_explained=True,
        missing=stored["gap"],
        deeds=[_deed(act) for act in acts["acts"]],
        left_by_deeds=acts["remaining"],
        losses=[Loss(name, pieces) for name, pieces in moves["losses"]],
        left_by_moves=moves["remaining"],
        not_offered=stored["not_offered"],
        is_proven=acts["proven"] and moves["proven"],
    )


def _deed(act: Stored) -> Deed:
    kind, what, whose = act["act"], act["what"], act["whose"]
    if kind == "LIFT":
        return Deed(kind, whose, caveat=what)
    if kind == "APPROVE":
        contribution, _, approval = what.partition(":")
        return Deed(kind, contribution, approval=approval)
    if kind == "MEET":
        return Deed(kind, "", condition=what)
    return Deed(kind, what)
