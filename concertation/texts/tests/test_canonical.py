"""The canonical form: deaf to how a text came about, sensitive to all that shows, closed to the rest."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from pycrdt import Array, Doc, Map, XmlElement, XmlFragment, XmlText
from pycrdt import Text as PlainText

from concertation.texts.blocks import Block, Run, run
from concertation.texts.canonical import (
    Reservation,
    UnknownContent,
    canonical_json,
    document_of,
    is_written,
    read_version,
    read_versions,
    sha256_of,
)
from concertation.texts.seeding import runs_of, update_of, written_of
from concertation.texts.tests import strategies
from concertation.texts.tests.factories import paragraph

settings.register_profile("texts", deadline=None, max_examples=60)
settings.load_profile("texts")


def form(doc: "Doc[Any]") -> str:
    return canonical_json(text="t", titles={"en": "T"}, authentic=["en"], versions=read_versions(doc, ["en"]))


def version_with(*nodes: XmlElement | XmlText) -> "Doc[Any]":
    doc: Doc[Any] = Doc()
    for node in nodes:
        doc.get("en", type=XmlFragment).children.append(node)
    return doc


def element(tag: str, *inside: XmlElement | XmlText, **attributes: object) -> XmlElement:
    return XmlElement(tag, list(attributes.items()), list(inside))  # type: ignore[arg-type]  # takes any value


@given(strategies.versions)
def test_blocks_written_and_read_back_are_the_same(blocks: list[Block]) -> None:
    assert read_version(document_of([update_of({"en": blocks})]), "en") == blocks


@given(strategies.deeds)
def test_form_does_not_depend_on_how_the_words_came_about(what: list[tuple[int, int, str]]) -> None:
    typed: Doc[Any] = Doc()
    strategies.do(typed, what)
    written_at_once = document_of([update_of({"en": read_version(typed, "en")})])
    assert form(typed) == form(written_at_once)


@given(strategies.deeds, strategies.deeds, strategies.deeds)
def test_form_does_not_depend_on_the_order_in_which_edits_arrive(
    before: list[tuple[int, int, str]], mine: list[tuple[int, int, str]], yours: list[tuple[int, int, str]]
) -> None:
    first: Doc[Any] = Doc()
    strategies.do(first, before)
    second = strategies.fork(first)
    start = first.get_update()
    strategies.do(first, mine)
    strategies.do(second, yours)
    one_way = document_of([start, first.get_update(), second.get_update()])
    other_way = document_of([start, second.get_update(), first.get_update()])
    assert form(one_way) == form(other_way)


@given(strategies.versions, strategies.versions)
def test_hash_differs_whenever_the_blocks_do(these: list[Block], those: list[Block]) -> None:
    hashes = [
        sha256_of(canonical_json(text="t", titles={}, authentic=["en"], versions={"en": blocks}))
        for blocks in (these, those)
    ]
    assert (hashes[0] == hashes[1]) == (these == those)


BASE: list[Block] = [{"type": "heading", "level": 1, "runs": [run("A")]}, paragraph("b")]


@pytest.mark.parametrize(
    "changed",
    [
        [{"type": "heading", "level": 2, "runs": [run("A")]}, paragraph("b")],
        [{"type": "heading", "level": 1, "runs": [run("A", bold=True)]}, paragraph("b")],
        [{"type": "heading", "level": 1, "runs": [run("A", italic=True)]}, paragraph("b")],
        [{"type": "heading", "level": 1, "runs": [run("A\n")]}, paragraph("b")],
        [paragraph("A"), paragraph("b")],
        [BASE[0], {"type": "paragraph", "numbered": False, "runs": [run("b")]}],
        [BASE[0], paragraph("b ")],
        [BASE[0], paragraph(""), paragraph("b")],
        [BASE[1], BASE[0]],
        [BASE[0], {"type": "bulletList", "items": [[{"type": "paragraph", "runs": [run("b")]}]]}],
        [BASE[0], {"type": "orderedList", "items": [[{"type": "paragraph", "runs": [run("b")]}]]}],
    ],
)
def test_hash_changes_with_everything_that_shows(changed: list[Block]) -> None:
    base, other = (form(document_of([update_of({"en": blocks})])) for blocks in (BASE, changed))
    assert sha256_of(base) != sha256_of(other)


def test_form_is_rfc_8785_json_of_the_whole_text() -> None:
    content = canonical_json(
        text="an-id",
        titles={"fr": "Déclaration", "en": "Statement"},
        authentic=["fr", "en"],
        versions={"en": [paragraph("é")], "fr": []},
    )
    assert content == (
        '{"authentic":["en","fr"],"format":"concertation-text/2","id":"an-id",'
        '"titles":{"en":"Statement","fr":"Déclaration"},'
        '"versions":{"en":[{"numbered":true,"runs":[{"text":"é"}],"type":"paragraph"}],"fr":[]}}'
    )
    assert sha256_of(content) == hashlib.sha256(content.encode()).hexdigest() == sha256_of(content.encode())
    assert json.loads(content)["titles"]["fr"] == "Déclaration"


@pytest.mark.parametrize("field", ["text", "titles", "authentic"])
def test_hash_changes_with_title_identity_and_authentic_languages(field: str) -> None:
    same: dict[str, Any] = {"text": "t", "titles": {"en": "T"}, "authentic": ["en"], "versions": {"en": BASE}}
    other = {**same, field: {"text": "u", "titles": {"en": "U"}, "authentic": ["en", "fr"]}[field]}
    assert sha256_of(canonical_json(**same)) != sha256_of(canonical_json(**other))


def test_neighbouring_runs_of_one_look_are_one() -> None:
    text = XmlText()
    doc = version_with(element("paragraph", text, XmlText("c")))
    text.insert(0, "b", {"bold": {}})
    text.insert(0, "a", {"bold": True})
    assert read_version(doc, "en") == [
        {"type": "paragraph", "numbered": True, "runs": [run("ab", bold=True), run("c")]}
    ]


def test_letters_typed_with_combining_accents_are_the_same_letters() -> None:
    decomposed = document_of([update_of({"en": [paragraph("e\u0301")]})])
    assert read_version(decomposed, "en") == [paragraph("é")]


def test_empty_paragraphs_are_dropped_at_the_end_only() -> None:
    doc = version_with(element("paragraph"), element("paragraph", XmlText("a")), element("paragraph", XmlText()))
    assert read_version(doc, "en") == [paragraph("") | {"runs": []}, paragraph("a")]


@pytest.mark.parametrize(("level", "numbered"), [(2, False), (2.0, False), ("2", "false")])
def test_attributes_are_read_however_the_editor_writes_them(level: object, numbered: object) -> None:
    doc = version_with(
        element("heading", XmlText("a"), level=level), element("paragraph", XmlText("b"), numbered=numbered)
    )
    assert read_version(doc, "en") == [
        {"type": "heading", "level": 2, "runs": [run("a")]},
        {"type": "paragraph", "numbered": False, "runs": [run("b")]},
    ]


def _marked(mark: str, value: object) -> "Doc[Any]":
    text = XmlText()
    doc = version_with(element("paragraph", text))
    text.insert(0, "a", {mark: value})
    return doc


def _embedded() -> "Doc[Any]":
    text = XmlText("a")
    doc = version_with(element("paragraph", text))
    text.insert_embed(1, {"image": "x.png"})
    return doc


def _with_attribute_on_words() -> "Doc[Any]":
    text = XmlText("a")
    doc = version_with(element("paragraph", text))
    text.attributes["colour"] = "white"
    return doc


def _deep(levels: int) -> "Doc[Any]":
    inner = element("bulletList", element("listItem", element("paragraph", XmlText("deep"))))
    for _ in range(levels - 1):
        inner = element("bulletList", element("listItem", element("paragraph"), inner))
    return version_with(inner)


def _array(words: str) -> "Doc[Any]":
    doc: Doc[Any] = Doc()
    doc.get("en", type=Array).append(words)
    return document_of([doc.get_update()])


def _plain_text() -> "Doc[Any]":
    doc: Doc[Any] = Doc()
    doc.get("en", type=PlainText).insert(0, "hidden")
    return document_of([doc.get_update()])


REFUSED: list[tuple[Callable[[], "Doc[Any]"], int, str]] = [
    (lambda: version_with(element("image", src="x")), 1, "image"),
    (lambda: version_with(element("paragraph"), element("table")), 2, "table"),
    (lambda: version_with(XmlText("loose")), 1, "words outside a paragraph"),
    (lambda: version_with(element("paragraph", element("paragraph"))), 1, "paragraph"),
    (lambda: version_with(element("paragraph", element("hardBreak", XmlText("in")))), 1, "hardBreak"),
    (lambda: version_with(element("paragraph", colour="white")), 1, "paragraph colour"),
    (lambda: version_with(element("paragraph", numbered="perhaps")), 1, "paragraph numbered"),
    (lambda: version_with(element("paragraph", numbered=1)), 1, "paragraph numbered"),
    (lambda: version_with(element("heading", level=4)), 1, "heading level"),
    (lambda: version_with(element("heading", level=1.5)), 1, "heading level"),
    (lambda: version_with(element("heading", level=True)), 1, "heading level"),
    (lambda: version_with(element("bulletList", element("paragraph"))), 1, "paragraph"),
    (lambda: version_with(element("bulletList", start=2)), 1, "bulletList start"),
    (lambda: version_with(element("orderedList", start=3)), 1, "orderedList start"),
    (lambda: version_with(element("orderedList")), 1, "empty orderedList"),
    (lambda: version_with(element("bulletList", element("listItem"))), 1, "listItem without a paragraph"),
    (
        lambda: version_with(element("bulletList", element("listItem", element("paragraph"), element("paragraph")))),
        1,
        "paragraph",
    ),
    (
        lambda: version_with(element("bulletList", element("listItem", element("paragraph"), element("heading")))),
        1,
        "heading",
    ),
    (lambda: version_with(element("bulletList", element("listItem", XmlText("x")))), 1, "words outside a paragraph"),
    (lambda: _marked("underline", {}), 1, "mark underline"),
    (lambda: _marked("bold", {"size": 90}), 1, "mark bold"),
    (_embedded, 1, "an object among words"),
    (_with_attribute_on_words, 1, "an attribute of words"),
    (lambda: _deep(9), 1, "lists 9 deep"),
    (lambda: version_with(element("paragraph", XmlText("a\x00b"))), 1, "control character U+0000"),
    (lambda: version_with(element("paragraph", XmlText("a\nb"))), 1, "control character U+000A"),
    (lambda: version_with(element("paragraph", XmlText("a\tb\x7f"))), 1, "control character U+007F"),
    (lambda: version_with(element("paragraph", XmlText("a\u2028b\u202e"))), 1, "control character U+2028"),
    (lambda: version_with(element("paragraph", XmlText("a\u202eb"))), 1, "control character U+202E"),
    (lambda: version_with(element("paragraph", XmlText("a\U000e0062"))), 1, "control character U+E0062"),
    (lambda: _array("hidden"), 0, "data that is not text"),
    (_plain_text, 0, "data that is not text"),
]


@pytest.mark.parametrize(("make", "block", "what"), REFUSED, ids=[what for _, _, what in REFUSED])
def test_unknown_content_is_refused_with_its_place(make: Callable[[], "Doc[Any]"], block: int, what: str) -> None:
    with pytest.raises(UnknownContent) as caught:
        read_versions(make(), ["en"])
    assert (caught.value.language, caught.value.block, caught.value.what) == ("en", block, what)


def test_lists_may_be_eight_deep() -> None:
    assert read_version(_deep(8), "en") != []


def test_words_in_a_language_that_the_text_does_not_have_are_refused() -> None:
    doc = document_of([update_of({"en": [paragraph("a")], "de": [paragraph("versteckt")]})])
    with pytest.raises(UnknownContent, match="de, block 0"):
        read_versions(doc, ["en"])
    assert list(read_versions(doc, ["en", "de"])) == ["en", "de"]


def test_an_emptied_language_that_the_text_no_longer_has_is_no_obstacle() -> None:
    doc = document_of([update_of({"en": [paragraph("a")], "de": [paragraph("")]})])
    assert read_versions(doc, ["en"]) == {"en": [paragraph("a")]}


@pytest.mark.parametrize("name", ["en", "notes"])
def test_values_outside_the_text_are_refused(name: str) -> None:
    doc = document_of([update_of({"en": [paragraph("a")]})])
    doc.get(name, type=Map)["hidden"] = "value"
    with pytest.raises(UnknownContent, match="values outside the text"):
        read_versions(document_of([doc.get_update()]), ["en"])


def test_a_version_is_written_when_it_holds_more_than_empty_paragraphs() -> None:
    doc = document_of([update_of({"en": [paragraph("a")], "fr": [paragraph("")]})])
    doc.get("de", type=XmlFragment).children.append(XmlElement("image"))
    assert {name: is_written(doc, name) for name in ("en", "fr", "de", "it")} == {
        "en": True,
        "fr": False,
        "de": True,
        "it": False,
    }


@given(strategies.runs)
def test_runs_written_with_stars_are_read_back(runs: list[Run]) -> None:
    assert runs_of(written_of(runs)) == runs


@pytest.mark.parametrize(
    ("written", "runs"),
    [
        ("a **b** c", [run("a "), run("b", bold=True), run(" c")]),
        ("*a*", [run("a", italic=True)]),
        ("***a***", [run("a", bold=True, italic=True)]),
        (r"2 \* 3", [run("2 * 3")]),
        ("**open", [run("open", bold=True)]),
        ("", []),
    ],
)
def test_stars_mark_words(written: str, runs: list[Run]) -> None:
    assert runs_of(written) == runs


def test_reservations_are_kept_sorted_in_normal_form_and_only_when_there_are_any() -> None:
    def form_with(*reservations: Reservation) -> str:
        return canonical_json(text="an-id", titles={}, authentic=["en"], versions={}, reservations=reservations)

    whole: Reservation = {"member": "IT", "language": "", "paragraph": "", "words": "", "body": "Cafe\u0301"}
    words: Reservation = {
        "member": "DE",
        "language": "en",
        "paragraph": "abcdefghij",
        "words": "will deploy",
        "body": "Subject to parliament.",
    }
    assert '"reservations"' not in form_with()
    assert form_with(whole, words) == form_with(words, whole)
    assert json.loads(form_with(whole, words))["reservations"] == [words, {**whole, "body": "Café"}]
