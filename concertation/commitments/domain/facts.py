"""What happens to a contribution after it was announced: facts with a day, from which all else is derived."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from concertation.coalition.audiences import packed, readers_of
from concertation.coalition.enums import Audience
from concertation.coalition.models import Delegate
from concertation.commitments import deriving
from concertation.commitments.domain.checks import check_quantity, check_span
from concertation.commitments.domain.contributions import check_not_withdrawn, check_party
from concertation.commitments.domain.entries import as_json, note_contribution, taken_contribution
from concertation.commitments.enums import Approval, CaveatKind, FactKind
from concertation.commitments.errors import (
    AlreadyCorrected,
    AlreadySaid,
    BadCaveat,
    BadExpiry,
    NoSuchCaveat,
    NoSuchFact,
    NotAParty,
    NotNeeded,
    SourceMissing,
)
from concertation.commitments.events import Act
from concertation.commitments.models import Caveat, Contribution, Fact
from concertation.commitments.rules import BINDING, may_bind, may_correct
from concertation.core import clock
from concertation.core.days import check_past
from concertation.core.errors import NotAllowed
from concertation.core.words import clean_line, clean_link, clean_prose, one_line
from concertation.record.canonical import Json

REFERENCE_LENGTH = 200
LIST_LENGTH = 80
ACTS = {
    FactKind.JOINED: Act.JOINED,
    FactKind.APPROVED: Act.APPROVED,
    FactKind.REFUSED: Act.REFUSED,
    FactKind.COMMITTED: Act.COMMITTED,
    FactKind.AVAILABLE: Act.AVAILABLE,
    FactKind.DELIVERED: Act.DELIVERED,
    FactKind.RENEWED: Act.RENEWED,
    FactKind.LIFTED: Act.CAVEAT_LIFTED,
    FactKind.WITHDRAWN: Act.WITHDRAWN,
}
ONCE = {FactKind.COMMITTED, FactKind.AVAILABLE, FactKind.WITHDRAWN}


@dataclass(frozen=True, slots=True)
class Happening:
    """On which day something happened, and what shows it."""

    day: date
    evidence: str = ""
    reference: str = ""  # of a decision: number, date, place
    link: str = ""  # to a public source


@transaction.atomic
def join_contribution(
    *, by: Delegate | None, contribution_id: UUID, happening: Happening, member: str | None = None
) -> Fact:
    """Bind one's own member to what others announced in its name as well; raises AlreadySaid, else as below.

    The loader (None) names the `member` that joined.
    """
    contribution = _taken(by, contribution_id, FactKind.JOINED)
    member = by.member_id if by else member
    if member not in _standing(contribution).missing_parties:
        raise AlreadySaid
    return _enter(by, contribution, FactKind.JOINED, happening, member_id=member)


@transaction.atomic
def record_approval(
    *, by: Delegate | None, contribution_id: UUID, approval: Approval, happening: Happening, granted: bool = True
) -> Fact:
    """Record that an approval that the terms ask for was obtained, or refused; the last word on it counts.

    All acts of this module raise NotAllowed or NotAParty, NoSuchContribution, Ended, BadDay, TooLong, BadLink, and, for
    what the secretariat enters on a member's behalf without evidence, SourceMissing. This one raises NotNeeded, too.
    """
    kind = FactKind.APPROVED if granted else FactKind.REFUSED
    contribution = _taken(by, contribution_id, kind)
    if approval not in contribution.current.approvals:
        raise NotNeeded
    return _enter(by, contribution, kind, happening, approval=Approval(approval))


@transaction.atomic
def commit_contribution(*, by: Delegate | None, contribution_id: UUID, happening: Happening) -> Fact:
    """Commit what was announced: only the head of a delegation that offers it does; raises AlreadySaid."""
    return _enter(by, _taken(by, contribution_id, FactKind.COMMITTED), FactKind.COMMITTED, happening)


@transaction.atomic
def report_available(*, by: Delegate | None, contribution_id: UUID, happening: Happening) -> Fact:
    """Report that it can be used, whatever its terms let expect; raises AlreadySaid."""
    return _enter(by, _taken(by, contribution_id, FactKind.AVAILABLE), FactKind.AVAILABLE, happening)


@transaction.atomic
def record_delivery(
    *, by: Delegate | None, contribution_id: UUID, quantity: Decimal | None, happening: Happening
) -> Fact:
    """Record that a `quantity` of it was handed over or paid, None for undisclosed; raises BadQuantity, BrokenUnit."""
    contribution = _taken(by, contribution_id, FactKind.DELIVERED)
    if quantity is not None:
        check_quantity(quantity, contribution.current.capability)
    return _enter(by, contribution, FactKind.DELIVERED, happening, quantity=quantity)


@transaction.atomic
def renew_contribution(*, by: Delegate | None, contribution_id: UUID, until: date, happening: Happening) -> Fact:
    """Let a pledge that expires hold to the day `until`; raises BadExpiry, BadSpan."""
    contribution = _taken(by, contribution_id, FactKind.RENEWED)
    check_span(until, None)
    expires_on = _standing(contribution).expires_on
    if expires_on is None or until <= expires_on:
        raise BadExpiry
    return _enter(by, contribution, FactKind.RENEWED, happening, until=until)


@transaction.atomic
def withdraw_contribution(*, by: Delegate | None, contribution_id: UUID, happening: Happening) -> Fact:
    """Take a contribution back; what was delivered stays delivered."""
    return _enter(by, _taken(by, contribution_id, FactKind.WITHDRAWN), FactKind.WITHDRAWN, happening)


@transaction.atomic
def state_caveat(
    *,
    by: Delegate | None,
    contribution_id: UUID,
    kind: CaveatKind,
    areas: Collection[str] = (),
    tasks: Collection[str] = (),
    wording: str = "",
    audience: Audience = Audience.COALITION,
    named: Collection[str] = (),
) -> Caveat:
    """Limit the use of a contribution and return the caveat; `audience` is for its wording alone.

    Raises BadCaveat, UnknownReaders, else as `record_approval`.
    """
    contribution = taken_contribution(by, contribution_id)
    check_party(by, contribution)
    check_not_withdrawn(contribution)
    excluded = {"areas": _lines(areas), "tasks": _lines(tasks)}
    wording = clean_prose(wording)
    if not (wording or any(excluded.values())):
        raise BadCaveat
    own = by.member_id if by and by.member_id else contribution.codes[0]
    readers = frozenset(readers_of(audience, own=own, named=named))
    caveat = Caveat.objects.create(
        contribution=contribution,
        number=contribution.caveats.count() + 1,
        kind=CaveatKind(kind),
        wording=wording,
        audience=audience,
        readers=packed(readers),
        by=by,
        at=clock.now(),
        **excluded,
    )
    facts: dict[str, Json] = {"caveat": caveat.number, "caveat_kind": caveat.kind, **excluded}
    worded: dict[str, Json] = {"wording": wording, "shared_with": audience, "readers": sorted(readers)}
    if readers:
        note_contribution(by, Act.CAVEAT_STATED, contribution, facts, sealed=worded, readers=readers)
    else:
        note_contribution(by, Act.CAVEAT_STATED, contribution, {**facts, **worded})
    return caveat


@transaction.atomic
def lift_caveat(*, by: Delegate | None, contribution_id: UUID, number: int, happening: Happening) -> Fact:
    """Take a caveat away from a day on; raises NoSuchCaveat, AlreadySaid."""
    contribution = _taken(by, contribution_id, FactKind.LIFTED)
    caveat = contribution.caveats.filter(number=number).first()
    if caveat is None:
        raise NoSuchCaveat
    if contribution.facts.filter(kind=FactKind.LIFTED, caveat=caveat, correction=None).exists():
        raise AlreadySaid
    return _enter(by, contribution, FactKind.LIFTED, happening, caveat=caveat)


@transaction.atomic
def correct_fact(
    *,
    by: Delegate | None,
    fact_id: UUID,
    happening: Happening,
    quantity: Decimal | None = None,
    until: date | None = None,
    void: bool = False,
) -> Fact:
    """Put another entry in the place of one that stays readable; with `void` nothing is left said.

    Day and evidence come from `happening`, the quantity of a delivery and the day of a renewal from the rest; kind,
    approval and caveat stay. Raises NoSuchFact, NotAllowed, AlreadyCorrected.
    """
    old = Fact.objects.filter(pk=fact_id).select_related("contribution", "by").first()
    if old is None:
        raise NoSuchFact
    contribution = taken_contribution(by, old.contribution_id)
    check_party(by, contribution)
    if by is not None and not may_correct(by, contribution.codes, old):
        raise NotAllowed
    if hasattr(old, "correction"):
        raise AlreadyCorrected
    if quantity is not None:
        check_quantity(quantity, contribution.current.capability)
    kind = FactKind.VOID if void else FactKind(old.kind)
    own = {"approval": old.approval, "caveat": old.caveat, "member_id": old.member_id}
    return _enter(by, contribution, kind, happening, corrects=old, quantity=quantity, until=until, **own)


def _taken(by: Delegate | None, contribution_id: UUID, kind: FactKind) -> Contribution:
    """Return the contribution, locked, if `by` may enter such a fact on it now."""
    contribution = taken_contribution(by, contribution_id)
    check_party(by, contribution)
    if by is not None and kind in BINDING and not may_bind(by, contribution.codes):
        raise NotAllowed if by.is_secretariat or by.member_id in contribution.codes else NotAParty
    check_not_withdrawn(contribution)
    if kind in ONCE and contribution.facts.filter(kind=kind, correction=None).exists():
        raise AlreadySaid
    return contribution


def _standing(contribution: Contribution) -> deriving.Standing:
    """Return how it stands now, conditions aside."""
    return deriving.standing_at(contribution.told(), date.max, {})


def _enter(
    by: Delegate | None,
    contribution: Contribution,
    kind: FactKind,
    happening: Happening,
    *,
    corrects: Fact | None = None,
    **own: Any,
) -> Fact:
    """Add the row and its entry."""
    check_past(happening.day)
    words = {
        "evidence": clean_prose(happening.evidence),
        "reference": clean_line(happening.reference, REFERENCE_LENGTH),
        "link": clean_link(happening.link),
    }
    if by is not None and by.is_secretariat and not (words["evidence"] or words["link"]):
        raise SourceMissing
    own = {"member_id": by.member_id if by else None, **own}
    fact = Fact.objects.create(
        contribution=contribution,
        number=contribution.facts.count() + 1,
        kind=kind,
        day=happening.day,
        corrects=corrects,
        by=by,
        at=clock.now(),
        **words,
        **own,
    )
    act = Act.CORRECTED if corrects else ACTS[kind]
    said = {
        "fact": fact.number,
        "happened_on": happening.day.isoformat(),
        "approval": fact.approval or None,
        "quantity": as_json(fact.quantity),
        "until": as_json(fact.until),
        "caveat": fact.caveat.number if fact.caveat else None,
        "corrects": corrects.number if corrects else None,
        **words,
    }
    kept = {name: value for name, value in said.items() if value not in (None, "")}
    note_contribution(by, act, contribution, {**kept, "own_word": by is not None and not by.is_secretariat})
    return fact


def _lines(words: Collection[str]) -> list[str]:
    """Return names on one line each, blank and double ones left out; raises TooLong."""
    return sorted({clean_line(word, LIST_LENGTH) for word in words if one_line(word)})
