"""What a delegate may do with a text: small predicates, and one answer for page and socket."""

from collections.abc import Collection, Mapping
from typing import Any

from concertation.coalition.enums import Status
from concertation.coalition.models import Delegate
from concertation.coalition.rules import binds_member, is_chair, speaks_for_member
from concertation.texts.enums import Audience, Pen, State
from concertation.texts.models import Proposal, Remark, Text

ABILITIES = (
    "read",
    "edit",
    "bracket",
    "suggest",
    "support",
    "decide",
    "respond",
    "propose",
    "circulate",
    "withdraw",
    "conclude",
    "comment",
    "reserve",
    "confirm",
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


def may_import(delegate: Delegate, text: Text, language: str) -> bool:
    """Say whether `delegate` may begin the version in `language` from a file: who writes; a new version, the chair."""
    is_new = all(version.language != language for version in text.versions.all())
    return may_edit(delegate, text) and (is_chair(delegate) or not is_new)


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


def may_confirm(delegate: Delegate, text: Text) -> bool:
    """Say whether `delegate` may confirm that the versions of `text` say the same: who drafts, in a draft."""
    return text.state == State.DRAFT and may_draft(delegate)


def reads_at_most(text: Text, source: Text) -> bool:
    """Say whether every member that reads `text` reads `source` too, so that its words may go there.

    A text for the public is read by the coalition alone until a chair publishes it, which is a step of its own.
    """
    if source.audience != Audience.MEMBERS:
        return True
    if text.audience != Audience.MEMBERS:
        return False
    readers = {member.pk for member in source.members.all()}
    return all(member.pk in readers for member in text.members.all())


def may_agree(delegate: Delegate, text: Text) -> bool:
    """Say whether `delegate` may agree paragraphs of `text`, from `visible_to(delegate)`, outright."""
    return text.state == State.DRAFT and binds_member(delegate)


def may_agree_ad_referendum(delegate: Delegate, text: Text) -> bool:
    """Say whether `delegate` may agree paragraphs of `text`, from `visible_to(delegate)`, ad referendum."""
    member = delegate.member
    return (
        text.state == State.DRAFT
        and speaks_for_member(delegate)
        and member is not None
        and member.status == Status.MEMBER
    )


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
        "bracket": state == State.DRAFT and speaks_for_member(delegate),
        "comment": state == State.DRAFT and may_draft(delegate),
        "reserve": state == State.DRAFT and speaks_for_member(delegate),
        "confirm": may_confirm(delegate, text),
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


def may_close_remark(delegate: Delegate, remark: Remark) -> bool:
    """Say whether `delegate` may resolve a comment (its author's delegation, the chair) or withdraw a reservation.

    A reservation is its member's alone.
    """
    own = remark.member_id == delegate.member_id and may_draft(delegate)
    return own or (not remark.is_reservation and is_chair(delegate))


def may_reopen_remark(delegate: Delegate, remark: Remark) -> bool:
    """Say whether `delegate` may open a closed remark again: a comment, who may comment; a reservation, its member."""
    return may_close_remark(delegate, remark) if remark.is_reservation else may_draft(delegate)
