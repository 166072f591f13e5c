"""Conditions for tests: defined and assessed by the domain functions themselves."""

from collections.abc import Sequence
from datetime import date

from concertation.coalition.enums import Audience
from concertation.coalition.models import Delegate
from concertation.situation.domain.assessments import Judgement, assess_condition, correct_assessment, record_finding
from concertation.situation.domain.conditions import define_condition
from concertation.situation.enums import Verdict
from concertation.situation.models import Assessment, Condition

NAMES = {"en": "Ceasefire in force", "fr": "Cessez-le-feu en vigueur"}
WORDS = {
    "en": "Fire has ceased on land, at sea and in the air.",
    "fr": "Le feu a cessé sur terre, en mer et dans l’air.",
}
DAY = date(2025, 7, 1)


def judgement(
    verdict: Verdict = Verdict.CLAIMED, day: date = DAY, evidence: str = "As announced.", link: str = ""
) -> Judgement:
    """Return something to say."""
    return Judgement(verdict, day, evidence, link)


def make_condition(name: str = "") -> Condition:
    """Return a new condition, defined by the loader."""
    return define_condition(by=None, names={"en": name} if name else NAMES, words=WORDS)


def make_assessment(
    condition: Condition,
    by: Delegate | None,
    verdict: Verdict = Verdict.CLAIMED,
    day: date = DAY,
    *,
    audience: Audience = Audience.COALITION,
    named: Sequence[str] = (),
    evidence: str = "As announced.",
    member: str | None = None,
) -> Assessment:
    """Return a new assessment for the member of `by`; for `member`, by the loader, without one."""
    said = judgement(verdict, day, evidence)
    return assess_condition(
        by=by, condition_id=condition.pk, judgement=said, audience=audience, named=named, member=member
    )


def make_finding(
    condition: Condition, verdict: Verdict = Verdict.VERIFIED, day: date = DAY, *, evidence: str = "As observed."
) -> Assessment:
    """Return a new finding of the coalition, recorded by the loader."""
    return record_finding(by=None, condition_id=condition.pk, judgement=judgement(verdict, day, evidence))


def make_correction(
    assessment: Assessment, by: Delegate | None, verdict: Verdict = Verdict.NOT_MET, day: date = DAY
) -> Assessment:
    """Return a correction for the same audience."""
    return correct_assessment(by=by, assessment_id=assessment.pk, judgement=judgement(verdict, day))
