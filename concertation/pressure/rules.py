"""What a delegate may do with measures: small predicates, and one answer for pages."""

from concertation.coalition.models import Delegate
from concertation.coalition.rules import is_chair, speaks_for_member
from concertation.pressure.models import Measure, Statement


def may_edit(delegate: Delegate) -> bool:
    """Say whether `delegate` may edit the catalogue, packages and steps: the chair."""
    return is_chair(delegate)


def may_state(delegate: Delegate) -> bool:
    """Say whether `delegate` may say what its member applies: who speaks for a member or partner."""
    return speaks_for_member(delegate)


def may_code(delegate: Delegate) -> bool:
    """Say whether `delegate` may code for a member what a public source says: the secretariat."""
    return delegate.is_secretariat


def may_table(delegate: Delegate) -> bool:
    """Say whether `delegate` may put a step on an agenda: the secretariat, which writes agendas."""
    return delegate.is_secretariat


def may_correct(delegate: Delegate, statement: Statement) -> bool:
    """Say whether `delegate` may correct `statement`: its member its own, the secretariat what was coded."""
    if not statement.is_own:
        return may_code(delegate)
    return may_state(delegate) and delegate.member_id == statement.member_id


def abilities(delegate: Delegate, measure: Measure) -> dict[str, bool]:
    """Return what `delegate` may do with `measure`, which must come from `visible_to(delegate)`."""
    is_open = measure.retired_at is None
    return {
        "state": is_open and may_state(delegate),
        "code": is_open and may_code(delegate),
        "edit": is_open and may_edit(delegate),
        "retire": is_open and may_edit(delegate),
        "reopen": not is_open and may_edit(delegate),
    }
