"""The command that sends the calendar messages that could not be sent before."""

from typing import Any

from django.core.management.base import BaseCommand

from concertation.meetings.domain.mailing import send_due_mails


class Command(BaseCommand):
    """Send the invitations, changes and cancellations that are due."""

    help = "Send the invitations, changes and cancellations of meetings that have not been sent."

    def handle(self, *args: Any, **options: Any) -> None:
        """Send them and say how many went; the exit status is 1 when one failed."""
        sent, failed = send_due_mails()
        self.stdout.write(f"{sent} sent, {failed} failed.")
        if failed:
            raise SystemExit(1)
