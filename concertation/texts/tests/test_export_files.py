"""Exports as other programs open them: poppler a PDF, LibreOffice and python-docx a Word document."""

import io
import re
import zipfile
import zlib
from pathlib import Path
from typing import Any

import docx
import pytest
from django.conf import settings
from lxml import etree

from concertation.core.pdf import making as pdf
from concertation.core.pdf import program as pdf_program
from concertation.core.pdf.fonts import font_files
from concertation.texts.exports.docx import docx_of
from concertation.texts.exports.pdf import pdf_of
from concertation.texts.exports.pdf_style import style_of
from concertation.texts.tests.sheets import HASH, rich_copy, rich_sheet
from tests.helpers.programs import office, poppler

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FONTS = settings.ROOT / "frontend" / "dist" / "assets"


def part(file: bytes, name: str) -> Any:
    """Return a part of a Word document, parsed."""
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return etree.fromstring(archive.read(f"word/{name}"))


def words(node: Any) -> str:
    """Return the words in a node, deleted ones too."""
    return "".join(text.text or "" for text in node.iter(f"{W}t", f"{W}delText"))


@pytest.fixture(scope="module")
def side_by_side(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PDF of English, French and Ukrainian side by side."""
    path = tmp_path_factory.mktemp("pdf") / "side.pdf"
    path.write_bytes(pdf_of(rich_copy("en", "fr", "uk", side=True), fonts=FONTS))
    return path


def test_pdf_is_tagged_and_says_what_it_is(side_by_side: Path) -> None:
    facts = dict(re.findall(r"^([^:]+):\s*(.*)$", poppler("pdfinfo", side_by_side), re.MULTILINE))
    assert (facts["Title"], facts["Tagged"]) == ("Joint statement", "yes")
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", side_by_side.read_bytes(), re.DOTALL)
    inflated = b"".join(_inflated(stream) for stream in streams)
    assert b"/Lang (en)" in inflated
    assert 'pdfuaid:part="1"' in poppler("pdfinfo", side_by_side, "-meta")


def _inflated(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""


def test_pdf_has_state_audience_hash_and_number_on_every_page(tmp_path: Path) -> None:
    paragraph = rich_sheet().versions[0].paragraphs[2]
    long = rich_sheet(versions=[rich_sheet().versions[0].__class__("en", "Long", True, [paragraph] * 45)])
    path = tmp_path / "long.pdf"
    path.write_bytes(pdf_of(rich_copy("en", sheet=long), fonts=FONTS))
    pages = poppler("pdftotext", path, "-layout").rstrip("\f").split("\f")
    assert len(pages) > 2
    for number, page in enumerate(pages, start=1):
        assert re.match(r"\s*Rev\.2 of 25 November 2026 +the coalition\n", page)
        assert re.search(rf"SHA-256 {HASH} +page {number} of {len(pages)}\s*$", page)


def test_pdf_shows_languages_paragraph_by_paragraph(side_by_side: Path) -> None:
    text = poppler("pdftotext", side_by_side, "-layout")
    assert re.search(r"English · authentic +Français · authentic +Українська · translation", text)
    assert re.search(
        r"^1\. +The members \[will +1\. +Les membres déploieront +1\. +Члени розгорнуть сили", text, re.MULTILINE
    )
    flat = " ".join(text.split())
    assert "(1) Reservation" not in flat
    assert "1. Reservation, Hélène Durand (FR), 2026-11-25: Subject to *parliament*." in flat


def test_pdf_embeds_our_letters_for_every_script(side_by_side: Path) -> None:
    if not font_files(FONTS):
        pytest.skip("the front end is not built: make setup")
    table = poppler("pdffonts", side_by_side).splitlines()[2:]
    names = {line.split()[0].partition("+")[2] for line in table}
    assert {"Concertation-latin", "Concertation-cyrillic"} <= names
    assert all(name.startswith("Concertation-") for name in names)
    assert all(re.search(r"\byes yes yes\b", line) for line in table)


def test_pdf_opens_no_address(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    secret = tmp_path / "secret.css"
    secret.write_text("body::before { content: 'leaked' }")
    style = f'@import url("{secret.as_uri()}"); @import url("http://127.0.0.1:9/x.css");'
    monkeypatch.setattr("concertation.texts.exports.pdf.style_of", lambda copy: style + style_of(copy))
    path = tmp_path / "x.pdf"
    path.write_bytes(pdf_of(rich_copy("uk"), fonts=FONTS))
    assert "leaked" not in poppler("pdftotext", path)


def test_pdf_is_made_once_and_old_ones_go(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made: list[bytes] = []

    def render(given: bytes, _: object) -> bytes:
        made.append(given)
        return b"%PDF" + str(len(made)).encode()

    monkeypatch.setattr(pdf, "_render", render)
    monkeypatch.setattr(pdf, "KEPT", 2)
    folder = tmp_path / "kept"
    first = pdf_of(rich_copy("en"), fonts=FONTS, kept_in=folder)
    assert pdf_of(rich_copy("en"), fonts=FONTS, kept_in=folder) == first == b"%PDF1"
    for language in ("fr", "uk"):
        pdf_of(rich_copy(language), fonts=FONTS, kept_in=folder)
    assert (len(made), len(list(folder.iterdir()))) == (3, 2)


@pytest.mark.parametrize(
    ("program", "seconds", "error"),
    [
        (f"import sys; sys.exit({pdf_program.NO_PANGO})", 60, pdf.NoPango),
        ("import sys; sys.exit(1)", 60, pdf.TooLong),
        ("print('no pdf')", 60, pdf.TooLong),
        ("import time; time.sleep(60)", 0.5, pdf.TooLong),
    ],
)
def test_pdf_that_cannot_be_made_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, program: str, seconds: float, error: type[Exception]
) -> None:
    (tmp_path / "broken.py").write_text(program)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(pdf_program, "__name__", "broken")
    monkeypatch.setattr(pdf, "SECONDS", seconds)
    with pytest.raises(pdf.PdfFailed) as caught:
        pdf_of(rich_copy("uk"), fonts=FONTS)
    assert type(caught.value) is error


def test_pdf_waits_its_turn_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "PATIENCE", 0)
    assert pdf._public.acquire(blocking=False)
    try:
        with pytest.raises(pdf.Busy):
            pdf_of(rich_copy("uk"), fonts=FONTS, is_public=True)
    finally:
        pdf._public.release()


def test_word_document_has_real_changes_with_their_authors() -> None:
    body = part(docx_of(rich_copy("en")), "document.xml")
    found = [
        (change.tag.removeprefix(W), change.get(f"{W}author"), change.get(f"{W}date"), words(change))
        for change in body.iter(f"{W}ins", f"{W}del")
        if change.getparent().tag == f"{W}p"
    ]
    at, french, british = "2026-11-25T21:30:00Z", "Hélène Durand (FR)", "Alice <Smith> (GB)"
    assert found == [
        ("del", french, at, "forces"),
        ("ins", french, at, "troops"),
        ("ins", british, at, " together"),
        ("del", french, at, "short"),
        ("ins", british, at, "Wholly new <paragraph>."),
        ("del", french, at, "Wholly unwanted paragraph."),
    ]
    ends = [
        change.tag.removeprefix(W) for change in body.iter(f"{W}ins", f"{W}del") if change.getparent().tag == f"{W}rPr"
    ]
    assert ends == ["ins", "del"]
    ids = [change.get(f"{W}id") for change in body.iter(f"{W}ins", f"{W}del")]
    assert len(set(ids)) == len(ids)


def test_word_document_has_headings_numbering_and_brackets() -> None:
    document = docx.Document(io.BytesIO(docx_of(rich_copy("en"))))
    styles = [(one.style.name, words(one._p)) for one in document.paragraphs if one.style]
    assert styles[:5] == [
        ("Title", "Joint statement"),
        ("Heading 1", "Security guarantees"),
        ("Normal", "Meeting in Paris,they agreed:"),
        (
            "Concertation Paragraph",
            "The members [will deploy / stand ready to deployGB]DE, IT forcestroops together.",
        ),
        ("Concertation List", "air defence"),
    ]
    numbered = part(docx_of(rich_copy("en")), "document.xml").iter(f"{W}numPr")
    numbers = [(int(one[1].get(f"{W}val")), int(one[0].get(f"{W}val"))) for one in numbered]
    assert numbers == [(1, 0), (2, 0), (3, 1), (3, 1), (2, 0), (1, 0), (1, 0), (4, 0), (4, 0)]
    forms = part(docx_of(rich_copy("en")), "numbering.xml").findall(f"{W}abstractNum/{W}lvl[1]/{W}numFmt")
    assert [form.get(f"{W}val") for form in forms] == ["decimal", "bullet", "decimal", "decimal"]


def test_word_document_has_remarks_as_comments() -> None:
    document = docx.Document(io.BytesIO(docx_of(rich_copy("en"))))
    assert [(one.author, one.initials, one.text) for one in document.comments] == [
        ("Hélène Durand (FR)", "FR", "Reservation, Hélène Durand (FR): Subject to *parliament*.\nSecond line."),
        ("Sam Clerk", "Sam Cler", "Comment, Sam Clerk: Check the list."),
    ]
    body = part(docx_of(rich_copy("en")), "document.xml")
    for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        assert [one.get(f"{W}id") for one in body.iter(f"{W}{tag}")] == ["0", "1"]


def test_word_document_says_state_audience_and_hash_and_its_languages() -> None:
    file = docx_of(rich_copy("fr", "en", sheet=rich_sheet(members=["France"])))
    document = docx.Document(io.BytesIO(file))
    section = document.sections[0]
    assert section.header.paragraphs[0].text == "Rev.2 of 25 November 2026\t\tthe coalition"
    assert [line.text for line in section.footer.paragraphs] == [f"SHA-256 {HASH}", "page  of "]
    assert (document.core_properties.title, document.core_properties.language) == ("Déclaration conjointe", "fr")
    default = part(file, "styles.xml").find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    assert default.get(f"{W}val") == "fr"
    body = part(file, "document.xml")
    runs = {words(run): run.find(f"{W}rPr/{W}lang").get(f"{W}val") for run in body.iter(f"{W}r") if words(run)}
    assert (runs["Garanties de sécurité"], runs["Security guarantees"]) == ("fr", "en")
    assert "Adopted by France" in [one.text for one in document.paragraphs]


def test_word_document_stands_side_by_side() -> None:
    document = docx.Document(io.BytesIO(docx_of(rich_copy("en", "fr", side=True))))
    rows = [[words(cell._tc) for cell in row.cells] for row in document.tables[0].rows]
    assert rows[0] == ["English · authentic", "Français · authentic"]
    assert rows[1] == ["Security guarantees", "Garanties de sécurité"]
    assert rows[4] == ["", "Un paragraphe de plus."]
    assert len(rows) == 10


def test_word_document_of_a_text_from_right_to_left_says_so() -> None:
    sheet = rich_sheet()
    version = sheet.versions[2].__class__("ar", "بيان", True, [sheet.versions[2].paragraphs[0]])
    body = part(docx_of(rich_copy("ar", sheet=rich_sheet(versions=[version]))), "document.xml")
    assert body.find(f".//{W}numPr/../{W}bidi") is not None


def test_libreoffice_opens_the_word_document(tmp_path: Path) -> None:
    path = tmp_path / "rich.docx"
    path.write_bytes(docx_of(rich_copy("en", "fr", side=True)))
    text = " ".join(poppler("pdftotext", office(path, "pdf", tmp_path)).split())
    assert "Joint statement" in text
    assert "Rev.2 of 25 November 2026" in text
    assert f"SHA-256 {HASH}" in text
    assert "Garanties de sécurité" in text
