"""The chair publishes figures for everybody, as they were on the day, hash in the record, or takes them back."""

from collections.abc import Mapping
from hashlib import sha256

from django.db import transaction

from concertation.coalition.enums import Figures
from concertation.coalition.errors import NothingPublished
from concertation.coalition.events import Act
from concertation.coalition.models import Delegate, Publication
from concertation.coalition.rules import is_chair
from concertation.core import clock, live
from concertation.core.errors import NotAllowed
from concertation.record.canonical import Json, encode
from concertation.record.domain.entries import append_entry
from concertation.record.events import Subject


@transaction.atomic
def publish_figures(*, by: Delegate, kind: Figures, figures: Mapping[str, Json]) -> Publication:
    """Publish `figures`, which everybody in the coalition may read, and return the publication; raises NotAllowed."""
    if not is_chair(by):
        raise NotAllowed
    content = encode(figures).decode()
    digest = sha256(content.encode()).hexdigest()
    made = Publication.objects.create(kind=kind, content=content, sha256=digest, by=by, at=clock.now())
    _note(by, Act.FIGURES_PUBLISHED, made)
    return made


@transaction.atomic
def withdraw_figures(*, by: Delegate, kind: Figures) -> None:
    """Take the figures of a kind that stand back from the public; raises NotAllowed, NothingPublished."""
    if not is_chair(by):
        raise NotAllowed
    last = Publication.objects.standing().filter(kind=kind).last()
    if last is None or not Publication.objects.standing().filter(kind=kind).update(withdrawn_at=clock.now()):
        raise NothingPublished
    _note(by, Act.FIGURES_WITHDRAWN, last)


def _note(by: Delegate, act: Act, made: Publication) -> None:
    data: dict[str, Json] = {"figures": made.kind, "sha256": made.sha256}
    append_entry(actor=by.actor, action=act, subject=Subject("figures", str(made.pk)), data=data)
    live.announce("coalition")
