"""Rows of what is required and what is contributed; revisions, terms, facts and caveats are only ever added to."""

from concertation.commitments.models.catalogue import Capability, Rate
from concertation.commitments.models.contributions import Caveat, Contribution, Fact, Party, Terms
from concertation.commitments.models.plans import PlanAnswer, PlanRun, PlanScenario
from concertation.commitments.models.reminders import Reminder
from concertation.commitments.models.requirements import Requirement, Revision

__all__ = [
    "Capability",
    "Caveat",
    "Contribution",
    "Fact",
    "Party",
    "PlanAnswer",
    "PlanRun",
    "PlanScenario",
    "Rate",
    "Reminder",
    "Requirement",
    "Revision",
    "Terms",
]
