"""The rows of texts, a module a subject."""

from concertation.texts.models.adoption import AdoptedText, AdoptionProcedure, Response
from concertation.texts.models.agreed import AdoptedParagraph, AdoptedShingle, AgreedReference, IndexedText, TextOrigin
from concertation.texts.models.texts import LanguageVersion, Text, TextQuerySet, TextSnapshot, TextUpdate

__all__ = [
    "AdoptedParagraph",
    "AdoptedShingle",
    "AdoptedText",
    "AdoptionProcedure",
    "AgreedReference",
    "IndexedText",
    "LanguageVersion",
    "Response",
    "Text",
    "TextOrigin",
    "TextQuerySet",
    "TextSnapshot",
    "TextUpdate",
]
