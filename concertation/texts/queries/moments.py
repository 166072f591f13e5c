"""Earlier states of a text: which there are, and the stored document as it was at one."""

import re
from typing import Any
from uuid import UUID

from django.db.models import Max
from pycrdt import Doc

from concertation.core import clock
from concertation.texts.blocks import Block
from concertation.texts.canonical import UnknownContent, document_of, read_version
from concertation.texts.errors import NoSuchMoment
from concertation.texts.models import Revision, Text, TextSnapshot, TextUpdate
from concertation.texts.moments import Moment
from concertation.texts.queries.marks import marked_paragraphs
from concertation.texts.reading import SheetParagraph

REVISION = re.compile(r"rev([1-9][0-9]{0,5})")
UPDATE = re.compile(r"u([0-9]{1,18})")
NOW, OPENING = "now", "opening"


def last_sequence(text_id: UUID) -> int:
    """Return the sequence of the newest stored update of a text, 0 when it has none."""
    newest = TextUpdate.objects.filter(text_id=text_id).aggregate(newest=Max("sequence"))["newest"]
    return int(newest or 0)


def moment_of(text: Text, name: str) -> Moment:
    """Return the moment that `name` says: “now”, “opening”, “rev2”, or “u1234” for the state after an update.

    Raises NoSuchMoment.
    """
    if name == NOW:
        return Moment(NOW, last_sequence(text.pk), clock.now())
    if name == OPENING and (
        first := TextUpdate.objects.filter(text=text).only("sequence", "at").order_by("sequence").first()
    ):
        return Moment(OPENING, first.sequence, first.at)
    if REVISION.fullmatch(name):
        return moment_of_revision(revision_of(text, name))
    if found := UPDATE.fullmatch(name):
        update = TextUpdate.objects.filter(text=text, sequence=int(found[1])).only("sequence", "at").first()
        if update is not None:
            return Moment(name, update.sequence, update.at)
    raise NoSuchMoment


def revision_of(text: Text, name: str) -> Revision:
    """Return the revision that `name` says, as in “rev2”; raises NoSuchMoment."""
    found = REVISION.fullmatch(name)
    revision = Revision.objects.filter(text=text, number=int(found[1])).first() if found else None
    if revision is None:
        raise NoSuchMoment
    return revision


def moment_of_revision(revision: Revision) -> Moment:
    """Return the moment at which `revision` was circulated."""
    name = f"rev{revision.number}"
    return Moment(name, revision.sequence, revision.circulated_at, revision.symbol)


def last_symbol(text: Text) -> str:
    """Return the symbol of the revision that was circulated last, empty before the first."""
    last = text.revisions.first()
    return last.symbol if last else ""


def next_symbol(text: Text) -> str:
    """Return the symbol that the next revision of a text gets."""
    last = text.revisions.first()
    return Revision(number=last.number + 1 if last else 1).symbol


def document_at(text_id: UUID, moment: Moment) -> Doc[Any]:
    """Return the stored document of a text as it was at `moment`."""
    upto = {"text_id": text_id, "sequence__lte": moment.sequence}
    snapshot = TextSnapshot.objects.filter(**upto).order_by("-sequence").first()
    later = TextUpdate.objects.filter(**upto, sequence__gt=snapshot.sequence if snapshot else 0).order_by("sequence")
    updates = [bytes(update) for update in later.values_list("update", flat=True)]
    return document_of([bytes(snapshot.state), *updates] if snapshot else updates)


def paragraphs_at(text: Text, moment: Moment) -> dict[str, list[SheetParagraph]]:
    """Return the paragraphs of every version of a text as they were at `moment`, with what was open then.

    A version that held something that is no text comes without paragraphs.
    """
    document = document_at(text.pk, moment)
    words = {version.language: _blocks(document, version.language) for version in text.versions.all()}
    return marked_paragraphs(text, document, words, moment.at)


def _blocks(document: Doc[Any], language: str) -> list[Block]:
    try:
        return read_version(document, language)
    except UnknownContent:
        return []
