"""What each format says of one rich sheet: HTML, Markdown, Akoma Ntoso."""

import re
from typing import Any

import pytest
from django.utils.html import strip_tags
from lxml import etree, html
from markdown_it import MarkdownIt

from concertation.texts.blocks import run
from concertation.texts.exports.akn import NotValid, akn_of
from concertation.texts.exports.frame import Copy
from concertation.texts.exports.markdown import markdown_of
from concertation.texts.exports.markup import html_of
from concertation.texts.reading import SheetParagraph, SheetVersion
from concertation.texts.tests.sheets import AT, HASH, LABELS, plain, rich_copy, rich_sheet

HOSTILE = "<script>alert(1)</script> & [x](javascript:1) *a* _b_ `c` # 1. \\ &amp; ]]>"


def words(node: Any) -> str:
    """Return what a reader reads, in one line."""
    return " ".join(str(node.text_content()).split())


def copy_of(*blocks: Any, **changes: Any) -> Copy:
    """Return a copy of a sheet of these blocks in English."""
    numbers = iter(range(1, 100))
    paragraphs = [SheetParagraph("", next(numbers) if block.get("numbered") else None, block) for block in blocks]
    sheet = rich_sheet(versions=[SheetVersion("en", HOSTILE, True, paragraphs)], **changes)
    return Copy(sheet, list(sheet.versions), LABELS)


def test_html_shows_everything_in_its_order() -> None:
    page = html.document_fromstring(html_of(rich_copy("en", "fr")).decode())
    assert words(page.find(".//header")) == (
        f"Joint statement Déclaration conjointe State: Rev.2 of 25 November 2026 Audience: the coalition SHA-256 {HASH}"
    )
    first, second = page.findall(".//section")[:2]
    assert words(first.find("p[2]")) == "Meeting in Paris,they agreed:"
    assert words(first.find("p[3]")) == (
        "1. The members [will deploy / stand ready to deployGB]DE, IT forces−FRtroops+FR together+GB(1)."
    )
    assert [deleted.text for deleted in first.iter("del")] == ["forces", "short", "Wholly unwanted paragraph."]
    assert [words(inserted) for inserted in first.iter("ins")] == ["troops", "together", "Wholly new <paragraph>."]
    assert [words(item) for item in first.iterfind("ul//li")] == [
        "air defenceshort−FR rangelong range",
        "short−FR range",
        "long range",
        "training & more(2)",
    ]
    assert (first.get("lang"), second.get("lang"), words(second.find("h2"))) == ("en", "fr", "Garanties de sécurité")
    assert [words(note) for note in page.findall(".//section[@class='notes']/ol/li")] == [
        "Reservation, Hélène Durand (FR), 2026-11-25: Subject to *parliament*.Second line.",
        "Comment, Sam Clerk, 2026-11-25: Check the list.",
    ]
    assert "Proposals by: Hélène Durand (FR); Alice <Smith> (GB)" in words(page.find(".//section[@class='legend']"))


def test_html_stands_side_by_side_by_paragraph() -> None:
    page = html.document_fromstring(html_of(rich_copy("en", "fr", side=True)).decode())
    assert [words(cell) for cell in page.iter("th")] == ["English · authentic", "Français · authentic"]
    rows = [[words(cell) for cell in row.findall("td")] for row in page.iterfind(".//tbody/tr")]
    assert rows[0] == ["Security guarantees", "Garanties de sécurité"]
    assert rows[1] == ["Meeting in Paris,they agreed:", ""]
    assert rows[3] == ["", "2. Un paragraphe de plus."]
    assert {cell.get("lang") for cell in page.iter("td")} == {"en", "fr"}


def test_html_opens_nothing_and_runs_nothing() -> None:
    page = html_of(copy_of(plain(HOSTILE))).decode()
    assert re.search(r"<script|javascript:1\"|style=|src=|href=\"(?!#)", page) is None
    assert "default-src 'none'" in page
    assert HOSTILE in words(html.document_fromstring(page).find(".//main"))


def test_html_of_an_adopted_text_names_its_members() -> None:
    page = html.document_fromstring(html_of(rich_copy("uk", sheet=rich_sheet(members=["France", "Italy"]))).decode())
    assert words(page.find(".//p[@class='members']")) == "Adopted by France, Italy"
    assert page.find(".//footer") is None


def test_version_without_words_says_so() -> None:
    copy = copy_of()
    assert words(html.document_fromstring(html_of(copy).decode()).find(".//section")) == (
        "English · authentic No words yet."
    )
    assert "No words yet." in markdown_of(copy).decode()
    assert akn_of(copy)


