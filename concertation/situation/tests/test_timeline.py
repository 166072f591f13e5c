"""The picture: every bar in its place, few and round days below."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from concertation.situation.assessing import Span
from concertation.situation.timeline import MOST_TICKS, SHORTEST, Scale

days = st.dates(date(2000, 1, 1), date(2099, 12, 31))


def test_bars_stand_where_their_days_are() -> None:
    scale = Scale(date(2025, 1, 1), date(2025, 4, 11))
    spans = [
        Span(date(2025, 1, 11), date(2025, 3, 2), "claimed", 1),
        Span(date(2025, 3, 2), None, "verified", 2),
    ]
    assert [(bar.left, bar.width) for bar in scale.bars(spans)] == [("10.00%", "50.00%"), ("60.00%", "40.00%")]


def test_ticks_are_the_firsts_of_months() -> None:
    ticks = Scale(date(2024, 12, 15), date(2025, 12, 1)).ticks()
    assert [tick.day for tick in ticks] == [date(2025, month, 1) for month in (1, 4, 7, 10)]
    assert ticks[0].left == "4.84%"


def test_ticks_of_a_short_line_are_mondays() -> None:
    days_below = [tick.day for tick in Scale(date(2025, 7, 1), date(2025, 7, 31)).ticks()]
    assert days_below == [date(2025, 7, number) for number in (7, 14, 21, 28)]


def test_first_of_a_month_at_the_edge_has_its_tick() -> None:
    assert Scale(date(2025, 1, 1), date(2025, 5, 1)).ticks()[0].day == date(2025, 1, 1)


@settings(deadline=None)
@given(st.lists(days, max_size=5), days)
def test_everything_has_its_place(since: list[date], last: date) -> None:
    since = [day for day in since if day <= last]
    scale = Scale.over(since, last)
    assert scale.last - scale.first >= SHORTEST
    assert all(scale.first <= day <= scale.last for day in since)
    assert len(scale.ticks()) <= MOST_TICKS + 1
    assert all(scale.first <= tick.day <= scale.last for tick in scale.ticks())
    for bar in scale.bars([Span(day, None, "claimed", 1) for day in since]):
        assert 0 <= float(bar.left[:-1]) <= 100
        assert float(bar.width[:-1]) >= 0.5


def test_line_without_facts_is_a_month() -> None:
    last = date(2025, 7, 31)
    assert Scale.over([], last) == Scale(last - timedelta(days=30), last)
