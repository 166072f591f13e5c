"""Blocks as HTML for readers without the editor: printed, public, or before scripts run; every word is escaped."""

from collections.abc import Mapping, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from concertation.texts import comparison
from concertation.texts.blocks import Block, Run
from concertation.texts.bracket_html import Cursor
from concertation.texts.comparison import Compared, Style
from concertation.texts.reading import BracketSpan, SheetParagraph
from concertation.texts.worddiff import Kind, Piece

NOTHING = SafeString("")
TAGS = {comparison.Kind.REMOVED: "del", comparison.Kind.ADDED: "ins"}


def html_of(
    blocks: Sequence[Block], brackets: Mapping[str, Sequence[BracketSpan]] | None = None, place: str = ""
) -> SafeString:
    """Return blocks at the top in the markup that the editor uses too, with the `brackets` of each by its id.

    `place` makes the nth block the target `#place-n`.
    """
    held = brackets or {}
    where = [format_html(' id="{}-{}"', place, at) if place else NOTHING for at in range(1, len(blocks) + 1)]
    made = (
        _block(block, Cursor(held.get(block.get("id", ""), ())), at) for block, at in zip(blocks, where, strict=True)
    )
    return format_html_join("", "{}", ((html,) for html in made))


def html_of_paragraph(paragraph: SheetParagraph) -> SafeString:
    """Return one paragraph of a sheet with its brackets; proposals and remarks are not shown."""
    return _block(paragraph.block, Cursor(paragraph.brackets))


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


def _block(block: Block, cursor: Cursor, where: SafeString = NOTHING) -> SafeString:
    """Return one block, with its attribute `where`."""
    if block["type"] == "heading":
        return format_html("<h{0}{1}>{2}</h{0}>", block["level"], where, _runs(block["runs"], cursor))
    if block["type"] == "paragraph":
        numbered = SafeString(" data-numbered") if block.get("numbered") else NOTHING
        return format_html("<p{}{}>{}</p>", where, numbered, _runs(block["runs"], cursor))
    tag = "ul" if block["type"] == "bulletList" else "ol"
    items = format_html_join("", "<li>{}</li>", ((_item(item, cursor),) for item in block["items"]))
    cursor.at -= 1
    return format_html("<{0}{1}>{2}</{0}>", tag, where, items)


def _item(item: Sequence[Block], cursor: Cursor) -> SafeString:
    """Return one item of a list; a line feed in the linear text stands after each of its blocks."""
    return format_html_join("", "{}", ((_counted(block, cursor),) for block in item))


def _counted(block: Block, cursor: Cursor) -> SafeString:
    html = _block(block, cursor)
    cursor.at += 1
    return html


def _runs(runs: Sequence[Run], cursor: Cursor) -> SafeString:
    """Return words with their marks; an empty paragraph keeps its height by a line break."""
    pieces = (
        (before, _in_bracket(piece) if inside else _run(piece))
        for run in runs
        for before, piece, inside in cursor.pieces(run)
    )
    return format_html_join("", "{}{}", pieces) or SafeString("<br>")


def _in_bracket(piece: Run) -> SafeString:
    return format_html('<span class="bracketed">{}</span>', _run(piece))


def _run(run: Run) -> SafeString:
    """Return one run, line breaks as such."""
    html = format_html_join(SafeString("<br>"), "{}", ((part,) for part in run["text"].split("\n")))
    if not run["text"]:
        return html
    if "italic" in run:
        html = format_html("<em>{}</em>", html)
    if "bold" in run:
        html = format_html("<strong>{}</strong>", html)
    return html
