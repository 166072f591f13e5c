"""The words of each language version, as stored, proposed or adopted."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from concertation.texts.blocks import Block
from concertation.texts.canonical import UnknownContent, document_of, read_version
from concertation.texts.faults import in_words
from concertation.texts.models import (
    AdoptionProcedure,
    LanguageVersion,
    Text,
)
from concertation.texts.queries.stored import stored_updates


@dataclass(frozen=True, slots=True)
class Version:
    """One language version to read; `fault` says why its blocks cannot be shown."""

    language: str
    is_authentic: bool
    blocks: list[Block]
    fault: str = ""


def versions_of(text: Text) -> list[Version]:
    """Return the words of each language: what was adopted, else what is proposed, else what is stored now."""
    languages = list(text.versions.all())
    holding = AdoptionProcedure.objects.holding().filter(text=text).first()
    if holding is not None:
        return proposed_versions(holding, languages)
    document = document_of(stored_updates(text.pk))
    found = []
    for version in languages:
        try:
            blocks, fault = read_version(document, version.language), ""
        except UnknownContent as unknown:
            blocks, fault = [], in_words(unknown.what)
        found.append(Version(version.language, version.is_authentic, blocks, fault))
    return found


def proposed_versions(procedure: AdoptionProcedure, languages: Iterable[LanguageVersion]) -> list[Version]:
    """Return the words of each of `languages` as they were proposed."""
    words = json.loads(procedure.content)["versions"]
    return [Version(lang.language, lang.is_authentic, words.get(lang.language, [])) for lang in languages]
