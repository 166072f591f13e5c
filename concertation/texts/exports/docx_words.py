"""Words of a Word document: looks, tracked changes, brackets, comments. No Django here."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn

from concertation.core.word import element
from concertation.texts.exports.docx_parts import HOLDERS, OTHER, SIGN
from concertation.texts.exports.flow import Edge, Part, Piece, Sign, Trace, Words, closing_of, full_name, short_name
from concertation.texts.exports.frame import Copy, remark_line
from concertation.texts.reading import RemarkSpan


class Writer:
    """Writes pieces into paragraphs, counting what Word wants counted."""

    def __init__(self, document: Document, copy: Copy) -> None:
        self.document, self.copy = document, copy
        self.changes = 0
        self.comments: dict[str, int] = {}
        self.ended: set[str] = set()

    def write(self, into: Any, pieces: Iterable[Piece], language: str) -> None:
        """Write the pieces at the end of the paragraph element `into`."""
        for piece in pieces:
            if isinstance(piece, Words):
                self._words(into, piece, language)
            elif isinstance(piece, Sign):
                self._sign(into, piece, language)
            else:
                self._edge(into, piece)

    def mark(self, paragraph: Any, kind: str, trace: Trace) -> None:
        """Propose the end of a paragraph too: `kind` is ins or del."""
        properties = paragraph.get_or_add_pPr()
        look = element("rPr")
        look.append(self._change(kind, trace))
        properties.append(look)

    def _words(self, into: Any, piece: Words, language: str) -> None:
        """Write words; deleted by several, the first is the author in Word, which knows one."""
        run = _run(piece.text, language, bold=piece.bold, italic=piece.italic, deleted=bool(piece.deleted))
        parent = into
        if piece.inserted:
            parent.append(parent := self._change("ins", piece.inserted))
        if piece.deleted:
            parent.append(parent := self._change("del", piece.deleted[0]))
        parent.append(run)
        if len(piece.deleted) > 1:
            names = ", ".join(dict.fromkeys(short_name(trace.author) for trace in piece.deleted))
            into.append(_run(f"−{names}", language, style=HOLDERS))

    def _sign(self, into: Any, piece: Sign, language: str) -> None:
        if piece.opens:
            into.append(_run("[", language, style=SIGN))
            return
        styles = {Part.WORDS: OTHER, Part.MEMBERS: HOLDERS, Part.SIGN: SIGN}
        for part, text in closing_of(piece.bracket):
            into.append(_run(text, language, style=styles[part]))

    def _edge(self, into: Any, piece: Edge) -> None:
        """Write where a comment begins or ends; one that two languages share stands in the first."""
        remark = piece.remark
        if remark.id in self.ended or (not piece.opens and remark.id not in self.comments):
            return
        if piece.opens:
            self.comments[remark.id] = self._comment(remark)
            into.append(element("commentRangeStart", id=self.comments[remark.id]))
            return
        self.ended.add(remark.id)
        into.append(element("commentRangeEnd", id=self.comments[remark.id]))
        run = element("r")
        run.append(element("commentReference", id=self.comments[remark.id]))
        into.append(run)

    def _comment(self, remark: RemarkSpan) -> int:
        """Add the comment and return its number."""
        made: Any = self.document.part._comments_part.comments.add_comment(
            text=f"{remark_line(remark, self.copy.words)}: {remark.body}",
            author=full_name(remark.author),
            initials=short_name(remark.author)[:8],
        )
        made._comment_elm.set(qn("w:date"), _moment(remark.at))
        return int(made.comment_id)

    def _change(self, kind: str, trace: Trace) -> Any:
        """Return the element of a tracked change."""
        self.changes += 1
        at = trace.at or self.copy.sheet.at
        return element(kind, id=100_000 + self.changes, author=full_name(trace.author), date=_moment(at))


def _run(
    text: str, language: str, *, bold: bool = False, italic: bool = False, deleted: bool = False, style: str = ""
) -> Any:
    """Return a run in the order of elements that the schema wants."""
    run, look = element("r"), element("rPr")
    if style:
        look.append(element("rStyle", val=style.replace(" ", "")))
    for tag, wanted in (("b", bold), ("bCs", bold), ("i", italic), ("iCs", italic)):
        if wanted:
            look.append(element(tag))
    look.append(element("lang", val=language, bidi=language))
    run.append(look)
    for number, line in enumerate(text.split("\n")):
        if number:
            run.append(element("br"))
        for place, part in enumerate(line.split("\t")):
            if place:
                run.append(element("tab"))
            if part:
                run.append(_text(part, "delText" if deleted else "t"))
    return run


def _text(part: str, tag: str) -> Any:
    made = element(tag)
    made.text = part
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
