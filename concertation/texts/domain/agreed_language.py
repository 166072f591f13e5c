"""Agreed language: adopted paragraphs enter an index, and what is used again leaves a reference.

The index mirrors `AdoptedText.content`. It can be made again at any time and is no act, so the record knows
nothing of it.
"""

from uuid import UUID

from django.db import IntegrityError, connection, transaction

from concertation.coalition.models import Delegate
from concertation.core import clock
from concertation.core.errors import InvalidInput, NotAllowed
from concertation.core.words import one_line
from concertation.texts.domain.notes import locked_text, note
from concertation.texts.enums import State
from concertation.texts.errors import Frozen, NotAgreedWords, WiderAudience
from concertation.texts.events import Act
from concertation.texts.folding import folded
from concertation.texts.indexing import facts_of, shingles_of
from concertation.texts.models import (
    AdoptedParagraph,
    AdoptedShingle,
    AdoptedText,
    AgreedReference,
    IndexedText,
    Text,
)
from concertation.texts.paragraphs import ID
from concertation.texts.rules import may_edit, reads_at_most

WORDS_LENGTH = 4000
# Plain SQL, because a long text has a hundred thousand: as objects they take five times as long.
INSERT = "INSERT INTO texts_adoptedshingle (shingle, paragraph_id) VALUES (%s, %s)"


def index_adopted(adopted: AdoptedText) -> None:
    """Put the paragraphs of an adopted text into the index, unless they are there; whoever adopts calls this."""
    try:
        with transaction.atomic():
            IndexedText.objects.create(adopted=adopted, at=clock.now())
            _write_paragraphs(adopted)
    except IntegrityError:
        if not IndexedText.objects.filter(adopted=adopted).exists():
            raise


def index_missing() -> int:
    """Put what is adopted and not in the index into it, and return how many texts that were."""
    missing = list(AdoptedText.objects.filter(indexed=None))
    for adopted in missing:
        index_adopted(adopted)
    return len(missing)


@transaction.atomic
def reindex_texts() -> int:
    """Make the whole index again from what was adopted, and return how many texts are in it."""
    AdoptedShingle.objects.all().delete()
    AdoptedParagraph.objects.all().delete()
    IndexedText.objects.all().delete()
    return index_missing()


def _write_paragraphs(adopted: AdoptedText) -> None:
    """Write the rows of the paragraphs, then those of their shingles in the order of the index."""
    rows = [AdoptedParagraph(adopted=adopted, **facts) for facts in facts_of(bytes(adopted.content))]
    AdoptedParagraph.objects.bulk_create(rows)
    pairs = sorted((shingle, row.pk) for row in rows for shingle in shingles_of(row.language, row.folded))
    with connection.cursor() as cursor:
        cursor.executemany(INSERT, pairs)


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
