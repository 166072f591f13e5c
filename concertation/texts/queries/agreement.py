"""Who agrees what: paragraphs × members, derived from the ledger and from what the members said.

An agreement stands as long as the hash of the paragraph is the one that was agreed. So whoever undoes a change to the
last sign also restores the agreement: that content is what was agreed.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from concertation.coalition.models import Delegate, Member
from concertation.coalition.rules import speaks_for_member
from concertation.texts import paragraphs
from concertation.texts.blocks import Block
from concertation.texts.enums import Stance, Standing, State
from concertation.texts.models import Agreement, Text
from concertation.texts.queries.adoption import members_who_decide
from concertation.texts.queries.hindering import bracket_holders, reservations_by_paragraph
from concertation.texts.queries.ledger import (
    Ledger,
    ParagraphNow,
    authentic_contents,
    ledger_now,
    listed,
    outline,
)
from concertation.texts.queries.reopening import Reopening, Said, reopenings
from concertation.texts.rules import may_agree, may_agree_ad_referendum

SHOWN = {
    "all": _("All paragraphs"),
    "open": _("Open"),
    "bracketed": _("In brackets"),
    "mine": _("Waiting for my delegation"),
}
OF_STANCE: dict[str, Standing] = {
    Stance.AGREED.value: Standing.AGREED,
    Stance.AD_REFERENDUM.value: Standing.AD_REFERENDUM,
}
NOT_AGREED = Stance.NOT_AGREED.value


class Held(NamedTuple):
    """What one member holds or reserves on a paragraph."""

    member: Member
    words: str
    is_reservation: bool


@dataclass(slots=True)
class Line:
    """One paragraph, and where each member that counts stands on it, in their order.

    `sha256` is empty when it cannot be agreed: without a name of its own, or unreadable.
    """

    id: str
    number: int | None
    label: str
    words: str
    sha256: str
    standings: list[Standing]
    mine: Standing | None = None
    waits_for_me: bool = False
    reopening: Reopening | None = None
    held: list[Held] = field(default_factory=list)
    agreed: int = 0  # how many members agree it outright

    def __post_init__(self) -> None:
        self.agreed = self.standings.count(Standing.AGREED)

    @property
    def is_agreed(self) -> bool:
        """Whether every member that counts agrees it outright."""
        return bool(self.standings) and self.agreed == len(self.standings)

    @property
    def is_bracketed(self) -> bool:
        """Whether a member holds brackets in it."""
        return Standing.BRACKETED in self.standings


@dataclass(slots=True)
class Column:
    """One member that counts, and how many paragraphs it agrees outright."""

    member: Member
    agreed: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """Paragraphs × members at one glance, as one delegate sees it; `lines` has every paragraph with words."""

    lines: list[Line]
    columns: list[Column]
    may_agree: bool
    may_agree_ad_referendum: bool

    @property
    def agreed(self) -> int:
        """How many paragraphs every member agrees."""
        return sum(line.is_agreed for line in self.lines)

    @property
    def open_lines(self) -> list[Line]:
        """The paragraphs that not every member agrees."""
        return [line for line in self.lines if not line.is_agreed]

    @property
    def next_open(self) -> Line | None:
        """The first paragraph that can be agreed and is not by all."""
        return next((line for line in self.open_lines if line.sha256), None)

    @property
    def standings(self) -> list[Standing]:
        """Every standing, for the legend."""
        return list(Standing)

    def shown(self, name: str) -> list[Line]:
        """Return the paragraphs that one of the views SHOWN has."""
        if name == "open":
            return self.open_lines
        if name == "bracketed":
            return [line for line in self.lines if line.is_bracketed]
        return self.waiting if name == "mine" else self.lines

    @property
    def waiting(self) -> list[Line]:
        """The paragraphs that wait for the reader's delegation."""
        return [line for line in self.lines if line.waits_for_me]

    @property
    def troubled(self) -> list[Line]:
        """The paragraphs that were re-opened, or on which somebody holds something."""
        return [line for line in self.lines if line.reopening or line.held]


