"""An import between its preview and its confirmation: carried by the browser, signed; nothing is saved."""

import dataclasses
from typing import Any

from django.core import signing

from concertation.coalition.models import Delegate
from concertation.situation.incidents.reading import Table

SALT = "concertation.situation.incidents"
SECONDS = 3600
LARGEST = 1_900_000  # what a form may bring is 2 MB


@dataclasses.dataclass(frozen=True, slots=True)
class Carried:
    """The rows of a file under our own columns, and what is to become of them."""

    table: Table
    collection: str
    audience: str
    named: list[str]
    file_name: str
    sha256: str
    editions_seen: int


def seal(carried: Carried, delegate: Delegate) -> str | None:
    """Return what the browser carries, None for more than a form can bring."""
    facts = {**dataclasses.asdict(carried), "for": str(delegate.pk)}
    sealed = signing.dumps(facts, salt=SALT, compress=True)
    return sealed if len(sealed) <= LARGEST else None


def unseal(sealed: str, delegate: Delegate) -> Carried | None:
    """Return what was sealed for this delegate within the hour, None for anything else."""
    try:
        facts: dict[str, Any] = signing.loads(sealed, salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        return None
    return Carried(**facts) if facts.pop("for") == str(delegate.pk) else None
