"""The index of agreed language: adopted paragraphs enter it.

It mirrors `AdoptedText.content`. It can be made again at any time and is no act, so the record knows nothing of it.
"""

from django.db import IntegrityError, connection, transaction

from concertation.core import clock
from concertation.texts.indexing import facts_of, shingles_of
from concertation.texts.models import AdoptedParagraph, AdoptedShingle, AdoptedText, IndexedText

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
