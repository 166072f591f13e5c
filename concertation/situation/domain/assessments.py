"""Members assess a condition, the chair records what the coalition finds; corrections are entries of their own."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db import transaction

from concertation.coalition.audiences import packed, readers_of
from concertation.coalition.enums import Audience
from concertation.coalition.models import Delegate
from concertation.core import clock
from concertation.core.days import check_past
from concertation.core.errors import NotAllowed
from concertation.core.words import clean_link, clean_prose
from concertation.record.canonical import Json
from concertation.situation.domain.citations import cited_incidents
from concertation.situation.domain.entries import note, taken_condition
from concertation.situation.domain.incidents import Clause, check_clause
from concertation.situation.enums import Verdict
from concertation.situation.errors import (
    AlreadyAssessed,
    AlreadyCorrected,
    EvidenceMissing,
    NarrowerAudience,
    NoSuchAssessment,
    OnlyCorrects,
)
from concertation.situation.events import Act
from concertation.situation.models import Assessment, Citation, Condition, Incident
from concertation.situation.rules import may_assess, may_correct, may_find

EVIDENCE_LENGTH = 4_000


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is said of a condition: the verdict, from which day it holds, and on what evidence."""

    verdict: Verdict
    valid_from: date
    evidence: str
    link: str = ""  # to a public source
    clause: int | None = None  # of the wording in force; None: the whole of it
    incidents: tuple[UUID, ...] = ()  # on which it rests beside


@dataclass(frozen=True, slots=True)
class _Voice:
    """Who says it to whom: the member (None for the coalition), the audience, and the codes of its readers."""

    member: str | None
    audience: Audience
    readers: frozenset[str]


@transaction.atomic
def assess_condition(
    *,
    by: Delegate | None,
    condition_id: UUID,
    judgement: Judgement,
    audience: Audience = Audience.COALITION,
    named: Collection[str] = (),
    member: str | None = None,
) -> Assessment:
    """Assess a condition for the member of `by`, for `audience`, and return the assessment.

    `named` are codes, for the audience of named members. `by` is None for the loader, which says for which `member`.
    Raises NotAllowed, NoSuchCondition, Retired, AlreadyAssessed, UnknownReaders, and the errors of a judgement:
    EvidenceMissing, TooLong, BadLink, BadDay, OnlyCorrects, NoSuchClause, NoSuchIncident, HiddenEvidence.
    """
    own = by.member_id if by else member
    if own is None or (by is not None and not may_assess(by)):
        raise NotAllowed
    voice = _Voice(own, audience, frozenset(readers_of(audience, own=own, named=named)))
    return _enter(by, condition_id, _checked(judgement), voice)


@transaction.atomic
def record_finding(*, by: Delegate | None, condition_id: UUID, judgement: Judgement) -> Assessment:
    """Record what the coalition finds, for all of it to read; else as `assess_condition`."""
    if by is not None and not may_find(by):
        raise NotAllowed
    return _enter(by, condition_id, _checked(judgement), _Voice(None, Audience.COALITION, frozenset()))


@transaction.atomic
def correct_assessment(
    *,
    by: Delegate | None,
    assessment_id: UUID,
    judgement: Judgement,
    audience: Audience | None = None,
    named: Collection[str] = (),
) -> Assessment:
    """Put another assessment in the place of one that stays readable, and return the new one.

    Whoever may read the old one may read the new one, so that nobody relies on what its author no longer says.
    `audience` is None to keep that of the old one. Raises NoSuchAssessment, AlreadyCorrected, NarrowerAudience; else
    as `assess_condition`.
    """
    visible = Assessment.objects.visible_to(by) if by else Assessment.objects.all()
    old = visible.filter(pk=assessment_id).first()
    if old is None:
        raise NoSuchAssessment
    if by is not None and not may_correct(by, old):
        raise NotAllowed
    return _enter(by, old.condition_id, _checked(judgement, corrects=True), _wider(old, audience, named), old)