def matrix_of(text: Text, delegate: Delegate, ledger: Ledger | None = None) -> Matrix:
    """Return where every member that counts stands on every paragraph, in a fixed number of queries.

    Whoever has the ledger of the text already passes it.
    """
    now = listed(text, ledger or ledger_now(text))
    members = list(members_who_decide(text))
    said = last_said(text.pk)
    holders, reservations = bracket_holders(text), reservations_by_paragraph(text)
    lines = [
        _line(one, content, members, said.get(one.id, {}), holders.get(one.id, {}), reservations.get(one.id, {}))
        for one, content in _rows(text, now)
    ]
    for line, reopening in reopenings(text, now, _lost(lines, members, said, delegate.member_id)):
        line.reopening = reopening
    outright, for_capital = may_agree(delegate, text), may_agree_ad_referendum(delegate, text)
    if delegate.member_id in {member.code for member in members}:
        place = [member.code for member in members].index(delegate.member_id)
        for line in lines:
            line.mine = line.standings[place]
            line.waits_for_me = for_capital and _waits(line, outright=outright)
    else:
        outright = for_capital = False
    agreed = [sum(line.standings[place] == Standing.AGREED for line in lines) for place in range(len(members))]
    return Matrix(lines, [Column(*pair) for pair in zip(members, agreed, strict=True)], outright, for_capital)


def _rows(text: Text, now: Mapping[str, Sequence[ParagraphNow]]) -> list[tuple[ParagraphNow, Mapping[str, Block]]]:
    """Return the paragraphs with words of the authentic languages: those of the reader's, or of the first, in their
    order, and the others' own ones each behind the paragraph that stands before it there.
    """
    contents = authentic_contents(text, now)
    authentic = [version.language for version in text.versions.all() if version.is_authentic]
    first, *others = sorted(authentic, key=lambda language: language != get_language())
    rows = {one.id: [one] for one in now[first]}
    begin: list[ParagraphNow] = []
    for language in others:
        behind, here = begin, {one.id for one in begin}
        for one in now[language]:
            if one.id in rows and not one.id.startswith("~"):
                behind = rows[one.id]
            elif one.id not in here:
                behind.append(one)
                here.add(one.id)
    found = [*begin, *(one for group in rows.values() for one in group)]
    return [(one, contents.get(one.id, {})) for one in found if one.words or one.block is None]


def _line(
    now: ParagraphNow,
    content: Mapping[str, Block],
    members: Sequence[Member],
    said: Mapping[str, Said],
    holders: Mapping[str, str],
    reservations: Mapping[str, str],
) -> Line:
    """Return one paragraph with its standings."""
    sha256 = paragraphs.digest(content) if content else ""
    standings = [standing_of(said.get(member.code), sha256) for member in members]
    for place, member in enumerate(members if holders or reservations else []):
        if member.code in holders:
            standings[place] = Standing.BRACKETED
        elif member.code in reservations:
            standings[place] = Standing.RESERVED
    held = [
        Held(member, words[member.code], is_reservation)
        for words, is_reservation in ((holders, False), (reservations, True))
        for member in members
        if member.code in words
    ]
    return Line(now.id, now.number, now.label, now.words, sha256, standings, held=held)


def standing_of(said: Said | None, sha256: str) -> Standing:
    """Return where a member stands by its own word, when `sha256` is the hash of the paragraph now."""
    if said is None or said.stance == NOT_AGREED:
        return Standing.OPEN
    return OF_STANCE[said.stance] if said.sha256 == sha256 else Standing.REOPENED


def _waits(line: Line, *, outright: bool) -> bool:
    """Say whether the reader's delegation could now agree the paragraph, and has not."""
    wanted = {Standing.OPEN, Standing.REOPENED, *([Standing.AD_REFERENDUM] if outright else [])}
    return bool(line.sha256) and line.mine in wanted


def last_said(text_id: UUID) -> dict[str, dict[str, Said]]:
    """Return the last word of every member on every paragraph, by paragraph and member.

    All that was ever said is fetched, in its order: choosing the last words in the database takes twice as long.
    """
    rows = Agreement.objects.filter(text_id=text_id).order_by("pk")
    found: defaultdict[str, dict[str, Said]] = defaultdict(dict)
    for row in rows.values_list("pk", "stance", "sha256", "sequence", "paragraph", "member_id").iterator(2000):
        found[row[4]][row[5]] = Said(*row[:4])
    return dict(found)


