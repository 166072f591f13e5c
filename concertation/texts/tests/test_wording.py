"""How an edited paragraph differs from the one that stands, as places that anchors can carry."""

from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from concertation.texts.blocks import Block, Paragraph, Run, merged, run, words_of
from concertation.texts.paragraphs import linear
from concertation.texts.tests.strategies import paragraphs, runs
from concertation.texts.worddiff import Hunk, apply
from concertation.texts.wording import plan, relocated, runs_in


def numbered(words: str) -> Block:
    return {"type": "paragraph", "numbered": True, "runs": [run(words)] if words else []}


def listing(*words: str) -> Block:
    return {"type": "bulletList", "items": [[{"type": "paragraph", "runs": [run(word)]}] for word in words]}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("We will act", "We shall act", [Hunk(3, 7, (run("shall"),))]),
        ("We met.", "We met today.", [Hunk(3, 6, (run("met today"),))]),
        ("met.", "We met.", [Hunk(0, 3, (run("We met"),))]),
        ("We really met.", "We met.", [Hunk(3, 10, ())]),
        ("...", "... we met", [Hunk(0, 3, (run("... we met"),))]),
        ("We met", "We met", []),
        ("may", "shall may shall", [Hunk(0, 3, (run("shall may shall"),))]),
    ],
)
def test_plan_holds_on_to_one_character_at_least(before: str, after: str, expected: list[Hunk]) -> None:
    assert plan(numbered(before), numbered(after)) == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (numbered("We met"), {"type": "heading", "level": 1, "runs": [run("We met")]}),
        (numbered("We met"), {"type": "paragraph", "numbered": False, "runs": [run("We met")]}),
        (numbered(""), numbered("We met")),
        (numbered("We met"), numbered("We\nmet")),
        (listing("land"), listing("land", "sea")),
        ({**numbered("a\nb"), "runs": [run("a\nb")]}, {**numbered("a"), "runs": [run("a")]}),
    ],
)
def test_plan_replaces_the_whole_where_places_do_not_do(before: Block, after: Block) -> None:
    assert plan(before, after) is None


def test_plan_changes_one_item_of_a_list_in_its_place() -> None:
    assert plan(listing("land", "sea"), listing("land", "the sea")) == [Hunk(5, 8, (run("the sea"),))]


def test_relocated_follows_words_that_stayed() -> None:
    changes = [Hunk(3, 7, (run("shall"),))]
    assert relocated(changes, "We will act", "Today we agreed. We will act") == [Hunk(20, 24, (run("shall"),))]
    assert relocated(changes, "We will act", "We shall act") is None


def test_relocated_does_not_take_the_same_words_elsewhere() -> None:
    changes = [Hunk(0, 4, (run("Those"),))]
    assert relocated(changes, "They met. They spoke.", "We met. They spoke.") is None


def without_breaks(words: list[Run]) -> list[Run]:
    return merged(run(piece["text"].replace("\n", " "), **_looks(piece)) for piece in words)


def _looks(piece: Run) -> dict[str, bool]:
    return {"bold": "bold" in piece, "italic": "italic" in piece}


plain = runs.map(without_breaks)


def in_block(kind: str, *lines: list[Run]) -> Block:
    if kind == "heading":
        return {"type": "heading", "level": 2, "runs": lines[0]}
    if kind == "paragraph":
        return {"type": "paragraph", "numbered": True, "runs": lines[0]}
    return {"type": "orderedList", "items": [[{"type": "paragraph", "runs": line}] for line in lines]}


@settings(deadline=None)
@given(st.sampled_from(["heading", "paragraph", "list"]), plain, plain, plain, plain)
def test_plan_leads_to_the_wanted_words(
    kind: str, one: list[Run], two: list[Run], new: list[Run], also: list[Run]
) -> None:
    base, wanted = in_block(kind, one, two), in_block(kind, new, also)
    found = plan(base, wanted)
    if found is None:
        assert not words_of(one) or not words_of(two) or kind == "list"
        return
    assert apply(runs_in(base), found) == runs_in(wanted)
    places = [(hunk.start, hunk.end) for hunk in found]
    assert all(start < end for start, end in places)
    assert all(end <= start for (_, end), (start, _) in pairwise(places))
    assert relocated(found, linear(base), linear(base)) == found


@settings(deadline=None)
@given(paragraphs.filter(lambda block: block["runs"]), st.data())
def test_plan_of_words_in_a_paragraph_never_needs_the_whole(base: Paragraph, data: st.DataObject) -> None:
    words = linear(base)
    assume("\n" not in words)
    inserted: list[Run] = [run(data.draw(st.sampled_from(["new", " and", "é"])))]
    at = data.draw(st.integers(0, len(words)))
    wanted = base.copy()
    wanted["runs"] = apply(base["runs"], [Hunk(at, at, tuple(inserted))])
    assert plan(base, wanted) is not None
