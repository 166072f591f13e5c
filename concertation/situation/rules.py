"""What a delegate may do with conditions: small predicates, and one answer for pages."""

from concertation.coalition.models import Delegate
from concertation.coalition.rules import is_chair, speaks_for_member
from concertation.situation.enums import ContactStatus
from concertation.situation.models import Assessment, Condition, Contact, Question, Statement


def may_define(delegate: Delegate) -> bool:
    """Say whether `delegate` may define, reword and retire conditions: the chair."""
    return is_chair(delegate)


def may_find(delegate: Delegate) -> bool:
    """Say whether `delegate` may record what the coalition finds: the chair, after whatever consultation it held."""
    return is_chair(delegate)


def may_assess(delegate: Delegate) -> bool:
    """Say whether `delegate` may assess for its member: who speaks for a member or partner."""
    return speaks_for_member(delegate)


def may_correct(delegate: Delegate, assessment: Assessment) -> bool:
    """Say whether `delegate` may correct `assessment`: its member for its own, the chair for the coalition's."""
    if assessment.member_id is None:
        return may_find(delegate)
    return may_assess(delegate) and delegate.member_id == assessment.member_id


def abilities(delegate: Delegate, condition: Condition) -> dict[str, bool]:
    """Return what `delegate` may do with `condition`, which must come from `visible_to(delegate)`."""
    is_open = condition.retired_at is None
    return {
        "assess": is_open and may_assess(delegate),
        "find": is_open and may_find(delegate),
        "reword": is_open and may_define(delegate),
        "retire": is_open and may_define(delegate),
        "reopen": not is_open and may_define(delegate),
    }


def may_state(delegate: Delegate) -> bool:
    """Say whether `delegate` may enter what others said: who speaks for a member or partner, and the secretariat."""
    return speaks_for_member(delegate) or delegate.is_secretariat


def may_state_for(delegate: Delegate, code: str | None) -> bool:
    """Say whether `delegate` may enter what member `code` said: its own, and the secretariat what was public."""
    if delegate.is_secretariat:
        return code is not None
    return speaks_for_member(delegate) and delegate.member_id == code


def may_correct_statement(delegate: Delegate, statement: Statement) -> bool:
    """Say whether `delegate` may correct `statement`: who it is of, or who entered it (the secretariat: for nobody)."""
    owners = {statement.member_id, statement.entered_for_id} - {None}
    if statement.entered_for_id is None and delegate.is_secretariat:
        return True
    return speaks_for_member(delegate) and delegate.member_id in owners


def question_abilities(delegate: Delegate, question: Question) -> dict[str, bool]:
    """Return what `delegate` may do with `question`, which must come from `visible_to(delegate)`."""
    is_open = question.closed_at is None
    return {
        "state": is_open and may_state(delegate),
        "reword": is_open and may_define(delegate),
        "close": is_open and may_define(delegate),
        "reopen": not is_open and may_define(delegate),
    }


def may_announce(delegate: Delegate) -> bool:
    """Say whether `delegate` may enter contacts: who speaks for a member or partner, and the secretariat for others."""
    return may_state(delegate)


def may_hold(delegate: Delegate, contact: Contact) -> bool:
    """Say whether `delegate` may act for the holder of `contact`: its own delegation, and the secretariat."""
    return delegate.is_secretariat or (speaks_for_member(delegate) and delegate.member_id == contact.holder_id)


def contact_abilities(delegate: Delegate, contact: Contact) -> dict[str, bool]:
    """Return what `delegate` may do with `contact`, which must come from `visible_to(delegate)`."""
    status, holds = contact.status, may_hold(delegate, contact)
    is_planned, is_held = status == ContactStatus.PLANNED, status == ContactStatus.HELD
    return {
        "hold": holds and is_planned,
        "cancel": holds and is_planned,
        "strike": holds and is_held,
        "point": speaks_for_member(delegate) and is_planned,
        "mark": holds and (is_planned or is_held),
        "readout": holds and is_held,
        "hear": holds and is_held,
    }
