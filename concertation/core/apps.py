"""Core: helpers without a subject."""

from django.apps import AppConfig

from concertation.core.dates import write_days_as_the_language_does


class CoreConfig(AppConfig):
    """HTTP helpers, live signals, the clock."""

    name = "concertation.core"

    def ready(self) -> None:
        """Write dates as each language does."""
        write_days_as_the_language_does()
