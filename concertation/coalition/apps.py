"""Coalition: who belongs to it, and in which capacity."""

from django.apps import AppConfig

from concertation.coalition.events import KINDS, SENTENCES
from concertation.record.events import name_actions, name_kinds


class CoalitionConfig(AppConfig):
    """Members, delegates, capacities."""

    name = "concertation.coalition"

    def ready(self) -> None:
        """Give the record the words for our acts."""
        name_actions(SENTENCES)
        name_kinds(KINDS)
