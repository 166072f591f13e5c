"""Runs of the solver in processes of their own; the solver is loaded in these processes only."""

import logging

from concertation.commitments.domain.plan_entries import announce_run
from concertation.commitments.domain.plan_work import claim_due_run, release_run
from concertation.commitments.models import PlanRun
from concertation.core.processes import Relay, run_command

logger = logging.getLogger(__name__)

_relay = Relay(announce_run)


def run_due_plan() -> None:
    """Start a process for the run that waits longest, if there is one, and stay with it until it ends."""
    run = claim_due_run()
    if run is None:
        return
    if status := run_command("plan-run", str(run.pk), "--attempt", str(run.attempt)):
        logger.warning("The process that planned %s ended with status %s.", run.pk, status)
        release_run(run.pk, run.attempt)


def pass_changes_on() -> None:
    """Tell browsers what the processes stored."""
    _relay.pass_on(PlanRun.objects.light())
