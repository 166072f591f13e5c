"""The words of each language version, as stored, proposed or adopted."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from concertation.texts.blocks import Block
from concertation.texts.canonical import UnknownContent, document_of, read_version
from concertation.texts.faults import in_words
from concertation.texts.models import (
    AdoptionProcedure,
    LanguageVersion,
    Text,
)
from concertation.texts.queries.brackets import open_brackets, spans_by_paragraph
from concertation.texts.queries.stored import stored_updates
from concertation.texts.reading import BracketSpan


@dataclass(frozen=True, slots=True)
class Version:
    """One language version to read; `fault` says why its blocks cannot be shown, `brackets` are by paragraph."""

    language: str
    is_authentic: bool
    blocks: list[Block]
    fault: str = ""
    brackets: Mapping[str, Sequence[BracketSpan]] = field(default_factory=dict)


def versions_of(text: Text) -> list[Version]:
    """Return the words of each language: what was adopted, else what is proposed, else what is stored now."""
    languages = list(text.versions.all())
    holding = AdoptionProcedure.objects.holding().filter(text=text).first()
    if holding is not None:
        return proposed_versions(holding, languages)
    document = document_of(stored_updates(text.pk))
    held = open_brackets(text, document)
    found = []
    for version in languages:
        try:
            blocks, fault = read_version(document, version.language), ""
        except UnknownContent as unknown:
            blocks, fault = [], in_words(unknown.what)
        brackets = spans_by_paragraph(held, version.language)
        found.append(Version(version.language, version.is_authentic, blocks, fault, brackets))
    return found


def proposed_versions(procedure: AdoptionProcedure, languages: Iterable[LanguageVersion]) -> list[Version]:
    """Return the words of each of `languages` as they were proposed."""
    words = json.loads(procedure.content)["versions"]
    return [Version(lang.language, lang.is_authentic, words.get(lang.language, [])) for lang in languages]
