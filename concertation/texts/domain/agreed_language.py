"""Agreed language that is used again leaves a reference, for ever."""

from uuid import UUID

from django.db import transaction

from concertation.coalition.models import Delegate
from concertation.core import clock
from concertation.core.errors import InvalidInput, NotAllowed
from concertation.core.words import one_line
from concertation.texts.domain.agreed_index import index_missing
from concertation.texts.domain.notes import locked_text, note
from concertation.texts.enums import State
from concertation.texts.errors import Frozen, NotAgreedWords, WiderAudience
from concertation.texts.events import Act
from concertation.texts.folding import folded
from concertation.texts.models import (
    AdoptedParagraph,
    AgreedReference,
    Text,
)
from concertation.texts.paragraphs import ID
from concertation.texts.rules import may_edit, reads_at_most

WORDS_LENGTH = 4000


@transaction.atomic
def note_reference(
    *, by: Delegate, text_id: UUID, language: str, block: str, words: str, source_id: UUID, position: int
) -> AgreedReference:
    """Note that `words`, agreed in paragraph `position` of the adopted text `source_id`, were put into a draft.

    `block` is the id of the paragraph they went into, or empty. Raises NoSuchText, NotAllowed, Frozen, InvalidInput,
    NotAgreedWords (also for a source that `by` may not read), WiderAudience.
    """
    text = locked_text(by, text_id)
    _check_writes(by, text)
    if len(words) > WORDS_LENGTH or not (block == "" or ID.fullmatch(block)):
        raise InvalidInput
    if not text.versions.filter(language=language).exists():
        raise InvalidInput
    paragraph = _agreed_paragraph(by, source_id, language, position, words)
    source = paragraph.adopted.text
    if not reads_at_most(text, source):
        raise WiderAudience
    reference = AgreedReference.objects.create(
        text=text,
        language=language,
        block=block,
        words=one_line(words),
        source=paragraph.adopted,
        position=position,
        number=paragraph.number,
        by=by,
        at=clock.now(),
    )
    note(by, Act.REUSED, text, _facts(reference, source))
    return reference


def _check_writes(by: Delegate, text: Text) -> None:
    """Let through who may write the words of the text now; raises Frozen, NotAllowed."""
    if text.state != State.DRAFT:
        raise Frozen
    if not may_edit(by, text):
        raise NotAllowed


def _agreed_paragraph(by: Delegate, source_id: UUID, language: str, position: int, words: str) -> AdoptedParagraph:
    """Return the adopted paragraph that holds `words`, visible to `by`; raises NotAgreedWords for any other."""
    index_missing()
    found = (
        AdoptedParagraph.objects.filter(
            adopted__in=Text.objects.visible_to(by).values("pk"),
            adopted=source_id,
            language=language,
            position=position,
        )
        .select_related("adopted__text")
        .first()
    )
    looked_for = folded(words)
    if found is None or not looked_for or f" {looked_for} " not in f" {found.folded} ":
        raise NotAgreedWords
    return found


def _facts(reference: AgreedReference, source: Text) -> dict[str, str | int | None]:
    """Return what the record says of a reference."""
    return {
        "language": reference.language,
        "words": reference.words,
        "source": str(source.pk),
        "source_title": source.title_in(reference.language),
        "paragraph": reference.number,
        "sha256": reference.source.sha256,
    }
