"""Bringing an earlier state back: as proposals, like any other wish, so that nobody undoes others' work alone."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from concertation.coalition.models import Delegate
from concertation.core.errors import NotAllowed
from concertation.texts.comparison import compare
from concertation.texts.domain.notes import locked_text
from concertation.texts.domain.proposals import propose_changes
from concertation.texts.errors import BadLanguages, NothingProposed
from concertation.texts.models import Proposal
from concertation.texts.queries.moments import NOW, moment_of, paragraphs_at
from concertation.texts.restoring import wishes_to_restore
from concertation.texts.rules import may_draft


@transaction.atomic
def propose_earlier_state(
    *, by: Delegate, text_id: UUID, moment: str, language: str, paragraphs: Collection[str] | None = None
) -> list[Proposal]:
    """Propose what a version said at an earlier moment, for the paragraphs with these ids, or for all that differ.

    Raises NoSuchText, NotAllowed, NoSuchMoment, BadLanguages, NothingProposed, and what `propose_changes` raises.
    """
    text = locked_text(by, text_id)
    if not may_draft(by):
        raise NotAllowed
    if not text.versions.filter(language=language).exists():
        raise BadLanguages
    now, then = (
        [one for one in paragraphs_at(text, moment_of(text, name))[language] if one.inserted_by is None]
        for name in (NOW, moment)
    )
    wishes = wishes_to_restore(compare(now, then), language, paragraphs)
    if not wishes:
        raise NothingProposed
    return propose_changes(by=by, text_id=text_id, wishes=wishes)
