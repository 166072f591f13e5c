"""A text as a `Sheet`: what pages, comparisons and exports show of it at one moment."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from concertation.coalition.countries import country_name
from concertation.core import clock
from concertation.texts.canonical import (
    Reservation,
    UnknownContent,
    canonical_json,
    document_of,
    read_versions,
    sha256_of,
)
from concertation.texts.enums import Audience
from concertation.texts.errors import NotAdoptable
from concertation.texts.models import AdoptedText, AdoptionProcedure, Revision, Text
from concertation.texts.paragraphs import linear, paragraphs_of
from concertation.texts.queries.adoption import adopted_of, members_that_agreed
from concertation.texts.queries.marks import marked_paragraphs
from concertation.texts.queries.moments import moment_of_revision, paragraphs_at
from concertation.texts.queries.stored import stored_updates
from concertation.texts.reading import Author, RemarkSpan, Sheet, SheetParagraph, SheetVersion


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


def sheet_of(text: Text, adopted: AdoptedText | None = None, *, revision: Revision | None = None) -> tuple[Sheet, str]:
    """Return the text as adopted, else as proposed, else as it is stored now, and a short name of its state for files.

    With `revision`, it is what was circulated then. The text must come with its state from `visible_to`, or with what
    was `adopted` from `public_text`. Raises NotAdoptable when a version holds what is not text.
    """
    adopted = adopted or adopted_of(text)
    if revision is not None:
        state = _circulated(text, revision)
    elif adopted is not None:
        state = _adopted(adopted)
    else:
        proposed = AdoptionProcedure.objects.holding().filter(text=text).first()
        state = _proposed(proposed) if proposed else _draft(text)
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


def _circulated(text: Text, revision: Revision) -> _State:
    """Return what the chair circulated, with what delegations had done to it by then."""
    moment = moment_of_revision(revision)
    sentence = _("%(symbol)s, circulated on %(moment)s") % {"symbol": moment.symbol, "moment": moment_text(moment.at)}
    return _State(paragraphs_at(text, moment), text.titles, moment.at, revision.sha256, sentence, moment.name)


def _adopted(adopted: AdoptedText) -> _State:
    """Return what was adopted, to the byte."""
    words, titles = _held(bytes(adopted.content).decode(), adopted.adopted_at)
    members = [member.name for member in members_that_agreed(adopted)]
    sentence = _("adopted on %(moment)s") % {"moment": moment_text(adopted.adopted_at)}
    return _State(words, titles, adopted.adopted_at, adopted.sha256, sentence, "adopted", members)


def _proposed(procedure: AdoptionProcedure) -> _State:
    """Return what members are asked about, to the byte."""
    at, silence = procedure.proposed_at, procedure.by_silence
    words, titles = _held(procedure.content, at)
    if silence is None:
        sentence = _("proposed for adoption on %(moment)s") % {"moment": moment_text(at)}
    else:
        sentence = _("under silence until %(moment)s") % {"moment": moment_text(silence.deadline)}
    return _State(words, titles, at, procedure.sha256, sentence, "proposed" if silence is None else "under-silence")


def _held(content: str, at: datetime) -> tuple[dict[str, list[SheetParagraph]], dict[str, str]]:
    """Return words and titles of a canonical form, the reservations that it keeps as remarks."""
    form = json.loads(content)
    words = {
        language: [SheetParagraph(one.id, one.number, one.block) for one in paragraphs_of(blocks)]
        for language, blocks in form["versions"].items()
    }
    for number, reservation in enumerate(form.get("reservations", [])):
        _reserve(words, reservation, f"reservation-{number}", at)
    return words, form["titles"]


def _reserve(words: dict[str, list[SheetParagraph]], kept: Reservation, key: str, at: datetime) -> None:
    """Put a reservation where it stands; one on the whole text stands at its first paragraph."""
    language = kept["language"] or next(iter(words), "")
    paragraphs = words.get(language, [])
    place = next((at for at, one in enumerate(paragraphs) if one.id == kept["paragraph"]), 0)
    if not paragraphs:
        return
    start = linear(paragraphs[place].block).find(kept["words"]) if kept["words"] else -1
    first, last = (start, start + len(kept["words"])) if start >= 0 else (None, None)
    author = Author(country_name(kept["member"], get_language() or "en"), kept["member"])
    remark = RemarkSpan(key, True, first, last, author, at, kept["body"])
    paragraphs[place] = replace(paragraphs[place], remarks=(*paragraphs[place].remarks, remark))
