"""Members announce what they contribute, and say so in other terms later; a member commits only for itself."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from concertation.coalition.audiences import packed, readers_of
from concertation.coalition.enums import Audience, Status
from concertation.coalition.models import Delegate, Member
from concertation.commitments.deriving import Amount
from concertation.commitments.domain.checks import check_currency, check_quantity, check_span, current_capability
from concertation.commitments.domain.entries import as_json, note_contribution, taken_contribution
from concertation.commitments.enums import Approval, FactKind, Line, Phase
from concertation.commitments.errors import (
    BadNotice,
    Ended,
    InfeasibleEarmark,
    NoSuchRequirement,
    NotAParty,
    ReversedRange,
    SourceMissing,
    TitleMissing,
    UnknownCondition,
    UnknownMember,
)
from concertation.commitments.events import Act
from concertation.commitments.models import Capability, Contribution, Fact, Party, Requirement, Terms
from concertation.commitments.rules import may_offer, may_report
from concertation.core import clock
from concertation.core.days import check_past
from concertation.core.errors import NotAllowed, NothingChanged
from concertation.core.words import clean_line, clean_link, clean_prose
from concertation.record.canonical import Json
from concertation.situation.models import Condition

TITLE_LENGTH = 160
MOST_DAYS = 3_650
MOST_MONTHS = 600


@dataclass(frozen=True, slots=True)
class Offer:
    """The terms of a contribution; an `amount` without figures is undisclosed. Days are inclusive."""

    title: str
    line: Line
    capability: str
    amount: Amount
    available_from: date
    available_to: date | None = None
    details: str = ""
    phase: Phase | str = ""  # empty: any
    currency: str = ""
    readiness: int = 0
    tour: int | None = None
    rest: int | None = None
    due_on: date | None = None
    expires_on: date | None = None
    approvals: Sequence[Approval] = ()
    conditions: Collection[UUID] = ()
    earmark: UUID | None = None
    link: str = ""

    @classmethod
    def of(cls, terms: Terms) -> "Offer":
        """Return what the terms say."""
        own = {"capability", "amount", "conditions", "earmark", "approvals"}
        kept = {field.name: getattr(terms, field.name) for field in fields(cls) if field.name not in own}
        return cls(
            capability=terms.capability_id,
            amount=terms.amount,
            approvals=tuple(Approval(name) for name in terms.approvals),
            conditions=frozenset(condition.pk for condition in terms.conditions.all()),
            earmark=terms.earmark_id,
            **kept,
        )


@dataclass(frozen=True, slots=True)
class Announcement:
    """When and by which members something was announced, on what evidence, and for whom to read."""

    day: date
    members: Sequence[str]  # codes; who announces for its own member names it too
    audience: Audience = Audience.COALITION
    named: Collection[str] = ()
    evidence: str = ""
    key: str = ""  # of the file that it is imported from
    sources: Sequence[str] = ()
    bound: Sequence[str] = ()  # those of `members` that a file says to be bound already; all of them without


@transaction.atomic
def announce_contribution(*, by: Delegate | None, offer: Offer, announcement: Announcement) -> Contribution:
    """Announce what one or several members offer and return the contribution.

    Of several members the one of `by` is bound at once, the others when they join; until then it is only proposed. The
    secretariat may enter what one member announced elsewhere, with its evidence or source, and the loader (None)
    anything. Raises NotAllowed, NotAParty, UnknownMember, SourceMissing, UnknownReaders, BadDay, and the errors of an
    offer: TitleMissing, TooLong, NoSuchCapability, BadQuantity, BrokenUnit, ReversedRange, BadCurrency, BadSpan,
    ReversedDates, BadNotice, UnknownCondition, NoSuchRequirement, InfeasibleEarmark, BadLink.
    """
    if by is not None and not may_offer(by):
        raise NotAllowed
    offer, evidence = checked_offer(offer), clean_prose(announcement.evidence)
    check_past(announcement.day)
    own = _own_member(by, announcement)
    if by is not None and by.is_secretariat and not (evidence or offer.link):
        raise SourceMissing
    readers = readers_of(announcement.audience, own=own, named=_named(announcement))
    contribution = Contribution.objects.create(
        created_at=clock.now(),
        created_by=by,
        audience=announcement.audience,
        readers=packed(readers),
        key=announcement.key,
        sources=list(announcement.sources),
    )
    Party.objects.bulk_create(Party(contribution=contribution, member_id=code) for code in announcement.members)
    terms = _add_terms(by, contribution, offer, announcement.day)
    _bind(
        by,
        contribution,
        announcement,
        [own] if by else announcement.bound or announcement.members,
        evidence,
        offer.link,
    )
    facts: dict[str, Json] = {
        "own_word": by is not None and by.member_id == own,
        "happened_on": announcement.day.isoformat(),
        "evidence": evidence,
        "shared_with": announcement.audience,
        "readers": sorted(readers),
        "sources": list(announcement.sources),
    }
    note_contribution(by, Act.ANNOUNCED, contribution, {**_words(terms, offer), **facts})
    return contribution


def _bind(
    by: Delegate | None,
    contribution: Contribution,
    announcement: Announcement,
    bound: Sequence[str],
    evidence: str,
    link: str,
) -> None:
    """Add the facts by which the members `bound` are: the first announces, the others join."""
    kinds = [FactKind.ANNOUNCED, *[FactKind.JOINED] * (len(bound) - 1)]
    Fact.objects.bulk_create(
        Fact(
            contribution=contribution,
            number=number,
            kind=kind,
            day=announcement.day,
            member_id=member,
            evidence=evidence,
            link=link,
            by=by,
            at=clock.now(),
        )
        for number, (kind, member) in enumerate(zip(kinds, bound, strict=True), 1)
    )


@transaction.atomic
def revise_terms(*, by: Delegate | None, contribution_id: UUID, offer: Offer, valid_from: date | None = None) -> None:
    """Put other terms in force, from today on unless `valid_from` says since when; those before stay readable.

    Raises NotAllowed, NotAParty, NoSuchContribution, Ended, NothingChanged, BadDay, and the errors of an offer.
    """
    offer, valid_from = checked_offer(offer), valid_from or clock.now().date()
    check_past(valid_from)
    contribution = taken_contribution(by, contribution_id)
    check_party(by, contribution)
    check_not_withdrawn(contribution)
    if Offer.of(contribution.current) == offer:
        raise NothingChanged
    terms = _add_terms(by, contribution, offer, valid_from)
    note_contribution(by, Act.TERMS_REVISED, contribution, _words(terms, offer))


def check_party(by: Delegate | None, contribution: Contribution) -> None:
    """Let through who may enter facts on the contribution, and the loader; raises NotAllowed, NotAParty."""
    if by is None or may_report(by, contribution.codes):
        return
    raise NotAllowed if not may_offer(by) else NotAParty


def check_not_withdrawn(contribution: Contribution) -> None:
    """Raise Ended if the contribution was withdrawn and nobody took that back."""
    withdrawn = contribution.facts.filter(kind=FactKind.WITHDRAWN, correction=None)
    if withdrawn.exists():
        raise Ended


def checked_offer(offer: Offer) -> Offer:
    """Return an offer in normal form; raises its errors."""
    capability = current_capability(offer.capability)
    check_currency(capability, offer.currency)
    _check_amount(offer.amount, capability)
    check_span(offer.available_from, offer.available_to)
    for day in filter(None, (offer.due_on, offer.expires_on)):
        check_span(day, None)
    if not 0 <= offer.readiness <= MOST_DAYS or not all(0 <= (m or 0) <= MOST_MONTHS for m in (offer.tour, offer.rest)):
        raise BadNotice
    title = clean_line(offer.title, TITLE_LENGTH)
    if not title:
        raise TitleMissing
    offer = replace(
        offer,
        title=title,
        details=clean_prose(offer.details),
        line=Line(offer.line),
        phase=Phase(offer.phase) if offer.phase else "",
        tour=offer.tour or None,
        approvals=tuple(approval for approval in Approval if approval in offer.approvals),
        conditions=frozenset(offer.conditions),
        link=clean_link(offer.link),
    )
    _check_conditions(offer)
    _check_earmark(offer)
    return offer


def _check_amount(amount: Amount, capability: Capability) -> None:
    for quantity in (amount.low, amount.high):
        if quantity is not None:
            check_quantity(quantity, capability)
    if amount.low is not None and amount.high is not None and amount.high < amount.low:
        raise ReversedRange


def _check_conditions(offer: Offer) -> None:
    known = Condition.objects.filter(pk__in=offer.conditions, retired_at=None).count()
    if known != len(offer.conditions):
        raise UnknownCondition


def _check_earmark(offer: Offer) -> None:
    if offer.earmark is None:
        return
    requirement = Requirement.objects.filter(pk=offer.earmark).first()
    if requirement is None:
        raise NoSuchRequirement
    need = requirement.revision
    apart = offer.available_from > need.needed_to or (offer.available_to or need.needed_from) < need.needed_from
    if need.capability_id != offer.capability or apart:
        raise InfeasibleEarmark


def _own_member(by: Delegate | None, announcement: Announcement) -> str:
    """Return the member that is bound; raises UnknownMember, NotAParty."""
    codes = list(announcement.members)
    known = Member.objects.filter(pk__in=codes)
    if by is not None:
        known = known.filter(status__in=[Status.MEMBER, Status.PARTNER])
    if not codes or len(set(codes)) != len(codes) or known.count() != len(codes):
        raise UnknownMember
    if by is None or by.is_secretariat:
        return codes[0]
    if by.member_id not in codes:
        raise NotAParty
    assert by.member_id is not None
    return by.member_id


def _named(announcement: Announcement) -> set[str]:
    """Return the readers that were named; all who offer it read it, whoever else does."""
    partners = set(announcement.members) if announcement.audience == Audience.MEMBERS else set()
    return {*announcement.named, *partners} if announcement.named else set(announcement.named)


def _add_terms(by: Delegate | None, contribution: Contribution, offer: Offer, valid_from: date) -> Terms:
    own = {"capability", "amount", "conditions", "earmark", "approvals"}
    words = {field.name: getattr(offer, field.name) for field in fields(offer) if field.name not in own}
    terms = Terms.objects.create(
        contribution=contribution,
        number=contribution.terms.count() + 1,
        valid_from=valid_from,
        capability_id=offer.capability,
        low=offer.amount.low,
        high=offer.amount.low if offer.amount.high is None else offer.amount.high,
        approvals=[str(approval) for approval in offer.approvals],
        earmark_id=offer.earmark,
        by=by,
        at=clock.now(),
        **words,
    )
    terms.conditions.set(Condition.objects.filter(pk__in=offer.conditions))
    return terms


def _words(terms: Terms, offer: Offer) -> dict[str, Json]:
    """Return what the record keeps of terms."""
    own = {"title", "amount", "conditions", "earmark", "approvals"}
    said: dict[str, Json] = {f.name: as_json(getattr(offer, f.name)) for f in fields(offer) if f.name not in own}
    return {
        **said,
        "number": terms.number,
        "effective_from": terms.valid_from.isoformat(),
        "low": as_json(terms.low),
        "high": as_json(terms.high),
        "approvals_needed": list(terms.approvals),
        "preconditions": sorted(str(condition) for condition in offer.conditions),
        "earmark": str(offer.earmark) if offer.earmark else None,
    }


def exactly(quantity: Decimal | int | None) -> Amount:
    """Return a quantity that is one figure, or undisclosed."""
    figure = None if quantity is None else Decimal(quantity)
    return Amount(figure, figure)
