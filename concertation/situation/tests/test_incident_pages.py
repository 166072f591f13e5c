"""The pages of incidents: what each reader sees, in which figures, and what they cost."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from concertation.coalition.enums import Audience, Capacity
from concertation.core import clock
from concertation.situation.domain.incident_joins import merge_incident
from concertation.situation.domain.incident_steps import attribute_incident, verify_incident
from concertation.situation.domain.kinds import add_kind, rename_kind, reopen_kind, retire_kind
from concertation.situation.domain.observation import Restriction, correct_limit
from concertation.situation.incidents.enums import Family, Finding, LimitKind, WhenPrecision
from concertation.situation.incidents.errors import (
    BadBox,
    BadSpan,
    KindMissing,
    KindTaken,
    LimitCorrected,
    NamesMissing,
    NoSuchLimit,
)
from concertation.situation.incidents.grid import cell_of, fitting, window
from concertation.situation.incidents.observing import Limited, Observed, observed
from concertation.situation.models import Incident, Kind, Limit
from concertation.situation.queries.incident_days import comparison_for, month_for
from concertation.situation.queries.incident_map import map_for
from concertation.situation.queries.incidents import Wanted, sums_for
from concertation.situation.queries.observation import denominator_for
from concertation.situation.tests.incident_factories import (
    NOON,
    head_of,
    make_area,
    make_incident,
    make_limit,
    make_report,
    make_verified,
)
from concertation.web.topics import may_follow
from tests.helpers.people import client_of, make_coalition, make_delegate, make_secretary
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db
JULY = Wanted(date(2025, 7, 1), date(2025, 7, 31))
LIST = "/watch/incidents/?first=2025-07-01&last=2025-07-31"
SENT = {
    "kind": "shelling",
    "day": "2025-07-08",
    "hour": "12:00",
    "when_precision": "hour",
    "place": "Kharkiv",
    "latitude": "49.99",
    "longitude": "36.23",
    "where_precision": "settlement",
    "killed_best": "2",
    "audience": "coalition",
}


@pytest.fixture(autouse=True)
def coalition() -> None:
    make_coalition()


def words(client: Client, path: str, status: int = 200) -> str:
    """Return the words of a page."""
    answer = client.get(path)
    assert answer.status_code == status
    text = re.sub(r"<[^>]+>", " ", answer.content.decode().split("<main", 1)[-1])
    return " ".join(text.split())


def test_what_one_may_not_read_changes_no_figure_without_a_word() -> None:
    make_verified(head_of("DE"))
    make_verified(head_of("IT"), audience=Audience.CHAIR, place="In confidence", figures={"killed": (9, 9, 9)})
    germany, france = head_of("DE"), head_of("FR")
    assert [sums_for(one, JULY).count for one in (germany, france)] == [1, 2]
    assert [sums_for(one, JULY).hidden for one in (germany, france, make_secretary())] == [1, 0, 0]
    for path in (LIST, "/watch/incidents/day/2025-07-08/", "/watch/incidents/calendar/?month=2025-07"):
        page = words(client_of(germany), path)
        assert "partial: 1 report is not for you" in page
        assert "In confidence" not in page
        assert "partial" not in words(client_of(france), path)
    report = client_of(germany).get("/watch/incidents/day/2025-07-08/report/?format=csv").content.decode()
    assert "In confidence" not in report
    assert report.splitlines()[1].endswith(",coalition,DE,1")


def test_incident_of_others_does_not_exist() -> None:
    secret = make_incident(head_of("IT"), audience=Audience.CHAIR)
    germany = head_of("DE")
    client = client_of(germany)
    assert client.get(f"/watch/incidents/{secret.pk}/").status_code == 404
    assert not may_follow(germany, f"incident:{secret.pk}")
    assert may_follow(head_of("FR"), f"incident:{secret.pk}")


def test_totals_say_what_is_unknown() -> None:
    make_incident(figures={"killed": (1, None, 5)})
    make_incident(figures={"explosions": (None, 4, None)}, when_precision=WhenPrecision.WEEK)
    sums = sums_for(head_of("DE"), JULY)
    killed = {measure.value: figure for measure, figure in sums.shown_figures}["killed"]
    assert (killed.low, killed.best, killed.high, killed.unknown) == (1, 0, 5, (1, 2, 1))
    assert (sums.vague, sums.placeless) == (1, 0)
    assert "killed ? (1–5) unknown of 2 incidents" in words(client_of(head_of("DE")), LIST)


def test_choices_by_kind_and_state() -> None:
    make_verified(head_of("DE"))
    make_incident(kind="drone-strike")
    rejected = make_incident()
    verify_incident(by=None, incident_id=rejected.pk, finding=Finding.REJECTED, grounds="No.", member="GB")
    reader = head_of("IT")
    counts = {
        state: sums_for(reader, Wanted(JULY.first, JULY.last, "", state)).count
        for state in ("", "verified", "reported", "rejected", "withdrawn", "undetermined")
    }
    assert counts == {"": 2, "verified": 1, "reported": 1, "rejected": 1, "withdrawn": 0, "undetermined": 0}
    assert sums_for(reader, Wanted(JULY.first, JULY.last, "drone-strike")).count == 1


def test_map_gathers_many_and_shows_few_one_by_one() -> None:
    reader = head_of("DE")
    for number in range(3):
        make_incident(latitude=48.0 + number, longitude=36.0)
    make_incident(latitude=None, longitude=None)
    sums = sums_for(reader, JULY)
    sheet = map_for(reader, JULY, None, sums.box)
    assert (sheet.count, len(sheet.points), len(sheet.clusters)) == (3, 3, 0)
    assert all(0 < point.x < 1000 and 0 < point.y < 560 for point in sheet.points)
    closer = map_for(reader, JULY, window(50.0, 36.0, 9), sums.box)
    assert closer.count == 1


def test_clusters_count_what_their_cells_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("concertation.situation.queries.incident_map.MOST_POINTS", 2)
    for latitude in (48.0, 48.001, 50.0):
        make_verified(latitude=latitude, longitude=36.0)
    reader = head_of("DE")
    sheet = map_for(reader, JULY, None, sums_for(reader, JULY).box)
    assert [(cluster.count, cluster.verified) for cluster in sheet.clusters] == [(2, 2), (1, 1)]
    assert abs(sheet.clusters[0].latitude - 48.0) < 2**sheet.window.level / 128
    assert 'aria-label="2 incidents near 48' in client_of(reader).get(LIST).content.decode()


def test_windows_of_the_map() -> None:
    there = fitting(46.0, 30.0, 51.0, 38.0)
    assert there.west < 30.0
    assert there.east > 38.0
    assert there.south < 46.0
    assert there.north > 51.0
    assert (there.x(there.west), there.y(there.north)) == (0.0, 0.0)
    assert cell_of(-90.0, -180.0) == (0, 0)
    for asked in ("lat=x&lon=1&zoom=2", "lat=nan&lon=1&zoom=2", "lat=1&lon=1&zoom=1e999", "lat=1"):
        assert client_of(head_of("IT")).get(f"/watch/incidents/?{asked}").status_code == 200


def test_calendar_and_comparison_count_by_day() -> None:
    make_verified(head_of("DE"))
    make_incident(kind="drone-strike")
    make_incident(occurred_at=NOON - timedelta(days=1))
    make_incident(occurred_at=NOON - timedelta(days=8))
    reader = head_of("IT")
    month = month_for(reader, date(2025, 7, 1), JULY)
    days = {day.day: (day.count, day.verified, day.level) for week in month.weeks for day in week if day.count}
    assert days == {date(2025, 7, 8): (2, 1, 4), date(2025, 7, 7): (1, 0, 2), date(2025, 6, 30): (1, 0, 2)}
    assert (len(month.weeks), month.sums.count) == (5, 3)
    found = comparison_for(reader, date(2025, 7, 8))
    rows = {row.name: (row.day, row.day_before, row.week, row.week_before) for row in found.kinds}
    assert rows == {"Shelling": (1, 1, 2, 1), "Drone strike": (1, 0, 1, 0)}
    assert [sums.count for sums in found.sums] == [2, 1, 3, 1]


@pytest.mark.parametrize("day", ["yesterday", "2025-02-30", "9999-01-01", "1999-01-01"])
def test_days_that_cannot_be_are_refused(day: str) -> None:
    client = client_of(head_of("DE"))
    assert client.get(f"/watch/incidents/day/{day}/").status_code == 400
    assert client.get(f"/watch/incidents/calendar/?month={day}").status_code == 400


def test_report_as_pdf_in_both_languages_and_as_csv() -> None:
    make_incident(head_of("IT"), audience=Audience.CHAIR, place="=1+1")
    client = client_of(head_of("FR"))
    for language in ("en", "fr"):
        answer = client.get(f"/watch/incidents/day/2025-07-08/report/?format=pdf&language={language}")
        assert answer.content.startswith(b"%PDF")
        assert f"-{language}.pdf" in answer["Content-Disposition"]
    sent = client.get("/watch/incidents/day/2025-07-08/report/?format=csv").content.decode()
    assert "'=1+1" in sent
    assert "FR GB IT,FR,0" in sent
    assert client.get("/watch/incidents/day/2025-07-08/report/?format=doc").status_code == 404
    assert client.get("/watch/incidents/day/2025-07-08/report/?language=xx").status_code == 404


def test_near_duplicates_are_offered_and_merged_by_choice() -> None:
    first = make_incident(head_of("IT"))
    client = client_of(head_of("DE"))
    offered = client.post("/watch/incidents/new/", SENT)
    assert "Is it one of these" in offered.content.decode()
    assert Incident.objects.count() == 1
    client.post("/watch/incidents/new/", {**SENT, "same": str(first.pk)})
    assert Incident.objects.exclude(pk=first.pk).get().lead_id == first.pk
    client.post("/watch/incidents/new/", {**SENT, "same": "new"})
    assert Incident.objects.counted().count() == 2


def test_form_says_what_is_wrong_and_saves_nothing() -> None:
    client = client_of(head_of("DE"))
    for facts, said in (
        ({"hour": ""}, "Give the time, or say that it is known to the day only."),
        ({"latitude": "95"}, "Give latitude from -90 to 90"),
        ({"links": "javascript:alert(1)"}, "Each link must begin with https:// or http://."),
        ({"killed_low": "3"}, "low ≤ best ≤ high"),
        ({"day": "2999-01-01"}, "does not lie ahead"),
    ):
        answer = client.post("/watch/incidents/new/", {**SENT, **facts})
        assert answer.status_code == 422
        assert said in answer.content.decode().replace("&#x27;", "'")
    assert not Incident.objects.exists()


def test_steps_by_the_page_and_what_it_says_of_a_day() -> None:
    incident = make_incident(head_of("DE"))
    path = f"/watch/incidents/{incident.pk}/"
    italy, chair = client_of(head_of("IT")), client_of(head_of("FR"))
    step = {"finding": "verified", "on": "2025-07-09", "grounds": "Seen."}
    assert italy.post(f"{path}verify/", step).status_code == 302
    refused = chair.post(f"{path}attribute/", {**step, "finding": "attributed", "actor": ""})
    assert (refused.status_code, "Say to whom" in refused.content.decode()) == (422, True)
    chair.post(f"{path}attribute/", {**step, "finding": "undetermined", "on": "2025-07-11"})
    assert "undetermined" in words(italy, path)
    then = words(italy, f"{path}?at=2025-07-08").split("What is reported")[0]
    assert "verified" not in then
    assert "undetermined" not in then.split("Show")[0]
    assert "verified" in words(italy, f"{path}?at=2025-07-10").split("What is reported")[0]


def test_merge_by_the_page_refuses_itself() -> None:
    incident, other = make_incident(head_of("DE")), make_incident(head_of("DE"))
    path, client = f"/watch/incidents/{incident.pk}/", client_of(head_of("DE"))
    answer = client.post(f"{path}merge/", {"into": str(incident.pk)})
    assert (answer.status_code, "cannot be merged into itself" in answer.content.decode()) == (422, True)
    assert client.post(f"{path}merge/", {"into": f"https://x.example/watch/incidents/{other.pk}/"}).status_code == 302
    assert client.post(f"{path}merge/", {"into": "nothing"}).status_code == 422


@pytest.mark.parametrize("number", [1, 3])
def test_list_costs_the_same_at_any_length(number: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _ in range(number):
        merge_into = make_verified(head_of("DE"))
        attribute_incident(by=None, incident_id=merge_into.pk, finding=Finding.UNDETERMINED, grounds="So.")
    client = client_of(head_of("IT"))
    client.get(LIST)
    with django_assert_num_queries(15):
        client.get(LIST, headers={"HX-Request": "true"})


@pytest.mark.parametrize("number", [1, 3])
def test_incident_costs_the_same_at_any_length(number: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    incident = make_verified(head_of("DE"))
    for _ in range(number):
        part = make_incident(head_of("IT"))
        merge_incident(by=None, incident_id=part.pk, into_id=incident.pk)
        verify_incident(by=None, incident_id=incident.pk, finding=Finding.VERIFIED, grounds="Again.", member="FR")
    client = client_of(make_delegate("GB", Capacity.OBSERVER))
    client.get(f"/watch/incidents/{incident.pk}/")
    with django_assert_num_queries(9):
        client.get(f"/watch/incidents/{incident.pk}/", headers={"HX-Request": "true"})


def test_observed_days_by_area() -> None:
    first, last = date(2025, 7, 1), date(2025, 7, 10)
    limits = [
        Limited("a", "restricted", date(2025, 7, 4), date(2025, 7, 6)),
        Limited("a", "closed", date(2025, 6, 1), date(2025, 7, 2)),
        Limited("a", "closed", date(2025, 7, 6), date(2025, 7, 6)),
        Limited("b", "closed", date(2025, 7, 1), None),
    ]
    found = observed(["a", "b", "c"], limits, first, last)
    assert found == {"a": Observed(10, 3, 2), "b": Observed(10, 10, 0), "c": Observed(10, 0, 0)}
    assert [found[area].rate(7) for area in ("a", "b", "c")] == [1.0, None, 0.7]


def test_incidents_per_observed_day_and_hidden_limits() -> None:
    area = make_area()
    make_limit(area, head_of("DE"))
    make_limit(area, head_of("IT"), date(2025, 7, 4), date(2025, 7, 4), audience=Audience.CHAIR)
    make_incident()
    make_incident(latitude=47.0)
    germany, france = head_of("DE"), head_of("FR")
    wanted = Wanted(date(2025, 7, 1), date(2025, 7, 10))
    found = {who.member_id: denominator_for(who, wanted) for who in (germany, france)}
    assert [(one.observed.open, one.count, one.hidden) for one in found.values()] == [(8, 1, 1), (7, 1, 0)]
    page = words(client_of(germany), "/watch/incidents/observation/?first=2025-07-01&last=2025-07-10")
    assert "partial: 1 entry about observation is not for you" in page
    assert "North-east 10 8 0 2 1 0.13" in page


def test_limits_are_corrected_by_entries() -> None:
    area, germany = make_area(), head_of("DE")
    limit = make_limit(area, germany)
    other = Restriction(LimitKind.RESTRICTED, date(2025, 7, 2), None, "By day only.")
    with assert_write("observation.corrected", "incidents"):
        made = correct_limit(by=germany, limit_id=limit.pk, restriction=other)
    assert list(Limit.objects.standing()) == [made]
    assert_refused(LimitCorrected, lambda: correct_limit(by=germany, limit_id=limit.pk, restriction=other))
    secret = make_limit(area, head_of("IT"), audience=Audience.CHAIR)
    assert_refused(NoSuchLimit, lambda: correct_limit(by=germany, limit_id=secret.pk, restriction=other))
    backwards = Restriction(LimitKind.CLOSED, date(2025, 7, 3), date(2025, 7, 2), "So.")
    assert_refused(BadSpan, lambda: correct_limit(by=germany, limit_id=made.pk, restriction=backwards))
    correct_limit(by=germany, limit_id=made.pk, restriction=other, is_withdrawn=True)
    assert not Limit.objects.standing().filter(member="DE").exists()


def test_areas_and_kinds_by_the_chair() -> None:
    chair, other = client_of(head_of("FR")), client_of(head_of("DE"))
    box = {"name_en": "East", "west": "36", "south": "47", "east": "39", "north": "49", "since": "2025-07-01"}
    assert other.post("/watch/incidents/observation/areas/", box).status_code == 403
    refused = chair.post("/watch/incidents/observation/areas/", {**box, "east": "30"})
    assert (refused.status_code, str(BadBox.message) in refused.content.decode()) == (422, True)
    assert chair.post("/watch/incidents/observation/areas/", box).status_code == 302
    clerk = make_secretary()
    with assert_write("incident_kind.added", "incidents"):
        add_kind(by=clerk, code="sabotage", names={"en": "Sabotage"}, family=Family.OTHER)
    assert_refused(KindTaken, lambda: add_kind(by=clerk, code="sabotage", names={"en": "X"}, family=Family.OTHER))
    assert_refused(KindTaken, lambda: add_kind(by=clerk, code="Bad Code", names={"en": "X"}, family=Family.OTHER))
    assert_refused(NamesMissing, lambda: add_kind(by=clerk, code="x", names={"en": " "}, family=Family.OTHER))
    with assert_write("incident_kind.renamed", "incidents"):
        rename_kind(by=clerk, code="sabotage", names={"en": "Sabotage at sea"}, family=Family.GROUND)
    with assert_write("incident_kind.retired", "incidents"):
        retire_kind(by=clerk, code="sabotage")
    assert_refused(KindMissing, lambda: make_incident(clerk, kind="sabotage"))
    assert_refused(KindMissing, lambda: retire_kind(by=clerk, code="sabotage"))
    with assert_write("incident_kind.reopened", "incidents"):
        reopen_kind(by=clerk, code="sabotage")
    assert Kind.objects.get(pk="sabotage").name == "Sabotage at sea"


def test_pages_say_what_to_do_when_there_is_nothing() -> None:
    client = client_of(head_of("DE"))
    assert "That nothing is reported does not say that nothing happened." in words(client, "/watch/incidents/")
    with clock.frozen(datetime(2025, 7, 8, 12, tzinfo=UTC)):
        assert client.get("/watch/incidents/day/")["Location"].endswith("/2025-07-08/")
    assert "No area was watched" in words(client, "/watch/incidents/observation/")
    assert make_report().place == "Kharkiv"
