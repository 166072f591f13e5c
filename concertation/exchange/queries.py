"""Reads by the keys of files; what no file named is known by its own id."""

from uuid import UUID

from concertation.exchange.models import FileKey, Kind


def subjects_of(kind: Kind) -> dict[str, UUID]:
    """Return what each key of `kind` stands for."""
    return dict(FileKey.objects.filter(kind=kind).values_list("key", "subject"))


def keys_of(kind: Kind) -> dict[UUID, str]:
    """Return the key of each thing of `kind` that a file named."""
    return dict(FileKey.objects.filter(kind=kind).values_list("subject", "key"))
