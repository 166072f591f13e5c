"""The words of one paragraph of a Word document: looks, tracked changes, comments. No Django here."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from concertation.texts.blocks import Run, merged, run, words_of
from concertation.texts.canonical import DECEPTIVE
from concertation.texts.imports.result import Loss
from concertation.texts.imports.styles import OUR_SIGNS, Styles, W, is_on
from concertation.texts.reading import Author, Change

MEMBER = re.compile(r"(?P<name>.+) \((?P<member>[A-Z]{2,8})\)")
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
LOST = {
    f"{W}drawing": Loss.IMAGE,
    f"{W}pict": Loss.IMAGE,
    f"{W}object": Loss.OBJECT,
    f"{W}footnoteReference": Loss.FOOTNOTE,
    f"{W}endnoteReference": Loss.ENDNOTE,
    f"{W}sym": Loss.SYMBOL,
    f"{W}rPrChange": Loss.LOOK_CHANGE,
    f"{W}fldSimple": Loss.FIELD,
    f"{W}hyperlink": Loss.LINK,
    f"{MATH}oMath": Loss.FORMULA,
    f"{MATH}oMathPara": Loss.FORMULA,
    f"{COMPATIBLE}AlternateContent": Loss.TEXT_BOX,
}
THROUGH = {f"{W}hyperlink", f"{W}smartTag", f"{W}sdt", f"{W}sdtContent", f"{W}fldSimple", f"{W}customXml", f"{W}dir"}
LOOKS = {f"{W}u": Loss.UNDERLINE, f"{W}strike": Loss.STRIKE, f"{W}dstrike": Loss.STRIKE, f"{W}vertAlign": Loss.SCRIPT}
LETTERS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "\u2011", f"{W}softHyphen": "\u00ad"}


@dataclass(frozen=True, slots=True)
class By:
    """Whose tracked change something is."""

    author: Author
    at: datetime


@dataclass(slots=True)
class Line:
    """One paragraph: the words before any tracked change, what was changed, and where comments stand."""

    runs: list[Run] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    comments: dict[str, tuple[int, int | None]] = field(default_factory=dict)
    inserted: By | None = None  # of its end
    deleted: By | None = None

    @property
    def length(self) -> int:
        """How many characters it has before any change."""
        return len(words_of(self.runs))

    @property
    def is_empty(self) -> bool:
        """Whether it holds neither words nor proposed words."""
        return not self.length and not self.changes


class Reader:
    """Reads paragraphs, counting what cannot be kept."""

    def __init__(self, styles: Styles, losses: Counter[Loss], now: datetime) -> None:
        self.styles, self.losses, self.now = styles, losses, now
        self.proposals = 0
        self.commented: set[str] = set()  # the comments whose place was found
        self.fields = 0  # how many fields are open whose instruction is being read
        self.steps: dict[str, Callable[[Any, Line, By | None, By | None], None]] = {
            f"{W}r": self._run,
            f"{W}ins": self._inserted,
            f"{W}moveTo": self._inserted,
            f"{W}del": self._deleted,
            f"{W}moveFrom": self._deleted,
            f"{W}commentRangeStart": self._comment,
            f"{W}commentRangeEnd": self._comment,
        }

    def line(self, paragraph: Any) -> Line:
        """Return what a paragraph holds."""
        made = Line()
        look = paragraph.find(f"{W}pPr/{W}rPr")
        if look is not None:
            for tag in ("ins", "moveTo"):
                if (mark := look.find(f"{W}{tag}")) is not None:
                    made.inserted = self.by(mark)
            for tag in ("del", "moveFrom"):
                if (mark := look.find(f"{W}{tag}")) is not None:
                    made.deleted = self.by(mark)
        self.fields = 0
        self._inside(paragraph, made, None, None)
        made.runs = merged(made.runs)
        return made

    def by(self, change: Any) -> By:
        """Return whose a tracked change or a comment is."""
        written = clean(str(change.get(f"{W}author", "")), Counter())[:200].strip()
        match = MEMBER.fullmatch(written)
        author = Author(match["name"], match["member"]) if match else Author(written or "?", "")
        try:
            at = datetime.fromisoformat(str(change.get(f"{W}date", "")))
        except ValueError:
            at = self.now
        return By(author, at if at.tzinfo else at.replace(tzinfo=UTC))

    def _inside(self, parent: Any, line: Line, inserted: By | None, deleted: By | None) -> None:
        """Read what stands in `parent`; XML is at most 256 deep, so this is too."""
        for child in parent:
            if loss := LOST.get(child.tag):
                self.losses[loss] += 1
            if step := self.steps.get(child.tag):
                step(child, line, inserted, deleted)
            elif child.tag in THROUGH:
                self._inside(child, line, inserted, deleted)

    def _inserted(self, element: Any, line: Line, _: By | None, deleted: By | None) -> None:
        self.losses[Loss.MOVE] += element.tag == f"{W}moveTo"
        self._inside(element, line, self.by(element), deleted)

    def _deleted(self, element: Any, line: Line, inserted: By | None, _: By | None) -> None:
        self._inside(element, line, inserted, self.by(element))

    def _comment(self, element: Any, line: Line, *_: By | None) -> None:
        key, here = str(element.get(f"{W}id", "")), line.length
        if element.tag == f"{W}commentRangeStart":
            line.comments[key] = here, None
            self.commented.add(key)
        elif key in line.comments:
            line.comments[key] = line.comments[key][0], here

    def _refer(self, run: Any, line: Line) -> None:
        """Note the comments that stand at a point and not on words."""
        for reference in run.iterchildren(f"{W}commentReference"):
            key = str(reference.get(f"{W}id", ""))
            if key not in self.commented:
                line.comments[key] = line.length, line.length
                self.commented.add(key)

    def _run(self, element: Any, line: Line, inserted: By | None, deleted: By | None) -> None:
        """Read words in one look into `line`."""
        self._refer(element, line)
        look = element.find(f"{W}rPr")
        style = self._style(look)
        if self.styles.name(style) in OUR_SIGNS:
            self.losses[Loss.BRACKET] += 1
            return
        text = clean(self._text(element), self.losses)
        if not text or (inserted and deleted):
            return
        if self._has(look, style, "vanish"):
            self.losses[Loss.HIDDEN] += 1
            return
        self._count_looks(look)
        made = run(text, bold=self._has(look, style, "b"), italic=self._has(look, style, "i"))
        if inserted:
            self._propose(line, line.length, [made], inserted)
            return
        start = line.length
        line.runs.append(made)
        if deleted:
            self._propose(line, start, [], deleted, end=line.length)

    def _text(self, element: Any) -> str:
        """Return the words of a run; the instruction of a field is none."""
        parts: list[str] = []
        for child in element:
            if child.tag == f"{W}fldChar":
                self._field(str(child.get(f"{W}fldCharType", "")))
            elif loss := LOST.get(child.tag):
                self.losses[loss] += 1
            elif self.fields:
                continue
            elif child.tag in (f"{W}t", f"{W}delText"):
                parts.append(child.text or "")
            elif child.tag in LETTERS and child.get(f"{W}type") not in {"page", "column"}:
                parts.append(LETTERS[child.tag])
        return "".join(parts)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self.fields += 1
            self.losses[Loss.FIELD] += 1
        elif kind in {"separate", "end"} and self.fields:
            self.fields -= 1

    def _style(self, look: Any | None) -> str:
        named = None if look is None else look.find(f"{W}rStyle")
        return "" if named is None else str(named.get(f"{W}val", ""))

    def _has(self, look: Any | None, style: str, name: Any) -> bool:
        """Say whether a run looks so, by itself or by its style."""
        switch = None if look is None else look.find(f"{W}{name}")
        return self.styles.has_look(style, name) if switch is None else is_on(switch)

    def _count_looks(self, look: Any | None) -> None:
        for child in [] if look is None else look:
            if (loss := LOOKS.get(child.tag)) and is_on(child) and child.get(f"{W}val") != "baseline":
                self.losses[loss] += 1
            elif child.tag == f"{W}rPrChange":
                self.losses[Loss.LOOK_CHANGE] += 1

    def _propose(self, line: Line, start: int, runs: list[Run], by: By, *, end: int | None = None) -> None:
        """Add a change; what one author did at one place is one change."""
        end = start if end is None else end
        last = line.changes[-1] if line.changes else None
        if last and last.author == by.author and last.end == start:
            line.changes.pop()
            line.changes.append(Change(last.proposal, last.start, end, (*last.runs, *runs), by.author, last.at))
            return
        self.proposals += 1
        line.changes.append(Change(str(self.proposals), start, end, tuple(runs), by.author, by.at))


def clean(text: str, losses: Counter[Loss]) -> str:
    """Return words in normal form without what cannot be seen or turns their order around; breaks stay."""
    text = unicodedata.normalize("NFC", text.replace("\u2028", "\n").replace("\u2029", "\n").replace("\r", "\n"))
    kept, dropped = DECEPTIVE.subn("", text)
    plain = "".join(letter for letter in kept if letter in "\n\t" or unicodedata.category(letter) != "Cc")
    losses[Loss.CONTROL] += dropped + len(kept) - len(plain)
    return plain


def tidy(changes: Iterable[Change], by: int = 0) -> tuple[Change, ...]:
    """Return changes with their words merged, moved `by` characters."""
    return tuple(
        Change(one.proposal, one.start + by, one.end + by, tuple(merged(one.runs)), one.author, one.at)
        for one in changes
    )
