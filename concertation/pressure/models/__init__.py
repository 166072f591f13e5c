"""Rows of measures, what is said of them, packages and steps; what was said is the truth and only ever added to."""

from concertation.pressure.models.measures import Measure, Package, PackageItem, Statement
from concertation.pressure.models.steps import Step, StepNote

__all__ = ["Measure", "Package", "PackageItem", "Statement", "Step", "StepNote"]
