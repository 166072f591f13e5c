"""Revisions: the chair circulates a draft as it stands, under a symbol by which everybody speaks of it."""

from uuid import UUID

from django.db import transaction

from concertation.coalition.models import Delegate
from concertation.coalition.rules import is_chair
from concertation.core import clock
from concertation.core.errors import NotAllowed
from concertation.record.models import Entry
from concertation.texts.canonical import UnknownContent, canonical_json, document_of, read_versions, sha256_of
from concertation.texts.domain.notes import locked_text, note
from concertation.texts.enums import State
from concertation.texts.errors import Frozen, NotAdoptable, NoteTooLong, NothingNew
from concertation.texts.events import Act
from concertation.texts.models import Revision, Text
from concertation.texts.queries import stored_updates
from concertation.texts.queries.moments import last_sequence

NOTE_LENGTH = 2000


@transaction.atomic
def circulate_revision(*, by: Delegate, text_id: UUID, cover: str = "") -> Revision:
    """Circulate the text as it is stored now, with a note of at most 2,000 characters, and return the revision.

    Raises NoSuchText, NotAllowed, Frozen, NoteTooLong, NothingNew, NotAdoptable for content that is no text.
    """
    text = locked_text(by, text_id)
    if not is_chair(by):
        raise NotAllowed
    if text.state != State.DRAFT:
        raise Frozen
    cover = cover.strip()
    if len(cover) > NOTE_LENGTH:
        raise NoteTooLong
    last = text.revisions.first()
    sequence = last_sequence(text_id)
    if last is not None and last.sequence == sequence and not _acts_since(last):
        raise NothingNew
    revision = Revision.objects.create(
        text=text,
        number=last.number + 1 if last else 1,
        sequence=sequence,
        sha256=_sha256(text),
        note=cover,
        circulated_by=by,
        circulated_at=clock.now(),
    )
    facts = {"symbol": revision.symbol, "sha256": revision.sha256, "note": cover}
    note(by, Act.CIRCULATED, text, facts)
    return revision


def _acts_since(revision: Revision) -> bool:
    """Say whether anybody did anything to the text after it was circulated: a bracket, a proposal, its settings."""
    later = Entry.objects.filter(subject_kind="text", subject_id=str(revision.text_id))
    return later.filter(time__gt=revision.circulated_at).exclude(action=Act.CIRCULATED).exists()


def _sha256(text: Text) -> str:
    """Return the hash of the canonical form of what is stored; raises NotAdoptable."""
    versions = list(text.versions.all())
    try:
        words = read_versions(document_of(stored_updates(text.pk)), [version.language for version in versions])
    except UnknownContent as unknown:
        raise NotAdoptable(unknown) from unknown
    authentic = [version.language for version in versions if version.is_authentic]
    return sha256_of(canonical_json(text=str(text.pk), titles=text.titles, authentic=authentic, versions=words))