def test_markdown_reads_back_as_the_same_words() -> None:
    page = html.fragment_fromstring(MarkdownIt().render(markdown_of(rich_copy("en")).decode()), create_parent=True)
    assert [(node.tag, words(node)) for node in page if node.tag in {"h1", "h2", "h3"}] == [
        ("h1", "Joint statement"),
        ("h2", "Security guarantees"),
        ("h3", "Final clauses"),
        ("h2", "How to read this text"),
        ("h2", "Reservations and comments"),
    ]
    assert words(page.find("blockquote")) == (
        f"State: Rev.2 of 25 November 2026 Audience: the coalition SHA-256 {HASH}"
    )
    assert words(page.findall("p")[1]) == (
        "1. The members [will deploy / stand ready to deployGB]DE, IT forces−FRtroops+FR together+GB(1)."
    )
    assert [words(node) for node in page.iterfind("ul//li")][1:3] == ["short−FR range", "long range"]
    assert words(page.find("p[last()]")) == "(2) Comment, Sam Clerk, 2026-11-25: Check the list."


@pytest.mark.parametrize(
    "text",
    [
        HOSTILE,
        "# no heading",
        "1. no list",
        "2) no list",
        "- no list",
        "+ no",
        "> no quote",
        "    no program",
        "===",
        "***",
    ],
)
def test_markdown_means_nothing_but_its_words(text: str) -> None:
    rendered = MarkdownIt("commonmark").render(markdown_of(copy_of(plain(text, numbered=False))).decode())
    page = html.fragment_fromstring(rendered, create_parent=True)
    assert [words(node) for node in page][2:] == [" ".join(text.split())]
    assert page[2].tag == "p"
    assert len(page[2]) == 0


def test_markdown_keeps_neighbouring_looks_apart() -> None:
    block = {
        "type": "paragraph",
        "numbered": False,
        "runs": [run("a", bold=True), run("b", italic=True), run("c", bold=True, italic=True), run(" d ", bold=True)],
    }
    rendered = MarkdownIt().render(markdown_of(copy_of(block)).decode())
    assert strip_tags(rendered).rstrip().endswith("abc d")
    assert "<strong>a</strong><em>b</em>" in rendered


@pytest.mark.parametrize("languages", [("en",), ("uk",), ("en", "fr"), ("en", "fr", "uk")])
def test_akoma_ntoso_is_valid(languages: tuple[str, ...]) -> None:
    root = etree.fromstring(akn_of(rich_copy(*languages)))
    found = root.findall(".//{*}FRBRExpression/{*}FRBRlanguage")
    codes = {"en": "eng", "fr": "fra", "uk": "ukr"}
    wanted = [codes[language] for language in languages]
    assert [one.get("language") for one in found] == (wanted if len(wanted) == 1 else [*wanted, *wanted])
    assert root[0].tag.endswith("}statement" if len(languages) == 1 else "}documentCollection")


def test_akoma_ntoso_says_what_stands_in_a_paragraph() -> None:
    root = etree.fromstring(akn_of(rich_copy("en")))
    paragraph = root.find(".//{*}paragraph")
    assert paragraph is not None
    assert (paragraph.get("eId"), paragraph.get("wId")) == ("para_1", "p-aaaaaaaaa3")
    assert "".join(map(str, paragraph.itertext())).startswith(
        "1.The members [will deploy / stand ready to deployGB]DE, IT forces"
    )
    marks = [(etree.QName(one).localname, one.get("refersTo")) for one in paragraph.iter("{*}ins", "{*}del")]
    french, british = "#author-fr-helene-durand", "#author-gb-alice-smith"
    assert marks == [("del", french), ("ins", french), ("ins", british)]
    assert {one.get("eId") for one in root.iter("{*}TLCPerson")} == {french[1:], british[1:]}
    note = paragraph.find(".//{*}authorialNote")
    assert note is not None
    assert (note.get("class"), [line.text for line in note]) == (
        "reservation",
        ["Reservation, Hélène Durand (FR), 2026-11-25", "Subject to *parliament*.", "Second line."],
    )
    facts = {etree.QName(one).localname: one.text for one in root.findall(".//{*}proprietary/*")}
    assert facts == {
        "state": "Rev.2 of 25 November 2026",
        "audience": "the coalition",
        "at": f"{AT:%Y-%m-%dT%H:%M:%SZ}",
        "sha256": HASH,
    }


def test_akoma_ntoso_that_is_not_valid_is_not_sent() -> None:
    with pytest.raises(NotValid, match="eId"):
        akn_of(rich_copy("en", sheet=rich_sheet(versions=[SheetVersion("en", "T", True, [_twice(), _twice()])])))


def _twice() -> SheetParagraph:
    return SheetParagraph("", 1, plain("Same number."))
