"""What follows from the steps of one report: pure, the same for a page, a total and a test.

A step is a fact with a day. Of each stage, the verification, the attribution and the remedy, the last step up to a day
counts: by the day, of one day by the order of entry. An attribution counts only while the report is verified, a
remedy only while something was said of who did it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

REPORTED, VERIFIED = "reported", "verified"
STAGE_OF = {
    "verified": 0,
    "unverifiable": 0,
    "rejected": 0,
    "reopened": 0,
    "attributed": 1,
    "undetermined": 1,
    "attribution_withdrawn": 1,
    "remedy": 2,
    "remedy_withdrawn": 2,
}
TAKES_BACK = {"reopened", "attribution_withdrawn", "remedy_withdrawn"}


@dataclass(frozen=True, slots=True)
class StepFact:
    """One step: `number` orders the entries of a report."""

    number: int
    finding: str
    on: date
    actor: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a report stands: its state, and the numbers of the steps on which each stage rests."""

    state: str = REPORTED
    attribution: str = ""  # "attributed", "undetermined", or nothing said
    actor: str = ""
    has_remedy: bool = False
    steps: tuple[int, ...] = ()


def standing(steps: Iterable[StepFact], day: date) -> Standing:
    """Return where a report stands on `day`, in whatever order its steps come."""
    last: dict[int, StepFact] = {}
    for step in sorted(steps, key=lambda step: (step.on, step.number)):
        if step.on <= day:
            last[STAGE_OF[step.finding]] = step
    verification = _said(last, 0)
    if verification is None:
        return Standing()
    if verification.finding != VERIFIED or (attribution := _said(last, 1)) is None:
        return Standing(verification.finding, steps=(verification.number,))
    remedy = _said(last, 2)
    numbers = (verification.number, attribution.number, *([remedy.number] if remedy else []))
    return Standing(VERIFIED, attribution.finding, attribution.actor, remedy is not None, numbers)


def _said(last: dict[int, StepFact], stage: int) -> StepFact | None:
    """Return the step that counts of a stage, None when nothing was said or it was taken back."""
    step = last.get(stage)
    return None if step is None or step.finding in TAKES_BACK else step
