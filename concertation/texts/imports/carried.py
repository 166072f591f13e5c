"""An import between its preview and its confirmation: carried by the browser, signed, so that nothing is saved before.

It is compressed JSON under the server's signature, for one delegate, for one hour.
"""

import dataclasses
from datetime import datetime
from typing import Any

from django.core import signing

from concertation.coalition.models import Delegate
from concertation.texts.imports.errors import BadFile, Fault
from concertation.texts.imports.result import Imported, Loss
from concertation.texts.reading import Author, Change, RemarkSpan, SheetParagraph

SALT = "concertation.texts.imports"
SECONDS = 3600
LARGEST = 1_800_000  # what a form may bring is 2 MB


@dataclasses.dataclass(frozen=True, slots=True)
class Carried:
    """A draft with the name and the SHA-256 of its file."""

    imported: Imported
    file_name: str
    sha256: str


def seal(carried: Carried, delegate: Delegate) -> str:
    """Return what the browser carries; raises BadFile for more than a form can bring."""
    sealed = signing.dumps({**_plain(carried), "for": str(delegate.pk)}, salt=SALT, compress=True)
    if len(sealed) > LARGEST:
        raise BadFile(Fault.TOO_LARGE)
    return sealed


def unseal(sealed: str, delegate: Delegate) -> Carried | None:
    """Return what was sealed for this delegate within the hour, None for anything else."""
    try:
        facts: dict[str, Any] = signing.loads(sealed, salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        return None
    return _carried(facts) if facts["for"] == str(delegate.pk) else None


def _plain(carried: Carried) -> dict[str, Any]:
    """Return the draft as JSON can say it."""
    return {
        "file": carried.file_name,
        "sha256": carried.sha256,
        "title": carried.imported.title,
        "losses": {loss.value: number for loss, number in carried.imported.losses.items()},
        "paragraphs": [_paragraph(one) for one in carried.imported.paragraphs],
    }


def _paragraph(one: SheetParagraph) -> dict[str, Any]:
    """Return the parts of a paragraph that are set."""
    facts = dataclasses.asdict(one)
    for item in (*facts["changes"], *facts["remarks"]):
        item["at"] = item["at"].isoformat()
    return {name: value for name, value in facts.items() if value}


def _carried(facts: dict[str, Any]) -> Carried:
    losses = {Loss(name): number for name, number in facts["losses"].items()}
    paragraphs = [_read(one) for one in facts["paragraphs"]]
    return Carried(Imported(facts["title"], paragraphs, losses), facts["file"], facts["sha256"])


def _read(facts: dict[str, Any]) -> SheetParagraph:
    """Return the paragraph that `_paragraph` said."""
    changes = [{**one, "runs": tuple(one["runs"]), **_by(one)} for one in facts.get("changes", ())]
    remarks = [{**one, **_by(one)} for one in facts.get("remarks", ())]
    return SheetParagraph(
        id="",
        number=facts.get("number"),
        block=facts["block"],
        changes=tuple(Change(**one) for one in changes),
        remarks=tuple(RemarkSpan(**one) for one in remarks),
        inserted_by=Author(**facts["inserted_by"]) if "inserted_by" in facts else None,
        deleted_by=Author(**facts["deleted_by"]) if "deleted_by" in facts else None,
    )


def _by(facts: dict[str, Any]) -> dict[str, Any]:
    return {"author": Author(**facts["author"]), "at": datetime.fromisoformat(facts["at"])}
