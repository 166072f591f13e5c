"""Reads about proposals: whether each can still be accepted, what is in its way, and who changed its words."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from concertation.coalition.models import Delegate, Member
from concertation.texts.canonical import document_of
from concertation.texts.conflicts import Claim, conflicts_among
from concertation.texts.enums import Fate, Wish
from concertation.texts.ground import Ground, Stretch
from concertation.texts.models import Hunk, Proposal, ProposalSupport, Text, TextUpdate
from concertation.texts.queries.stored import stored_updates
from concertation.texts.reading import Author, Change
from concertation.texts.worddiff import Piece, diff, hunks
from concertation.texts.wording import runs_in


@dataclass(frozen=True, slots=True)
class Standing:
    """A proposal on the ground: `places` of its hunks, in their order; None when it is out of date."""

    proposal: Proposal
    places: tuple[Stretch, ...] | None
    conflicts: frozenset[UUID] = field(default_factory=frozenset)

    @property
    def is_current(self) -> bool:
        """Whether it can be accepted."""
        return self.places is not None


def places_of(proposal: Proposal, ground: Ground) -> tuple[Stretch, ...] | None:
    """Return where the words of a proposal stand, nothing for one about a whole paragraph, None when out of date."""
    version = ground.version(proposal.language)
    place_is_there = not proposal.after or proposal.after in version.order
    if proposal.kind == Wish.INSERT:
        return () if place_is_there and proposal.paragraph not in version.order else None
    if proposal.kind == Wish.MOVE:
        return () if place_is_there and proposal.paragraph in version.order else None
    rows = list(proposal.hunks.all())
    if not rows:
        return () if version.digest(proposal.paragraph) == proposal.base_hash else None
    found = [version.place_of(str(hunk.anchor), hunk.words, proposal.paragraph) for hunk in rows]
    return None if None in found else tuple(place for place in found if place)


def proposals_of(text: Text) -> QuerySet[Proposal]:
    """Return the proposals for a text with all that is shown of them, in a fixed number of queries."""
    supports = ProposalSupport.objects.filter(withdrawn_at=None).select_related("member", "delegate__person")
    people = text.proposals.select_related(
        "by__person", "by__member", "member", "closed_by__person", "closed_by__member"
    )
    return people.prefetch_related("hunks", Prefetch("supports", supports))


def standings(proposals: Iterable[Proposal], ground: Ground) -> list[Standing]:
    """Return each of `proposals`, which are open, on the ground, with those that it is in conflict with."""
    placed = [(proposal, places_of(proposal, ground)) for proposal in proposals]
    claims = [
        (proposal.pk, claim) for proposal, places in placed if places is not None for claim in _claims(proposal, places)
    ]
    conflicts = conflicts_among(claims)
    return [Standing(proposal, places, frozenset(conflicts.get(proposal.pk, ()))) for proposal, places in placed]


def ground_of(text: Text) -> Ground:
    """Return the stored document of a text."""
    return Ground(document_of(stored_updates(text.pk)))


def difference_of(proposal: Proposal) -> list[Piece]:
    """Return what a proposal changes of the words; a paragraph that comes or goes does so whole."""
    before = runs_in(proposal.base) if proposal.base else []
    if proposal.kind == Wish.MOVE:
        return diff(before, before)
    return diff(before, runs_in(proposal.block) if proposal.block else [])


def author_of(proposal: Proposal) -> Author:
    """Return who proposed it, for history and exports."""
    return Author(proposal.by.person.name, proposal.member_id or "")


def proposals_at(text: Text, moment: datetime) -> list[Proposal]:
    """Return the proposals that were open at a moment, in their order."""
    open_then = Q(closed_at=None) | Q(closed_at__gt=moment)
    return list(proposals_of(text).filter(open_then, at__lte=moment))


def changes_in(proposals: Sequence[Proposal], ground: Ground) -> dict[tuple[str, str], tuple[Change, ...]]:
    """Return the changes of words that `proposals` ask for, by language and paragraph, as sheets show them.

    Those that are out of date, or about a whole paragraph, are left out; the finer difference gives their places.
    """
    found: dict[tuple[str, str], list[Change]] = {}
    for proposal in proposals:
        if proposal.kind != Wish.CHANGE:
            continue
        for place, hunk in zip(places_of(proposal, ground) or (), proposal.hunks.all(), strict=False):
            found.setdefault((proposal.language, place.paragraph), []).extend(_changes(proposal, place, hunk))
    return {key: tuple(sorted(changes, key=lambda one: (one.start, one.at))) for key, changes in found.items()}


def proposals_open(text: Text) -> int:
    """Return how many proposals wait for a decision."""
    return text.proposals.filter(outcome=Fate.OPEN).count()


def colours_of_members() -> dict[str, int]:
    """Return the number of each member's colour: its place in protocol order; the style sheet has 36."""
    return {code: place for place, code in enumerate(Member.objects.values_list("pk", flat=True))}


def who_changed(proposal: Proposal) -> list[str]:
    """Return the names of those in whose update the words of a proposal last ceased to be as it needs them.

    Stored updates are searched by halves, since the change from “as needed” to “otherwise” may stand anywhere.
    """
    updates = TextUpdate.objects.filter(text_id=proposal.text_id).order_by("sequence")
    later = list(updates.filter(at__gte=proposal.at))
    before = [bytes(row) for row in updates.filter(at__lt=proposal.at).values_list("update", flat=True)]

    def stands(count: int) -> bool:
        document = document_of([*before, *(bytes(row.update) for row in later[:count])])
        return places_of(proposal, Ground(document)) is not None

    first = next((count for count in range(min(len(later), 5) + 1) if stands(count)), None)
    if first is None or stands(len(later)):
        return []
    last = _last_true(stands, first, len(later))
    people = Delegate.objects.filter(pk__in=later[last].authors).select_related("person")
    return [_name(delegate) for delegate in people]


def _name(delegate: Delegate) -> str:
    """Return a person's name with the code of the member, if there is one."""
    return f"{delegate.person.name} ({delegate.member_id})" if delegate.member_id else delegate.person.name


def _last_true(holds: Callable[[int], bool], low: int, high: int) -> int:
    """Return a number from which on to the next one `holds` turns false; it holds for `low` and not for `high`."""
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low


def _claims(proposal: Proposal, places: Sequence[Stretch]) -> list[Claim]:
    """Return what a proposal touches."""
    if proposal.kind == Wish.CHANGE and places:
        return [Claim(Wish.CHANGE, place.paragraph, place.start, place.end) for place in places]
    return [Claim(proposal.kind, proposal.paragraph, after=proposal.after)]


def _changes(proposal: Proposal, place: Stretch, hunk: Hunk) -> Iterable[Change]:
    """Yield one hunk by the finer difference, without the word that it only holds on to."""
    for finer in hunks(hunk.words, hunk.runs):
        start, end = place.start + finer.start, place.start + finer.end
        yield Change(str(proposal.pk), start, end, finer.runs, author_of(proposal), proposal.at)
