"""The rows of texts, a module a subject."""

from concertation.texts.models.adoption import AdoptedText, AdoptionProcedure, Response
from concertation.texts.models.afterwards import Alignment, Explanation
from concertation.texts.models.ledger import FollowedText, ParagraphOrder, ParagraphVersion
from concertation.texts.models.proposals import Hunk, Proposal, ProposalSupport
from concertation.texts.models.silence import Amendment, Extension, SilenceMail, SilenceProcedure
from concertation.texts.models.texts import LanguageVersion, Text, TextQuerySet, TextSnapshot, TextUpdate

__all__ = [
    "AdoptedText",
    "AdoptionProcedure",
    "Alignment",
    "Amendment",
    "Explanation",
    "Extension",
    "FollowedText",
    "Hunk",
    "LanguageVersion",
    "ParagraphOrder",
    "ParagraphVersion",
    "Proposal",
    "ProposalSupport",
    "Response",
    "SilenceMail",
    "SilenceProcedure",
    "Text",
    "TextQuerySet",
    "TextSnapshot",
    "TextUpdate",
]
