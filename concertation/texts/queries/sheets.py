"""A text as a `Sheet`: what pages, comparisons and exports show of it at one moment."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from concertation.core import clock
from concertation.texts.blocks import Block
from concertation.texts.canonical import UnknownContent, canonical_json, document_of, read_versions, sha256_of
from concertation.texts.enums import Audience, Outcome
from concertation.texts.errors import NotAdoptable
from concertation.texts.models import AdoptionProcedure, Text
from concertation.texts.paragraphs import paragraphs_of
from concertation.texts.queries.adoption import members_that_agreed
from concertation.texts.queries.marks import marked_paragraphs
from concertation.texts.queries.stored import stored_updates
from concertation.texts.reading import Sheet, SheetParagraph, SheetVersion


@dataclass(frozen=True, slots=True)
class _State:
    """What was read of a text: its words and titles by language, since when they stand so, and the state in words."""

    words: dict[str, list[SheetParagraph]]
    titles: dict[str, str]
    at: datetime
    sha256: str
    sentence: str
    slug: str
    members: Sequence[str] = ()


def sheet_of(text: Text) -> tuple[Sheet, str]:
    """Return the text as adopted, else as proposed, else as it is stored now, and a short name of its state for files.

    The text must come from `visible_to` or `public`. Raises NotAdoptable when a version holds what is not text.
    """
    holding = text.procedures.filter(outcome__in=[Outcome.RUNNING, Outcome.ADOPTED]).first()
    state = _held(text, holding) if holding else _draft(text)
    sheet = Sheet(
        text=str(text.pk),
        state=state.sentence,
        audience=audience_of(text),
        sha256=state.sha256,
        at=state.at,
        versions=[
            SheetVersion(
                version.language,
                state.titles.get(version.language) or next(iter(state.titles.values()), ""),
                version.is_authentic,
                state.words.get(version.language, []),
            )
            for version in text.versions.all()
        ],
        members=state.members,
    )
    return sheet, state.slug


def audience_of(text: Text) -> str:
    """Return in words who may read the text now, the members by their names."""
    if text.audience == Audience.MEMBERS:
        return _("%(members)s only") % {"members": ", ".join(member.name for member in text.members.all())}
    if text.audience == Audience.PUBLIC:
        return _("everybody") if text.published_at else _("the coalition; not published")
    return _("the coalition")


def moment_text(at: datetime) -> str:
    """Return a moment in words, in UTC, since a file is read in every zone."""
    return f"{date_format(at.astimezone(UTC), 'j F Y, H:i')} UTC"


def _draft(text: Text) -> _State:
    """Return what is stored now."""
    languages = list(text.versions.all())
    try:
        document = document_of(stored_updates(text.pk))
        words = read_versions(document, [version.language for version in languages])
    except UnknownContent as unknown:
        raise NotAdoptable(unknown) from unknown
    authentic = [version.language for version in languages if version.is_authentic]
    content = canonical_json(text=str(text.pk), titles=text.titles, authentic=authentic, versions=words)
    now = clock.now()
    sentence = _("draft as of %(moment)s") % {"moment": moment_text(now)}
    paragraphs = marked_paragraphs(text, document, words, now)
    return _State(paragraphs, text.titles, now, sha256_of(content), sentence, "draft")


def _held(text: Text, procedure: AdoptionProcedure) -> _State:
    """Return what is proposed or adopted, to the byte."""
    content = json.loads(procedure.content)
    words = {language: _paragraphs(blocks) for language, blocks in content["versions"].items()}
    titles = content["titles"]
    if procedure.outcome == Outcome.ADOPTED:
        adopted = text.adopted
        members = [member.name for member in members_that_agreed(adopted)]
        sentence = _("adopted on %(moment)s") % {"moment": moment_text(adopted.adopted_at)}
        return _State(words, titles, adopted.adopted_at, adopted.sha256, sentence, "adopted", members)
    sentence = _("proposed for adoption on %(moment)s") % {"moment": moment_text(procedure.proposed_at)}
    return _State(words, titles, procedure.proposed_at, procedure.sha256, sentence, "proposed")


def _paragraphs(blocks: Sequence[Block]) -> list[SheetParagraph]:
    return [SheetParagraph(one.id, one.number, one.block) for one in paragraphs_of(blocks)]
