"""The rows of texts, a module a subject."""

from concertation.texts.models.adoption import AdoptedText, AdoptionProcedure, Response
from concertation.texts.models.afterwards import Alignment, Explanation
from concertation.texts.models.brackets import Alternative, Bracket, Holding, Support
from concertation.texts.models.languages import DismissedDifference, StepConfirmation
from concertation.texts.models.ledger import FollowedText, ParagraphOrder, ParagraphVersion
from concertation.texts.models.silence import Amendment, Extension, SilenceMail, SilenceProcedure
from concertation.texts.models.texts import LanguageVersion, Text, TextQuerySet, TextSnapshot, TextUpdate

__all__ = [
    "AdoptedText",
    "AdoptionProcedure",
    "Alignment",
    "Alternative",
    "Amendment",
    "Bracket",
    "DismissedDifference",
    "Explanation",
    "Extension",
    "FollowedText",
    "Holding",
    "LanguageVersion",
    "ParagraphOrder",
    "ParagraphVersion",
    "Response",
    "SilenceMail",
    "SilenceProcedure",
    "StepConfirmation",
    "Support",
    "Text",
    "TextQuerySet",
    "TextSnapshot",
    "TextUpdate",
]
