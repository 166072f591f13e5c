"""Blocks as HTML for readers without the editor: printed, public, or before scripts run; every word is escaped."""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from concertation.texts import comparison
from concertation.texts.blocks import Block, Run
from concertation.texts.comparison import Compared, Style
from concertation.texts.worddiff import Kind, Piece

NOTHING = SafeString("")
TAGS = {comparison.Kind.REMOVED: "del", comparison.Kind.ADDED: "ins"}


def html_of(blocks: Sequence[Block]) -> SafeString:
    """Return the blocks in the markup that the editor uses too."""
    return format_html_join("", "{}", ((_block(block),) for block in blocks))


def html_of_difference(pieces: Sequence[Piece]) -> SafeString:
    """Return a difference: what goes in <del>, what comes in <ins>."""
    return format_html_join("", "{}", ((_piece(piece),) for piece in pieces))


def html_of_comparison(compared: Compared) -> SafeString:
    """Return the words of a paragraph in both states: <del> and <ins>, brackets and proposed words with a class."""
    return format_html_join("", "{}", ((_compared(piece),) for piece in compared.pieces)) or SafeString("<br>")


def _compared(piece: comparison.Piece) -> SafeString:
    """Return one piece of a comparison."""
    html = _run(piece.run)
    if piece.style != Style.WORDS:
        html = format_html('<span class="compare-{}">{}</span>', piece.style, html)
    if piece.kind in TAGS:
        html = format_html("<{0}>{1}</{0}>", TAGS[piece.kind], html)
    return html


def _piece(piece: Piece) -> SafeString:
    """Return one piece of a difference."""
    html = format_html_join("", "{}", ((_run(run),) for run in piece.runs))
    if piece.kind == Kind.SAME:
        return html
    return format_html("<{0}>{1}</{0}>", "del" if piece.kind == Kind.REMOVED else "ins", html)


def _block(block: Block) -> SafeString:
    """Return one block."""
    if block["type"] == "heading":
        return format_html("<h{0}>{1}</h{0}>", block["level"], _runs(block["runs"]))
    if block["type"] == "paragraph":
        numbered = SafeString(" data-numbered") if block.get("numbered") else NOTHING
        return format_html("<p{}>{}</p>", numbered, _runs(block["runs"]))
    tag = "ul" if block["type"] == "bulletList" else "ol"
    items = format_html_join("", "<li>{}</li>", ((html_of(item),) for item in block["items"]))
    return format_html("<{0}>{1}</{0}>", tag, items)


def _runs(runs: Sequence[Run]) -> SafeString:
    """Return words with their marks; an empty paragraph keeps its height by a line break."""
    return format_html_join("", "{}", ((_run(run),) for run in runs)) or SafeString("<br>")


def _run(run: Run) -> SafeString:
    """Return one run, line breaks as such."""
    html = format_html_join(SafeString("<br>"), "{}", ((part,) for part in run["text"].split("\n")))
    if "italic" in run:
        html = format_html("<em>{}</em>", html)
    if "bold" in run:
        html = format_html("<strong>{}</strong>", html)
    return html
