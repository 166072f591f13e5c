"""The ledger of paragraphs as it is read: what stands in a text now, since when, by whom, and what stood there before.

Where updates came that the rows do not have yet, they are followed in memory: what is read is never behind.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max
from pycrdt import Doc

from concertation.coalition.models import Delegate, Member
from concertation.texts import paragraphs
from concertation.texts.blocks import Block
from concertation.texts.canonical import document_of
from concertation.texts.following import Group, Step, Update, steps
from concertation.texts.models import FollowedText, ParagraphOrder, ParagraphVersion, Text, TextSnapshot, TextUpdate

LABEL = 40  # signs of the words by which a paragraph without a number is called


@dataclass(frozen=True, slots=True)
class Authorship:
    """The people whose edits are in a version of a paragraph, and the codes of their members, each once."""

    names: tuple[str, ...] = ()
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ParagraphNow:
    """One paragraph of one language as it stands now; `block` is None when it cannot be read.

    `label` is “§4”, or the first words of what has no number. `sha256` is of this language alone.
    """

    id: str
    number: int | None
    label: str
    block: Block | None
    words: str
    sha256: str
    at: datetime
    authors: Authorship


Row = ParagraphVersion | ParagraphOrder


@dataclass(slots=True)
class Changes:
    """What one step does to the rows of one kind."""

    added: list[Any] = field(default_factory=list)
    revised: list[Any] = field(default_factory=list)
    removed: list[Any] = field(default_factory=list)
    ended: list[Any] = field(default_factory=list)
    restored: list[Any] = field(default_factory=list)


@dataclass(slots=True)
class Ledger:
    """The rows of a text in memory: what is current, and how far they followed."""

    text_id: UUID
    languages: list[str]
    sequence: int = 0
    group: Group | None = None
    versions: dict[tuple[str, str], ParagraphVersion] = field(default_factory=dict)
    orders: dict[str, ParagraphOrder] = field(default_factory=dict)
    is_new: bool = True

    def take(self, step: Step) -> tuple[Changes, Changes]:
        """Apply a step, and return what it does to the versions and to the orders."""
        stamp = {"text_id": self.text_id, "sequence": step.sequence}
        of_versions, of_orders = Changes(), Changes()
        open_end = self.sequence if step.grows else 0
        for (language, name), block in step.blocks.items():
            version = ParagraphVersion(
                **stamp,
                language=language,
                paragraph=name,
                block=block,
                sha256=paragraphs.digest({language: block}) if block else "",
                at=step.group.at,
                authors=list(step.group.authors),
            )
            _put(self.versions, version, open_end, of_versions)
        for language, names in step.orders.items():
            order = ParagraphOrder(**stamp, language=language, paragraphs=names)
            _put(self.orders, order, open_end, of_orders)
        if open_end:
            self._stretch(open_end, step)
        self.sequence, self.group = step.sequence, step.group
        return of_versions, of_orders

    def _stretch(self, open_end: int, step: Step) -> None:
        """Let the rows of the last group end where `step` ends."""
        for version in self.versions.values():
            if version.sequence == open_end:
                version.sequence, version.at = step.sequence, step.group.at
        for order in self.orders.values():
            if order.sequence == open_end:
                order.sequence = step.sequence


def _put(rows: dict[Any, Any], fresh: Row, open_end: int, changes: Changes) -> None:
    """Make `fresh` the current row for its key, unless it says nothing new; a row of the open group is revised."""
    current = rows.get(fresh.key)
    if current is not None and current.sequence == open_end:
        before = current.previous
        if fresh.tells_as(before):
            changes.removed.append(rows.pop(fresh.key))
            if before is not None:
                rows[fresh.key] = before
                changes.restored.append(before)
        elif not fresh.tells_as(current):
            current.become(fresh)
            changes.revised.append(current)
    elif not fresh.tells_as(current):
        fresh.previous = current
        rows[fresh.key] = fresh
        changes.added.append(fresh)
        if current is not None:
            changes.ended.append(current)


def load_ledger(text_id: UUID, languages: Iterable[str]) -> Ledger:
    """Return the stored ledger, empty when none is or when it followed other languages than it has to now."""
    ledger = Ledger(text_id, sorted(languages))
    followed = FollowedText.objects.filter(pk=text_id).first()
    if followed is None:
        return ledger
    ledger.is_new = False
    if followed.languages != ledger.languages:
        return ledger
    ledger.sequence = followed.sequence
    if followed.since and followed.at:
        ledger.group = Group(followed.since, followed.at, tuple(followed.authors))
    versions = ParagraphVersion.objects.filter(text_id=text_id, is_current=True)
    ledger.versions = {version.key: version for version in versions}
    orders = ParagraphOrder.objects.filter(text_id=text_id, is_current=True)
    ledger.orders = {order.key: order for order in orders}
    return ledger


def missing_steps(ledger: Ledger) -> Iterator[Step]:
    """Yield what the stored updates did since the ledger followed them."""
    newest = TextUpdate.objects.filter(text_id=ledger.text_id).aggregate(newest=Max("sequence"))["newest"] or 0
    if newest <= ledger.sequence:
        return
    _recall_previous(ledger)
    document, updates = _document_at(ledger.text_id, ledger.sequence)
    yield from steps(document, ledger.languages, updates, ledger.group)


def _document_at(text_id: UUID, sequence: int) -> tuple[Doc[Any], list[Update]]:
    """Return the document as it was after `sequence`, and the updates that came later."""
    snapshots = TextSnapshot.objects.filter(text_id=text_id, sequence__lte=sequence)
    snapshot = snapshots.order_by("-sequence").first()
    later = TextUpdate.objects.filter(text_id=text_id, sequence__gt=snapshot.sequence if snapshot else 0)
    rows = later.order_by("sequence").values_list("sequence", "update", "authors", "at")
    updates = [Update(number, bytes(update), tuple(sorted(authors)), at) for number, update, authors, at in rows]
    before = [bytes(snapshot.state)] if snapshot else []
    document = document_of([*before, *(one.update for one in updates if one.sequence <= sequence)])
    return document, [one for one in updates if one.sequence > sequence]


def _recall_previous(ledger: Ledger) -> None:
    """Fetch what stood before the rows of the last group, which may still go back to that."""
    kinds: list[tuple[type[Row], Iterable[Row]]] = [
        (ParagraphVersion, ledger.versions.values()),
        (ParagraphOrder, ledger.orders.values()),
    ]
    for model, rows in kinds:
        last = [row for row in rows if row.sequence == ledger.sequence and row.previous_id]
        before = model._default_manager.in_bulk([row.previous_id for row in last]) if last else {}
        for row in last:
            row.previous = before[row.previous_id]


def ledger_now(text: Text) -> Ledger:
    """Return the ledger of a text with all that is stored of the text in it."""
    ledger = load_ledger(text.pk, [version.language for version in text.versions.all()])
    for step in missing_steps(ledger):
        ledger.take(step)
    return ledger


def outline(text: Text) -> dict[str, list[ParagraphNow]]:
    """Return the paragraphs of each language version in their order, empty ones at the end left out.

    Some six queries; the document itself is loaded only when updates came that nobody has followed yet.
    """
    return listed(text, ledger_now(text))


def listed(text: Text, ledger: Ledger) -> dict[str, list[ParagraphNow]]:
    """Return the paragraphs of each language version of `text` that `ledger` has."""
    names = authorships(version.authors for version in ledger.versions.values())
    return {version.language: _paragraphs(ledger, version.language, names) for version in text.versions.all()}


def _paragraphs(ledger: Ledger, language: str, names: Mapping[tuple[str, ...], Authorship]) -> list[ParagraphNow]:
    """Return the paragraphs of one language."""
    order = ledger.orders.get(language)
    rows = [(name, ledger.versions.get((language, name))) for name in (order.paragraphs if order else [])]
    while rows and rows[-1][1] is not None and _is_empty(rows[-1][1].block):
        rows.pop()
    found = []
    count = 0
    for name, row in rows:
        block: Block | None = row.block if row else None
        is_numbered = block is not None and block["type"] == "paragraph" and block.get("numbered", False)
        count += is_numbered
        words = paragraphs.linear(block) if block else ""
        found.append(
            ParagraphNow(
                id=name,
                number=count if is_numbered else None,
                label=f"§{count}" if is_numbered else _short(words),
                block=block,
                words=words,
                sha256=row.sha256 if row else "",
                at=row.at if row else ledger.group.at,  # type: ignore[union-attr]  # some group brought it
                authors=names[tuple(row.authors)] if row else Authorship(),
            )
        )
    return found


def _is_empty(block: Block | None) -> bool:
    return block is not None and block["type"] == "paragraph" and not block["runs"]


def _short(words: str) -> str:
    """Return the first words, on one line."""
    line = " ".join(words.split())
    return line if len(line) <= LABEL else f"{line[:LABEL].rsplit(' ', 1)[0]}…"


def authorships(lists: Iterable[Sequence[str]]) -> dict[tuple[str, ...], Authorship]:
    """Return who is meant by each list of ids of delegates, in one query."""
    wanted = {tuple(authors) for authors in lists}
    keys = {key for authors in wanted for key in authors}
    delegates = {str(one.pk): one for one in Delegate.objects.filter(pk__in=keys).select_related("person")}
    found = {}
    for authors in wanted:
        known = [delegates[key] for key in authors if key in delegates]
        members = dict.fromkeys(one.member_id for one in known if one.member_id)
        found[authors] = Authorship(tuple(one.person.name for one in known), tuple(members))
    return found


def last_authors(now: Mapping[str, Sequence[ParagraphNow]], paragraph: str) -> str:
    """Return who changed a paragraph last in any language: the names of the members, or else of the people."""
    versions = [one for language in now.values() for one in language if one.id == paragraph]
    last = max(versions, key=lambda one: one.at, default=None)
    return name_members(last.authors) if last else ""


def name_members(authors: Authorship) -> str:
    """Return the names of the members whose people these are, or the names of people who act for none."""
    members = Member.objects.filter(pk__in=authors.members)
    return ", ".join(member.name for member in members) or ", ".join(authors.names)


def authentic_contents(text: Text, now: Mapping[str, Sequence[ParagraphNow]]) -> dict[str, dict[str, Block]]:
    """Return what each paragraph says in the authentic languages, by id, in the order of the first of them.

    Left out are those that cannot be agreed: without an id of their own, or unreadable in one of the languages.
    """
    authentic = [version.language for version in text.versions.all() if version.is_authentic]
    unreadable = {one.id for language in authentic for one in now[language] if one.block is None}
    found: dict[str, dict[str, Block]] = {}
    for language in authentic:
        for one in now[language]:
            if one.block is not None and one.id not in unreadable and paragraphs.ID.fullmatch(one.id):
                found.setdefault(one.id, {})[language] = one.block
    return found


def content_hash(text: Text, paragraph: str) -> str:
    """Return the SHA-256 of a paragraph in all authentic languages that have it, empty when it cannot be agreed."""
    content = authentic_contents(text, outline(text)).get(paragraph)
    return paragraphs.digest(content) if content else ""


def versions_of_paragraph(text: Text, language: str, paragraph: str) -> list[ParagraphVersion]:
    """Return what a paragraph was in one language, the oldest first, as far as the ledger has followed."""
    found = ParagraphVersion.objects.filter(text=text, language=language, paragraph=paragraph)
    return list(found.order_by("sequence"))
