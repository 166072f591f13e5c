"""Record: the append-only log of every act."""

from django.apps import AppConfig


class RecordConfig(AppConfig):
    """Merkle-hashed, signed entries; export and offline verification."""

    name = "concertation.record"
