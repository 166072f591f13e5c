"""Who has spoken to whom, and since when, equals a recomputation by hand."""

from datetime import UTC, date, datetime, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from concertation.situation.contacting import Link, Talk, first_since, links_at, not_since

DAYS = [date(2025, 1, 1) + timedelta(days=number) for number in range(6)]
EPOCH = datetime(2025, 1, 1, tzinfo=UTC)
OURS, THEIRS = ["FR", "GB", "DE"], ["moscow", "un"]


@st.composite
def histories(draw: st.DrawFn) -> list[Talk]:
    """Any contacts, some on one day, entered in any order."""
    return [
        Talk(
            str(number),
            draw(st.sampled_from(DAYS)),
            EPOCH + timedelta(minutes=number),
            draw(st.frozensets(st.sampled_from(OURS), min_size=1)),
            draw(st.frozensets(st.sampled_from(THEIRS), min_size=1)),
        )
        for number in range(draw(st.integers(0, 9)))
    ]


@settings(deadline=None)
@given(histories(), st.sampled_from(DAYS), st.randoms(use_true_random=False))
def test_links_equal_the_recomputation(talks: list[Talk], day: date, random: Random) -> None:
    shuffled = list(talks)
    random.shuffle(shuffled)
    found = links_at(shuffled, day)
    for our in OURS:
        for their in THEIRS:
            days = [talk.day for talk in talks if our in talk.ours and their in talk.theirs and talk.day <= day]
            expected = Link(len(days), min(days), max(days)) if days else None
            assert found.get((our, their)) == expected


@settings(deadline=None)
@given(histories(), st.randoms(use_true_random=False))
def test_first_since_equals_the_recomputation(talks: list[Talk], random: Random) -> None:
    shuffled = list(talks)
    random.shuffle(shuffled)
    for of in talks:
        found = first_since(shuffled, of)
        assert set(found) == {(our, their) for our in of.ours for their in of.theirs}
        for our, their in found:
            last = None
            for talk in talks:
                is_before = talk.day < of.day or (talk.day == of.day and talk.entered < of.entered)
                if is_before and our in talk.ours and their in talk.theirs:
                    last = talk.day if last is None else max(last, talk.day)
            assert found[our, their] == last


@settings(deadline=None)
@given(histories(), st.sampled_from(DAYS))
def test_not_since_is_the_last_day_of_anybody(talks: list[Talk], day: date) -> None:
    for their in THEIRS:
        days = [talk.day for talk in talks if their in talk.theirs and talk.day <= day]
        assert not_since(talks, their, day) == (max(days) if days else None)


def test_first_in_three_years() -> None:
    before = Talk("1", date(2022, 9, 11), EPOCH, frozenset({"FR"}), frozenset({"moscow"}))
    after = Talk("2", date(2025, 7, 1), EPOCH, frozenset({"FR", "GB"}), frozenset({"moscow"}))
    assert first_since([after, before], after) == {
        ("FR", "moscow"): date(2022, 9, 11),
        ("GB", "moscow"): None,
    }
    assert first_since([before, after], before) == {("FR", "moscow"): None}
