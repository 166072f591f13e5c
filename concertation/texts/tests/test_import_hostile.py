"""Files that were made to harm are refused in words, in little time and memory, and nothing is kept of them."""

import contextlib
import io
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concertation.texts.imports.errors import BadFile, Fault
from concertation.texts.imports.package import LARGEST_FILE
from concertation.texts.imports.reader import import_docx
from concertation.texts.imports.result import Loss
from concertation.texts.paragraphs import linear
from concertation.texts.tests import word
from concertation.texts.tests.sheets import AT

GOOD = word.document(word.paragraph("We met."))
DOCTYPE = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
BILLION = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'


def fault(data: bytes) -> Fault:
    """Return why a file is refused."""
    with pytest.raises(BadFile) as caught:
        import_docx(data, now=AT)
    return caught.value.fault


def xml(prolog: str, body: str = "") -> bytes:
    """Return a package whose document begins with `prolog`."""
    return word.package({"word/document.xml": f"{prolog}<w:document {word.W}><w:body>{body}</w:body></w:document>"})


def encrypted() -> bytes:
    """Return a package that says that its parts are encrypted."""
    data = bytearray(GOOD)
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(magic)
        while at >= 0:
            struct.pack_into("<H", data, at + offset, 1)
            at = data.find(magic, at + 1)
    return bytes(data)


def doubled() -> bytes:
    """Return a package in which one name stands twice."""
    file = io.BytesIO(GOOD)
    with zipfile.ZipFile(file, "a") as archive, pytest.warns(UserWarning):
        archive.writestr("word/document.xml", "<x/>")
    return file.getvalue()


CASES = {
    "nothing": (b"", Fault.NOT_A_PACKAGE),
    "noise": (b"\x00\xff" * 500, Fault.NOT_A_PACKAGE),
    "cut short": (GOOD[: len(GOOD) // 2], Fault.NOT_A_PACKAGE),
    "an old document": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, Fault.OLD_FORMAT),
    "too large": (b"PK" + b"\0" * LARGEST_FILE, Fault.TOO_LARGE),
    "another kind of package": (word.package({"x.txt": "x"}), Fault.BROKEN),
    "a spreadsheet": (word.package({"a": "b"}, kind="application/vnd.ms-excel.sheet.main+xml"), Fault.NOT_A_DOCUMENT),
    "macros": (
        word.package({"word/document.xml": "<x/>"}, kind="application/vnd.ms-word.document.macroEnabled.main+xml"),
        Fault.MACROS,
    ),
    "no XML": (word.package({"word/document.xml": "<w:document"}), Fault.BROKEN),
    "no UTF-8": (word.package({"word/document.xml": b"<x>\xff\xfe\xff</x>"}), Fault.BROKEN),
    "no body": (word.package({"word/document.xml": "<x/>"}), Fault.NOT_A_DOCUMENT),
    "an external entity": (xml(DOCTYPE, word.paragraph("&x;")), Fault.FOREIGN_ENTITIES),
    "a billion laughs": (xml(BILLION, word.paragraph("&c;")), Fault.FOREIGN_ENTITIES),
    "entities in UTF-16": (
        word.package({"word/document.xml": f"{BILLION}<x>&c;</x>".encode("utf-16")}),
        Fault.FOREIGN_ENTITIES,
    ),
    "an encoding that hides entities": (
        word.package({"word/document.xml": b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE x+AD4-<x/>'}),
        Fault.BROKEN,
    ),
    "entities in the styles": (
        word.document(word.paragraph("x"), **{"styles.xml": f"{DOCTYPE}<w:styles {word.W}/>"}),
        Fault.FOREIGN_ENTITIES,
    ),
    "10,000 elements deep": (xml("", "<w:sdt>" * 10_000 + "</w:sdt>" * 10_000), Fault.BROKEN),
    "a path out of the package": (
        word.package({"../../etc/cron.d/x": "x", "word/document.xml": "<x/>"}),
        Fault.BROKEN,
    ),
    "an absolute path": (word.package({"/etc/passwd": "x", "word/document.xml": "<x/>"}), Fault.BROKEN),
    "a path of Windows": (word.package({"word\\..\\x": "x", "word/document.xml": "<x/>"}), Fault.BROKEN),
    "a bomb": (xml("", word.paragraph("a" * 30_000_000)), Fault.TOO_LARGE),
    "a bomb in a part that is never read": (
        word.document(word.paragraph("x"), **{"media/x.png": b"\0" * 5_000_000}),
        Fault.TOO_LARGE,
    ),
    "2,001 parts": (
        word.package({f"word/{number}": "" for number in range(2001)}),
        Fault.TOO_LARGE,
    ),
    "a huge paragraph": (xml("", word.paragraph("word " * 25_000)), Fault.TOO_LARGE),
    "5,001 paragraphs": (xml("", word.paragraph("x") * 5_001), Fault.TOO_LARGE),
    "no words": (xml("", word.paragraph("")), Fault.EMPTY),
    "encrypted": (encrypted(), Fault.BROKEN),
}


@pytest.mark.parametrize("name", CASES)
def test_file_is_refused(name: str) -> None:
    data, expected = CASES[name]
    assert fault(data) == expected


def test_name_that_stands_twice_is_refused() -> None:
    assert fault(doubled()) == Fault.BROKEN


def test_bomb_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(xml("", word.paragraph("a" * 22_000_000)))
    at = data.rfind(b"PK\x01\x02", 0, data.rfind(b"PK\x01\x02") + 4)
    struct.pack_into("<L", data, at + 24, 1000)
    assert fault(bytes(data)) in {Fault.NOT_A_PACKAGE, Fault.TOO_LARGE, Fault.BROKEN}


def test_ten_thousand_nested_lists_become_eight() -> None:
    body = "".join(word.paragraph("x", count=2, level=level) for level in range(4_000))
    imported = word.read(body + word.paragraph("y", count=2, level=99_999))
    (listing,) = imported.blocks
    depth = 0
    while listing["type"] == "bulletList":
        depth += 1
        listing = listing["items"][0][-1]
    assert depth == 8
    assert imported.losses == {Loss.LIST_DEPTH: 3_993}


def test_styles_that_are_based_on_each_other_end() -> None:
    styles = "".join(
        f'<w:style w:styleId="S{n}"><w:name w:val="S{n}"/><w:basedOn w:val="S{(n + 1) % 50}"/></w:style>'
        for n in range(50)
    )
    imported = word.read(word.paragraph("x", style="S0"), **{"styles.xml": f"<w:styles {word.W}>{styles}</w:styles>"})
    assert [linear(block) for block in imported.blocks] == ["x"]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_files_are_read_or_refused_and_nothing_else(data: st.DataObject) -> None:
    broken = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 6))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(BadFile):
        import_docx(bytes(broken), now=AT)


tags = st.sampled_from(
    ["p", "r", "t", "ins", "del", "tbl", "tr", "tc", "sdt", "sdtContent", "pPr", "rPr", "numPr", "br"]
)
trees = st.recursive(
    st.text("ab ", max_size=3),
    lambda below: st.builds(
        lambda tag, inside: f"<w:{tag}>{''.join(inside)}</w:{tag}>", tags, st.lists(below, max_size=4)
    ),
    max_leaves=25,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(trees, max_size=4).map("".join))
def test_any_tree_of_words_elements_is_read_or_refused(body: str) -> None:
    try:
        import_docx(xml("", body), now=AT)
    except BadFile as error:
        assert error.fault == Fault.EMPTY
