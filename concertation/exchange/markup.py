"""The drafts in a file: a strict part of Markdown, where “1.” is a numbered paragraph and “1)” a list."""

import re
from collections.abc import Iterator, Sequence
from itertools import count

from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from concertation.texts.blocks import DEEPEST_LIST, Block, Listing, Run, look, merged, run, words_of
from concertation.texts.seeding import runs_of, written_of

DEEPEST_HEADING = 3
LISTS = {"bullet_list", "ordered_list"}
_READER = MarkdownIt("zero").enable(["heading", "list"])
_LIKE_BLOCK = re.compile(r"^(\d{0,9})([#+.)-])")  # words that begin like a heading or a list
_SPECIAL = re.compile(r"\\([\\*\n#+.)-])|\n")


def faults(body: str) -> list[str]:
    """Return what is wrong with a draft, in sentences, in its order."""
    nodes = _tree(body)
    found = [*_numbering(nodes)]
    for node in nodes:
        found += _faults_below(node, depth=-1 if _is_numbered(node) else 0)
    return found


def blocks_of(body: str) -> list[Block]:
    """Return the blocks of a draft in which `faults` finds nothing."""
    return [block for node in _tree(body) for block in _top_blocks(node)]


def _tree(body: str) -> list[SyntaxTreeNode]:
    """Parse a draft into its nodes at the top."""
    return SyntaxTreeNode(_READER.parse(body)).children


def _is_numbered(node: SyntaxTreeNode) -> bool:
    """Say whether a node at the top holds numbered paragraphs: entries written “1.”."""
    return node.type == "ordered_list" and node.markup == "."


def _numbering(nodes: Sequence[SyntaxTreeNode]) -> Iterator[str]:
    """Yield the first number that does not follow on the paragraph before."""
    entries = (entry for node in nodes if _is_numbered(node) for entry in node.children)
    for expected, entry in enumerate(entries, 1):
        if entry.info != str(expected):
            numbers = {"number": entry.info, "expected": expected}
            yield _("Paragraph %(number)s stands where %(expected)d is due.") % numbers
            return


def _faults_below(node: SyntaxTreeNode, *, depth: int) -> Iterator[str]:
    """Yield headings that are too deep and entries of lists that hold what they cannot."""
    depth += node.type in LISTS
    if depth > DEEPEST_LIST:
        yield _("There are lists within lists, deeper than %(depth)d.") % {"depth": DEEPEST_LIST}
        return
    if node.type == "heading" and len(node.markup) > DEEPEST_HEADING:
        heading = {"text": node.children[0].content, "level": len(node.markup)}
        yield _("“%(text)s” is a heading of level %(level)d; there are three levels.") % heading
    if node.type == "list_item" and not _is_entry(node):
        yield _("An entry of a list is one paragraph and the lists below it; a numbered paragraph begins with words.")
    if node.type == "ordered_list" and not _is_numbered(node) and int(node.attrs.get("start", 1)) != 1:
        yield _("A list that is counted begins with 1.")
    for child in node.children if node.type != "inline" else []:
        yield from _faults_below(child, depth=depth)


def _is_entry(item: SyntaxTreeNode) -> bool:
    """Say whether an entry begins with words, followed by lists, and below a numbered paragraph by paragraphs too."""
    first, others = [child.type for child in item.children[:1]], {child.type for child in item.children[1:]}
    is_paragraph = item.level == 1 and item.markup == "."
    return first == ["paragraph"] and others <= (LISTS | {"paragraph"} if is_paragraph else LISTS)


def _top_blocks(node: SyntaxTreeNode) -> Iterator[Block]:
    """Yield the blocks of a node at the top; what is indented under a numbered paragraph follows it."""
    if _is_numbered(node):
        for entry in node.children:
            first, *others = entry.children
            yield {"type": "paragraph", "numbered": True, "runs": _runs(first)}
            for other in others:
                yield from _top_blocks(other)
    elif node.type == "heading":
        yield {"type": "heading", "level": len(node.markup), "runs": _runs(node)}
    elif node.type == "paragraph":
        yield {"type": "paragraph", "numbered": False, "runs": _runs(node)}
    else:
        yield _list(node)


def _list(node: SyntaxTreeNode) -> Listing:
    """Return a list with everything in it."""
    items = [[_inner_block(child) for child in entry.children] for entry in node.children]
    return {"type": "bulletList" if node.type == "bullet_list" else "orderedList", "items": items}


def _inner_block(node: SyntaxTreeNode) -> Block:
    """Return a paragraph or a list within an entry of a list."""
    return _list(node) if node.type in LISTS else {"type": "paragraph", "runs": _runs(node)}


