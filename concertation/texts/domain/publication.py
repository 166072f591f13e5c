"""Publication: the chair opens an adopted text to everybody, or closes it again."""

from uuid import UUID

from django.db import transaction

from concertation.coalition.models import Delegate
from concertation.coalition.rules import is_chair
from concertation.core import clock
from concertation.core.errors import NotAllowed
from concertation.texts.domain.notes import locked_text, note
from concertation.texts.enums import Audience, State
from concertation.texts.errors import NotForPublic, NotPossibleNow
from concertation.texts.events import Act
from concertation.texts.models import Text


@transaction.atomic
def publish_text(*, by: Delegate, text_id: UUID) -> None:
    """Open the adopted text to everybody; raises NoSuchText, NotAllowed, NotPossibleNow, NotForPublic."""
    text = locked_text(by, text_id)
    if not is_chair(by):
        raise NotAllowed
    if text.state != State.ADOPTED:
        raise NotPossibleNow
    if text.audience != Audience.PUBLIC:
        raise NotForPublic
    if not Text.objects.filter(pk=text_id, published_at=None).update(published_at=clock.now()):
        raise NotPossibleNow
    note(by, Act.PUBLISHED, text, {"sha256": text.adopted.sha256})


@transaction.atomic
def unpublish_text(*, by: Delegate, text_id: UUID) -> None:
    """Close a published text to the public again; raises NoSuchText, NotAllowed, NotPossibleNow."""
    text = locked_text(by, text_id)
    if not is_chair(by):
        raise NotAllowed
    if not Text.objects.filter(pk=text_id, published_at__isnull=False).update(published_at=None):
        raise NotPossibleNow
    note(by, Act.UNPUBLISHED, text, {"sha256": text.adopted.sha256})
