"""The drafts in a file: a strict part of Markdown, where “1.” is a numbered paragraph and “1)” a list."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

DEEPEST_HEADING = 3
_READER = MarkdownIt("zero").enable(["heading", "list", "emphasis", "escape", "newline"])


def faults(body: str) -> list[str]:
    """Return what is wrong with a draft, in sentences, in its order."""
    nodes = _tree(body).children
    return [*_numbering(nodes), *(why for node in nodes for why in _faults_below(node))]


def _tree(body: str) -> SyntaxTreeNode:
    """Parse a draft."""
    return SyntaxTreeNode(_READER.parse(body))


def _is_numbered(node: SyntaxTreeNode) -> bool:
    """Say whether a block at the top holds numbered paragraphs: entries written “1.”."""
    return node.type == "ordered_list" and node.markup == "."


def _numbering(nodes: list[SyntaxTreeNode]) -> Iterator[str]:
    """Yield the numbers that do not follow on the paragraph before."""
    entries = (entry for node in nodes if _is_numbered(node) for entry in node.children)
    for expected, entry in enumerate(entries, 1):
        if entry.info != str(expected):
            yield _("Paragraph %(number)s stands where %(expected)d is due.") % {
                "number": entry.info,
                "expected": expected,
            }
            return


def _faults_below(node: SyntaxTreeNode) -> Iterator[str]:
    """Yield headings that are too deep and entries of lists that hold what they cannot."""
    if node.type == "heading" and len(node.markup) > DEEPEST_HEADING:
        yield _("“%(text)s” is a heading of level %(level)d; there are three levels.") % {
            "text": node.children[0].content,
            "level": len(node.markup),
        }
    if node.type == "list_item" and not _is_entry(node):
        yield _("Each entry of a list and each numbered paragraph is one paragraph, with lists below it at most.")
    if node.type != "inline":
        for child in node.children:
            yield from _faults_below(child)


def _is_entry(item: SyntaxTreeNode) -> bool:
    """Say whether an entry is one paragraph, followed by nothing but lists."""
    kinds = [child.type for child in item.children]
    return kinds[:1] == ["paragraph"] and set(kinds[1:]) <= {"bullet_list", "ordered_list"}
