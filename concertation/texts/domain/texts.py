"""Texts are opened and described by the chair; their words come by drafting."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.db import transaction

from concertation.coalition.models import Delegate, Member
from concertation.core import clock
from concertation.core.errors import NotAllowed
from concertation.core.languages import known_languages
from concertation.core.words import one_line
from concertation.record.canonical import Json
from concertation.texts.blocks import Block
from concertation.texts.canonical import document_of, is_written
from concertation.texts.domain.ledger import follow_paragraphs
from concertation.texts.domain.notes import locked_text, note
from concertation.texts.domain.origins import start_from
from concertation.texts.enums import Audience, Pen, State
from concertation.texts.errors import BadAudience, BadLanguages, BadTitle, Frozen, LanguageInUse
from concertation.texts.events import Act
from concertation.texts.languages import MOST_LANGUAGES
from concertation.texts.models import LanguageVersion, Text, TextUpdate
from concertation.texts.queries import stored_updates
from concertation.texts.rules import may_create
from concertation.texts.seeding import identified, update_of
from concertation.texts.sync.signals import recheck

TITLE_LENGTH = 200


@transaction.atomic
def create_text(
    *,
    by: Delegate | None,
    titles: Mapping[str, str],
    languages: Sequence[str],
    authentic: Collection[str] | None = None,
    audience: Audience = Audience.COALITION,
    members: Collection[str] = (),
    pen: Pen = Pen.FREE,
    draft: Mapping[str, Sequence[Block]] | None = None,
    based_on: UUID | None = None,
    is_wider: bool = False,
) -> Text:
    """Open a text and return it; `by` is None for the loader, `authentic` None when every version is.

    `titles` and `draft`, the opening words, are by language code; `members` are codes, for the audience of named
    members only. With `based_on` the opening words are those of that text in the same languages; `is_wider` confirms
    that more members may read them now.
    Raises NotAllowed, BadTitle, BadLanguages, BadAudience, NoSuchText, NotAdoptable, WiderAudience.
    """
    if by is not None and not may_create(by):
        raise NotAllowed
    authentic = set(languages if authentic is None else authentic)
    _check_languages(languages, authentic)
    if not set(draft or {}) <= set(languages):
        raise BadLanguages
    text = Text(titles=_clean_titles(titles), audience=audience, pen=pen, created_by=by, created_at=clock.now())
    text.save(force_insert=True)
    text.members.set(_check_members(by, audience, members))
    _set_versions(text, languages, authentic)
    origin = start_from(by, text, based_on, is_wider=is_wider) if based_on else None
    draft = origin.draft if origin else draft
    if draft:
        author = [str(by.pk)] if by else []
        TextUpdate.objects.create(text=text, update=update_of(identified(draft)), authors=author, at=clock.now())
        follow_paragraphs(text_id=text.pk)
    note(by, Act.CREATED, text, {**_description(text), **(origin.facts if origin else {})})
    return text


@transaction.atomic
def update_text_settings(
    *,
    by: Delegate | None,
    text_id: UUID,
    titles: Mapping[str, str],
    languages: Sequence[str],
    authentic: Collection[str],
    audience: Audience,
    members: Collection[str] = (),
    pen: Pen | None = None,
) -> None:
    """Change the titles, languages, audience and pen of a draft; of an adopted text, the audience only.

    `by` is None for the loader, `pen` None to leave it with whom it is. A published text that is no longer for the
    public is no longer published. Open editors are checked again.
    Raises NoSuchText, NotAllowed, Frozen, BadTitle, BadLanguages, LanguageInUse, BadAudience.
    """
    text = locked_text(by, text_id)
    if by is not None and not may_create(by):
        raise NotAllowed
    titles = _clean_titles(titles)
    _check_languages(languages, set(authentic))
    if text.state == State.PROPOSED or (
        text.state == State.ADOPTED
        and (titles, _version_set(text), pen or text.pen) != (text.titles, _pairs(languages, authentic), text.pen)
    ):
        raise Frozen
    if text.state == State.DRAFT:
        _drop_versions(text, keep=languages)
        _set_versions(text, languages, set(authentic))
    text.titles, text.audience, text.pen = titles, audience, pen or text.pen
    text.published_at = text.published_at if audience == Audience.PUBLIC else None
    text.save(update_fields=["titles", "audience", "pen", "published_at"])
    text.members.set(_check_members(by, audience, members))
    note(by, Act.CHANGED, text, _description(text))
    recheck(text_id)


def _clean_titles(titles: Mapping[str, str]) -> dict[str, str]:
    """Return the titles that are not blank, in normal form; raises BadTitle."""
    found = {language: line for language, title in titles.items() if (line := one_line(title))}
    if not found or max(map(len, found.values())) > TITLE_LENGTH or not set(found) <= known_languages():
        raise BadTitle
    return found


def _check_languages(languages: Sequence[str], authentic: Collection[str]) -> None:
    once = set(languages)
    known = 1 <= len(languages) == len(once) <= MOST_LANGUAGES and once <= known_languages()
    if not known or not authentic or not set(authentic) <= once:
        raise BadLanguages


def _check_members(by: Delegate | None, audience: Audience, members: Collection[str]) -> list[Member]:
    """Return the members that an audience names; raises BadAudience."""
    if audience != Audience.MEMBERS:
        return []
    found = list(Member.objects.present().filter(pk__in=members))
    codes = {member.pk for member in found}
    if not found or codes != set(members) or (by and by.member_id and by.member_id not in codes):
        raise BadAudience
    return found


def _pairs(languages: Sequence[str], authentic: Collection[str]) -> set[tuple[str, bool]]:
    return {(language, language in authentic) for language in languages}


def _version_set(text: Text) -> set[tuple[str, bool]]:
    return set(text.versions.values_list("language", "is_authentic"))


def _set_versions(text: Text, languages: Sequence[str], authentic: Collection[str]) -> None:
    """Give the text exactly these versions, in this order."""
    for order, language in enumerate(languages):
        facts = {"order": order, "is_authentic": language in authentic}
        LanguageVersion.objects.update_or_create(text=text, language=language, defaults=facts)


def _drop_versions(text: Text, *, keep: Collection[str]) -> None:
    """Take versions away, unless they hold anything; raises LanguageInUse."""
    gone = text.versions.exclude(language__in=keep)
    document = document_of(stored_updates(text.pk))
    if any(is_written(document, version.language) for version in gone):
        raise LanguageInUse
    gone.delete()


def _description(text: Text) -> dict[str, Json]:
    """Return what the record says of a text."""
    return {
        "titles": text.titles,
        "audience": text.audience,
        "pen": text.pen,
        "members": sorted(text.members.values_list("pk", flat=True)),
        "languages": {version.language: version.is_authentic for version in text.versions.all()},
    }
