"""How likely two reports are of one incident: pure. Both precisions count: a district is no less near than its middle.

Distances are great circles in kilometres, times in hours between the ends of what each report allows.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import asin, cos, exp, radians, sin, sqrt

EARTH_KM = 6371.0
RADIUS_KM = {"exact": 0.5, "settlement": 5.0, "district": 30.0, "region": 150.0}
FARTHEST_KM, LONGEST_HOURS = 20.0, 24.0  # apart beyond what the precisions allow
LEAST = 0.15  # below this nothing is offered
KM_A_DEGREE = 111.2


@dataclass(frozen=True, slots=True)
class Report:
    """What two reports are compared by."""

    kind: str
    family: str
    begins: datetime
    ends: datetime
    latitude: float | None
    longitude: float | None
    where: str


def window(moment: datetime, precision: str) -> tuple[datetime, datetime]:
    """Return from when until when something may have happened that is dated `moment` with `precision` (UTC)."""
    if precision == "minute":
        return moment, moment + timedelta(minutes=1)
    if precision == "hour":
        begins = moment.replace(minute=0, second=0, microsecond=0)
        return begins, begins + timedelta(hours=1)
    begins = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    if precision == "day":
        return begins, begins + timedelta(days=1)
    if precision == "week":
        return begins, begins + timedelta(days=7)
    begins = begins.replace(day=1)
    return begins, (begins + timedelta(days=32)).replace(day=1)


def kilometres(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Return the distance on the globe, by the haversine formula."""
    one, other = radians(latitude), radians(other_latitude)
    across = sin(radians(other_longitude - longitude) / 2) ** 2 * cos(one) * cos(other)
    return 2 * EARTH_KM * asin(min(1.0, sqrt(sin((other - one) / 2) ** 2 + across)))


def hours_apart(one: Report, other: Report) -> float:
    """Return how far apart in time they are at least, 0 when they overlap."""
    gap = max(one.begins - other.ends, other.begins - one.ends, timedelta(0))
    return gap / timedelta(hours=1)


def likeness(one: Report, other: Report) -> float:
    """Return from 0 to 1 how likely both are one incident; 0 for other families and what is too far apart."""
    if one.family != other.family or one.latitude is None or other.latitude is None:
        return 0.0
    assert one.longitude is not None
    assert other.longitude is not None
    reach = RADIUS_KM.get(one.where, 0.0) + RADIUS_KM.get(other.where, 0.0)
    distance = kilometres(one.latitude, one.longitude, other.latitude, other.longitude)
    gap, hours = max(distance - reach, 0.0), hours_apart(one, other)
    if gap > FARTHEST_KM or hours > LONGEST_HOURS:
        return 0.0
    spread = max(one.ends - one.begins, other.ends - other.begins) / timedelta(days=1)
    vague = 1 / (1 + reach / 60) / (1 + spread / 10)
    nearness = exp(-gap / 8) * exp(-hours / 8) * exp(-distance / (reach + 20))
    return (1.0 if one.kind == other.kind else 0.75) * nearness * vague


def degrees(kilometres_: float, latitude: float) -> tuple[float, float]:
    """Return how many degrees of latitude and of longitude a distance is there."""
    north = kilometres_ / KM_A_DEGREE
    return north, north / max(cos(radians(min(abs(latitude) + north, 89.0))), 0.02)
