"""Which paragraphs are counterparts: acts that give paragraphs of a draft the same id, or different ones."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from pycrdt import Doc

from concertation.coalition.models import Delegate
from concertation.core.errors import NotAllowed
from concertation.texts import alignment
from concertation.texts.domain.notes import locked_text, note
from concertation.texts.domain.writing import write_in
from concertation.texts.enums import State
from concertation.texts.errors import Frozen, HasCounterpart, NoSuchParagraph, NothingToDo
from concertation.texts.events import Act
from concertation.texts.models import Text
from concertation.texts.rules import may_edit

Answer = TypeVar("Answer")


@transaction.atomic
def add_counterpart(*, by: Delegate, text_id: UUID, paragraph: str, source: str, language: str) -> None:
    """Add the counterpart of a paragraph of `source` in `language`: empty, at the matching place, with the same id.

    Raises NoSuchText, NotAllowed, Frozen, NoSuchParagraph, HasCounterpart.
    """
    text = _text_to_align(by, text_id, source, language)
    _change(text, by, lambda doc: alignment.add_counterpart(doc, source=source, target=language, paragraph=paragraph))
    note(by, Act.COUNTERPART_ADDED, text, {"paragraph": paragraph, "language": language})


@transaction.atomic
def join_counterparts(
    *, by: Delegate, text_id: UUID, language: str, paragraph: str, other: str, counterpart: str
) -> None:
    """Declare a paragraph of `language` the counterpart of one in `other`, whose id it gets.

    Raises NoSuchText, NotAllowed, Frozen, NoSuchParagraph, HasCounterpart (either has one already).
    """
    text = _text_to_align(by, text_id, language, other)
    languages = [version.language for version in text.versions.all()]
    _change(
        text,
        by,
        lambda doc: alignment.join(
            doc, language=language, paragraph=paragraph, other=other, counterpart=counterpart, languages=languages
        ),
    )
    facts = {"language": language, "paragraph": paragraph, "other": other, "counterpart": counterpart}
    note(by, Act.COUNTERPARTS_JOINED, text, facts)


@transaction.atomic
def part_counterparts(*, by: Delegate, text_id: UUID, language: str, paragraph: str) -> None:
    """Part a paragraph of `language` from its counterparts: it gets an id of its own.

    Raises NoSuchText, NotAllowed, Frozen, NoSuchParagraph.
    """
    text = _text_to_align(by, text_id, language)
    fresh = _change(text, by, lambda doc: alignment.part(doc, language=language, paragraph=paragraph))
    note(by, Act.COUNTERPART_PARTED, text, {"language": language, "paragraph": paragraph, "counterpart": fresh})


@transaction.atomic
def name_paragraphs(*, by: Delegate, text_id: UUID) -> None:
    """Give ids to the paragraphs that have none; those at the same place in every language become counterparts.

    Raises NoSuchText, NotAllowed, Frozen, NothingToDo.
    """
    text = _text_to_align(by, text_id)
    languages = [version.language for version in text.versions.all()]
    named = _change(text, by, lambda doc: alignment.identify(doc, languages))
    if not named:
        raise NothingToDo
    note(by, Act.PARAGRAPHS_NAMED, text, {"count": named})


def _text_to_align(by: Delegate, text_id: UUID, *languages: str) -> Text:
    """Return the locked draft, which has all of `languages`; raises NoSuchText, NotAllowed, Frozen, NoSuchParagraph."""
    text = locked_text(by, text_id)
    if text.state != State.DRAFT:
        raise Frozen
    if not may_edit(by, text):
        raise NotAllowed
    known = {version.language for version in text.versions.all()}
    if not set(languages) <= known or len(set(languages)) != len(languages):
        raise NoSuchParagraph
    return text


def _change(text: Text, by: Delegate, change: Callable[[Doc[Any]], Answer]) -> Answer:
    """Change the document; raises NoSuchParagraph, HasCounterpart."""
    try:
        return write_in(text, change, by=by)
    except alignment.Missing:
        raise NoSuchParagraph from None
    except alignment.Taken:
        raise HasCounterpart from None
