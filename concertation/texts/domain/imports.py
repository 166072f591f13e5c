"""Drafts that come from a file: a new text, an empty language version, or a new one."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from pycrdt import Doc, XmlFragment

from concertation.coalition.models import Delegate
from concertation.coalition.rules import is_chair
from concertation.core.errors import NotAllowed
from concertation.core.languages import known_languages
from concertation.core.words import one_line
from concertation.texts.blocks import Block
from concertation.texts.canonical import UnknownContent, document_of, is_written, read_version
from concertation.texts.domain.notes import locked_text, note
from concertation.texts.domain.proposals import propose_changes
from concertation.texts.domain.remarks import Place, make_comments
from concertation.texts.domain.texts import create_text
from concertation.texts.domain.writing import write_in
from concertation.texts.enums import Audience, State
from concertation.texts.errors import BadLanguages, ChangesNotTaken, Frozen, LanguageInUse
from concertation.texts.events import Act
from concertation.texts.imports.comments import comments_of
from concertation.texts.imports.wishes import identified, wishes_of
from concertation.texts.languages import MOST_LANGUAGES
from concertation.texts.models import LanguageVersion, Text
from concertation.texts.queries import stored_updates
from concertation.texts.reading import SheetParagraph
from concertation.texts.rules import may_draft, may_edit, may_suggest
from concertation.texts.seeding import write_block

NAME_LENGTH = 200


@transaction.atomic
def import_text(
    *,
    by: Delegate,
    title: str,
    language: str,
    audience: Audience,
    members: Collection[str],
    paragraphs: Sequence[SheetParagraph],
) -> Text:
    """Open a text with the draft of a file, whose tracked changes and comments become those of `by`, and return it.

    Raises like `create_text`, `propose_changes` and `make_comments`.
    """
    draft = identified(paragraphs)
    text = create_text(
        by=by,
        titles={language: title},
        languages=[language],
        audience=audience,
        members=members,
        draft={language: [one.block for one in draft if not one.inserted_by]},
    )
    _take_over(by, text, draft, language)
    return text


@transaction.atomic
def import_version(
    *, by: Delegate, text_id: UUID, language: str, paragraphs: Sequence[SheetParagraph], file_name: str, sha256: str
) -> None:
    """Write a draft into the empty version in `language`, or, for the chair, into a new translation.

    Its tracked changes become proposals of `by`, its comments comments. The record names the file and its SHA-256.
    Raises NoSuchText, NotAllowed, Frozen, BadLanguages, LanguageInUse, ChangesNotTaken (nobody may propose in the
    text), and like `propose_changes` and `make_comments`.
    """
    text = locked_text(by, text_id)
    if text.state != State.DRAFT and may_draft(by):
        raise Frozen
    document = document_of(stored_updates(text.pk))
    if not text.versions.filter(language=language).exists():
        _add_version(by, text, language)
    if not may_edit(by, text):
        raise NotAllowed
    if is_written(document, language):
        raise LanguageInUse
    draft = identified(paragraphs, _known_ids(document, text, language))
    if wishes_of(draft, language) and not may_suggest(by, text):
        raise ChangesNotTaken
    write_in(text, lambda doc: _write(doc, language, [one.block for one in draft if not one.inserted_by]), by=by)
    about = {"language": language, "file": one_line(file_name)[:NAME_LENGTH], "sha256": sha256}
    note(by, Act.IMPORTED, text, about)
    _take_over(by, text, draft, language)


def _take_over(by: Delegate, text: Text, draft: Sequence[SheetParagraph], language: str) -> None:
    """Propose what a file proposes, and say what its comments say, under the name of whoever imports it."""
    if comments := comments_of(draft):
        places = [(Place(language, one.paragraph, one.start, one.end, one.words), one.body) for one in comments]
        make_comments(by=by, text_id=text.pk, comments=places)
    if wishes := wishes_of(draft, language):
        propose_changes(by=by, text_id=text.pk, wishes=wishes)


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


def _write(document: Doc[Any], language: str, blocks: Sequence[Block]) -> None:
    """Put the blocks in place of the empty paragraphs of a version."""
    fragment = document.get(language, type=XmlFragment)
    del fragment.children[0 : len(fragment.children)]
    for at, block in enumerate(blocks):
        write_block(fragment, block, at).attributes["id"] = block["id"]
