"""Acts that change the words or places of a draft: stored like typing, shown at once in every open editor."""

from collections.abc import Callable
from typing import Any, TypeVar

from pycrdt import Doc, TransactionEvent

from concertation.coalition.models import Delegate
from concertation.core import clock
from concertation.texts.canonical import document_of
from concertation.texts.models import Text, TextUpdate
from concertation.texts.queries import stored_updates
from concertation.texts.sync.document import merge
from concertation.texts.sync.signals import written

Answer = TypeVar("Answer")


def write_in(text: Text, change: Callable[[Doc[Any]], Answer], *, by: Delegate | None) -> Answer:
    """Apply `change` to the stored document of `text`, which must be locked, store what changed, and return its answer.

    Open editors get it once the transaction is committed. What `change` raises passes through, and nothing is stored.
    """
    document = document_of(stored_updates(text.pk))
    updates: list[bytes] = []

    def note_update(event: TransactionEvent) -> None:
        updates.append(event.update)

    subscription = document.observe(note_update)
    with document.transaction():
        answer = change(document)
    document.unobserve(subscription)
    if updates:
        update = merge(updates)
        author = [str(by.pk)] if by else []
        TextUpdate.objects.create(text=text, update=update, authors=author, at=clock.now())
        written(text.pk, update)
    return answer
