"""A file becomes the coalition: all of it in one transaction, or nothing."""

from django.db import transaction

from concertation.exchange.contents import CoalitionFile
from concertation.exchange.report import Report
from concertation.exchange.steps.catalogue import load_catalogue, load_rates, retire_capabilities
from concertation.exchange.steps.coalition import load_coalition
from concertation.exchange.steps.conditions import load_conditions
from concertation.exchange.steps.contributions import load_contributions
from concertation.exchange.steps.meetings import load_meetings
from concertation.exchange.steps.members import load_members
from concertation.exchange.steps.people import load_people
from concertation.exchange.steps.requirements import load_requirements
from concertation.exchange.steps.texts import load_texts


@transaction.atomic
def load_file(file: CoalitionFile) -> Report:
    """Make the coalition what `file` says and return what was done; a second time, nothing is.

    Raises FileRefused when the coalition's rules do not allow it; then nothing was written.
    """
    report = Report()
    load_coalition(file, report)
    load_members(file, report)
    load_people(file, report)
    load_meetings(file, report)
    load_texts(file, report)
    load_conditions(file, report)
    load_catalogue(file, report)
    load_rates(file, report)
    load_requirements(file, report)
    load_contributions(file, report)
    retire_capabilities(file, report)
    return report
