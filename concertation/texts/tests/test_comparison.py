"""Two states of a version: what became of each paragraph, and of the words in it."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from concertation.texts.blocks import Block, Run, run
from concertation.texts.comparison import Compared, Kind, compare, pair, tokens_of
from concertation.texts.reading import Alternative, Author, BracketSpan, Change, SheetParagraph

ITALY = Author("Anna Rossi", "IT")
AT = datetime(2026, 11, 25, 15, 31, tzinfo=UTC)


def sheet(words: str, identity: str = "", **more: object) -> SheetParagraph:
    block: Block = {"type": "paragraph", "numbered": True, "runs": [run(words)]}
    return SheetParagraph(identity, 1, block, **more)  # type: ignore[arg-type]


def marked(compared: Compared) -> list[tuple[str, str, str]]:
    return [(piece.kind, piece.style, piece.run["text"]) for piece in compared.pieces]


def kinds(before: list[SheetParagraph], after: list[SheetParagraph]) -> list[tuple[str, bool]]:
    return [(compared.kind, compared.moved) for compared in compare(before, after)]


def test_words_and_not_lines_are_compared() -> None:
    old = sheet("Contributions remain subject to national procedures.", "a")
    new = sheet("Contributions remain subject to constitutional procedures.", "a")
    assert marked(compare([old], [new])[0]) == [
        ("same", "words", "Contributions remain subject to "),
        ("removed", "words", "national"),
        ("added", "words", "constitutional"),
        ("same", "words", " procedures."),
    ]


def test_bracket_is_part_of_what_is_compared() -> None:
    plain = sheet("We will deploy", "a")
    alternatives = (Alternative("stand ready to deploy", ("IT",)),)
    held = sheet("We will deploy", "a", brackets=(BracketSpan("b", 3, 14, ("FR", "GB"), alternatives),))
    found = compare([plain], [held])[0]
    assert found.kind == Kind.CHANGED
    assert marked(found) == [
        ("same", "words", "We "),
        ("added", "bracket", "["),
        ("same", "words", "will deploy"),
        ("added", "bracket", " / stand ready to deploy]FR GB"),
    ]


def test_holder_who_leaves_a_bracket_is_a_change() -> None:
    two = sheet("We", "a", brackets=(BracketSpan("b", 0, 2, ("FR", "GB")),))
    one = sheet("We", "a", brackets=(BracketSpan("b", 0, 2, ("GB",)),))
    assert ("removed", "bracket", "]FR GB") in marked(compare([two], [one])[0])


def test_proposal_is_compared_as_proposed() -> None:
    plain = sheet("We will deploy", "a")
    change = Change("p", 3, 7, (run("shall"),), ITALY, AT)
    proposed = sheet("We will deploy", "a", changes=(change,))
    assert marked(compare([plain], [proposed])[0]) == [
        ("same", "words", "We "),
        ("removed", "words", "will"),
        ("added", "struck", "will"),
        ("added", "proposed", "shall"),
        ("same", "words", " deploy"),
    ]
    assert compare([proposed], [sheet("We shall deploy", "a")])[0].kind == Kind.CHANGED


def test_paragraphs_are_paired_by_id_though_every_word_changed() -> None:
    found = kinds([sheet("one", "a"), sheet("two", "b")], [sheet("zwei", "b"), sheet("eins", "a")])
    assert sorted(found) == [("changed", False), ("changed", True)]


def test_paragraph_that_moved_over_two_others_is_the_only_one_that_moved() -> None:
    old = [sheet("one", "a"), sheet("two", "b"), sheet("three", "c")]
    new = [sheet("three", "c"), sheet("one", "a"), sheet("two", "b")]
    assert kinds(old, new) == [("same", True), ("same", False), ("same", False)]


def test_removed_paragraph_stands_where_it_was() -> None:
    old = [sheet("one", "a"), sheet("gone", "x"), sheet("two", "b")]
    found = compare(old, [sheet("one", "a"), sheet("two", "b"), sheet("new", "n")])
    assert [(one.kind, (one.before or one.after or old[0]).id) for one in found] == [
        ("same", "a"),
        ("removed", "x"),
        ("same", "b"),
        ("added", "n"),
    ]


def test_paragraphs_without_ids_are_paired_by_their_words() -> None:
    old = [sheet("They call for an unconditional ceasefire."), sheet("Nothing in common")]
    new = [sheet("Something else entirely"), sheet("They call for a ceasefire.")]
    assert pair(old, new) == {0: 1}


def test_numbering_is_a_change_though_the_words_are_the_same() -> None:
    plain = SheetParagraph("a", None, {"type": "paragraph", "numbered": False, "runs": [run("one")]})
    assert compare([plain], [sheet("one", "a")])[0].kind == Kind.CHANGED


def test_list_items_are_lines() -> None:
    listed: Block = {
        "type": "bulletList",
        "items": [[{"type": "paragraph", "runs": [run("land")]}], [{"type": "paragraph", "runs": [run("sea")]}]],
    }
    assert "".join(token[0] for token in tokens_of(SheetParagraph("a", None, listed))) == "land\nsea"


runs = st.lists(
    st.builds(
        lambda text, bold: run(text, bold=bold), st.text(alphabet="ab é\n", min_size=1, max_size=6), st.booleans()
    ),
    max_size=4,
)
states = st.lists(st.tuples(st.sampled_from("abcdef"), runs), unique_by=lambda pair: pair[0], max_size=6)


def paragraphs(state: list[tuple[str, list[Run]]]) -> list[SheetParagraph]:
    return [
        SheetParagraph(identity, None, {"type": "paragraph", "numbered": False, "runs": words})
        for identity, words in state
    ]


@given(states, states)
def test_comparison_holds_both_states_whole(
    one: list[tuple[str, list[Run]]], other: list[tuple[str, list[Run]]]
) -> None:
    before, after = paragraphs(one), paragraphs(other)
    found = compare(before, after)
    assert [compared.after for compared in found if compared.after] == after
    assert sorted(one.before.id for one in found if one.before) == sorted(p.id for p in before)
    for compared in found:
        for side, left_out in ((compared.before, Kind.ADDED), (compared.after, Kind.REMOVED)):
            words = "".join(piece.run["text"] for piece in compared.pieces if piece.kind != left_out)
            assert words == ("".join(token[0] for token in tokens_of(side)) if side else "")


@given(states)
def test_state_compared_with_itself_is_the_same(state: list[tuple[str, list[Run]]]) -> None:
    found = compare(paragraphs(state), paragraphs(state))
    assert {(compared.kind, compared.moved) for compared in found} <= {(Kind.SAME, False)}
