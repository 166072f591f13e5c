"""What a delegate may do with a text: small predicates, and one answer for page and socket."""

from collections.abc import Collection, Mapping
from typing import Any

from concertation.coalition.models import Delegate
from concertation.coalition.rules import binds_member, is_chair, speaks_for_member
from concertation.texts.enums import Audience, State
from concertation.texts.models import Text

ABILITIES = ("read", "edit", "confirm", "respond", "propose", "withdraw", "conclude", "change", "publish", "unpublish")
ABILITIES = ("read", "edit", "bracket", "respond", "propose", "withdraw", "conclude", "change", "publish", "unpublish")


def may_create(delegate: Delegate) -> bool:
    """Say whether `delegate` may open a new text: the chair."""
    return is_chair(delegate)


def may_draft(delegate: Delegate) -> bool:
    """Say whether `delegate` drafts in what it may read: it speaks for a member, or is the secretariat."""
    return delegate.is_secretariat or speaks_for_member(delegate)


def may_edit(delegate: Delegate, text: Text) -> bool:
    """Say whether `delegate` may write in `text` now; `text` must come from `visible_to(delegate)`."""
    return text.state == State.DRAFT and may_draft(delegate)


def may_confirm(delegate: Delegate, text: Text) -> bool:
    """Say whether `delegate` may confirm that the versions of `text` say the same: who drafts, in a draft."""
    return text.state == State.DRAFT and may_draft(delegate)


def bracket_abilities(
    delegate: Delegate, text: Text, holders: Collection[str], supporters: Mapping[str, Collection[str]]
) -> dict[str, Any]:
    """Return what `delegate` may do with an open bracket of `text`, held and supported by these codes of members.

    `choose` has the keys of `supporters`, the alternatives, that the delegate may choose.
    """
    speaks, chair = speaks_for_member(delegate), is_chair(delegate)
    holds = speaks and delegate.member_id in holders
    is_open = text.state == State.DRAFT
    agreed = [key for key, members in supporters.items() if set(holders) <= set(members)]
    own_choice = agreed if holds and may_edit(delegate, text) else []
    return {
        "join": is_open and speaks and not holds,
        "leave": is_open and holds,
        "lift": is_open and chair and not (holds and len(holders) == 1),
        "add": is_open and speaks,
        "choose": [] if not is_open else list(supporters) if chair else own_choice,
    }


def abilities(delegate: Delegate, text: Text) -> dict[str, bool]:
    """Return what `delegate` may do with `text`, which must come from `visible_to(delegate)`.

    `respond` says that the delegate decides for a member; the procedure knows whether that member answered.
    """
    chair, state = is_chair(delegate), text.state
    published = text.published_at is not None
    return {
        "read": True,
        "edit": may_edit(delegate, text),
        "confirm": may_confirm(delegate, text),
        "bracket": state == State.DRAFT and speaks_for_member(delegate),
        "respond": state == State.PROPOSED and binds_member(delegate),
        "propose": chair and state == State.DRAFT,
        "withdraw": chair and state == State.PROPOSED,
        "conclude": chair and state == State.PROPOSED,
        "change": chair and state != State.PROPOSED,
        "publish": chair and state == State.ADOPTED and text.audience == Audience.PUBLIC and not published,
        "unpublish": chair and state == State.ADOPTED and published,
    }
