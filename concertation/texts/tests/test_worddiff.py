"""What changed between two texts, in words and as a person would mark it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concertation.texts.blocks import Run, merged, run, words_of
from concertation.texts.tests.strategies import runs
from concertation.texts.worddiff import Hunk, Kind, after_of, apply, before_of, diff, hunks, part_of

MARKS = {Kind.SAME: "{}", Kind.REMOVED: "[-{}-]", Kind.ADDED: "[+{}+]"}


def marked(before: str, after: str) -> str:
    """Return the difference as it would be marked on paper."""
    return "".join(MARKS[piece.kind].format(piece.words) for piece in diff(before, after))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("to national procedures", "to constitutional procedures", "to [-national-][+constitutional+] procedures"),
        ("will deploy troops", "stand ready to deploy troops", "[-will-][+stand ready to+] deploy troops"),
        ("the big red car", "the small blue car", "the [-big red-][+small blue+] car"),
        ("the national procedures", "the procedures", "the [-national -]procedures"),
        ("We met. We agreed.", "We met. They spoke. We agreed.", "We met. [+They spoke. +]We agreed."),
        ("We met.", "We met today.", "We met[+ today+]."),
        ("the cost is 1,000.50", "the cost is 1,000.60", "the cost is [-1,000.50-][+1,000.60+]"),
        ("à l’été 2026", "à l’hiver 2026", "à l’[-été-][+hiver+] 2026"),
        ("réunis, ils", "réunis ils", "réunis[-,-] ils"),
        ("government of France", "council of ministers", "[-government of France-][+council of ministers+]"),
        ("first\nsecond", "primo\nsecundo", "[-first-][+primo+]\n[-second-][+secundo+]"),
        ("停火协议", "停火协定", "停火协[-议-][+定+]"),
        ("yes 👨\u200d👩\u200d👧", "yes 👨\u200d👩\u200d👦", "yes [-👨\u200d👩\u200d👧-][+👨\u200d👩\u200d👦+]"),
        ("", "all new", "[+all new+]"),
        ("all gone", "", "[-all gone-]"),
        ("the same", "the same", "the same"),
        ("", "", ""),
    ],
)  # fmt: skip
def test_difference_reads_as_a_person_would_mark_it(before: str, after: str, expected: str) -> None:
    assert marked(before, after) == expected


def test_a_change_of_look_alone_is_a_change() -> None:
    before, after = [run("We "), run("will", bold=True), run(" act")], [run("We will act")]
    assert hunks(before, after) == [Hunk(3, 7, (run("will"),))]


def test_texts_with_too_much_between_them_are_replaced_whole() -> None:
    before = " ".join(f"a{number}" for number in range(2000))
    after = " ".join(f"b{number}" for number in range(2000))
    assert [piece.kind for piece in diff(f"Same {before} end", f"Same {after} end")] == [
        Kind.SAME,
        Kind.REMOVED,
        Kind.ADDED,
        Kind.SAME,
    ]


def test_part_of_runs_keeps_their_look() -> None:
    assert part_of([run("ab"), run("cd", bold=True), run("ef")], 1, 5) == [run("b"), run("cd", bold=True), run("e")]


few = st.lists(st.sampled_from(["a", "b", " ", "the ", "of", ", ", "\n", "été ", "😀", "1,000"]), max_size=14).map(
    "".join
)
looked = st.lists(st.builds(run, few, bold=st.booleans(), italic=st.booleans()), max_size=4).map(merged)


@given(runs | looked, runs | looked)
def test_difference_leads_from_one_to_the_other(before: list[Run], after: list[Run]) -> None:
    pieces = diff(before, after)
    assert before_of(pieces) == before
    assert after_of(pieces) == after
    assert apply(before, hunks(before, after)) == after
    assert (hunks(before, after) == []) == (before == after)


@given(few, few)
def test_changes_are_apart_from_one_another_and_change_something(before: str, after: str) -> None:
    last = -1
    for hunk in hunks(before, after):
        assert hunk.start > last
        assert before[hunk.start : hunk.end] != words_of(hunk.runs)
        last = hunk.end
