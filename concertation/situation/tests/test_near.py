"""Near-duplicates: likeness by kind, place and time given both precisions, and the search for them."""

from datetime import timedelta

import pytest

from concertation.coalition.enums import Audience
from concertation.situation.domain.incident_joins import merge_incident
from concertation.situation.incidents.enums import WhenPrecision, WherePrecision
from concertation.situation.incidents.near import Report, hours_apart, kilometres, likeness, window
from concertation.situation.models import Incident
from concertation.situation.queries.near import near_duplicates
from concertation.situation.tests.incident_factories import NOON, make_incident, make_report
from tests.helpers.people import make_coalition, make_delegate


def told(
    kind: str = "shelling", family: str = "fire", hours: float = 0, north: float = 0, where: str = "exact"
) -> Report:
    """Return a report some hours and degrees away from Kharkiv at noon."""
    begins, ends = window(NOON + timedelta(hours=hours), "hour")
    return Report(kind, family, begins, ends, 49.99 + north, 36.23, where)


def test_the_same_is_likeliest_and_distance_takes_away() -> None:
    one = told()
    values = [likeness(one, told(hours=hours, north=north)) for hours, north in ((0, 0), (3, 0), (3, 0.05), (9, 0.05))]
    assert values == sorted(values, reverse=True)
    assert values[0] > 0.9
    assert likeness(one, told(hours=26)) == likeness(one, told(north=0.3)) == 0


def test_other_families_are_never_alike_other_kinds_less() -> None:
    assert likeness(told(), told("drone-strike", "air")) == 0
    assert likeness(told(), told("small-arms")) == pytest.approx(0.75 * likeness(told(), told()))


def test_a_vague_place_reaches_further_but_says_less() -> None:
    far = told(north=0.3, where="district")
    assert 0 < likeness(told(), far) < likeness(told(), told())
    assert likeness(told(), far) == likeness(far, told())


def test_windows_of_each_precision() -> None:
    moment = NOON.replace(minute=34)
    spans = {precision: window(moment, precision) for precision in WhenPrecision.values}
    lengths = {name: ends - begins for name, (begins, ends) in spans.items()}
    assert lengths == {
        "minute": timedelta(minutes=1),
        "hour": timedelta(hours=1),
        "day": timedelta(days=1),
        "week": timedelta(days=7),
        "month": timedelta(days=31),
    }
    assert hours_apart(told(), told(hours=0.5)) == 0


def test_kilometres_between_capitals() -> None:
    assert kilometres(48.8566, 2.3522, 50.4501, 30.5234) == pytest.approx(2024, abs=5)


@pytest.mark.django_db
def test_search_offers_what_is_near_and_for_the_reader_only() -> None:
    make_coalition()
    germany, italy = make_delegate("DE"), make_delegate("IT")
    near = make_incident(germany, occurred_at=NOON + timedelta(hours=3))
    make_incident(germany, kind="drone-strike")
    make_incident(germany, occurred_at=NOON - timedelta(days=3))
    make_incident(germany, latitude=48.0)
    secret = make_incident(italy, audience=Audience.CHAIR)
    found = {who.member_id: _keys(near_duplicates(who, make_report())) for who in (germany, italy)}
    assert found == {"DE": [near.pk], "IT": [secret.pk, near.pk]}
    assert near_duplicates(germany, make_report(latitude=None, longitude=None)) == []


@pytest.mark.django_db
def test_search_offers_one_report_of_a_group_and_vague_ones_that_began_before() -> None:
    make_coalition()
    germany = make_delegate("DE")
    lead, part = make_incident(germany), make_incident(germany)
    merge_incident(by=germany, incident_id=part.pk, into_id=lead.pk)
    vague = make_incident(germany, occurred_at=NOON.replace(day=1), when_precision=WhenPrecision.MONTH)
    day = make_report(when_precision=WhenPrecision.DAY, where_precision=WherePrecision.EXACT)
    assert _keys(near_duplicates(germany, day)) == [lead.pk, vague.pk]
    assert _keys(near_duplicates(germany, day, besides=[lead.pk])) == [vague.pk]
    assert Incident.objects.count() == 3


def _keys(candidates: object) -> list[object]:
    return [one.incident.pk for one in candidates]  # type: ignore[attr-defined]
