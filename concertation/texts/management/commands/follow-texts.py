"""The command that makes the ledger of paragraphs anew."""

from typing import Any

from django.core.management.base import BaseCommand

from concertation.texts.domain.ledger import rebuild_paragraphs
from concertation.texts.models import Text


class Command(BaseCommand):
    """Follow the stored updates of every text from the first one."""

    help = "Make the ledger of the paragraphs of every text anew from its stored updates."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild text by text and say how many there are."""
        keys = list(Text.objects.values_list("pk", flat=True))
        for key in keys:
            rebuild_paragraphs(text_id=key)
        self.stdout.write(f"{len(keys)} texts followed.")
