"""How near a selection is to a paragraph, and what of it corresponds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concertation.texts.folding import folded
from concertation.texts.matching import Kind, Piece, Selection, closeness, excerpt

PEACE = "We call for an immediate, full and unconditional ceasefire of thirty days, monitored by independent observers."


def kind_of(selection: str, paragraph: str = PEACE) -> Kind | None:
    found = closeness(Selection(selection), folded(paragraph))
    return found[0] if found else None


@pytest.mark.parametrize(
    ("selection", "kind"),
    [
        ("Full and UNCONDITIONAL cease", "near"),
        ("full, and unconditional CEASEFIRE", "exact"),
        ("thirty days", "exact"),
        ("ceasefire", "exact"),
        ("fire of thirty", "near"),
        ("thirty grains of salt", None),
        ("an immediate and unconditional ceasefire", "near"),
        ("observers ceasefire monitored days", "words"),
        ("the price of grain", None),
        ("", None),
        ("…", None),
    ],
)
def test_closeness_tells_exact_near_and_scattered_words_apart(selection: str, kind: Kind | None) -> None:
    assert kind_of(selection) == kind


def test_a_heading_inside_a_long_selection_is_not_near() -> None:
    assert kind_of(PEACE, "Observers") is None


def test_the_whole_paragraph_goes_before_one_that_holds_it() -> None:
    exact, within = (
        closeness(Selection(PEACE), folded(PEACE)),
        closeness(Selection(PEACE), folded(f"{PEACE} And more.")),
    )
    assert exact and within and exact[1] > within[1]


def test_excerpt_of_an_exact_passage_is_the_paragraphs_own_words() -> None:
    found = excerpt(Selection("FULL and unconditional"), "exact", PEACE)
    assert found.passage == "full and unconditional"
    assert found.pieces == [
        Piece("We call for an immediate, ", False, False),
        Piece("full and unconditional", True, True),
        Piece(" ceasefire of thirty days, monitored by independent observers.", False, False),
    ]


def test_excerpt_of_a_near_passage_marks_what_is_common_only() -> None:
    found = excerpt(Selection("full and complete ceasefire of thirty days"), "near", PEACE)
    assert found.passage == "full and unconditional ceasefire of thirty days"
    assert [piece.words for piece in found.pieces if piece.is_common] == ["full and", "ceasefire of thirty days"]


def test_excerpt_ends_where_the_selection_ends() -> None:
    found = excerpt(Selection("prompt and unconditional ceasefire"), "near", PEACE)
    assert found.passage.endswith("unconditional ceasefire")


def test_excerpt_of_most_of_a_paragraph_is_the_paragraph() -> None:
    assert excerpt(Selection(PEACE.replace("full and ", "")), "near", PEACE).passage == PEACE


def test_excerpt_of_scattered_words_marks_each() -> None:
    found = excerpt(Selection("independent ceasefires"), "words", PEACE)
    assert [piece.words for piece in found.pieces if piece.is_common] == ["ceasefire", "independent"]
    assert found.passage == PEACE


words = st.text("ab é,.’\n", max_size=25)


@given(words, words)
def test_pieces_together_are_the_paragraph(selection: str, paragraph: str) -> None:
    found = closeness(Selection(selection), folded(paragraph))
    if found:
        shown = excerpt(Selection(selection), found[0], paragraph)
        assert "".join(piece.words for piece in shown.pieces) == paragraph
        assert shown.passage in paragraph
        assert folded(shown.passage)
