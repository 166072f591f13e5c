"""Rows of measures, what is said of them, packages and steps; what was said is the truth and only ever added to."""

from concertation.pressure.models.measures import Measure, Package, PackageItem, Statement
from concertation.pressure.models.steps import Step, StepNote
from concertation.situation.models import FIRST_DAY, latest_day

__all__ = ["FIRST_DAY", "Measure", "Package", "PackageItem", "Statement", "Step", "StepNote", "latest_day"]
