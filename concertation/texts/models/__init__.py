"""The rows of texts, a module a subject."""

from concertation.texts.models.adoption import AdoptedText, AdoptionProcedure, Response
from concertation.texts.models.brackets import Alternative, Bracket, Holding, Support
from concertation.texts.models.texts import LanguageVersion, Text, TextQuerySet, TextSnapshot, TextUpdate

__all__ = [
    "AdoptedText",
    "AdoptionProcedure",
    "Alternative",
    "Bracket",
    "Holding",
    "LanguageVersion",
    "Response",
    "Support",
    "Text",
    "TextQuerySet",
    "TextSnapshot",
    "TextUpdate",
]
