"""How long it takes to compare two versions of 400 paragraphs, word by word, beside diff-match-patch and difflib.

`python -m benchmarks.comparison` prints the median and the slowest of several rounds, and how well each reads: how many
separate changes it marks, and how many of them begin or end within a word.
"""

import random
import statistics
import time
from collections.abc import Callable, Iterable
from difflib import SequenceMatcher
from itertools import pairwise

from diff_match_patch import diff_match_patch

from concertation.texts.blocks import run
from concertation.texts.comparison import Kind, compare
from concertation.texts.reading import SheetParagraph
from concertation.texts.worddiff import words_in

PARAGRAPHS, WORDS, ROUNDS = 400, 60, 7
VOCABULARY = [
    "the",
    "members",
    "of",
    "coalition",
    "stand",
    "ready",
    "to",
    "deploy",
    "support",
    "force",
    "ceasefire",
    "land",
    "sea",
    "air",
    "training",
    "equipment",
    "under",
    "conditions",
    "agreed",
    "by",
    "parliament",
    "within",
    "days",
    "and",
    "shall",
    "review",
    "contributions",
    "each",
    "month",
    "with",
    "partners",
    "who",
    "reaffirm",
    "commitment",
    "sovereignty",
    "territorial",
    "integrity",
    "security",
    "guarantees",
    "deterrence",
    "logistics",
    "finance",
]

Change = tuple[str, str]  # "-", "+" or "=", and the words
END = ("=", "\n")  # of a paragraph


def versions(seed: int) -> tuple[list[str], list[str]]:
    """Return a text and what a week of negotiation made of it: two in three paragraphs have some words changed."""
    chance = random.Random(seed)
    before = [" ".join(chance.choices(VOCABULARY, k=WORDS)) + "." for _ in range(PARAGRAPHS)]
    return before, [_edited(words, chance) if chance.random() < 2 / 3 else words for words in before]


def _edited(words: str, chance: random.Random) -> str:
    found = words.split(" ")
    for _ in range(chance.randint(1, 5)):
        at = chance.randrange(len(found))
        found[at : at + chance.randint(0, 2)] = chance.choices(VOCABULARY, k=chance.randint(0, 3))
    return " ".join(found)


def ours(before: list[str], after: list[str]) -> Iterable[Change]:
    """Compare as the page does: paragraphs paired by id, words within."""
    signs = {Kind.SAME: "=", Kind.REMOVED: "-", Kind.ADDED: "+"}
    states = [
        [
            SheetParagraph(f"{at:010}", at + 1, {"type": "paragraph", "numbered": True, "runs": [run(words)]})
            for at, words in enumerate(side)
        ]
        for side in (before, after)
    ]
    for compared in compare(*states):
        for piece in compared.pieces:
            yield signs[piece.kind], piece.run["text"]
        yield END


def characters(before: list[str], after: list[str]) -> Iterable[Change]:
    """Compare paragraph by paragraph with diff-match-patch: characters, then made to read better."""
    program = diff_match_patch()
    program.Diff_Timeout = 0
    for old, new in zip(before, after, strict=True):
        found = program.diff_main(old, new)
        program.diff_cleanupSemantic(found)
        for sign, words in found:
            yield "-=+"[sign + 1], words
        yield END


def standard(before: list[str], after: list[str]) -> Iterable[Change]:
    """Compare paragraph by paragraph with the standard library, on the same words as ours."""
    for old, new in zip(map(words_in, before), map(words_in, after), strict=True):
        for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if kind == "equal":
                yield "=", "".join(old[a:b])
                continue
            yield from ((sign, "".join(part)) for sign, part in (("-", old[a:b]), ("+", new[c:d])) if part)
        yield END


def torn(changes: list[Change]) -> int:
    """Return how often a change begins or ends within a word."""
    return sum(
        "=" in (sign, next_sign) and sign != next_sign and before[-1:].isalpha() and words[:1].isalpha()
        for (sign, before), (next_sign, words) in pairwise(changes)
    )


def main() -> None:
    """Print the table."""
    programs: dict[str, Callable[[list[str], list[str]], Iterable[Change]]] = {
        "Concertation": ours,
        "diff-match-patch": characters,
        "difflib": standard,
    }
    print(f"{PARAGRAPHS} paragraphs of {WORDS} words, two in three changed; {ROUNDS} rounds")
    print(f"{'':18}{'median ms':>10}{'slowest':>9}{'changes':>9}{'torn words':>12}")
    for name, program in programs.items():
        spent: list[float] = []
        found: list[Change] = []
        for seed in range(ROUNDS):
            before, after = versions(seed)
            begun = time.process_time()
            found = list(program(before, after))
            spent.append((time.process_time() - begun) * 1000)
            assert "".join(words for sign, words in found if sign != "+") == "".join(f"{words}\n" for words in before)
        marked = sum(sign != "=" for sign, _words in found)
        print(f"{name:18}{statistics.median(spent):10.0f}{max(spent):9.0f}{marked:9}{torn(found):12}")


if __name__ == "__main__":
    main()
