"""`concertation create-secretariat`: the first person of a new server."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from concertation.coalition.domain.delegates import appoint_delegate, invite_delegate
from concertation.coalition.enums import Capacity
from concertation.coalition.mail import link_address
from concertation.core.errors import DomainError
from concertation.record.events import Actor


class Command(BaseCommand):
    """Make a person of the secretariat."""

    help = "Give a person the capacity of secretariat, mail the sign-in link, and print it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the person."""
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("--language", default="en")

    def handle(self, *, email: str, name: str, language: str, **options: Any) -> None:
        """Appoint the person and print the link."""
        try:
            validate_email(email)
            delegate = appoint_delegate(
                by=Actor.system(), name=name, email=email, capacity=Capacity.SECRETARIAT, language=language
            )
            token = invite_delegate(by=Actor.system(), delegate=delegate)
        except ValidationError as error:
            raise CommandError(f"“{email}” is not an e-mail address.") from error
        except DomainError as error:
            raise CommandError(str(error.message)) from error
        self.stdout.write(f"{name} signs in once by {link_address(token)}")
