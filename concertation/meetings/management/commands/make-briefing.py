"""`concertation make-briefing ID`: makes one briefing book, as the server has it done in a process of its own."""

import os
from argparse import ArgumentParser
from functools import partial
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from concertation.core.processes import NICER, Heart
from concertation.meetings.briefing.making import make_book
from concertation.meetings.domain.briefing_work import claim_book, keep_book_alive, release_book


class Command(BaseCommand):
    """Make one book."""

    help = "Make the briefing book ID, unless it is cancelled."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the book, and the attempt if the book was claimed already."""
        parser.add_argument("book_id", type=UUID)
        parser.add_argument("--attempt", type=int)

    def handle(self, *, book_id: UUID, attempt: int | None, **options: Any) -> None:
        """Make it; what is left undone is free for another process."""
        if attempt is None:
            book = claim_book(book_id)
            if book is None:
                raise CommandError("This book has ended, does not exist, or another process makes it.")
            attempt = book.attempt
        os.nice(NICER)
        with Heart(partial(keep_book_alive, book_id, attempt)) as heart:
            make_book(book_id, attempt, stop=heart.must_stop)
            release_book(book_id, attempt)
