"""`concertation reindex-texts`: makes the index of agreed language again."""

from typing import Any

from django.core.management.base import BaseCommand

from concertation.texts.domain.agreed_index import reindex_texts


class Command(BaseCommand):
    """Make the index of adopted paragraphs again."""

    help = "Make the index of agreed language again from the adopted texts."

    def handle(self, **options: Any) -> None:
        """Make it, and say of how many texts it is."""
        self.stdout.write(f"Adopted texts in the index: {reindex_texts()}")
