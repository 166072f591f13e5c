"""Reads a Word document into a draft, its tracked changes as proposals, its comments as remarks. No Django here."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from concertation.texts.blocks import DEEPEST_LIST, Block, Listing, words_of
from concertation.texts.exports.docx_parts import TITLE
from concertation.texts.imports.errors import BadFile, Fault
from concertation.texts.imports.package import Package, open_package
from concertation.texts.imports.result import Imported, Loss
from concertation.texts.imports.styles import LISTED, OUR_FRAME, Numbering, Place, Styles, W
from concertation.texts.imports.words import By, Line, Reader, clean, tidy
from concertation.texts.reading import Author, Change, RemarkSpan, SheetParagraph

MOST_PARAGRAPHS = 5_000
MOST_LETTERS = 1_000_000
LONGEST_PARAGRAPH = 100_000
DEEPEST_HEADING = 3
AROUND = {f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}del", f"{W}moveTo", f"{W}moveFrom"}
TABLES = {f"{W}tbl", f"{W}tr", f"{W}tc"}


@dataclass(slots=True)
class _List:
    """A list while it grows: its lines with how deep each stands."""

    lines: list[tuple[Line, Place]] = field(default_factory=list)


def import_docx(data: bytes, *, now: datetime) -> Imported:
    """Return the draft in a .docx; `now` dates changes that say no date. Raises BadFile."""
    return _Import(open_package(data), now).result()


class _Import:
    """One document on its way in."""

    def __init__(self, package: Package, now: datetime) -> None:
        self.package, self.now = package, now
        self.losses: Counter[Loss] = Counter()
        self.styles = Styles(package.styles)
        self.numbering = Numbering(package.numbering, self.styles)
        self.reader = Reader(self.styles, self.losses, now)
        self.comments = self._comments()
        self.titles: list[str] = []
        self.found: list[SheetParagraph] = []
        self.open = _List()
        self.count = 0
        self.letters = 0

    def result(self) -> Imported:
        """Return all that was found."""
        body = self.package.document.find(f"{W}body")
        if body is None:
            raise BadFile(Fault.NOT_A_DOCUMENT)
        for paragraph in self._paragraphs(body):
            self._take(paragraph)
        self._close_list()
        while self.found and self.found[-1].block["type"] == "paragraph" and _is_bare(self.found[-1]):
            self.found.pop()
        self._count_surroundings(body)
        self._count_comments()
        if not self.found:
            raise BadFile(Fault.EMPTY)
        return Imported(" ".join(self.titles[:1]), self.found, {loss: n for loss, n in self.losses.items() if n})

    def _paragraphs(self, parent: Any) -> Iterator[Any]:
        """Yield paragraphs in their order, those in tables and content controls too."""
        for child in parent:
            if child.tag == f"{W}p":
                yield child
            elif child.tag in AROUND or child.tag in TABLES:
                self.losses[Loss.TABLE] += child.tag == f"{W}tbl"
                yield from self._paragraphs(child)

    def _take(self, paragraph: Any) -> None:
        """Add one paragraph to what was found; raises BadFile for more than a text can have."""
        properties = paragraph.find(f"{W}pPr")
        named = None if properties is None else properties.find(f"{W}pStyle")
        style = self.styles.default if named is None else str(named.get(f"{W}val", ""))
        if self.styles.name(style) in OUR_FRAME:
            return
        line = self.reader.line(paragraph)
        self._check_size(line)
        if self.styles.name(style) == TITLE:
            self.titles.append(" ".join(words_of(line.runs).split()))
            return
        place = self.numbering.place(properties, style)
        level = self.styles.heading_level(style)
        if place is not None and level is None and self._is_listed(place, style):
            self._add_to_list(line, place)
            return
        self._close_list()
        if line.is_empty and level is None and place is None:
            return
        self._add(line, self._block(line, level, is_numbered=place is not None))

    def _check_size(self, line: Line) -> None:
        self.letters += line.length + sum(len(words_of(change.runs)) for change in line.changes)
        self.count += 1
        if line.length > LONGEST_PARAGRAPH or self.letters > MOST_LETTERS or self.count > MOST_PARAGRAPHS:
            raise BadFile(Fault.TOO_LARGE)

    def _is_listed(self, place: Place, style: str) -> bool:
        """Say whether a numbered paragraph is an item of a list; 1., 2., 3. at the edge number a text's paragraphs."""
        name = self.styles.name(style)
        return place.is_bullet or place.level > 0 or place.form != "decimal" or name == LISTED or "List N" in name

    def _block(self, line: Line, level: int | None, *, is_numbered: bool) -> Block:
        if level is None:
            return {"type": "paragraph", "numbered": is_numbered, "runs": line.runs}
        self.losses[Loss.HEADING_DEPTH] += level > DEEPEST_HEADING
        return {"type": "heading", "level": min(level, DEEPEST_HEADING), "runs": line.runs}

    def _add(self, line: Line, block: Block) -> None:
        """Add a heading or a paragraph; one that is proposed as a whole says by whom."""
        number = None
        if block["type"] == "paragraph" and block.get("numbered"):
            number = 1 + sum(one.number is not None for one in self.found)
        inserted, deleted = _whole(line)
        if inserted and (block["type"] == "paragraph" or block["type"] == "heading"):
            block["runs"] = [run for change in tidy(line.changes) for run in change.runs]
        elif (line.inserted or line.deleted) and not deleted:
            self.losses[Loss.PARAGRAPH_BREAK] += 1
        changes = () if inserted or deleted else tidy(line.changes)
        remarks = tuple(self._remarks(line, 0))
        self.found.append(SheetParagraph("", number, block, (), changes, remarks, _author(inserted), _author(deleted)))

    def _add_to_list(self, line: Line, place: Place) -> None:
        """Add an item to the open list, or begin a list where another count begins at the edge."""
        if self.open.lines and place.level == 0:
            first = next((held for _, held in self.open.lines if held.level == 0), None)
            if first is not None and first.count != place.count:
                self._close_list()
        self.open.lines.append((line, place))

    def _close_list(self) -> None:
        """Make the open list a block; places in it are counted over all its lines."""
        lines, self.open = self.open.lines, _List()
        if not lines:
            return
        wholes = [_whole(line) for line, _ in lines]
        inserted = wholes[0][0] if all(one[0] for one in wholes) else None
        deleted = wholes[0][1] if all(one[1] for one in wholes) else None
        changes: list[Change] = []
        remarks: list[RemarkSpan] = []
        at = 0
        for (line, _), (is_in, is_out) in zip(lines, wholes, strict=True):
            if is_in:
                line.runs = [run for change in tidy(line.changes) for run in change.runs]
                line.changes = []
                self.losses[Loss.LIST_ENTRY] += inserted is None
            elif (line.inserted or line.deleted) and not is_out:
                self.losses[Loss.PARAGRAPH_BREAK] += 1
            changes += () if deleted else tidy(line.changes, at)
            remarks += self._remarks(line, at)
            at += line.length + 1
        block = self._listing([(line, self._depth(place), place) for line, place in lines])
        self.found.append(
            SheetParagraph("", None, block, (), tuple(changes), tuple(remarks), _author(inserted), _author(deleted))
        )

    def _depth(self, place: Place) -> int:
        self.losses[Loss.LIST_DEPTH] += place.level >= DEEPEST_LIST
        return min(place.level, DEEPEST_LIST - 1)

    def _listing(self, lines: list[tuple[Line, int, Place]]) -> Listing:
        """Return the lines as lists in lists; how far an item is indented beyond the one before means one step.

        At one depth, another count or another kind of marker is another list.
        """
        root: Listing = {"type": _kind(lines[0][2]), "items": []}
        stack = [(root, lines[0][1], lines[0][2])]
        for line, depth, place in lines:
            while len(stack) > 1 and (stack[-1][1] > depth or (stack[-1][1] == depth and _differ(stack[-1][2], place))):
                stack.pop()
            if depth > stack[-1][1]:
                below: Listing = {"type": _kind(place), "items": []}
                stack[-1][0]["items"][-1].append(below)
                stack.append((below, depth, place))
            stack[-1][0]["items"].append([{"type": "paragraph", "runs": line.runs}])
        return root

    def _comments(self) -> dict[str, tuple[By, str]]:
        """Return the comments by their ids."""
        root = self.package.comments
        found: dict[str, tuple[By, str]] = {}
        for comment in [] if root is None else root.iterchildren(f"{W}comment"):
            lines = ("".join(text.text or "" for text in line.iter(f"{W}t")) for line in comment.iter(f"{W}p"))
            body = clean("\n".join(lines), self.losses).strip()[:10_000]
            found[str(comment.get(f"{W}id", ""))] = self.reader.by(comment), body
        return found

    def _remarks(self, line: Line, at: int) -> Iterator[RemarkSpan]:
        """Yield the comments on a line that begins at offset `at`; one that goes on further ends with the line."""
        for key, (start, end) in line.comments.items():
            if key in self.comments:
                by, body = self.comments[key]
                stop = line.length if end is None else end
                yield RemarkSpan(key, False, at + start, at + stop, by.author, by.at, body)

    def _count_comments(self) -> None:
        """Count the comments that are on nothing that was found."""
        found = {remark.id for paragraph in self.found for remark in paragraph.remarks}
        self.losses[Loss.COMMENT] += sum(key not in found and bool(body) for key, (_, body) in self.comments.items())

    def _count_surroundings(self, body: Any) -> None:
        """Count what stands around the words: headers, footers, macros, references to elsewhere."""
        for name in ("headerReference", "footerReference"):
            self.losses[Loss.FRAME] += sum(1 for _ in body.iter(f"{W}{name}"))
        self.losses[Loss.MACROS] += self.package.has_macros
        if self.package.relations is not None:
            for relation in self.package.relations:
                is_link = str(relation.get("Type", "")).endswith("/hyperlink")
                self.losses[Loss.EXTERNAL] += relation.get("TargetMode") == "External" and not is_link


def _kind(place: Place) -> Any:
    return "bulletList" if place.is_bullet else "orderedList"


def _differ(one: Place, other: Place) -> bool:
    return one.count != other.count or _kind(one) != _kind(other)


def _is_bare(paragraph: SheetParagraph) -> bool:
    """Say whether a paragraph holds nothing at all."""
    block = paragraph.block
    return block["type"] == "paragraph" and not block["runs"] and not paragraph.changes


def _whole(line: Line) -> tuple[By | None, By | None]:
    """Return who proposes that the whole line comes, and who that it goes."""
    inserted = line.inserted if line.changes and not line.length else None
    covers = [(change.start, change.end) for change in line.changes if not change.runs]
    deleted = line.deleted if covers == [(0, line.length)] and line.length and len(line.changes) == 1 else None
    return inserted, deleted


def _author(by: By | None) -> Author | None:
    return by.author if by else None