def _wider(old: Assessment, audience: Audience | None, named: Collection[str]) -> _Voice:
    """Return who says a correction to whom: at least those who could read `old`; raises NarrowerAudience."""
    kept = frozenset(old.reader_codes)
    if audience is None or old.member_id is None:
        return _Voice(old.member_id, Audience(old.audience), kept)
    if old.audience == Audience.COALITION != audience:
        raise NarrowerAudience
    readers = readers_of(audience, own=old.member_id, named=named)
    return _Voice(old.member_id, audience, kept | readers if readers else frozenset())


def _enter(
    by: Delegate | None, condition_id: UUID, judgement: Judgement, voice: _Voice, old: Assessment | None = None
) -> Assessment:
    """Add the row and its entry."""
    condition = taken_condition(by, condition_id)
    _check_new(condition, judgement, voice, old)
    check_clause(by, Clause(condition.pk, judgement.clause))
    cited = cited_incidents(by, judgement.incidents, voice.readers)
    made = Assessment.objects.create(
        id=uuid.uuid4(),
        condition=condition,
        number=condition.entries,
        wording=condition.wording,
        member_id=voice.member,
        by=by,
        verdict=judgement.verdict,
        valid_from=judgement.valid_from,
        evidence=judgement.evidence,
        link=judgement.link,
        clause=judgement.clause,
        audience=voice.audience,
        readers=packed(voice.readers),
        corrects=old,
        at=clock.now(),
    )
    Citation.objects.bulk_create(Citation(assessment=made, incident=incident) for incident in cited)
    note(by, _act(made), condition, _facts(made, cited), readers=voice.readers)
    return made


def _check_new(condition: Condition, judgement: Judgement, voice: _Voice, old: Assessment | None) -> None:
    """Refuse a second word of one voice from one day to one audience; raises AlreadyAssessed, AlreadyCorrected."""
    others = Assessment.objects.standing().filter(condition=condition, member=voice.member)
    if old is not None:
        if not others.filter(pk=old.pk).exists():
            raise AlreadyCorrected
        others = others.exclude(pk=old.pk)
    same = others.exclude(verdict=Verdict.WITHDRAWN).filter(valid_from=judgement.valid_from)
    if judgement.verdict != Verdict.WITHDRAWN and same.filter(readers=packed(voice.readers)).exists():
        raise AlreadyAssessed


def _checked(judgement: Judgement, *, corrects: bool = False) -> Judgement:
    """Return a judgement in normal form; raises its errors."""
    evidence, link = clean_prose(judgement.evidence, EVIDENCE_LENGTH), clean_link(judgement.link)
    if not evidence:
        raise EvidenceMissing
    check_past(judgement.valid_from)
    if judgement.verdict == Verdict.WITHDRAWN and not corrects:
        raise OnlyCorrects
    return replace(judgement, verdict=Verdict(judgement.verdict), evidence=evidence, link=link)


def _act(made: Assessment) -> Act:
    if made.member_id is None:
        return Act.FINDING_CORRECTED if made.corrects_id else Act.FOUND
    return Act.CORRECTED if made.corrects_id else Act.ASSESSED


def _facts(made: Assessment, cited: Collection[Incident]) -> dict[str, Json]:
    """Return what the record keeps of an assessment."""
    facts: dict[str, Json] = {
        "assessment": str(made.pk),
        "wording": made.wording.number,
        "verdict": made.verdict,
        "valid_from": made.valid_from.isoformat(),
        "evidence": made.evidence,
        "link": made.link,
        "corrects": str(made.corrects_id) if made.corrects_id else None,
        **({"clause": made.clause} if made.clause else {}),
        **({"incidents": [str(incident.pk) for incident in cited]} if cited else {}),
    }
    if made.member_id:
        return {"voice": made.member_id, "shared_with": made.audience, "readers": made.reader_codes, **facts}
    return facts
