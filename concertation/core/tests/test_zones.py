"""The time zones that can be named."""

from concertation.core.zones import zone_choices, zones


def test_zones_are_those_of_places_and_utc() -> None:
    assert {"Europe/Paris", "Europe/London", "Europe/Kyiv", "America/New_York", "UTC"} <= zones()
    assert not {"EST", "GMT", "localtime", "Factory"} & zones()


def test_choices_are_sorted_and_readable() -> None:
    choices = zone_choices()
    assert choices == sorted(choices)
    assert ("America/New_York", "America/New York") in choices
