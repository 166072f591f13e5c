"""Blocks as HTML, and languages by their names."""

import pytest
from django.utils import translation

from concertation.core.languages import known_languages, language_name
from concertation.texts.blocks import Block, run
from concertation.texts.canonical import UnknownContent
from concertation.texts.errors import NotAdoptable
from concertation.texts.languages import direction, own_name
from concertation.texts.rendering import html_of, html_of_difference
from concertation.texts.worddiff import diff


@pytest.mark.parametrize(
    ("block", "html"),
    [
        ({"type": "heading", "level": 2, "runs": [run("A & B")]}, "<h2>A &amp; B</h2>"),
        ({"type": "paragraph", "numbered": True, "runs": [run("a")]}, "<p data-numbered>a</p>"),
        ({"type": "paragraph", "numbered": False, "runs": [run("a\nb")]}, "<p>a<br>b</p>"),
        ({"type": "paragraph", "numbered": False, "runs": []}, "<p><br></p>"),
        (
            {"type": "paragraph", "numbered": False, "runs": [run("<script>"), run("x", bold=True, italic=True)]},
            "<p>&lt;script&gt;<strong><em>x</em></strong></p>",
        ),
        (
            {
                "type": "orderedList",
                "items": [
                    [
                        {"type": "paragraph", "runs": [run("a", italic=True)]},
                        {"type": "bulletList", "items": [[{"type": "paragraph", "runs": [run("b")]}]]},
                    ]
                ],
            },
            "<ol><li><p><em>a</em></p><ul><li><p>b</p></li></ul></li></ol>",
        ),
    ],
)
def test_html_of_a_block_is_escaped_and_plain(block: Block, html: str) -> None:
    assert html_of([block]) == html
    assert html_of([block, block]) == html + html


def test_languages_are_named_in_their_own_and_in_the_readers_words() -> None:
    assert [own_name(code) for code in ("en", "fr", "uk", "xx")] == ["English", "Français", "Українська", "xx"]
    assert language_name("de") == "German"
    with translation.override("fr"):
        assert language_name("de") == "allemand"
    assert (direction("fr"), direction("ar")) == ("ltr", "rtl")
    assert "en" in known_languages() and "tlh" not in known_languages()


def test_what_cannot_be_adopted_is_named_in_the_readers_language() -> None:
    with translation.override("fr"):
        refusal = NotAdoptable(UnknownContent("de", 3, "words outside a paragraph"))
        foreign = NotAdoptable(UnknownContent("de", 3, "image"))
    assert "allemand" in str(refusal.message) and "des mots hors d’un paragraphe" in str(refusal.message)
    assert "image" in str(foreign.message)


def test_difference_is_marked_and_escaped() -> None:
    pieces = diff([run("We <b>"), run("will", bold=True)], [run("We <i>"), run("will", bold=True)])
    assert html_of_difference(pieces) == "We &lt;<del>b</del><ins>i</ins>&gt;<strong>will</strong>"
