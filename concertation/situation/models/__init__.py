"""Rows of what the coalition watches, by subject; they are the truth, and only ever added to."""

from concertation.situation.models.actors import Counterpart
from concertation.situation.models.conditions import Assessment, Condition, Wording
from concertation.situation.models.contacts import Contact, ContactPoint, Readout, ReadoutNote
from concertation.situation.models.incidents import (
    Account,
    Citation,
    Collection,
    Edition,
    Incident,
    Join,
    Kind,
    Step,
)
from concertation.situation.models.observation import Area, Limit
from concertation.situation.models.positions import Question, QuestionWording, Statement

__all__ = [
    "Account",
    "Area",
    "Assessment",
    "Citation",
    "Collection",
    "Condition",
    "Contact",
    "ContactPoint",
    "Counterpart",
    "Edition",
    "Incident",
    "Join",
    "Kind",
    "Limit",
    "Question",
    "QuestionWording",
    "Readout",
    "ReadoutNote",
    "Statement",
    "Step",
    "Wording",
]
