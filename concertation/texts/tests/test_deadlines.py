"""From the clocks of a zone to an instant: changes of the clocks, unknown zones, the choices of the form."""
# ruff: noqa: DTZ001, DTZ901 -- times on the clocks of a zone, which the procedure takes, have none of their own

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concertation.texts.deadlines import CHOICES, Deadline, NoSuchTime, UnknownZone, deadline_at, proposed_local

ZONES = ["UTC", "Europe/Paris", "Europe/Kyiv", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]


def test_a_deadline_is_read_on_the_clocks_of_its_zone() -> None:
    six = datetime(2026, 11, 28, 18)
    assert deadline_at(six, "Europe/Paris") == Deadline(datetime(2026, 11, 28, 17, tzinfo=UTC), "Europe/Paris")
    assert deadline_at(six, "Europe/Kyiv") == Deadline(datetime(2026, 11, 28, 16, tzinfo=UTC), "Europe/Kyiv")
    assert deadline_at(six.replace(month=7), "Europe/Paris").moment == datetime(2026, 7, 28, 16, tzinfo=UTC)


@pytest.mark.parametrize("minute", [0, 30, 59])
def test_a_time_over_which_the_clocks_are_put_forward_does_not_exist(minute: int) -> None:
    with pytest.raises(NoSuchTime):
        deadline_at(datetime(2027, 3, 28, 2, minute), "Europe/Paris")
    assert deadline_at(datetime(2027, 3, 28, 3), "Europe/Paris").moment == datetime(2027, 3, 28, 1, tzinfo=UTC)
    assert deadline_at(datetime(2027, 3, 28, 1, 59), "Europe/Paris").moment == datetime(2027, 3, 28, 0, 59, tzinfo=UTC)


def test_of_a_time_that_comes_twice_it_is_the_later_one_and_that_is_said() -> None:
    twice = deadline_at(datetime(2026, 10, 25, 2, 30), "Europe/Paris")
    assert twice == Deadline(datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "Europe/Paris", is_second=True)
    assert not deadline_at(datetime(2026, 10, 25, 3), "Europe/Paris").is_second
    assert not deadline_at(datetime(2026, 10, 25, 1, 59), "Europe/Paris").is_second


@pytest.mark.parametrize(
    "zone", ["", "Paris", "Europe/Atlantis", "CET", "../../etc/passwd", "/etc/localtime", "posixrules"]
)
def test_a_zone_that_is_no_place_is_unknown(zone: str) -> None:
    with pytest.raises(UnknownZone):
        deadline_at(datetime(2026, 11, 28, 18), zone)


@pytest.mark.parametrize("local", [datetime.min, datetime.max])
def test_times_at_the_ends_of_the_calendar_are_refused(local: datetime) -> None:
    with pytest.raises(NoSuchTime):
        deadline_at(local, "Pacific/Kiritimati")


@given(local=st.datetimes(datetime(1990, 1, 1), datetime(2037, 1, 1)), zone=st.sampled_from(ZONES))
def test_a_deadline_shows_its_local_time_and_nothing_later_does(local: datetime, zone: str) -> None:
    try:
        found = deadline_at(local, zone)
    except NoSuchTime:
        around = {ZoneInfo(zone).utcoffset(local + timedelta(hours=hours)) for hours in (-2, 2)}
        assert len(around) == 2, "only a change of the clocks skips a time"
        return
    there = found.moment.astimezone(ZoneInfo(zone))
    assert there.replace(tzinfo=None, fold=0) == local
    later = (found.moment + timedelta(minutes=30)).astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)
    assert later > local


def test_choices_are_round_times_in_the_zone() -> None:
    now = datetime(2026, 11, 25, 21, 32, 43, tzinfo=UTC)
    assert {choice: proposed_local(choice, "Europe/Paris", now=now) for choice in CHOICES} == {
        "day": datetime(2026, 11, 26, 22, 32),
        "three": datetime(2026, 11, 28, 18),
        "week": datetime(2026, 12, 2, 18),
    }
