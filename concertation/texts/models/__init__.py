"""The rows of texts, a module a subject."""

from concertation.texts.models.adoption import AdoptedText, AdoptionProcedure, Response
from concertation.texts.models.remarks import Remark, Reply
from concertation.texts.models.texts import LanguageVersion, Text, TextQuerySet, TextSnapshot, TextUpdate

__all__ = [
    "AdoptedText",
    "AdoptionProcedure",
    "LanguageVersion",
    "Remark",
    "Reply",
    "Response",
    "Text",
    "TextQuerySet",
    "TextSnapshot",
    "TextUpdate",
]
