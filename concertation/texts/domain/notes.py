"""How every act on a text begins, with its lock, and ends, with its entry in the record and its signals."""

from uuid import UUID

from concertation.coalition.models import Delegate
from concertation.texts.domain.entries import heads_who_decide, note
from concertation.texts.domain.settling import settle_text
from concertation.texts.errors import NoSuchText
from concertation.texts.models import Text

__all__ = ["heads_who_decide", "locked_text", "note"]


def locked_text(by: Delegate | None, text_id: UUID) -> Text:
    """Return the text with its state, which nobody can change until the transaction ends; raises NoSuchText.

    A silence that ended unbroken is entered first. `by` is None for the loader, which sees every text.
    """
    Text.objects.select_for_update().filter(pk=text_id).first()
    settle_text(text_id)
    visible = Text.objects.visible_to(by) if by else Text.objects.with_state()
    text = visible.filter(pk=text_id).first()
    if text is None:
        raise NoSuchText
    return text
