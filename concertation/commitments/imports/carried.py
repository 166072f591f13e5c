"""A file between its preview and its confirmation: carried by the browser, signed, so that nothing is saved before.

It is the compressed cells under the server's signature, for one delegate, for one hour.
"""

from dataclasses import dataclass
from typing import Any

from django.core import signing

from concertation.coalition.models import Delegate
from concertation.commitments.imports.columns import Kind
from concertation.commitments.imports.faults import BadFile, Fault
from concertation.commitments.imports.reading import Line

SALT = "concertation.commitments.imports"
SECONDS = 3600
LARGEST = 1_800_000  # what a form may bring is 2 MB


@dataclass(frozen=True, slots=True)
class Carried:
    """The cells of a file, with its name and SHA-256."""

    kind: Kind
    name: str
    sha256: str
    head: Line
    lines: list[Line]


def seal(carried: Carried, delegate: Delegate) -> str:
    """Return what the browser carries; raises BadFile for more than a form can bring."""
    plain = {
        "for": str(delegate.pk),
        "kind": carried.kind.value,
        "name": carried.name,
        "sha256": carried.sha256,
        "lines": [[line.number, *line.cells] for line in (carried.head, *carried.lines)],
    }
    sealed = signing.dumps(plain, salt=SALT, compress=True)
    if len(sealed) > LARGEST:
        raise BadFile(Fault.TOO_LARGE)
    return sealed


def unseal(sealed: str, delegate: Delegate) -> Carried | None:
    """Return what was sealed for this delegate within the hour, None for anything else."""
    try:
        plain: dict[str, Any] = signing.loads(sealed, salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        return None
    if plain["for"] != str(delegate.pk):
        return None
    head, *lines = [Line(number, tuple(cells)) for number, *cells in plain["lines"]]
    return Carried(Kind(plain["kind"]), plain["name"], plain["sha256"], head, lines)
