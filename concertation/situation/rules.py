"""What a delegate may do with conditions: small predicates, and one answer for pages."""

from concertation.coalition.models import Delegate
from concertation.coalition.rules import is_chair, speaks_for_member
from concertation.situation.models import Assessment, Condition


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
