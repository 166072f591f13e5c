"""What a delegate may do with incidents: small predicates, and one answer for pages."""

from concertation.coalition.models import Delegate
from concertation.coalition.rules import is_chair, speaks_for_member
from concertation.situation.incidents.enums import State
from concertation.situation.models import Collection, Incident, Limit


def may_report(delegate: Delegate) -> bool:
    """Say whether `delegate` may report and import: who speaks for a member or partner, and the secretariat."""
    return delegate.is_secretariat or speaks_for_member(delegate)


def may_verify(delegate: Delegate, incident: Incident) -> bool:
    """Say whether `delegate` may verify `incident`: another member than the reporter, or the chair's monitoring.

    The monitoring is the secretariat's; what it reported itself, a member verifies.
    """
    return may_report(delegate) and delegate.member_id != incident.member_id


def may_decide(delegate: Delegate) -> bool:
    """Say whether `delegate` may record an attribution or a remedy: the chair, after consultation."""
    return is_chair(delegate)


def may_tell(delegate: Delegate, incident: Incident) -> bool:
    """Say whether `delegate` may correct `incident` and open it to all: its member; the chair for the monitoring's."""
    if incident.member_id is None:
        return is_chair(delegate)
    return speaks_for_member(delegate) and delegate.member_id == incident.member_id


def may_join(delegate: Delegate, incident: Incident) -> bool:
    """Say whether `delegate` may merge `incident` into another and part it: who reported it, and the chair."""
    return is_chair(delegate) or may_tell(delegate, incident)


def may_keep_catalogue(delegate: Delegate) -> bool:
    """Say whether `delegate` may change the kinds of incidents and the areas of observation: the chair."""
    return is_chair(delegate)


def may_correct_limit(delegate: Delegate, limit: Limit) -> bool:
    """Say whether `delegate` may correct `limit`: its member for its own, the chair for the monitoring's."""
    if limit.member_id is None:
        return is_chair(delegate)
    return speaks_for_member(delegate) and delegate.member_id == limit.member_id


def may_import_into(delegate: Delegate, collection: Collection) -> bool:
    """Say whether `delegate` may import a newer edition of `collection`: who began it."""
    return may_report(delegate) and delegate.member_id == collection.member_id


def incident_abilities(delegate: Delegate, incident: Incident) -> dict[str, bool]:
    """Return what `delegate` may do with `incident`, which must come from `visible_to(delegate)`."""
    decides = may_decide(delegate) and incident.is_for_all
    is_verified = incident.state == State.VERIFIED
    return {
        "verify": may_verify(delegate, incident),
        "attribute": decides and is_verified,
        "remedy": decides and is_verified and bool(incident.attribution),
        "tell": may_tell(delegate, incident),
        "share": may_tell(delegate, incident) and not incident.is_for_all,
        "join": may_join(delegate, incident) and incident.into_id is None,
        "part": may_join(delegate, incident) and incident.into_id is not None,
    }
