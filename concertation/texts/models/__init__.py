"""The rows of texts, a module a subject."""

from concertation.texts.models.adoption import AdoptedText, AdoptionProcedure, Response
from concertation.texts.models.afterwards import Alignment, Explanation
from concertation.texts.models.agreed import AdoptedParagraph, AdoptedShingle, AgreedReference, IndexedText, TextOrigin
from concertation.texts.models.agreement import Agreement
from concertation.texts.models.brackets import Alternative, Bracket, Holding, Support
from concertation.texts.models.languages import DismissedDifference, StepConfirmation
from concertation.texts.models.ledger import FollowedText, ParagraphOrder, ParagraphVersion
from concertation.texts.models.proposals import Hunk, Proposal, ProposalSupport
from concertation.texts.models.remarks import Remark, Reply
from concertation.texts.models.revisions import Revision
from concertation.texts.models.silence import Amendment, Extension, SilenceMail, SilenceProcedure
from concertation.texts.models.texts import LanguageVersion, Text, TextQuerySet, TextSnapshot, TextUpdate

__all__ = [
    "AdoptedParagraph",
    "AdoptedShingle",
    "AdoptedText",
    "AdoptionProcedure",
    "AgreedReference",
    "Agreement",
    "Alignment",
    "Alternative",
    "Amendment",
    "Bracket",
    "DismissedDifference",
    "Explanation",
    "Extension",
    "FollowedText",
    "Holding",
    "Hunk",
    "IndexedText",
    "LanguageVersion",
    "ParagraphOrder",
    "ParagraphVersion",
    "Proposal",
    "ProposalSupport",
    "Remark",
    "Reply",
    "Response",
    "Revision",
    "SilenceMail",
    "SilenceProcedure",
    "StepConfirmation",
    "Support",
    "Text",
    "TextOrigin",
    "TextQuerySet",
    "TextSnapshot",
    "TextUpdate",
]
