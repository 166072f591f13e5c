"""Why no plan can be made, as it is stored; the page puts it in words. Pure."""

from concertation.commitments.plan.validation import PlanError


def fault_of(error: PlanError) -> dict[str, str]:
    """Return what is wrong with which contribution, requirement or condition, and what it names."""
    return {"kind": type(error).__name__, "subject": error.subject, "about": error.about}
