"""What a Word document becomes, and what of it is said not to be kept."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concertation.texts.blocks import Block, run
from concertation.texts.exports.docx import docx_of
from concertation.texts.exports.frame import Copy
from concertation.texts.imports.reader import import_docx
from concertation.texts.imports.result import Imported, Loss
from concertation.texts.paragraphs import paragraphs_of
from concertation.texts.reading import Author, Change, RemarkSpan, SheetParagraph, SheetVersion
from concertation.texts.tests import word
from concertation.texts.tests.sheets import (
    AT,
    BRITAIN,
    FRANCE,
    LABELS,
    blocks_in,
    english,
    french,
    heading,
    plain,
    rich_copy,
    rich_sheet,
)
from concertation.texts.tests.strategies import versions
from tests.helpers.programs import office


def bare(paragraph: SheetParagraph) -> SheetParagraph:
    """Return a paragraph without what a Word document does not carry: ids, brackets, and remarks as such."""
    changes = tuple(replace(change, proposal="") for change in paragraph.changes)
    return replace(paragraph, id="", brackets=(), remarks=(), changes=changes)


def test_export_and_import_are_each_other_s_way_back() -> None:
    imported = import_docx(docx_of(rich_copy("en")), now=AT)
    assert imported.title == "Joint statement"
    assert [bare(one) for one in imported.paragraphs] == [bare(one) for one in english().paragraphs]
    assert imported.losses == {Loss.BRACKET: 5, Loss.FRAME: 2}
    remarks = [(one.author, one.start, one.end) for found in imported.paragraphs for one in found.remarks]
    assert remarks == [(FRANCE, 24, 30), (Author("Sam Clerk", ""), 0, 11)]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(versions)
def test_whatever_is_written_comes_back(blocks: list[Block]) -> None:
    paragraphs = [SheetParagraph("", one.number, one.block) for one in paragraphs_of(blocks)]
    version = SheetVersion("en", "Title", True, [*paragraphs, SheetParagraph("", None, heading("The end"))])
    sheet = rich_sheet(versions=[version])
    imported = import_docx(docx_of(Copy(sheet, [version], LABELS)), now=AT)
    assert imported.blocks == [block for block in blocks_in(version) if _is_kept(block)]


def _is_kept(block: Block) -> bool:
    """Say whether an import keeps a block: empty paragraphs without a number are space between words."""
    return block["type"] != "paragraph" or block.get("numbered", False) or bool(block["runs"])


def test_document_that_libreoffice_wrote_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "french.docx"
    path.write_bytes(docx_of(rich_copy("fr")))
    (tmp_path / "out").mkdir()
    made = office(path, "docx", tmp_path / "out")
    assert import_docx(made.read_bytes(), now=AT).blocks == list(blocks_in(french()))


def one(body: str, **parts: str) -> SheetParagraph:
    """Return the one paragraph that a body becomes."""
    (found,) = word.read(body, **parts).paragraphs
    return found


@pytest.mark.parametrize(
    ("style", "block"),
    [
        ("H1", heading("Aims")),
        ("Mine", heading("Aims")),
        ("Out", heading("Aims", 2)),
        ("H5", heading("Aims", 3)),
        ("Loop", plain("Aims", numbered=False)),
        ("Nowhere", plain("Aims", numbered=False)),
        ("Num", plain("Aims")),
    ],
)
def test_styles_mean_headings_and_numbering(style: str, block: Block) -> None:
    assert one(word.paragraph("Aims", style=style)).block == block


def test_title_becomes_the_title() -> None:
    imported = word.read(word.paragraph("Joint  statement", style="T") + word.paragraph("We met."))
    assert (imported.title, imported.blocks) == ("Joint statement", [plain("We met.", numbered=False)])


def test_numbers_at_the_edge_are_paragraphs_and_the_rest_lists() -> None:
    body = [
        word.paragraph("First", count=1),
        word.paragraph("under a", count=1, level=1),
        word.paragraph("under b", count=1, level=1),
        word.paragraph("Second", count=1),
        word.paragraph("point", count=2),
        word.paragraph("deeper", count=2, level=3),
        word.paragraph("point", count=2),
    ]
    imported = word.read("".join(body))
    assert [found.number for found in imported.paragraphs] == [1, None, 2, None]
    items = [[{"type": "paragraph", "runs": [run("under a")]}], [{"type": "paragraph", "runs": [run("under b")]}]]
    assert imported.blocks[1] == {"type": "orderedList", "items": items}
    inner = {"type": "bulletList", "items": [[{"type": "paragraph", "runs": [run("deeper")]}]]}
    assert imported.blocks[3] == {
        "type": "bulletList",
        "items": [
            [{"type": "paragraph", "runs": [run("point")]}, inner],
            [{"type": "paragraph", "runs": [run("point")]}],
        ],
    }


def test_looks_are_kept_and_others_named() -> None:
    looks = [
        "<w:b/>",
        '<w:b w:val="0"/>',
        "<w:i/>",
        '<w:rStyle w:val="Strong"/>',
        '<w:u w:val="single"/>',
        "<w:strike/>",
    ]
    looks.append('<w:vertAlign w:val="superscript"/>')
    imported = word.read(word.paragraph("".join(word.run(str(n), look) for n, look in enumerate(looks))))
    assert imported.blocks[0] == {
        "type": "paragraph",
        "numbered": False,
        "runs": [run("0", bold=True), run("1"), run("2", italic=True), run("3", bold=True), run("456")],
    }
    assert imported.losses == {Loss.UNDERLINE: 1, Loss.STRIKE: 1, Loss.SCRIPT: 1}


def test_breaks_tabs_and_hyphens_are_words() -> None:
    inside = "<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t><w:noBreakHyphen/><w:br w:type='page'/></w:r>"
    assert one(word.paragraph(inside)).block == plain("a\nb\tc\u2011", numbered=False)


def test_tracked_changes_become_proposals() -> None:
    inside = (
        word.run("We ")
        + word.tracked("del", word.run("deploy", tag="delText"))
        + word.tracked("ins", word.run("send", "<w:b/>"))
        + word.run(" forces")
        + word.tracked("ins", word.run(" now"), author="Nobody")
        + word.tracked("ins", word.tracked("del", word.run("taken back", tag="delText")))
    )
    found = one(word.paragraph(inside))
    assert found.block == plain("We deploy forces", numbered=False)
    assert found.changes == (
        Change("1", 3, 9, (run("send", bold=True),), FRANCE, AT),
        Change("2", 16, 16, (run(" now"),), Author("Nobody", ""), AT),
    )


def test_whole_paragraphs_that_come_or_go_are_said_so() -> None:
    new = word.paragraph(word.tracked("ins", word.run("New.")), count=1, mark=word.tracked("ins"))
    old = word.paragraph(
        word.tracked("del", word.run("Old.", tag="delText")),
        mark=word.tracked("del", author=f"{BRITAIN.name[:5]} (GB)"),
    )
    imported = word.read(new + old)
    assert [(found.inserted_by, found.deleted_by) for found in imported.paragraphs] == [
        (FRANCE, None),
        (None, Author("Alice", "GB")),
    ]
    assert imported.paragraphs[0].block == plain("New.")
    assert (imported.blocks, imported.proposals) == ([plain("Old.", numbered=False)], 2)


def test_tracked_paragraph_break_list_entry_and_move_are_named() -> None:
    body = word.paragraph("Split", mark=word.tracked("ins")) + word.paragraph("here.")
    assert word.read(body).losses == {Loss.PARAGRAPH_BREAK: 1}
    entries = word.paragraph("old", count=2) + word.paragraph(
        word.tracked("ins", word.run("new")), count=2, mark=word.tracked("ins")
    )
    assert word.read(entries).losses == {Loss.LIST_ENTRY: 1}
    moved = word.paragraph(word.run("We ") + word.tracked("moveTo", word.run("met")))
    assert word.read(moved).losses == {Loss.MOVE: 1}


def test_comments_become_remarks() -> None:
    comments = (
        f'<w:comments {word.W}><w:comment w:id="7" w:author="Sam" w:date="2026-11-25T21:30:00Z">'
        "<w:p><w:r><w:t>Why</w:t></w:r></w:p><w:p><w:r><w:t>now?</w:t></w:r></w:p></w:comment></w:comments>"
    )
    inside = (
        f'{word.run("We ")}<w:commentRangeStart w:id="7"/>{word.run("met")}<w:commentRangeEnd w:id="7"/>'
        '<w:commentRangeStart w:id="8"/>'
    )
    found = one(word.paragraph(inside), **{"comments.xml": comments})
    assert found.remarks == (RemarkSpan("7", False, 3, 6, Author("Sam", ""), AT, "Why\nnow?"),)


def comments(*ids: int) -> str:
    """Return the part that holds comments with these ids, each saying “Why?”."""
    each = (f'<w:comment w:id="{one}" w:author="Sam"><w:p><w:r><w:t>Why?</w:t></w:r></w:p></w:comment>' for one in ids)
    return f"<w:comments {word.W}>{''.join(each)}</w:comments>"


def test_comments_at_a_point_and_over_paragraphs_are_found_once_and_those_on_nothing_counted() -> None:
    at = '<w:r><w:commentReference w:id="{}"/></w:r>'
    body = (
        word.paragraph('<w:commentRangeStart w:id="1"/>' + word.run("Title"), style="T")
        + word.paragraph('<w:commentRangeStart w:id="2"/>' + word.run("We met."))
        + word.paragraph(word.run("We left.") + '<w:commentRangeEnd w:id="2"/>' + at.format(2) + at.format(3))
    )
    imported = word.read(body, **{"comments.xml": comments(1, 2, 3, 4)})
    found = [[(one.id, one.start, one.end) for one in each.remarks] for each in imported.paragraphs]
    assert (found, imported.losses) == ([[("2", 0, 7)], [("3", 8, 8)]], {Loss.COMMENT: 2})


MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="x/attachedTemplate" Target="http://127.0.0.1:9/t.dotm" TargetMode="External"/>'
    '<Relationship Id="r2" Type="x/hyperlink" Target="http://127.0.0.1:9/" TargetMode="External"/></Relationships>'
)


@pytest.mark.parametrize(
    ("inside", "words", "losses"),
    [
        ("<w:r><w:drawing/></w:r>", "", {Loss.IMAGE: 1}),
        ("<w:r><w:object/></w:r>", "", {Loss.OBJECT: 1}),
        ('<w:r><w:footnoteReference w:id="1"/></w:r>', "", {Loss.FOOTNOTE: 1}),
        ('<w:r><w:endnoteReference w:id="1"/></w:r>', "", {Loss.ENDNOTE: 1}),
        (f"<m:oMath {MATH}><m:r><m:t>x</m:t></m:r></m:oMath>", "", {Loss.FORMULA: 1}),
        ('<w:r><w:sym w:char="F0B7"/></w:r>', "", {Loss.SYMBOL: 1}),
        (f"<w:hyperlink>{word.run('link')}</w:hyperlink>", "link", {Loss.LINK: 1}),
        (f'<w:fldSimple w:instr="DATE">{word.run("today")}</w:fldSimple>', "today", {Loss.FIELD: 1}),
        (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>INCLUDETEXT "/etc/passwd"</w:instrText>'
            '<w:t>hidden</w:t></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>shown</w:t></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            "shown",
            {Loss.FIELD: 1},
        ),
        (word.run("secret", "<w:vanish/>"), "", {Loss.HIDDEN: 1}),
        (word.run("a\u202eb\u2066c\u0085"), "abc", {Loss.CONTROL: 3}),
        (f"<w:sdt><w:sdtContent>{word.run('held')}</w:sdtContent></w:sdt>", "held", {}),
    ],
)
def test_what_cannot_be_kept_is_named(inside: str, words: str, losses: dict[Loss, int]) -> None:
    imported = word.read(word.paragraph(word.run("Kept. ") + inside))
    assert imported.blocks == [plain(f"Kept. {words}", numbered=False)]
    assert imported.losses == losses


def test_tables_macros_frames_and_references_are_named() -> None:
    cell = f"<w:tc>{word.paragraph('cell')}</w:tc>"
    body = f'<w:tbl><w:tr>{cell}{cell}</w:tr></w:tbl><w:sectPr><w:headerReference r:id="1" xmlns:r="x"/></w:sectPr>'
    imported = word.read(body, **{"vbaProject.bin": "x", "_rels/document.xml.rels": RELATIONS})
    assert imported.blocks == [plain("cell", numbered=False)] * 2
    assert imported.losses == {Loss.TABLE: 1, Loss.FRAME: 1, Loss.MACROS: 1, Loss.EXTERNAL: 1}


def test_empty_paragraphs_are_space() -> None:
    imported: Imported = word.read(word.paragraph("") + word.paragraph("We met.") + word.paragraph("") * 3)
    assert imported.blocks == [plain("We met.", numbered=False)]


@given(st.text(max_size=30))
def test_any_author_and_date_are_read(author: str) -> None:
    clean = "".join(letter for letter in author if letter.isprintable() and letter not in '<>&"')
    body = word.paragraph(word.run("a") + word.tracked("ins", word.run("b"), author=clean))
    (change,) = one(body.replace("2026-11-25T21:30:00Z", "yesterday")).changes
    assert change.at == AT
