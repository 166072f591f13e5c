"""A copy of a text as Markdown (CommonMark); proposals and holders are inline HTML, which it allows. No Django here."""

import re
from collections.abc import Iterable, Iterator, Sequence

from concertation.texts.exports.flow import (
    ListFlow,
    Part,
    Piece,
    Sign,
    Trace,
    Words,
    closing_of,
    list_of,
    notes_of,
    pieces_of,
    short_name,
)
from concertation.texts.exports.frame import Copy, remark_line, version_line
from concertation.texts.exports.markup import Notes
from concertation.texts.reading import BracketSpan, SheetParagraph

SPECIAL = re.compile(r"([\\`*_\[\]<>&~|])")  # means something wherever it stands
LEADING = re.compile(r"^([#+\-=]|\d+(?=[.)]))")  # means something where a line begins


def markdown_of(copy: Copy) -> bytes:
    """Return the file. Versions stand in sequence: Markdown has no columns that hold lists."""
    lines = [*_head(copy)]
    notes = notes_of(copy.versions)
    for version in copy.versions:
        if len(copy.versions) > 1:
            lines += [f"*{_plain(version_line(version, copy.words))}*", ""]
        for paragraph in version.paragraphs:
            lines += [*_paragraph(paragraph, notes), ""]
        if not version.paragraphs:
            lines += [copy.words.nothing, ""]
    lines += _foot(copy, notes)
    return ("\n".join(lines).rstrip("\n") + "\n").encode()


def _head(copy: Copy) -> Iterator[str]:
    """Yield title, state, audience and hash."""
    words, sheet = copy.words, copy.sheet
    for title in dict.fromkeys(version.title for version in copy.versions):
        yield f"# {_plain(title)}"
        yield ""
    yield f"> {words.state} **{_plain(sheet.state)}**  "
    yield f"> {words.audience} {_plain(sheet.audience)}  "
    if sheet.members:
        yield f"> {words.adopted_by} {_plain(', '.join(sheet.members))}  "
    yield f"> SHA-256 `{sheet.sha256}`"
    yield ""


def _paragraph(paragraph: SheetParagraph, notes: Notes) -> list[str]:
    """Return the lines of one block."""
    block = paragraph.block
    if block["type"] == "heading":
        return [f"{'#' * (block['level'] + 1)} {_pieces(pieces_of(paragraph), notes, '<br>')}".rstrip()]
    if block["type"] == "paragraph":
        number = f"{paragraph.number}\\. " if paragraph.number is not None else ""
        return [f"{number}{_pieces(pieces_of(paragraph), notes, chr(92) + chr(10))}"]
    return list(_list(list_of(paragraph), notes, ""))


def _list(flow: ListFlow, notes: Notes, indent: str) -> Iterator[str]:
    for number, entry in enumerate(flow.entries, start=1):
        marker = f"{number}. " if flow.is_ordered else "- "
        yield f"{indent}{marker}{_pieces(entry.pieces, notes, '<br>')}".rstrip()
        for inner in entry.below:
            yield from _list(inner, notes, indent + " " * len(marker))


def _pieces(pieces: Iterable[Piece], notes: Notes, line_break: str) -> str:
    """Return words with everything that stands in them."""
    text = ""
    for piece in pieces:
        if isinstance(piece, Words):
            text += _words(piece, line_break, may_star=not text.endswith("*"))
        elif isinstance(piece, Sign):
            text += r"\[" if piece.opens else _closing(piece.bracket)
        elif not piece.opens:
            text += f"<sup>({notes[piece.remark.id][0]})</sup>"
    bare = text.lstrip(" \t")
    return "&#32;" + bare if bare != text else text  # four spaces would begin a program


def _words(piece: Words, line_break: str, *, may_star: bool) -> str:
    """Return words in their look."""
    text = line_break.join(_plain(part) for part in piece.text.split("\n"))
    if not piece.text.strip("\n"):
        return text
    text = _marked(text, piece, may_star=may_star and piece.text[0].isalnum() and piece.text[-1].isalnum())
    if piece.inserted:
        text = f"<ins>{text}</ins>{_label('+', [piece.inserted])}"
    if piece.deleted:
        text = f"<del>{text}</del>{_label('−', piece.deleted)}"
    return text


def _marked(text: str, piece: Words, *, may_star: bool) -> str:
    """Return bold and italic words: by stars between letters, where they always hold; else by tags."""
    if may_star:
        stars = "*" * (piece.italic + 2 * piece.bold)
        return f"{stars}{text}{stars}"
    if piece.italic:
        text = f"<em>{text}</em>"
    return f"<strong>{text}</strong>" if piece.bold else text


def _label(sign: str, traces: Sequence[Trace]) -> str:
    names = ", ".join(dict.fromkeys(short_name(trace.author) for trace in traces))
    return f"<sup>{sign}{_plain(names)}</sup>"


def _closing(bracket: BracketSpan) -> str:
    """Return the end of a bracket."""
    parts = ((part, _plain(text)) for part, text in closing_of(bracket))
    return "".join(f"<sup>{text}</sup>" if part == Part.MEMBERS else text for part, text in parts)


def _foot(copy: Copy, notes: Notes) -> Iterator[str]:
    """Yield how to read what stands in the text, and the remarks."""
    words = copy.words
    if copy.legend:
        yield from (f"## {words.legend}", "")
    for line in copy.legend:
        yield from (_plain(line), "")
    if notes:
        yield from (f"## {words.notes}", "")
    for number, remark in notes.values():
        body = " ".join(remark.body.split())
        yield f"({number}) **{_plain(remark_line(remark, words))}**, {remark.at:%Y-%m-%d}: {_plain(body)}"
        yield ""


def _plain(text: str) -> str:
    """Return words that mean nothing but themselves, spaces at their ends kept."""
    escaped = SPECIAL.sub(r"\\\1", text)
    return LEADING.sub(r"\1\\" if escaped[:1].isdigit() else r"\\\1", escaped)
