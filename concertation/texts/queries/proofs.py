"""The proof that an adopted text is in the record."""

from concertation.record.models import Entry
from concertation.record.proofs import proof_file
from concertation.texts.errors import NotInRecord
from concertation.texts.events import Act
from concertation.texts.models import AdoptedText


def proof_of(adopted: AdoptedText, *, since: int | None = None) -> bytes:
    """Return the proof of a text that the reader may read; raises NotInRecord, InvalidInput (see `proof_file`).

    What the entry seals (title, hash, members) is no more than what a page of the text shows its readers.
    """
    about = {"subject_kind": "text", "subject_id": str(adopted.text_id), "action__in": [Act.ADOPTED, Act.SILENCE_KEPT]}
    entry = Entry.objects.filter(**about).order_by("sequence").last()
    if entry is None:
        raise NotInRecord
    return proof_file(entry, bytes(adopted.content), since=since)
