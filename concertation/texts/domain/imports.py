"""A language version whose words come from a file: an empty one, or a new one."""

from collections.abc import Sequence
from itertools import takewhile
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from pycrdt import Doc, XmlFragment

from concertation.coalition.models import Delegate
from concertation.coalition.rules import is_chair
from concertation.core.errors import NotAllowed
from concertation.core.words import one_line
from concertation.texts.blocks import Block
from concertation.texts.canonical import UnknownContent, document_of, is_written, read_version
from concertation.texts.domain.notes import locked_text, note
from concertation.texts.domain.texts import MOST_LANGUAGES
from concertation.texts.domain.writing import write_in
from concertation.texts.enums import State
from concertation.texts.errors import BadLanguages, Frozen, LanguageInUse
from concertation.texts.events import Act
from concertation.texts.languages import known_languages
from concertation.texts.models import LanguageVersion, Text
from concertation.texts.paragraphs import new_id
from concertation.texts.queries import stored_updates
from concertation.texts.rules import may_draft
from concertation.texts.seeding import write_block

NAME_LENGTH = 200


@transaction.atomic
def import_version(
    *, by: Delegate, text_id: UUID, language: str, blocks: Sequence[Block], file_name: str, sha256: str
) -> None:
    """Write `blocks` into the empty version in `language`, or, for the chair, into a new translation.

    The record names the file and its SHA-256. As long as the blocks are of the same kinds as those of a written
    version, they are its counterparts. Raises NoSuchText, NotAllowed, Frozen, BadLanguages, LanguageInUse.
    """
    text = locked_text(by, text_id)
    if not may_draft(by):
        raise NotAllowed
    if text.state != State.DRAFT:
        raise Frozen
    document = document_of(stored_updates(text.pk))
    if is_written(document, language):
        raise LanguageInUse
    if not text.versions.filter(language=language).exists():
        _add_version(by, text, language)
    known = _known_ids(document, text, language)
    write_in(text, lambda doc: _write(doc, language, blocks, known), by=by)
    about = {"language": language, "file": one_line(file_name)[:NAME_LENGTH], "sha256": sha256}
    note(by, Act.IMPORTED, text, about)


def _add_version(by: Delegate, text: Text, language: str) -> None:
    """Add a translation at the end; raises NotAllowed, BadLanguages."""
    if not is_chair(by):
        raise NotAllowed
    if language not in known_languages() or text.versions.count() >= MOST_LANGUAGES:
        raise BadLanguages
    last = text.versions.aggregate(last=Max("order"))["last"]
    order = 0 if last is None else last + 1
    LanguageVersion.objects.create(text=text, language=language, is_authentic=False, order=order)


def _known_ids(document: Doc[Any], text: Text, language: str) -> list[tuple[str, str]]:
    """Return kind and id of each block of the first version that has words, authentic ones first."""
    for version in text.versions.exclude(language=language).order_by("-is_authentic", "order"):
        try:
            blocks = read_version(document, version.language)
        except UnknownContent:
            continue
        if blocks:
            return [(block["type"], block.get("id", "")) for block in blocks]
    return []


def _write(document: Doc[Any], language: str, blocks: Sequence[Block], known: Sequence[tuple[str, str]]) -> None:
    """Put the blocks in place of the empty paragraphs of a version."""
    fragment = document.get(language, type=XmlFragment)
    del fragment.children[0 : len(fragment.children)]
    pairs = zip(known, blocks, strict=False)
    shared = sum(1 for _ in takewhile(lambda pair: pair[0][0] == pair[1]["type"] and pair[0][1], pairs))
    for at, block in enumerate(blocks):
        element = write_block(fragment, block, at)
        element.attributes["id"] = known[at][1] if at < shared else new_id()
