"""Rows of what the coalition watches, by subject; they are the truth, and only ever added to."""

from concertation.situation.models.actors import Counterpart
from concertation.situation.models.conditions import FIRST_DAY, Assessment, Condition, Wording, latest_day
from concertation.situation.models.contacts import Contact, ContactPoint, Readout, ReadoutNote
from concertation.situation.models.positions import Question, QuestionWording, Statement

__all__ = [
    "FIRST_DAY",
    "Assessment",
    "Condition",
    "Contact",
    "ContactPoint",
    "Counterpart",
    "Question",
    "QuestionWording",
    "Readout",
    "ReadoutNote",
    "Statement",
    "Wording",
    "latest_day",
]
