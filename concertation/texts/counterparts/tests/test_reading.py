"""Numbers and dates, as CLDR writes them in each language, are read as what was written."""

from datetime import date
from decimal import Decimal

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from concertation.texts.counterparts.dates import read_dates, read_times
from concertation.texts.counterparts.numbers import number_of, read_numbers

LANGUAGES = st.sampled_from(["en", "fr", "uk", "de", "it", "pl", "es"])
FIVE = st.sampled_from(["en", "fr", "uk", "de", "it"])


@given(LANGUAGES, st.integers(0, 10**12), st.integers(0, 4))
def test_number_is_read_as_it_was_written(language: str, digits: int, places: int) -> None:
    value = Decimal(digits).scaleb(-places)
    written = format_decimal(value, locale=language, decimal_quantization=False)
    found, rest = read_numbers(f"– {written} –", language)
    assert [one.value for one in found] == [(value.normalize(), "")]
    assert rest.split() == ["–", "–"]


@given(FIVE, st.integers(1000, 10**9))
def test_number_grouped_by_spaces_is_read_in_every_language(language: str, value: int) -> None:
    for space in " \u00a0\u202f\u2009":
        written = f"{value:,}".replace(",", space)
        assert [one.value for one in read_numbers(written, language)[0]] == [(Decimal(value).normalize(), "")]


@given(FIVE, st.dates(date(1945, 1, 1), date(2099, 12, 31)))
def test_date_is_read_as_it_was_written(language: str, day: date) -> None:
    for form in ("long", "full"):
        found, _rest = read_dates(f"({format_date(day, form, locale=language)})", language)
        assert [one.value for one in found] == [(day.year, day.month, day.day)]
    numeric = [day.isoformat(), day.strftime("%d.%m.%Y"), f"{day.day}/{day.month}/{day.year}"]
    for written in numeric:
        assert [one.value for one in read_dates(written, language)[0]] == [(day.year, day.month, day.day)]


@given(FIVE, st.text(max_size=60))
def test_any_words_are_read_without_a_fault(language: str, words: str) -> None:
    _dates, rest = read_dates(words, language)
    _times, rest = read_times(rest, language)
    _numbers, rest = read_numbers(rest, language)
    assert len(rest) == len(words)


@pytest.mark.parametrize(
    ("literal", "language", "value"),
    [
        ("1,000", "en", "1000"),
        ("1.000", "en", "1.000"),
        ("1.000", "de", "1000"),
        ("1,000", "fr", "1.000"),
        ("1.000.000", "en", "1000000"),
        ("1,234.5", "de", "1234.5"),
        ("1.234,5", "en", "1234.5"),
        ("2’500", "de", "2500"),
        ("1 000,5", "uk", "1000.5"),
    ],
)
def test_separators_are_read_by_the_language_and_by_what_is_possible(literal: str, language: str, value: str) -> None:
    assert number_of(literal, language) == Decimal(value)


@pytest.mark.parametrize(
    ("words", "language", "value"),
    [
        ("6 January", "en", (0, 1, 6)),
        ("January 6th, 2026", "en", (2026, 1, 6)),
        ("1er mai 2026", "fr", (2026, 5, 1)),
        ("1º maggio 2026", "it", (2026, 5, 1)),
        ("у лютому 2026 року", "uk", (2026, 2, 0)),
        ("12/31/2026", "en", (2026, 12, 31)),
    ],
)
def test_date_is_read_in_its_other_forms(words: str, language: str, value: tuple[int, int, int]) -> None:
    assert [one.value for one in read_dates(words, language)[0]] == [value]


@pytest.mark.parametrize("words", ["31 February", "it may be 5", "30.02.2026", "99.99.2026", "2026-13-01", "in March"])
def test_what_no_calendar_has_is_no_date(words: str) -> None:
    assert read_dates(words, "en") == ([], words)


@pytest.mark.parametrize(
    ("words", "language", "minutes"),
    [
        ("18:00", "en", 1080),
        ("6.30 p.m.", "en", 1110),
        ("12 am", "en", 0),
        ("18 h 30", "fr", 1110),
        ("18h", "fr", 1080),
        ("18.30 Uhr", "de", 1110),
        ("alle ore 18.30", "it", 1110),
    ],
)
def test_time_is_read_in_each_language(words: str, language: str, minutes: int) -> None:
    assert [one.value for one in read_times(words, language)[0]] == [("time", minutes)]
