"""`concertation links`: prints new sign-in links, for a server without mail."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from concertation.coalition.domain.delegates import issue_sign_in_link
from concertation.coalition.mail import link_address
from concertation.coalition.models import Delegate
from concertation.record.events import Actor


class Command(BaseCommand):
    """Print single-use sign-in links."""

    help = "Print one new single-use sign-in link for each person with a capacity, or for those at the addresses."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take addresses."""
        parser.add_argument("email", nargs="*")

    def handle(self, *, email: list[str], **options: Any) -> None:
        """Print the links; an address that nobody active has is an error."""
        wanted = {address.lower() for address in email}
        delegates = Delegate.objects.active().select_related("person", "member")
        chosen = delegates.filter(person__email__in=wanted) if wanted else delegates
        if unknown := wanted - {delegate.person.email for delegate in chosen}:
            raise CommandError(f"Nobody with a capacity has the address {', '.join(sorted(unknown))}.")
        for delegate in chosen:
            token = issue_sign_in_link(by=Actor.system(), delegate=delegate)
            who = f"{delegate.person.name}, {delegate.member or '–'}, {delegate.get_capacity_display()}"
            self.stdout.write(f"{who}\n  {link_address(token)}")
