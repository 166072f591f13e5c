"""Coalition: who belongs to it, and in which capacity."""

from django.apps import AppConfig


class CoalitionConfig(AppConfig):
    """Members, delegates, capacities."""

    name = "concertation.coalition"
