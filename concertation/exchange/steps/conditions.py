"""Conditions, known by their key; the file gives first assessments, which only those who made them correct."""

from django.utils.translation import gettext as _

from concertation.coalition.enums import Audience
from concertation.core.words import prose
from concertation.exchange.contents import CoalitionFile
from concertation.exchange.domain.keys import remember_key
from concertation.exchange.models import Kind
from concertation.exchange.queries import subjects_of
from concertation.exchange.report import Report, Subject
from concertation.exchange.schema import AssessmentPart, ConditionPart
from concertation.exchange.steps.meetings import as_id
from concertation.situation.domain.assessments import Judgement, assess_condition, record_finding
from concertation.situation.domain.conditions import (
    clean_names,
    clean_words,
    define_condition,
    reopen_condition,
    retire_condition,
    reword_condition,
)
from concertation.situation.enums import Verdict
from concertation.situation.models import Assessment, Condition

Word = tuple[object, ...]  # who says it from which day to whom


def load_conditions(file: CoalitionFile, report: Report) -> None:
    """Define the conditions that are not there, change the words of the others, add what nobody had said yet."""
    known = subjects_of(Kind.CONDITION)
    for index, part in enumerate(file.conditions):
        with file.at("conditions", index):
            identifier = known.get(part.key) or as_id(part.key)
            condition = Condition.objects.filter(pk=identifier).first() if identifier else None
            if condition is None:
                condition = _define(file, part)
                report.added[Subject.CONDITION] += 1
            else:
                report.changed[Subject.CONDITION] += _change(condition, part)
        _assess(file, index, condition, report)
        with file.at("conditions", index):
            if part.retired and Condition.objects.filter(pk=condition.pk, retired_at=None).exists():
                retire_condition(by=None, condition_id=condition.pk)


def _define(file: CoalitionFile, part: ConditionPart) -> Condition:
    """Define a condition and remember its key."""
    sources = file.cited(part.sources)
    condition = define_condition(by=None, names=part.names, words=part.words, sources=sources)
    remember_key(kind=Kind.CONDITION, key=part.key, subject=condition.pk)
    return condition


def _change(condition: Condition, part: ConditionPart) -> bool:
    """Give a condition the words of the file, open or retired as it says, and say whether anything differed.

    It is retired once what the file adds has been said.
    """
    wording, is_retired = condition.wording, condition.retired_at is not None
    differs = (wording.names, wording.words) != (clean_names(part.names), clean_words(part.words))
    if is_retired and not part.retired:
        reopen_condition(by=None, condition_id=condition.pk)
    if differs:
        reword_condition(by=None, condition_id=condition.pk, names=part.names, words=part.words)
    return differs or is_retired != part.retired


def _assess(file: CoalitionFile, place: int, condition: Condition, report: Report) -> None:
    """Add what the file says and nobody has said; tell what was said otherwise since, which stays."""
    part = file.conditions[place]
    rows = list(Assessment.objects.filter(condition=condition).select_related("correction"))
    said = {_word(row) for row in rows}
    standing = {(_word(row), row.verdict, row.evidence, row.link) for row in rows if not hasattr(row, "correction")}
    differs = False
    for index, one in enumerate(part.assessments):
        word = _word_of(one)
        if word not in said:
            with file.at("conditions", place, "assessments", index):
                _enter(condition, one)
            report.added[Subject.ASSESSMENT] += 1
        else:
            differs |= (word, one.verdict, prose(one.evidence), one.link) not in standing
    if differs:
        sentence = _("What is said of “%(key)s” is not what the file says; only those who said it correct it.")
        report.left.append(sentence % {"key": part.key})


def _enter(condition: Condition, one: AssessmentPart) -> None:
    """Enter an assessment of a member, or a finding."""
    judgement = Judgement(Verdict(one.verdict), one.since, one.evidence, one.link, one.clause)
    if one.member is None:
        record_finding(by=None, condition_id=condition.pk, judgement=judgement)
        return
    assess_condition(
        by=None,
        condition_id=condition.pk,
        judgement=judgement,
        audience=one.audience,
        named=one.members,
        member=one.member,
    )


def _word(row: Assessment) -> Word:
    """Return by what an assessment is known; who presided when the chair was told belongs to the server."""
    readers = frozenset(row.reader_codes) if row.audience == Audience.MEMBERS else frozenset()
    return row.member_id, row.valid_from, row.audience, readers


def _word_of(one: AssessmentPart) -> Word:
    """Return by what an assessment of the file is known."""
    readers = frozenset((one.member, *one.members)) if one.audience == Audience.MEMBERS else frozenset()
    return one.member, one.since, one.audience, readers
