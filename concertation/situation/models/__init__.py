"""Rows of what the coalition watches, by subject; they are the truth, and only ever added to."""

from concertation.situation.models.conditions import FIRST_DAY, Assessment, Condition, Wording, latest_day

__all__ = ["FIRST_DAY", "Assessment", "Condition", "Wording", "latest_day"]
