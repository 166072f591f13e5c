"""The chair defines conditions, words them anew, and retires them; nothing that was said is lost by it."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction

from concertation.coalition.models import Delegate
from concertation.core import clock
from concertation.core.errors import NotAllowed, NothingChanged, TooLong
from concertation.core.words import one_line, prose
from concertation.situation.domain.entries import note, taken_condition
from concertation.situation.errors import NoSuchCondition, NotRetired, WordsMissing
from concertation.situation.events import Act
from concertation.situation.models import Condition, Wording
from concertation.situation.rules import may_define

NAME_LENGTH = 120
WORDING_LENGTH = 2_000
REASON_LENGTH = 500
Words = Mapping[str, str]


@transaction.atomic
def define_condition(*, by: Delegate | None, names: Words, words: Words, sources: Sequence[str] = ()) -> Condition:
    """Define a condition and return it; `names` and `words`, the wording, are by language. `by` is None for the loader.

    Raises NotAllowed, WordsMissing, TooLong.
    """
    _check(by)
    names, words = clean_names(names), clean_words(words)
    condition = Condition.objects.create(created_at=clock.now(), created_by=by, sources=list(sources))
    Wording.objects.create(condition=condition, number=1, names=names, words=words, by=by, at=condition.created_at)
    note(by, Act.DEFINED, condition, {"words": words, "sources": list(sources)})
    return condition


@transaction.atomic
def reword_condition(*, by: Delegate | None, condition_id: UUID, names: Words, words: Words) -> None:
    """Give a condition other words from now on; each assessment keeps the wording that it was about.

    Raises NotAllowed, NoSuchCondition, Retired, NothingChanged, WordsMissing, TooLong.
    """
    _check(by)
    names, words = clean_names(names), clean_words(words)
    condition = taken_condition(by, condition_id)
    before = condition.wording
    if (before.names, before.words) == (names, words):
        raise NothingChanged
    number = before.number + 1
    Wording.objects.create(condition=condition, number=number, names=names, words=words, by=by, at=clock.now())
    note(by, Act.REWORDED, condition, {"words": words, "number": number})


@transaction.atomic
def retire_condition(*, by: Delegate | None, condition_id: UUID, reason: str = "") -> None:
    """Close a condition: it is kept with its history, and assessed no more.

    Raises NotAllowed, NoSuchCondition, Retired, TooLong.
    """
    _check(by)
    reason = prose(reason)
    if len(reason) > REASON_LENGTH:
        raise TooLong
    condition = taken_condition(by, condition_id)
    facts = {"retired_at": clock.now(), "retired_by": by, "reason": reason}
    Condition.objects.filter(pk=condition.pk).update(**facts)
    note(by, Act.RETIRED, condition, {"reason": reason})


@transaction.atomic
def reopen_condition(*, by: Delegate | None, condition_id: UUID) -> None:
    """Take up a retired condition again; raises NotAllowed, NoSuchCondition, NotRetired."""
    _check(by)
    visible = Condition.objects.visible_to(by) if by else Condition.objects.all()
    condition = visible.filter(pk=condition_id).first()
    if condition is None:
        raise NoSuchCondition
    row = Condition.objects.filter(pk=condition.pk, retired_at__isnull=False)
    if not row.update(retired_at=None, retired_by=None, reason=""):
        raise NotRetired
    note(by, Act.REOPENED, condition, {})


def clean_names(names: Words) -> dict[str, str]:
    """Return the names that are not blank; raises WordsMissing, TooLong."""
    return _cleaned({language: one_line(name) for language, name in names.items()}, NAME_LENGTH)


def clean_words(words: Words) -> dict[str, str]:
    """Return the wordings that are not blank; raises WordsMissing, TooLong."""
    return _cleaned({language: prose(text) for language, text in words.items()}, WORDING_LENGTH)


def _cleaned(words: Words, longest: int) -> dict[str, str]:
    said = {language: text for language, text in words.items() if text}
    if not said:
        raise WordsMissing
    if max(map(len, said.values())) > longest:
        raise TooLong
    return said


def _check(by: Delegate | None) -> None:
    """Let the chair and the loader through; raises NotAllowed."""
    if by is not None and not may_define(by):
        raise NotAllowed
