"""Keys of the load files are remembered; that is bookkeeping, not an act, so it is not in the record."""

from uuid import UUID

from concertation.exchange.models import FileKey, Kind


def remember_key(*, kind: Kind, key: str, subject: UUID) -> None:
    """Keep that `key` stands for `subject` from now on; raises IntegrityError when either is taken."""
    FileKey.objects.create(kind=kind, key=key, subject=subject)
