"""The rows of texts, a module a subject."""

from concertation.texts.models.adoption import AdoptedText, AdoptionProcedure, Response
from concertation.texts.models.ledger import FollowedText, ParagraphOrder, ParagraphVersion
from concertation.texts.models.proposals import Hunk, Proposal, ProposalSupport
from concertation.texts.models.revisions import Revision
from concertation.texts.models.texts import LanguageVersion, Text, TextQuerySet, TextSnapshot, TextUpdate

__all__ = [
    "AdoptedText",
    "AdoptionProcedure",
    "FollowedText",
    "Hunk",
    "LanguageVersion",
    "ParagraphOrder",
    "ParagraphVersion",
    "Proposal",
    "ProposalSupport",
    "Response",
    "Revision",
    "Text",
    "TextQuerySet",
    "TextSnapshot",
    "TextUpdate",
]
