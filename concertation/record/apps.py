"""Record: the append-only log of every act."""

from importlib import import_module

from django.apps import AppConfig


class RecordConfig(AppConfig):
    """Merkle-hashed, signed entries; export and offline verification."""

    name = "concertation.record"

    def ready(self) -> None:
        """Let Django find the checks, which need the models to be loaded."""
        import_module("concertation.record.checks")
