"""A copy of a text as HTML that needs nothing else: a file by itself, and what a PDF is made of. No Django here."""

import base64
import hashlib
from collections.abc import Iterable, Sequence
from html import escape

from concertation.texts.exports.flow import (
    Edge,
    ListFlow,
    Part,
    Piece,
    Sign,
    Trace,
    Words,
    aligned,
    closing_of,
    list_of,
    notes_of,
    pieces_of,
    short_name,
)
from concertation.texts.exports.frame import Copy, direction, remark_line, version_line
from concertation.texts.reading import BracketSpan, RemarkSpan, SheetParagraph, SheetVersion

Notes = dict[str, tuple[int, RemarkSpan]]
STYLE = """
:root { color-scheme: light dark; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1.25rem; font: 1.0625rem/1.55 Georgia, "Source Serif 4", serif; }
header, footer { font-size: .9375rem; }
h1 { font-size: 1.9rem; line-height: 1.2; }
h2 { font-size: 1.4rem; } h3 { font-size: 1.2rem; } h4 { font-size: 1.05rem; }
.facts { border-block: 1px solid #8888; padding: .5rem 0; }
.facts p { margin: .125rem 0; overflow-wrap: anywhere; }
.kind { font-weight: 600; }
.numbered { display: flex; gap: .75rem; }
.numbered > span:last-child { flex: 1; min-width: 0; }
.number { flex: none; min-width: 1.75rem; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
th, td { padding: .125rem .75rem; text-align: start; vertical-align: top; }
th { border-bottom: 1px solid #8888; }
td > :first-child { margin-top: .5rem; }
ins { text-decoration: underline; } del { text-decoration: line-through; }
sup { font-size: .7em; line-height: 0; }
.bracket { font-weight: 700; }
@media print { body { max-width: none; margin: 0; } }
"""


