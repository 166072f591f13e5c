"""What a delegate may do with a text: small predicates, and one answer for page and socket."""

from concertation.coalition.models import Delegate
from concertation.coalition.rules import binds_member, is_chair, speaks_for_member
from concertation.texts.enums import Audience, State
from concertation.texts.models import Text

ABILITIES = (
    "read",
    "edit",
    "respond",
    "propose",
    "circulate",
    "withdraw",
    "conclude",
    "change",
    "publish",
    "unpublish",
)


def may_create(delegate: Delegate) -> bool:
    """Say whether `delegate` may open a new text: the chair."""
    return is_chair(delegate)


def may_draft(delegate: Delegate) -> bool:
    """Say whether `delegate` drafts in what it may read: it speaks for a member, or is the secretariat."""
    return delegate.is_secretariat or speaks_for_member(delegate)


def may_edit(delegate: Delegate, text: Text) -> bool:
    """Say whether `delegate` may write in `text` now; `text` must come from `visible_to(delegate)`."""
    return text.state == State.DRAFT and may_draft(delegate)


def abilities(delegate: Delegate, text: Text) -> dict[str, bool]:
    """Return what `delegate` may do with `text`, which must come from `visible_to(delegate)`.

    `respond` says that the delegate decides for a member; the procedure knows whether that member answered.
    """
    chair, state = is_chair(delegate), text.state
    published = text.published_at is not None
    return {
        "read": True,
        "edit": may_edit(delegate, text),
        "respond": state == State.PROPOSED and binds_member(delegate),
        "propose": chair and state == State.DRAFT,
        "circulate": chair and state == State.DRAFT,
        "withdraw": chair and state == State.PROPOSED,
        "conclude": chair and state == State.PROPOSED,
        "change": chair and state != State.PROPOSED,
        "publish": chair and state == State.ADOPTED and text.audience == Audience.PUBLIC and not published,
        "unpublish": chair and state == State.ADOPTED and published,
    }
