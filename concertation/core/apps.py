"""Core: helpers without a subject."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """HTTP helpers, live signals, the clock."""

    name = "concertation.core"
