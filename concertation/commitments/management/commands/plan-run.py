"""`concertation plan-run ID`: betters the plan of one run, as the server has it done in a process of its own."""

import os
from argparse import ArgumentParser
from functools import partial
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from concertation.commitments.domain.plan_work import claim_run, keep_alive, release_run
from concertation.commitments.planning.running import make_plans
from concertation.core.processes import NICER, Heart


class Command(BaseCommand):
    """Work on one run."""

    help = "Plan the run ID until it is proven, its time is up, or it is cancelled."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the run, and the attempt if the run was claimed already."""
        parser.add_argument("run_id", type=UUID)
        parser.add_argument("--attempt", type=int)

    def handle(self, *, run_id: UUID, attempt: int | None, **options: Any) -> None:
        """Plan; what is left undone is free for another process."""
        if attempt is None:
            run = claim_run(run_id)
            if run is None:
                raise CommandError("This run has ended, does not exist, or another process works on it.")
            attempt = run.attempt
        os.nice(NICER)
        with Heart(partial(keep_alive, run_id, attempt)) as heart:
            make_plans(run_id, attempt, stop=heart.must_stop)
            release_run(run_id, attempt)
