"""How far the contributions to each line of effort have come, by their number: units cannot be added up."""

from dataclasses import dataclass

from concertation.coalition.models import Delegate
from concertation.commitments.enums import Line, State
from concertation.commitments.ledger import LINES, STATES, ledger_at
from concertation.commitments.queries.looking import hidden
from concertation.situation.timeline import percent

GROUPS = {
    "delivered": (State.DELIVERED,),
    "committed": (State.COMMITTED, State.AVAILABLE),
    "announced": (State.ANNOUNCED, State.APPROVED),
}
NUMBERS = {name: [STATES.index(state) for state in group] for name, group in GROUPS.items()}


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the contributions: how far they have come, how many they are, and where they stand in the bar."""

    stage: str
    count: int
    left: str
    width: str


@dataclass(frozen=True, slots=True)
class LineBar:
    """One line of effort."""

    line: Line
    count: int
    hidden: int
    parts: list[Part]


def lines_for(reader: Delegate) -> list[LineBar]:
    """Return a bar for each line to which something was offered, as `reader` may see it."""
    ledger = ledger_at()
    rows = ledger.rows
    seen, unseen = ledger.visible_to(reader) & rows["is_live"], hidden(ledger, reader)
    bars = []
    for place, line in enumerate(LINES):
        states = rows["state"][seen & (rows["line"] == place)]
        counts = {
            name: int(sum((states == STATES.index(one)).sum() for one in group)) for name, group in GROUPS.items()
        }
        if any(counts.values()) or unseen[line]:
            bars.append(LineBar(Line(line), sum(counts.values()), unseen[line], _parts(counts)))
    return bars


def _parts(counts: dict[str, int]) -> list[Part]:
    parts, left, whole = [], 0, max(sum(counts.values()), 1)
    for stage, count in counts.items():
        parts.append(Part(stage, count, percent(100 * left / whole), percent(100 * count / whole)))
        left += count
    return parts
