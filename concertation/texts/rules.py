"""What a delegate may do with a text: small predicates, and one answer for page and socket."""

from collections.abc import Collection, Mapping

from concertation.coalition.models import Delegate
from concertation.coalition.rules import binds_member, is_chair, speaks_for_member
from concertation.texts.enums import Audience, Pen, State
from concertation.texts.models import Proposal, Text

ABILITIES = (
    "read",
    "edit",
    "suggest",
    "support",
    "decide",
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


def holds_pen(delegate: Delegate, pen: str) -> bool:
    """Say whether typing of `delegate`, who drafts, changes words under the setting `pen`."""
    if pen == Pen.SECRETARIAT:
        return delegate.is_secretariat
    return pen == Pen.FREE or is_chair(delegate)


def may_edit(delegate: Delegate, text: Text) -> bool:
    """Say whether `delegate` may write in `text` now; `text` must come from `visible_to(delegate)`."""
    return text.state == State.DRAFT and may_draft(delegate) and holds_pen(delegate, text.pen)


def may_suggest(delegate: Delegate, text: Text) -> bool:
    """Say whether `delegate` may make proposals in `text` now, for its member or as the secretariat."""
    return text.state == State.DRAFT and may_draft(delegate) and text.pen != Pen.SECRETARIAT


def may_take_back(delegate: Delegate, proposal: Proposal) -> bool:
    """Say whether a proposal is one's own: of one's member, for which one speaks, or of the secretariat."""
    if proposal.member_id is None:
        return delegate.is_secretariat
    return speaks_for_member(delegate) and delegate.member_id == proposal.member_id


def proposal_abilities(
    delegate: Delegate, can: Mapping[str, bool], proposal: Proposal, supporters: Collection[str]
) -> dict[str, bool]:
    """Return what `delegate`, who `can` do these things with the text, may do with an open proposal for it.

    `supporters` are the codes of the members that support it.
    """
    supports = delegate.member_id in supporters
    own = delegate.member_id is not None and delegate.member_id == proposal.member_id
    return {
        "support": can["support"] and not own and not supports,
        "unsupport": can["support"] and supports,
        "accept": can["decide"],
        "reject": can["decide"],
        "take_back": (can["support"] or can["decide"]) and may_take_back(delegate, proposal),
    }


def abilities(delegate: Delegate, text: Text) -> dict[str, bool]:
    """Return what `delegate` may do with `text`, which must come from `visible_to(delegate)`.

    `suggest`, `support` and `decide` are about proposals to change words; `propose` is about adoption. `respond` says
    that the delegate decides for a member; the procedure knows whether that member answered.
    """
    chair, state = is_chair(delegate), text.state
    published = text.published_at is not None
    return {
        "read": True,
        "edit": may_edit(delegate, text),
        "suggest": may_suggest(delegate, text),
        "support": state == State.DRAFT and speaks_for_member(delegate),
        "decide": chair and state == State.DRAFT,
        "respond": state == State.PROPOSED and binds_member(delegate),
        "propose": chair and state == State.DRAFT,
        "circulate": chair and state == State.DRAFT,
        "withdraw": chair and state == State.PROPOSED,
        "conclude": chair and state == State.PROPOSED,
        "change": chair and state != State.PROPOSED,
        "publish": chair and state == State.ADOPTED and text.audience == Audience.PUBLIC and not published,
        "unpublish": chair and state == State.ADOPTED and published,
    }
