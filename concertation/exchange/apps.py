"""The exchange app."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Loads and exports a coalition."""

    name = "concertation.exchange"
