"""What a delegate may do with requirements and contributions: small predicates, and one answer for pages."""

from collections.abc import Collection

from concertation.coalition.enums import Capacity, Status
from concertation.coalition.models import Delegate
from concertation.coalition.rules import is_chair, speaks_for_member
from concertation.commitments.deriving import Standing
from concertation.commitments.enums import Ending, FactKind
from concertation.commitments.models import Fact, PlanRun

BINDING = {
    FactKind.ANNOUNCED,
    FactKind.JOINED,
    FactKind.COMMITTED,
    FactKind.RENEWED,
    FactKind.LIFTED,
    FactKind.WITHDRAWN,
}


def may_require(delegate: Delegate) -> bool:
    """Say whether `delegate` may keep the catalogue, the rates and the requirements: the chair."""
    return is_chair(delegate)


def may_offer(delegate: Delegate) -> bool:
    """Say whether `delegate` may announce: who speaks for a member or partner, and the secretariat on its behalf."""
    return delegate.is_secretariat or speaks_for_member(delegate)


def may_report(delegate: Delegate, parties: Collection[str]) -> bool:
    """Say whether `delegate` may enter approvals, deliveries and the like on what `parties` offer."""
    return delegate.is_secretariat or (speaks_for_member(delegate) and delegate.member_id in parties)


def may_bind(delegate: Delegate, parties: Collection[str]) -> bool:
    """Say whether `delegate` may bind its member, one of `parties`: its head of delegation."""
    member = delegate.member
    if member is None or delegate.capacity != Capacity.HEAD:
        return False
    return member.status in {Status.MEMBER, Status.PARTNER} and member.pk in parties


def may_correct(delegate: Delegate, parties: Collection[str], fact: Fact) -> bool:
    """Say whether `delegate` may correct `fact`: who could have entered it, and the secretariat what it entered."""
    if fact.kind not in BINDING:
        return may_report(delegate, parties)
    entered_by_member = fact.by is not None and not fact.by.is_secretariat
    return may_bind(delegate, parties) or (delegate.is_secretariat and not entered_by_member)


def abilities(delegate: Delegate, parties: Collection[str], standing: Standing) -> dict[str, bool]:
    """Return what `delegate` may do with a contribution of `parties` that stands so."""
    is_open = standing.state != "withdrawn"
    reports, binds = is_open and may_report(delegate, parties), is_open and may_bind(delegate, parties)
    return {
        "revise": reports,
        "join": binds and delegate.member_id in standing.missing_parties,
        "approve": reports and bool(standing.terms.approvals),
        "commit": binds and "committed" not in standing.stages and not standing.missing_parties,
        "report_available": reports and standing.is_live and "available" not in standing.stages,
        "deliver": reports and standing.is_live,
        "renew": binds and standing.expires_on is not None,
        "state_caveat": reports,
        "lift": binds,
        "withdraw": binds,
        "correct": may_report(delegate, parties),
    }


def plan_abilities(delegate: Delegate, run: PlanRun, has_plan: bool) -> dict[str, bool]:
    """Return what `delegate` may do with a run that it may read."""
    chairs = is_chair(delegate)
    ended_well = run.ended_at is not None and run.ending != Ending.FAILED
    return {
        "plan": chairs,
        "cancel": chairs and run.is_working,
        "propose": chairs and ended_well and has_plan and run.proposed_at is None,
        "answer": run.is_current_proposal and may_bind(delegate, run.part_codes),
    }
