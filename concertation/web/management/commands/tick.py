"""`concertation tick`: one round of the timed work that `serve` does by itself, for cron and for trying out."""

from typing import Any

from django.core.management.base import BaseCommand

from concertation.core import rounds


class Command(BaseCommand):
    """Do what is due."""

    help = "Enter what the clock decided, send reminders and mails that are due, once."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run every timed task once; the exit status is 1 when one failed, and names it."""
        if failed := rounds.run_each_once():
            self.stderr.write(f"Failed: {', '.join(failed)}.")
            raise SystemExit(1)