def _runs(node: SyntaxTreeNode) -> list[Run]:
    """Return the words of a paragraph or heading; a backslash at the end of a line keeps its break."""
    lines = [line.strip() for line in node.children[0].content.split("\n")]
    return runs_of(_SPECIAL.sub(_plain, "\n".join(lines)))


def _plain(special: re.Match[str]) -> str:
    """Return what stands for a backslash sequence or the end of a line; stars and backslashes are for `runs_of`."""
    if special[1] is None:
        return " "
    return special[0] if special[1] in "\\*" else special[1]


def body_of(blocks: Sequence[Block]) -> str:
    """Return the draft that `blocks_of` reads as `blocks`.

    Not kept are blocks without words, blanks at the ends of lines, breaks in headings, and the border between
    two lists of a kind that follow each other.
    """
    parts: list[str] = []
    number = 0
    for block in _tidied(blocks):
        is_numbered = block["type"] == "paragraph" and block.get("numbered", True)
        number += is_numbered
        parts.append(_written(block, f"{number}. " if is_numbered else ""))
    return "\n\n".join(parts) + "\n" if parts else ""


def _tidied(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks that hold words, neighbouring lists of a kind as one."""
    found: list[Block] = []
    for block in blocks:
        if block["type"] == "heading" or block["type"] == "paragraph":
            found += [block] if words_of(block["runs"]).strip() else []
        else:
            found += _tidied_list(block)
    joined: list[Block] = []
    for block in found:
        both = _joined(joined[-1], block) if joined else None
        joined[-1 if both else len(joined) :] = [both or block]
    return joined


def _joined(first: Block, second: Block) -> Listing | None:
    """Return two lists of a kind as one, None for anything else."""
    if first["type"] == "heading" or first["type"] == "paragraph":
        return None
    if second["type"] == "heading" or second["type"] == "paragraph" or first["type"] != second["type"]:
        return None
    return {"type": first["type"], "items": [*first["items"], *second["items"]]}


def _tidied_list(listing: Listing) -> list[Block]:
    """Return a list of the entries that begin with words; lists below an entry without words take its place."""
    found: list[Block] = []
    for item in listing["items"]:
        inner = _tidied(item)
        if inner and inner[0]["type"] == "paragraph":
            found.append({"type": listing["type"], "items": [inner]})
        else:
            found += inner
    return found


def _written(block: Block, mark: str) -> str:
    """Return one block, its first line after `mark` and the others as far in."""
    if block["type"] == "heading":
        return "#" * block["level"] + " " + _written_words(block["runs"], is_heading=True)
    if block["type"] == "paragraph":
        return mark + _indented(_written_words(block["runs"], is_heading=False), mark)
    marks = ("- " if block["type"] == "bulletList" else f"{place}) " for place in count(1))
    return "\n".join(_written_item(item, mark) for item, mark in zip(block["items"], marks, strict=False))


def _written_item(item: Sequence[Block], mark: str) -> str:
    """Return an entry of a list with the lists below it."""
    return mark + _indented("\n\n".join(_written(block, "") for block in item), mark)


def _indented(text: str, mark: str) -> str:
    """Return `text` with every line but the first as far in as `mark` is long."""
    return re.sub(r"\n(?!\n)", "\n" + " " * len(mark), text)


def _written_words(runs: Sequence[Run], *, is_heading: bool) -> str:
    """Return words with marks as stars, and a backslash before what would not be read as words."""
    lines = [written_of(_trimmed(line)) for line in _lines(runs)]
    if is_heading:
        return " ".join(filter(None, lines)).replace("#", "\\#")
    while not lines[-1]:
        lines.pop()
    while not lines[0]:
        lines.pop(0)
    return "\\\n".join(_LIKE_BLOCK.sub(r"\1\\\2", line) for line in lines)


def _lines(runs: Sequence[Run]) -> list[list[Run]]:
    """Return the runs of each line."""
    lines: list[list[Run]] = [[]]
    for piece in runs:
        bold, italic = look(piece)
        first, *others = (run(text, bold=bold, italic=italic) for text in piece["text"].split("\n"))
        lines[-1].append(first)
        lines += [[other] for other in others]
    return lines


def _trimmed(line: Sequence[Run]) -> list[Run]:
    """Return a line without the blanks at its ends: a star before a blank would begin a list."""
    words = words_of(line)
    start, end = len(words) - len(words.lstrip()), len(words.rstrip())
    found, at = [], 0
    for piece in line:
        bold, italic = look(piece)
        found.append(run(piece["text"][max(start - at, 0) : max(end - at, 0)], bold=bold, italic=italic))
        at += len(piece["text"])
    return merged(found)
