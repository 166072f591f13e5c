"""The pieces of a paragraph stand in one order, whatever overlaps."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concertation.core.names import file_name
from concertation.texts.blocks import Run, run
from concertation.texts.exports.flow import (
    Edge,
    Part,
    Piece,
    Sign,
    Words,
    aligned,
    closing_of,
    list_of,
    narrowed,
    notes_of,
    pieces_of,
    proposers_of,
)
from concertation.texts.reading import Alternative, BracketSpan, Change, RemarkSpan, SheetParagraph
from concertation.texts.tests.sheets import AT, BRITAIN, CLERK, FRANCE, english, french, plain, rich_sheet


def written(pieces: list[Piece]) -> str:
    """Return pieces in short: [brackets], {remarks}, +inserted+, -deleted-."""
    return "".join(_written(piece) for piece in pieces)


def _written(piece: Piece) -> str:
    if isinstance(piece, Sign):
        return "[" if piece.opens else "]"
    if isinstance(piece, Edge):
        return "{" if piece.opens else "}"
    text = f"+{piece.text}+" if piece.inserted else piece.text
    return "-" * len(piece.deleted) + text + "-" * len(piece.deleted)


def bracket(start: int, end: int) -> BracketSpan:
    return BracketSpan(f"b{start}", start, end, ("FR",))


def change(start: int, end: int, *runs: Run) -> Change:
    return Change("p", start, end, runs, FRANCE, AT)


def remark(start: int | None, end: int | None) -> RemarkSpan:
    return RemarkSpan(f"r{start}", False, start, end, FRANCE, AT, "Why?")


BASE = SheetParagraph("x", 1, plain("abcdef"))


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({}, "abcdef"),
        ({"brackets": (bracket(1, 3),)}, "a[bc]def"),
        ({"brackets": (bracket(0, 6), bracket(1, 6))}, "[a[bcdef]]"),
        ({"brackets": (bracket(1, 3), bracket(3, 5))}, "a[bc][de]f"),
        ({"brackets": (bracket(1, 4), bracket(2, 6))}, "a[b[cd]ef]"),
        ({"brackets": (bracket(2, 2),)}, "abcdef"),
        ({"changes": (change(0, 0, run("X")),)}, "+X+abcdef"),
        ({"changes": (change(6, 6, run("X")),)}, "abcdef+X+"),
        ({"changes": (change(1, 3, run("X")),)}, "a-bc-+X+def"),
        ({"changes": (change(1, 4), change(2, 6, run("X")))}, "a-b---cd---ef-+X+"),
        ({"changes": (change(1, 3, run("X")),), "brackets": (bracket(1, 3),)}, "a[-bc-+X+]def"),
        ({"changes": (change(0, 3, run("X")),), "brackets": (bracket(1, 3),)}, "-a-[-bc-]+X+def"),
        ({"remarks": (remark(None, None),)}, "{abcdef}"),
        ({"remarks": (remark(3, 3),)}, "abc{}def"),
        ({"inserted_by": FRANCE}, "+abcdef+"),
        ({"deleted_by": FRANCE, "changes": (change(1, 2),)}, "-a---b---cdef-"),
    ],
)
def test_pieces_stand_in_order(parts: dict[str, object], expected: str) -> None:
    assert written(pieces_of(replace(BASE, **parts))) == expected  # type: ignore[arg-type]


def test_pieces_of_no_words() -> None:
    empty = replace(BASE, block=plain(""))
    assert pieces_of(empty) == []
    assert (
        written(pieces_of(replace(empty, changes=(change(0, 0, run("X")),), remarks=(remark(None, None),)))) == "+X+{}"
    )


def test_list_counts_its_offsets_over_all_lines() -> None:
    flow = list_of(english().paragraphs[3])
    assert [written(entry.pieces) for entry in flow.entries] == ["{air defence", "training & more}"]
    below = flow.entries[0].below[0]
    assert (below.is_ordered, [written(entry.pieces) for entry in below.entries]) == (
        True,
        ["-short- range", "long range"],
    )


def test_kinds_are_not_confused() -> None:
    with pytest.raises(ValueError, match="a list has entries"):
        pieces_of(english().paragraphs[3])
    with pytest.raises(ValueError, match="only a list"):
        list_of(BASE)


places = st.tuples(st.integers(0, 6), st.integers(0, 6)).map(sorted)


@given(st.lists(places, max_size=4), st.lists(places, max_size=4), st.lists(places, max_size=3))
def test_whatever_overlaps_the_words_stay_and_every_sign_has_its_other(
    brackets: list[list[int]], changes: list[list[int]], remarks: list[list[int]]
) -> None:
    paragraph = replace(
        BASE,
        brackets=tuple(BracketSpan(str(n), a, b, ("FR",)) for n, (a, b) in enumerate(brackets)),
        changes=tuple(change(a, b, run("X")) for a, b in changes),
        remarks=tuple(RemarkSpan(str(n), True, a, b, FRANCE, AT, "") for n, (a, b) in enumerate(remarks)),
    )
    pieces = pieces_of(paragraph)
    words = [piece for piece in pieces if isinstance(piece, Words)]
    assert "".join(piece.text for piece in words if not piece.inserted) == "abcdef"
    assert sum(piece.inserted is not None for piece in words) == len(changes)
    for kind, number in ((Sign, sum(a < b for a, b in brackets)), (Edge, len(remarks))):
        opened = [piece for piece in pieces if isinstance(piece, kind) and piece.opens]
        closed = [piece for piece in pieces if isinstance(piece, kind) and not piece.opens]
        assert len(opened) == len(closed) == number


def test_counterparts_stand_in_one_row() -> None:
    rows = [[cell.id if cell else "" for cell in row] for row in aligned([english(), french()])]
    assert rows[:4] == [
        ["aaaaaaaaa1", "aaaaaaaaa1"],
        ["aaaaaaaaa2", ""],
        ["aaaaaaaaa3", "aaaaaaaaa3"],
        ["", "ffffffffff"],
    ]
    assert [row[1] for row in rows[4:]] == ["", "", "", "", ""]


def test_paragraphs_without_ids_are_counterparts_by_their_place() -> None:
    one = replace(english(), paragraphs=[replace(BASE, id="") for _ in range(2)])
    other = replace(french(), paragraphs=[replace(BASE, id="") for _ in range(3)])
    assert [[cell is not None for cell in row] for row in aligned([one, other])] == [
        [True, True],
        [True, True],
        [False, True],
    ]


def test_versions_remarks_and_proposers_are_gathered_once() -> None:
    sheet = rich_sheet()
    assert [one.language for one in narrowed(sheet, ["uk", "en", "uk", "xx"])] == ["uk", "en"]
    assert [(number, note.id) for number, note in notes_of([english(), english()]).values()] == [(1, "r1"), (2, "r2")]
    assert proposers_of(sheet.versions) == [FRANCE, BRITAIN]
    assert CLERK not in proposers_of(sheet.versions)


@pytest.mark.parametrize(
    ("title", "state", "expected"),
    [
        ("Joint statement", "Rev.2", "joint-statement-rev-2-en-fr.pdf"),
        ("Déclaration: “sécurité”/../x", "adopted", "declaration-securite-x-adopted-en-fr.pdf"),
        ("Спільна заява", "draft", "text-draft-en-fr.pdf"),
        ("a" * 200, "draft", f"{'a' * 60}-draft-en-fr.pdf"),
    ],
)
def test_file_names_are_safe(title: str, state: str, expected: str) -> None:
    assert file_name(title, state=state, languages=("en", "fr"), suffix="pdf") == expected


def test_bracket_ends_with_everything_that_is_said_about_it() -> None:
    others = (Alternative("stand ready", ("GB", "PL")), Alternative("", ()))
    held = BracketSpan("b", 0, 4, ("DE", "IT"), others, held="will deploy", supporters=("FR",))
    assert closing_of(held) == [
        (Part.MEMBERS, "FR"),
        (Part.WORDS, " / stand ready"),
        (Part.MEMBERS, "GB, PL"),
        (Part.WORDS, " / –"),
        (Part.SIGN, "]"),
        (Part.MEMBERS, "DE, IT"),
        (Part.WORDS, " ≠ “will deploy”"),
    ]
    assert closing_of(BracketSpan("b", 0, 4, ())) == [(Part.SIGN, "]")]
