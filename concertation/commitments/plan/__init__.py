"""Who does what in which month: from requirements, contributions and a scenario to a plan, its bound, its gaps.

`improve` yields plans, `check` verifies one, `explain` says why a requirement is not met. Nothing here knows of Django.
"""

from concertation.commitments.plan.check import check
from concertation.commitments.plan.explain import explain, explain_shortfalls
from concertation.commitments.plan.highs import Effort
from concertation.commitments.plan.relax import grant
from concertation.commitments.plan.solve import improve, solve
from concertation.commitments.plan.validation import PlanError, validate

__all__ = ["Effort", "PlanError", "check", "explain", "explain_shortfalls", "grant", "improve", "solve", "validate"]