def _lost(
    lines: Iterable[Line], members: Sequence[Member], said: Mapping[str, Mapping[str, Said]], mine: str | None
) -> list[tuple[Line, Said]]:
    """Return the re-opened paragraphs, each with the agreement that stands no more: the reader's, else the newest."""
    found = []
    for line in lines:
        said_here = said.get(line.id, {})
        if not any(one.sha256 != line.sha256 for one in said_here.values()):
            continue
        lost = {
            member.code: said_here[member.code]
            for member in members
            if member.code in said_here and standing_of(said_here[member.code], line.sha256) is Standing.REOPENED
        }
        if lost:
            found.append((line, lost.get(mine or "") or max(lost.values(), key=lambda one: one.key)))
    return found


@dataclass(frozen=True, slots=True)
class Voice:
    """One member's place on a paragraph: its standing, and who said what when, as long as it counts."""

    member: Member
    standing: Standing
    last: Agreement | None


@dataclass(frozen=True, slots=True)
class OneParagraph:
    """One paragraph to agree: its words by language, the members, and the open paragraphs before and after it."""

    line: Line
    matrix: Matrix
    words: list[tuple[str, Block]]
    voices: list[Voice]
    before: Line | None
    after: Line | None

    @property
    def may_withdraw(self) -> bool:
        """Whether the reader may take back what its member said."""
        if self.line.mine == Standing.AD_REFERENDUM:
            return self.matrix.may_agree_ad_referendum
        return self.matrix.may_agree and self.line.mine in {Standing.AGREED, Standing.REOPENED}


def one_paragraph(text: Text, delegate: Delegate, paragraph: str) -> OneParagraph | None:
    """Return one paragraph that can be agreed, or None."""
    matrix = matrix_of(text, delegate)
    place = next((at for at, line in enumerate(matrix.lines) if line.id == paragraph and line.sha256), None)
    if place is None:
        return None
    line = matrix.lines[place]
    content = authentic_contents(text, outline(text))[paragraph]
    return OneParagraph(
        line=line,
        matrix=matrix,
        words=list(content.items()),
        voices=_voices(text, line, matrix.columns),
        before=next((one for one in reversed(matrix.lines[:place]) if not one.is_agreed and one.sha256), None),
        after=next((one for one in matrix.lines[place + 1 :] if not one.is_agreed and one.sha256), None),
    )


def _voices(text: Text, line: Line, columns: Sequence[Column]) -> list[Voice]:
    """Return where each member stands on one paragraph, with who spoke for it."""
    rows = Agreement.objects.filter(text=text, paragraph=line.id).select_related("delegate__person").order_by("pk")
    last = {row.member_id: row for row in rows.defer("content")}
    return [
        Voice(column.member, standing, last.get(column.member.code))
        for column, standing in zip(columns, line.standings, strict=True)
    ]


def reopened_for(delegate: Delegate) -> list[tuple[Text, int]]:
    """Return the drafts in which paragraphs were re-opened since the member of `delegate` agreed them, and how many."""
    if not speaks_for_member(delegate):
        return []
    said: dict[UUID, dict[str, Said]] = {}
    rows = Agreement.objects.filter(member=delegate.member).order_by("pk")
    for row in rows.defer("content"):
        said.setdefault(row.text_id, {})[row.paragraph] = Said(row.pk, row.stance, row.sha256, row.sequence)
    texts = Text.objects.visible_to(delegate).filter(pk__in=said).prefetch_related("versions")
    found = []
    for text in (one for one in texts if one.state == State.DRAFT):
        contents = authentic_contents(text, outline(text))
        hashes = {name: paragraphs.digest(contents[name]) for name in said[text.pk] if name in contents}
        lost = [name for name, one in said[text.pk].items() if name in hashes and _is_lost(one, hashes[name])]
        if lost:
            found.append((text, len(lost)))
    return found


def _is_lost(said: Said, sha256: str) -> bool:
    return standing_of(said, sha256) == Standing.REOPENED
