"""A new text can start from the words of an earlier one, adopted or as it stands."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from concertation.coalition.models import Delegate
from concertation.record.canonical import Json
from concertation.texts.blocks import Block
from concertation.texts.canonical import UnknownContent, canonical_json, document_of, read_versions, sha256_of
from concertation.texts.enums import Outcome
from concertation.texts.errors import NoSuchText, NotAdoptable, WiderAudience
from concertation.texts.models import Text, TextOrigin
from concertation.texts.paragraphs import new_id
from concertation.texts.queries import stored_updates
from concertation.texts.rules import reads_at_most


@dataclass(frozen=True, slots=True)
class Start:
    """The opening words that a text takes from another, and what the record says of it."""

    draft: Mapping[str, Sequence[Block]]
    facts: dict[str, Json]


def start_from(by: Delegate | None, text: Text, source_id: UUID, *, is_wider: bool) -> Start:
    """Keep that `text`, just made, starts from `source_id`, and return its words in the languages of `text`.

    The record gets the source's id and the hash of its words, never its title: its readers may be fewer. `by` is None
    for the loader. Raises NoSuchText, NotAdoptable, WiderAudience when `is_wider` does not confirm that it is.
    """
    visible = Text.objects.visible_to(by) if by else Text.objects.with_state()
    source = visible.filter(pk=source_id).first()
    if source is None:
        raise NoSuchText
    widens = not reads_at_most(text, source)
    if widens and not is_wider:
        raise WiderAudience
    versions, sha256 = _words_of(source)
    TextOrigin.objects.create(
        text=text, source=source, state=source.state, sha256=sha256, is_wider=widens, at=text.created_at
    )
    languages = set(text.versions.values_list("language", flat=True))
    facts: dict[str, Json] = {"based_on": str(source.pk), "sha256": sha256}
    if widens:
        facts["is_wider"] = True
    return Start(freshened({code: blocks for code, blocks in versions.items() if code in languages}), facts)


def _words_of(source: Text) -> tuple[dict[str, list[Block]], str]:
    """Return the words of every version, as adopted, as proposed or as they stand, and the hash of them all.

    Raises NotAdoptable when somebody hung on the document what cannot be part of a text.
    """
    holding = source.procedures.filter(outcome__in=[Outcome.RUNNING, Outcome.ADOPTED]).first()
    if holding is not None:
        return json.loads(holding.content)["versions"], holding.sha256
    versions = list(source.versions.all())
    try:
        words = read_versions(document_of(stored_updates(source.pk)), [version.language for version in versions])
    except UnknownContent as unknown:
        raise NotAdoptable(unknown) from unknown
    authentic = [version.language for version in versions if version.is_authentic]
    content = canonical_json(text=str(source.pk), titles=source.titles, authentic=authentic, versions=words)
    return words, sha256_of(content)


def freshened(versions: Mapping[str, Sequence[Block]]) -> dict[str, list[Block]]:
    """Return copies of the blocks with new ids; counterparts, which shared one, share the new one."""
    fresh: dict[str, str] = {}
    return {language: [_with_fresh_id(block, fresh) for block in blocks] for language, blocks in versions.items()}


def _with_fresh_id(block: Block, fresh: dict[str, str]) -> Block:
    """Return a copy of `block` with the id that stands for its own; one without id stays without."""
    made = block.copy()
    if identity := block.get("id"):
        made["id"] = fresh.setdefault(identity, new_id())
    return made
