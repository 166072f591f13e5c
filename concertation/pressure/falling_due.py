"""When a step falls due: pure. It depends on the coalition's finding, on days, and on the step before it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from concertation.situation.assessing import Fact, state_at

UNLESS, WHEN, ON = "unless", "when", "on"


@dataclass(frozen=True, slots=True)
class Rule:
    """For what a step waits.

    `unless`: the finding is not `verdict` at the end of `day`. `when`: it is, on no earlier day than `day`.
    `on`: `day` has begun.
    """

    trigger: str
    day: date | None = None
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class Days:
    """The present as days: the last that has begun anywhere on earth, and the last that is over everywhere."""

    begun: date
    over: date


def due_since(rule: Rule, findings: Sequence[Fact], days: Days) -> date | None:
    """Return the day from which a step is due, None while it is not; only findings of the coalition are looked at.

    No finding is no verdict: an `unless` is due by it, a `when` is not.
    """
    findings = [fact for fact in findings if fact.voice is None]
    if rule.trigger == ON:
        return rule.day if rule.day is not None and rule.day <= days.begun else None
    if rule.trigger == WHEN:
        return _when(rule, findings, days)
    if rule.day is None or rule.day > days.over:
        return None
    found = state_at(findings, rule.day).get(None)
    return None if found and found.verdict == rule.verdict else rule.day + timedelta(days=1)


def _when(rule: Rule, findings: Sequence[Fact], days: Days) -> date | None:
    found = state_at(findings, days.begun).get(None)
    if found is None or found.verdict != rule.verdict or (rule.day and rule.day > days.begun):
        return None
    return max(found.since, rule.day or found.since)


def waits_for_itself(step: str, after: str | None, before: Mapping[str, str | None]) -> bool:
    """Say whether `step` would wait for itself if it waited for `after`; `before` knows for whom the others wait."""
    seen = {step}
    while after is not None:
        if after in seen:
            return True
        seen.add(after)
        after = before.get(after)
    return False
