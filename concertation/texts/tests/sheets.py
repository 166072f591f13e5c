"""A sheet that holds one of everything an export can meet, in English, French and Ukrainian."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from concertation.texts.blocks import Block, run
from concertation.texts.exports.flow import narrowed
from concertation.texts.exports.frame import Copy, Labels
from concertation.texts.reading import (
    Alternative,
    Author,
    BracketSpan,
    Change,
    RemarkSpan,
    Sheet,
    SheetParagraph,
    SheetVersion,
)

AT = datetime(2026, 11, 25, 21, 30, tzinfo=UTC)
HASH = "0f" * 32
FRANCE, BRITAIN = Author("Hélène Durand", "FR"), Author("Alice <Smith>", "GB")
CLERK = Author("Sam Clerk", "")
LABELS = Labels(
    language="en",
    names={"en": "English", "fr": "Français", "uk": "Українська"},
    rtl=frozenset({"ar"}),
    state="State:",
    audience="Audience:",
    page="page {page} of {pages}",
    authentic="authentic",
    translation="translation",
    adopted_by="Adopted by",
    legend="How to read this text",
    brackets="[Words in square brackets] are not agreed; the members named after a bracket hold it.",
    held="Words after ≠ are those that the members bracketed; others stand there now.",
    insertions="Underlined words, marked with +, are proposed for insertion.",
    deletions="Words struck through, marked with −, are proposed for deletion.",
    proposers="Proposals by:",
    notes="Reservations and comments",
    reservation="Reservation",
    comment="Comment",
    nothing="No words yet.",
)
NESTED: Block = {
    "type": "bulletList",
    "items": [
        [
            {"type": "paragraph", "runs": [run("air defence")]},
            {
                "type": "orderedList",
                "items": [
                    [{"type": "paragraph", "runs": [run("short range")]}],
                    [{"type": "paragraph", "runs": [run("long "), run("range", italic=True)]}],
                ],
            },
        ],
        [{"type": "paragraph", "runs": [run("training & more")]}],
    ],
}
STEPS: Block = {
    "type": "orderedList",
    "items": [
        [{"type": "paragraph", "runs": [run("meet")]}],
        [{"type": "paragraph", "runs": [run("agree")]}],
    ],
}


def heading(words: str, level: int = 1) -> Block:
    """Return a heading."""
    return {"type": "heading", "level": level, "runs": [run(words)]}


def plain(words: str, *, numbered: bool = True) -> Block:
    """Return a paragraph of plain words."""
    return {"type": "paragraph", "numbered": numbered, "runs": [run(words)] if words else []}


def english() -> SheetVersion:
    """Return a version with brackets, proposals and remarks in every kind of block."""
    deploy: Block = {
        "type": "paragraph",
        "numbered": True,
        "runs": [run("The members "), run("will", bold=True), run(" deploy forces.")],
    }
    paragraphs = [
        SheetParagraph("aaaaaaaaa1", None, heading("Security guarantees")),
        SheetParagraph("aaaaaaaaa2", None, plain("Meeting in Paris,\nthey agreed:", numbered=False)),
        SheetParagraph(
            "aaaaaaaaa3",
            1,
            deploy,
            brackets=(BracketSpan("b1", 12, 23, ("DE", "IT"), (Alternative("stand ready to deploy", ("GB",)),)),),
            changes=(
                Change("p1", 24, 30, (run("troops"),), FRANCE, AT),
                Change("p2", 30, 30, (run(" together"),), BRITAIN, AT),
            ),
            remarks=(RemarkSpan("r1", True, 24, 30, FRANCE, AT, "Subject to *parliament*.\nSecond line."),),
        ),
        SheetParagraph(
            "aaaaaaaaa4",
            None,
            NESTED,
            changes=(Change("p3", 12, 17, (), FRANCE, AT),),
            remarks=(RemarkSpan("r2", False, None, None, CLERK, AT, "Check the list."),),
        ),
        SheetParagraph("aaaaaaaaa5", 2, plain("Wholly new <paragraph>."), inserted_by=BRITAIN),
        SheetParagraph("aaaaaaaaa6", 3, plain("Wholly unwanted paragraph."), deleted_by=FRANCE),
        SheetParagraph("aaaaaaaaa7", None, STEPS),
        SheetParagraph("aaaaaaaaa8", None, heading("Final clauses", 2)),
    ]
    return SheetVersion("en", "Joint statement", True, paragraphs)


def french() -> SheetVersion:
    """Return a shorter version, whose third paragraph is one more than the English has."""
    return SheetVersion(
        "fr",
        "Déclaration conjointe",
        True,
        [
            SheetParagraph("aaaaaaaaa1", None, heading("Garanties de sécurité")),
            SheetParagraph("aaaaaaaaa3", 1, plain("Les membres déploieront des forces.")),
            SheetParagraph("ffffffffff", 2, plain("Un paragraphe de plus.")),
        ],
    )


def ukrainian() -> SheetVersion:
    """Return a translation."""
    return SheetVersion(
        "uk", "Спільна заява", False, [SheetParagraph("aaaaaaaaa3", 1, plain("Члени розгорнуть сили, ґанок."))]
    )


def rich_sheet(**changes: object) -> Sheet:
    """Return the sheet, with `changes`."""
    sheet = Sheet(
        text="6f1c2b34-0000-4000-8000-000000000001",
        state="Rev.2 of 25 November 2026",
        audience="the coalition",
        sha256=HASH,
        at=AT,
        versions=[english(), french(), ukrainian()],
    )
    return replace(sheet, **changes)  # type: ignore[arg-type]


def rich_copy(*languages: str, side: bool = False, sheet: Sheet | None = None) -> Copy:
    """Return a copy of the sheet in `languages`, English alone without any."""
    sheet = sheet or rich_sheet()
    return Copy(sheet, narrowed(sheet, languages or ("en",)), LABELS, is_side_by_side=side)


def blocks_in(version: SheetVersion) -> Sequence[Block]:
    """Return the blocks alone."""
    return [paragraph.block for paragraph in version.paragraphs]
