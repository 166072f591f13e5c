"""People say that a version still says the same, or that a difference is right: rows for exactly these words."""

from uuid import UUID

from django.db import transaction

from concertation.coalition.models import Delegate
from concertation.core import clock
from concertation.core.errors import NotAllowed
from concertation.record.canonical import Json
from concertation.texts.domain.notes import locked_text, note
from concertation.texts.enums import State
from concertation.texts.errors import Frozen, NoSuchParagraph, NothingToDo, VersionsChanged
from concertation.texts.events import Act
from concertation.texts.models import DismissedDifference, StepConfirmation, Text
from concertation.texts.queries.differences import differences_of
from concertation.texts.queries.steps import OutOfStep, Steps, steps_of
from concertation.texts.rules import may_draft


@transaction.atomic
def confirm_step(*, by: Delegate, text_id: UUID, paragraph: str, language: str, seen: str) -> None:
    """Say that the version of a paragraph in `language` still says what the others say, as all of them are now.

    `seen` names the versions that were looked at (`Steps.seen`).
    Raises NoSuchText, NotAllowed, Frozen, NoSuchParagraph, VersionsChanged, NothingToDo.
    """
    text = _text_to_judge(by, text_id)
    steps = steps_of(text)
    _check_seen(steps, paragraph, language, seen)
    found = next((one for one in steps.out_in(language) if one.place.paragraph == paragraph), None)
    if found is None:
        raise NothingToDo
    _keep(by, text, steps, [found])
    facts: dict[str, Json] = {"paragraph": paragraph, "language": language, "hashes": dict(steps.hashes(paragraph))}
    note(by, Act.STEP_CONFIRMED, text, facts)


@transaction.atomic
def confirm_version(*, by: Delegate, text_id: UUID, language: str, seen: str) -> None:
    """Say that every paragraph of `language` that is out of step says what the others say, as all of them are now.

    `seen` names the paragraphs that were looked at (`Steps.seen_in`).
    Raises NoSuchText, NotAllowed, Frozen, VersionsChanged, NothingToDo.
    """
    text = _text_to_judge(by, text_id)
    steps = steps_of(text)
    found = steps.out_in(language)
    if not found:
        raise NothingToDo
    if seen != steps.seen_in(language):
        raise VersionsChanged
    _keep(by, text, steps, found)
    hashes = {one.place.paragraph: dict(steps.hashes(one.place.paragraph)) for one in found}
    note(by, Act.VERSION_CONFIRMED, text, {"language": language, "hashes": hashes})


@transaction.atomic
def dismiss_difference(
    *, by: Delegate, text_id: UUID, paragraph: str, language: str, other: str, kind: str, seen: str
) -> None:
    """Say that a difference pointed out between two versions of a paragraph is right, as long as both stay as they are.

    `seen` names the versions that were looked at (`Steps.seen`).
    Raises NoSuchText, NotAllowed, Frozen, NoSuchParagraph, VersionsChanged, NothingToDo.
    """
    text = _text_to_judge(by, text_id)
    steps = steps_of(text)
    _check_seen(steps, paragraph, language, seen)
    language, other = sorted((language, other))
    found = [
        one
        for one in differences_of(text, steps)
        if (one.place.paragraph, one.kind) == (paragraph, kind) and one.pair == (language, other)
    ]
    if not found:
        raise NothingToDo
    hashes = steps.hashes(paragraph)
    DismissedDifference.objects.create(
        text=text,
        paragraph=paragraph,
        language=language,
        other=other,
        sha256=hashes[language],
        other_sha256=hashes[other],
        kind=kind,
        by=by,
        at=clock.now(),
    )
    pair: dict[str, Json] = {"language": language, "other": other, "hashes": dict(hashes)}
    note(by, Act.DIFFERENCE_DISMISSED, text, {"paragraph": paragraph, "kind": kind, **pair})


def _text_to_judge(by: Delegate, text_id: UUID) -> Text:
    """Return the locked draft; raises NoSuchText, NotAllowed, Frozen."""
    text = locked_text(by, text_id)
    if not may_draft(by):
        raise NotAllowed
    if text.state != State.DRAFT:
        raise Frozen
    return text


def _check_seen(steps: Steps, paragraph: str, language: str, seen: str) -> None:
    if language not in steps.hashes(paragraph):
        raise NoSuchParagraph
    if seen != steps.seen[paragraph]:
        raise VersionsChanged


def _keep(by: Delegate, text: Text, steps: Steps, confirmed: list[OutOfStep]) -> None:
    """Store confirmations."""
    now = clock.now()
    StepConfirmation.objects.bulk_create(
        StepConfirmation(
            text=text,
            paragraph=one.place.paragraph,
            language=one.place.language,
            hashes=steps.hashes(one.place.paragraph),
            by=by,
            at=now,
        )
        for one in confirmed
    )
