"""What re-opened a paragraph: who changed it after it was agreed, when, and from which words to which."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from concertation.coalition.models import Member
from concertation.texts import paragraphs
from concertation.texts.blocks import Block
from concertation.texts.models import Agreement, ParagraphVersion, Text
from concertation.texts.queries.ledger import Authorship, ParagraphNow, authorships
from concertation.texts.worddiff import Piece, diff

SHORT = 60  # signs of a change as it is quoted in a line
Thing = TypeVar("Thing")


class Said(NamedTuple):
    """A member's last word on a paragraph; `sequence` is of the last update before it."""

    key: int
    stance: str
    sha256: str
    sequence: int


@dataclass(frozen=True, slots=True)
class Difference:
    """What one language says otherwise than it did when it was agreed."""

    language: str
    pieces: list[Piece]

    @property
    def before(self) -> str:
        """The words that went, in short."""
        return _short(piece.words for piece in self.pieces if piece.kind == "removed")

    @property
    def after(self) -> str:
        """The words that came, in short."""
        return _short(piece.words for piece in self.pieces if piece.kind == "added")


@dataclass(frozen=True, slots=True)
class Reopening:
    """Who re-opened a paragraph and when, and the differences, the languages in their order.

    `who` names members, else people; it is empty, as are the differences, when the words are the same and only the
    set of authentic languages is another.
    """

    at: datetime
    who: str
    agreed_at: datetime
    differences: list[Difference]


@dataclass(frozen=True, slots=True)
class _Change:
    """When a paragraph became what it is no agreement for, and by whom."""

    at: datetime
    authors: Authorship


@dataclass(frozen=True, slots=True)
class _Past:
    """The versions of some paragraphs by language and id, each (hash, sequence, at, authors), and names."""

    versions: Mapping[tuple[str, str], Sequence[Any]]
    people: Mapping[tuple[str, ...], Authorship]
    members: Mapping[str, str]

    def breaking(self, language: str, paragraph: str, agreed: str, sequence: int) -> _Change | None:
        """Return the change after the one at `sequence` since which the words are not the agreed ones, if any."""
        later = [row for row in self.versions.get((language, paragraph), ()) if row[1] > sequence]
        same = [place for place, row in enumerate(later) if row[0] == agreed]
        since = later[same[-1] + 1 :] if same else later
        return _Change(since[0][2], self.people[tuple(since[0][3])]) if since else None

    def name(self, authors: Authorship) -> str:
        """Return the names of the members whose people these are, or the names of people who act for none."""
        return ", ".join(self.members[code] for code in authors.members) or ", ".join(authors.names)


def reopenings(
    text: Text, now: Mapping[str, Sequence[ParagraphNow]], lost: Iterable[tuple[Thing, Said]]
) -> list[tuple[Thing, Reopening]]:
    """Return what re-opened each of the things of `lost`, given with the agreement that stands no more."""
    wanted = list(lost)
    if not wanted:
        return []
    agreed = Agreement.objects.in_bulk([said.key for _thing, said in wanted])
    past = _past_of(text, {row.paragraph for row in agreed.values()})
    present = {(language, one.id): one for language, versions in now.items() for one in versions}
    authentic = [version.language for version in text.versions.all() if version.is_authentic]
    return [(thing, _reopening(agreed[said.key], said, authentic, present, past)) for thing, said in wanted]


def _past_of(text: Text, names: Iterable[str]) -> _Past:
    """Return what the paragraphs `names` were."""
    versions: dict[tuple[str, str], list[Any]] = defaultdict(list)
    rows = ParagraphVersion.objects.filter(text=text, paragraph__in=names).order_by("sequence")
    for language, paragraph, *rest in rows.values_list("language", "paragraph", "sha256", "sequence", "at", "authors"):
        versions[language, paragraph].append(rest)
    people = authorships(row[3] for group in versions.values() for row in group)
    return _Past(versions, people, {member.pk: member.name for member in Member.objects.all()})


def _reopening(
    agreed: Agreement, said: Said, authentic: Sequence[str], now: Mapping[tuple[str, str], ParagraphNow], past: _Past
) -> Reopening:
    """Return what re-opened one paragraph: the first change, in any language, that was not taken back."""
    differences: list[Difference] = []
    changes: list[_Change] = []
    for language in authentic:
        before: Block | None = agreed.content.get(language)
        present = now.get((language, agreed.paragraph))
        after = present.block if present else None
        if _hash(language, before) == _hash(language, after):
            continue
        differences.append(Difference(language, diff(_runs(before), _runs(after))))
        breaking = past.breaking(language, agreed.paragraph, _hash(language, before), said.sequence)
        if breaking is None and present is not None:  # nobody has followed what came last
            breaking = _Change(present.at, present.authors)
        changes += [breaking] if breaking else []
    if not changes:
        return Reopening(agreed.at, "", agreed.at, differences)
    first = min(changes, key=lambda change: change.at)
    return Reopening(first.at, past.name(first.authors), agreed.at, differences)


def _hash(language: str, block: Block | None) -> str:
    return paragraphs.digest({language: block}) if block else ""


def _runs(block: Block | None) -> Any:
    """Return what is compared: the runs of a block with runs, the words of a list."""
    if block is None:
        return ""
    return paragraphs.linear(block) if block["type"] in {"bulletList", "orderedList"} else block["runs"]  # type: ignore[typeddict-item]


def _short(words: Iterable[str]) -> str:
    line = " … ".join(" ".join(part.split()) for part in words if part.strip())
    return line if len(line) <= SHORT else f"{line[:SHORT]}…"
