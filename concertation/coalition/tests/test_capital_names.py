"""Capitals in the reader's language."""

import pytest

from concertation.coalition.countries import capital_name


@pytest.mark.parametrize(
    ("capital", "zone", "french"),
    [
        ("London", "Europe/London", "Londres"),
        ("Warsaw", "Europe/Warsaw", "Varsovie"),
        ("Paris", "Europe/Paris", "Paris"),
        ("Kyiv", "Europe/Kyiv", "Kyiv"),
        ("Canberra", "Australia/Sydney", "Canberra"),
        ("Brussels", "Europe/Paris", "Brussels"),
    ],
)
def test_capital_is_named_where_its_zone_bears_its_name(capital: str, zone: str, french: str) -> None:
    assert capital_name(capital, zone, "fr") == french
    assert capital_name(capital, zone, "en") == capital