def page_of(copy: Copy, *, style: str = STYLE) -> str:
    """Return the whole page; it allows itself its own style and nothing else."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'"
    return (
        f'<!doctype html>\n<html lang="{copy.versions[0].language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(copy.title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f"{_head(copy)}<main>\n{_main(copy)}</main>\n{_foot(copy)}</body>\n</html>\n"
    )


def html_of(copy: Copy) -> bytes:
    """Return the page as a file."""
    return page_of(copy).encode()


def _head(copy: Copy) -> str:
    """Return title, state, audience and hash."""
    words, sheet = copy.words, copy.sheet
    title = "".join(
        f'<h1 lang="{one.language}" dir="{direction(one.language, words)}">{escape(one.title)}</h1>\n'
        for one in _distinct_titles(copy.versions)
    )
    facts = [
        f'<p class="state">{words.state} <strong>{escape(sheet.state)}</strong></p>',
        f'<p class="audience">{words.audience} <span>{escape(sheet.audience)}</span></p>',
        f'<p class="hash">SHA-256 <code>{escape(sheet.sha256)}</code></p>',
    ]
    if sheet.members:
        facts.append(f'<p class="members">{words.adopted_by} {escape(", ".join(sheet.members))}</p>')
    lines = "\n".join(facts)
    return f'<header>\n{title}<div class="facts" lang="{words.language}">\n{lines}\n</div>\n</header>\n'


def _distinct_titles(versions: Sequence[SheetVersion]) -> list[SheetVersion]:
    return list({version.title: version for version in reversed(versions)}.values())[::-1]


def _main(copy: Copy) -> str:
    """Return the versions, side by side or one after the other."""
    notes = notes_of(copy.versions)
    if copy.columns:
        return _table(copy, notes)
    return "".join(_section(version, copy, notes) for version in copy.versions)


def _section(version: SheetVersion, copy: Copy, notes: Notes) -> str:
    words = copy.words
    content = "".join(f"{paragraph_html(one, notes)}\n" for one in version.paragraphs)
    content = content or f'<p lang="{words.language}">{words.nothing}</p>\n'
    line = f'<p class="kind" lang="{words.language}">{escape(version_line(version, words))}</p>\n'
    attributes = f'lang="{version.language}" dir="{direction(version.language, words)}"'
    return f"<section {attributes}>\n{line}{content}</section>\n"


def _table(copy: Copy, notes: Notes) -> str:
    """Return a row for each paragraph and a column for each language."""
    ways = [f'lang="{one.language}" dir="{direction(one.language, copy.words)}"' for one in copy.versions]
    heads = "".join(
        f'<th scope="col" lang="{copy.words.language}">{escape(version_line(one, copy.words))}</th>'
        for one in copy.versions
    )
    rows = "".join(
        f"<tr>{''.join(f'<td {way}>{_cell(cell, notes)}</td>' for way, cell in zip(ways, row, strict=True))}</tr>\n"
        for row in aligned(copy.versions)
    )
    return f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"


def _cell(paragraph: SheetParagraph | None, notes: Notes) -> str:
    return paragraph_html(paragraph, notes) if paragraph else ""


def paragraph_html(paragraph: SheetParagraph, notes: Notes, *, below: int = 1) -> str:
    """Return one block with all that stands in it, its headings `below` so many levels of the page's own.

    Its id is not an id of the page, since languages share it.
    """
    block = paragraph.block
    if block["type"] == "heading":
        level = block["level"] + below
        return f"<h{level}>{_pieces(pieces_of(paragraph), notes)}</h{level}>"
    if block["type"] == "paragraph":
        content = _pieces(pieces_of(paragraph), notes) or "<br>"
        if paragraph.number is None:
            return f"<p>{content}</p>"
        return f'<p class="numbered"><span class="number">{paragraph.number}.</span> <span>{content}</span></p>'
    return _list(list_of(paragraph), notes)


def _list(flow: ListFlow, notes: Notes) -> str:
    tag = "ol" if flow.is_ordered else "ul"
    items = "".join(
        f"<li>{_pieces(entry.pieces, notes)}{''.join(_list(inner, notes) for inner in entry.below)}</li>"
        for entry in flow.entries
    )
    return f"<{tag}>{items}</{tag}>"


def _pieces(pieces: Iterable[Piece], notes: Notes) -> str:
    """Return words with everything that stands in them."""
    return "".join(_piece(piece, notes) for piece in pieces)


def _piece(piece: Piece, notes: Notes) -> str:
    if isinstance(piece, Words):
        return _words(piece)
    if isinstance(piece, Sign):
        return '<span class="bracket">[</span>' if piece.opens else _closing(piece.bracket)
    return "" if piece.opens else _reference(piece, notes)


def _words(piece: Words) -> str:
    """Return words in their look; a label with a sign says who wants them in or out, for those who see no lines."""
    html = "<br>".join(escape(part) for part in piece.text.split("\n"))
    if piece.italic:
        html = f"<em>{html}</em>"
    if piece.bold:
        html = f"<strong>{html}</strong>"
    if piece.inserted:
        html = f"<ins>{html}</ins>{_label('+', [piece.inserted])}"
    if piece.deleted:
        html = f"<del>{html}</del>{_label('−', piece.deleted)}"
    return html


def _label(sign: str, traces: Sequence[Trace]) -> str:
    """Return the sign and the codes of those who propose."""
    names = ", ".join(dict.fromkeys(short_name(trace.author) for trace in traces))
    return f'<sup class="by">{sign}{escape(names)}</sup>'


def _closing(bracket: BracketSpan) -> str:
    """Return the end of a bracket."""
    tags = {Part.WORDS: ("", ""), Part.MEMBERS: ("<sup>", "</sup>"), Part.SIGN: ('<span class="bracket">', "</span>")}
    return "".join(f"{tags[part][0]}{escape(text)}{tags[part][1]}" for part, text in closing_of(bracket))


def _reference(edge: Edge, notes: Notes) -> str:
    """Return the number of a remark, which leads to its words; from there nothing leads back to two places."""
    number, _ = notes[edge.remark.id]
    return f'<sup class="note"><a href="#note-{number}">({number})</a></sup>'


def _foot(copy: Copy) -> str:
    """Return how to read what stands in the text, and the remarks."""
    words = copy.words
    parts = []
    if copy.legend:
        legend = "".join(f"<p>{escape(line)}</p>\n" for line in copy.legend)
        parts.append(f'<section class="legend">\n<h2>{words.legend}</h2>\n{legend}</section>\n')
    if notes := notes_of(copy.versions):
        items = "".join(_note(number, remark, copy) for number, remark in notes.values())
        parts.append(f'<section class="notes">\n<h2>{words.notes}</h2>\n<ol>\n{items}</ol>\n</section>\n')
    return f'<footer lang="{words.language}">\n{"".join(parts)}</footer>\n' if parts else ""


def _note(number: int, remark: RemarkSpan, copy: Copy) -> str:
    body = "<br>".join(escape(line) for line in remark.body.splitlines())
    kind = escape(remark_line(remark, copy.words))
    return f'<li id="note-{number}"><strong>{kind}</strong>, {remark.at:%Y-%m-%d}: {body}</li>\n'
