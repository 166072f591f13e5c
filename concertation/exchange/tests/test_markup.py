"""Drafts are read as they are meant, and what is written is read back the same."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concertation.exchange.markup import blocks_of, body_of, faults
from concertation.texts.blocks import Block, merged, run
from concertation.texts.tests.strategies import versions

words = st.text("aé1#+-.)(*\\_&<[`>=", min_size=1, max_size=6)
runs = st.lists(st.builds(run, words, bold=st.booleans(), italic=st.booleans()), min_size=1, max_size=3).map(merged)
entries = st.builds(lambda held: {"type": "paragraph", "runs": held}, runs)
numbered = st.builds(lambda held, counts: {"type": "paragraph", "numbered": counts, "runs": held}, runs, st.booleans())
headings = st.builds(lambda level, held: {"type": "heading", "level": level, "runs": held}, st.integers(1, 3), runs)


def lists_of(below: st.SearchStrategy[list[Any]]) -> st.SearchStrategy[Any]:
    """Lists of one entry or more, each with the lists of `below` under it."""
    items = st.lists(st.builds(lambda entry, lists: [entry, *lists], entries, below), min_size=1, max_size=3)
    bullets = items.map(lambda held: {"type": "bulletList", "items": held})
    ordered = items.map(lambda held: {"type": "orderedList", "items": held})
    return bullets | ordered


ENTRY = "An entry of a list is one paragraph and the lists below it; a numbered paragraph begins with words."
lists = lists_of(st.lists(lists_of(st.just([])), max_size=1))
drafts: st.SearchStrategy[list[Block]] = st.lists(
    st.builds(lambda first, second: [first, *second], numbered | headings, st.lists(lists, max_size=1)), max_size=4
).map(lambda parts: [block for part in parts for block in part])


@given(drafts)
def test_written_draft_is_read_back_the_same(blocks: list[Block]) -> None:
    body = body_of(blocks)
    assert faults(body) == []
    assert blocks_of(body) == blocks


@given(versions)
def test_anything_an_editor_holds_is_written_so_that_it_stays(blocks: list[Block]) -> None:
    body = body_of(blocks)
    assert faults(body) == []
    assert body_of(blocks_of(body)) == body


def test_draft_is_read_as_it_is_meant() -> None:
    body = """
# Joint statement

We *met*
today.

1. We agree:

    - first, \\* not a mark
    - **second**

        1) deep

2. We part\\
   as friends.

\\# no heading
"""
    assert faults(body) == []
    assert blocks_of(body) == [
        {"type": "heading", "level": 1, "runs": [run("Joint statement")]},
        {"type": "paragraph", "numbered": False, "runs": [run("We "), run("met", italic=True), run(" today.")]},
        {"type": "paragraph", "numbered": True, "runs": [run("We agree:")]},
        {
            "type": "bulletList",
            "items": [
                [{"type": "paragraph", "runs": [run("first, * not a mark")]}],
                [
                    {"type": "paragraph", "runs": [run("second", bold=True)]},
                    {"type": "orderedList", "items": [[{"type": "paragraph", "runs": [run("deep")]}]]},
                ],
            ],
        },
        {"type": "paragraph", "numbered": True, "runs": [run("We part\nas friends.")]},
        {"type": "paragraph", "numbered": False, "runs": [run("# no heading")]},
    ]


def test_draft_without_words_is_empty() -> None:
    assert (blocks_of(""), body_of([]), faults("")) == ([], "", [])


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("#### Deep", "“Deep” is a heading of level 4; there are three levels."),
        ("1. One.\n\n3. Three.", "Paragraph 3 stands where 2 is due."),
        ("- # Heading", ENTRY),
        ("1. - entry", ENTRY),
        ("-\n", ENTRY),
        ("- one\n\n  two", ENTRY),
        ("2) two", "A list that is counted begins with 1."),
    ],
)
def test_fault_of_a_draft(body: str, said: str) -> None:
    assert faults(body) == [said]


def test_lists_go_only_so_deep() -> None:
    body = "".join("  " * depth + "- entry\n" for depth in range(9))
    assert faults(body) == ["There are lists within lists, deeper than 8."]
    assert faults(body.rsplit("\n", 2)[0]) == []


def test_numbered_paragraph_may_be_followed_by_another() -> None:
    assert [block.get("numbered") for block in blocks_of("1. One.\n\n   Two.\n\n2. Three.")] == [True, False, True]
