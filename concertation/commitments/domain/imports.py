"""Rows of a file become requirements or contributions: all of them in one act with one entry, or none.

Rows are known by their key: a row that is here already is revised where it differs, and only there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import F

from concertation.coalition.enums import Status as Standing
from concertation.coalition.models import Delegate, Member
from concertation.commitments.domain.checks import CENT, MOST, check_currency, check_quantity, check_span, clean_names
from concertation.commitments.domain.contributions import TITLE_LENGTH, Offer
from concertation.commitments.domain.entries import actor_of
from concertation.commitments.domain.requirements import AREA_LENGTH
from concertation.commitments.enums import FactKind
from concertation.commitments.errors import (
    BadQuantity,
    NoSuchCapability,
    NotAParty,
    NothingToImport,
    OtherCurrency,
    ReversedRange,
    RowsRefused,
    SourceMissing,
    TitleMissing,
    UnknownMember,
)
from concertation.commitments.events import Act
from concertation.commitments.imports.result import NeedRow, OfferRow, Upload
from concertation.commitments.models import Capability, Contribution, Fact, Party, Requirement, Revision, Terms
from concertation.commitments.models.catalogue import BASE
from concertation.commitments.queries.comparing import (
    PlannedNeed,
    PlannedOffer,
    Status,
    compare_needs,
    compare_offers,
)
from concertation.commitments.queries.imported import contribution_row, requirement_row, root_of
from concertation.commitments.rules import may_bind, may_offer, may_require
from concertation.core import clock, live
from concertation.core.days import check_past
from concertation.core.errors import NotAllowed
from concertation.core.words import clean_line, clean_link, clean_prose
from concertation.record.domain.entries import append_entry
from concertation.record.events import Subject

BATCH = 900
MOST_SHOWN = 200  # rows that stand in the entry itself
T = TypeVar("T")
OWN = {"capability", "amount", "conditions", "earmark", "approvals"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many rows were new, changed something, were here already, or were left because they are over; and the number
    of the entry."""

    entry: int
    new: int
    changed: int
    same: int
    left: int


@transaction.atomic
def import_commitments(*, by: Delegate | None, rows: Sequence[NeedRow] | Sequence[OfferRow], upload: Upload) -> Outcome:
    """Write what is new or differs in `rows`, all requirements or all contributions, with one entry.

    The chair imports requirements; the secretariat contributions of any member, with a public source; who speaks for a
    member those of its own; the server itself (None) anything. Raises NotAllowed, NotAParty, SourceMissing,
    RowsRefused, NothingToImport, and what is wrong with a row by itself: NoSuchCapability, UnknownMember, BadCurrency,
    OtherCurrency, BadQuantity, BrokenUnit, ReversedRange, BadSpan, ReversedDates, BadDay.
    """
    needs = [row for row in rows if isinstance(row, NeedRow)]
    offers = [row for row in rows if isinstance(row, OfferRow)]
    if needs and offers:
        raise ValueError("requirements and contributions are imported apart")
    return _import_needs(by, needs, upload) if needs else _import_offers(by, offers, upload)


def _import_needs(by: Delegate | None, rows: list[NeedRow], upload: Upload) -> Outcome:
    if by is not None and not may_require(by):
        raise NotAllowed
    capabilities = _capabilities()
    for keys in _batches([row.key for row in rows]):  # nobody else changes them until the transaction ends
        Requirement.objects.filter(key__in=keys).update(entries=F("entries") + 1)
    planned = list(compare_needs(rows))
    wanted = [one for one in planned if one.status in {Status.NEW, Status.CHANGED}]
    for one in wanted:
        _check_need(one, capabilities)
    at = clock.now()
    written = _write_revisions(by, wanted, upload, at)
    texts = [requirement_row(revision.requirement.key, revision) for revision in written]
    return _entered(by, Act.REQUIREMENTS_IMPORTED, upload, planned, texts, at)


def _import_offers(by: Delegate | None, rows: list[OfferRow], upload: Upload) -> Outcome:
    _check_importer(by, rows, upload)
    capabilities = _capabilities()
    for keys in _batches([row.key for row in rows]):  # nobody else changes them until the transaction ends
        Contribution.objects.filter(key__in=keys).update(entries=F("entries") + 1)
    planned, problems = compare_offers(by, rows)
    if problems:
        raise RowsRefused(problems)
    wanted = [one for one in planned if one.status in {Status.NEW, Status.CHANGED}]
    for one in wanted:
        _check_offer(one, capabilities)
    at = clock.now()
    contributions = _write_contributions(by, wanted, upload, at)
    terms = _write_terms(by, wanted, contributions, at)
    facts = _write_facts(by, wanted, contributions, upload, at)
    texts = [
        contribution_row(contribution, one.row.members, new, one.value.conditions, said)
        for one, contribution, new, said in zip(wanted, contributions, terms, facts, strict=True)
    ]
    outcome = _entered(by, Act.CONTRIBUTIONS_IMPORTED, upload, planned, texts, at)
    for some in _batches([contribution.pk for contribution in contributions]):
        Contribution.objects.filter(pk__in=some).update(changed=outcome.entry)
    return outcome


def _check_importer(by: Delegate | None, rows: list[OfferRow], upload: Upload) -> None:
    """Let the server through, the secretariat with a public source, and members with what they offer themselves."""
    codes = {code for row in rows for code in row.members}
    known = Member.objects.filter(pk__in=codes)
    if by is not None:
        known = known.filter(status__in=[Standing.MEMBER, Standing.PARTNER])
    if known.count() != len(codes) or not all(row.members for row in rows):
        raise UnknownMember
    if by is None:
        return
    if not may_offer(by):
        raise NotAllowed
    if by.is_secretariat:
        if not upload.link:
            raise SourceMissing
        return
    for row in rows:
        if by.member_id not in row.members:
            raise NotAParty
        if row.published or (row.committed and not may_bind(by, row.members)):
            raise NotAllowed


def _capabilities() -> dict[str, Capability]:
    return {capability.pk: capability for capability in Capability.objects.current()}


def _check_need(one: PlannedNeed, capabilities: dict[str, Capability]) -> None:
    """Raise what is wrong with a need."""
    need = one.value
    if need.capability not in capabilities:
        raise NoSuchCapability
    check_currency(capabilities[need.capability], need.currency)
    if need.currency not in {"", BASE}:
        raise OtherCurrency
    check_quantity(need.quantity, capabilities[need.capability])
    check_span(need.needed_from, need.needed_to)
    clean_names(need.names)
    for words in (need.area, need.task):
        clean_line(words, AREA_LENGTH)


def _check_offer(one: PlannedOffer, capabilities: dict[str, Capability]) -> None:
    """Raise what is wrong with an offer, or with what was entered on it."""
    offer, row = one.value, one.row
    if not clean_line(offer.title, TITLE_LENGTH):
        raise TitleMissing
    clean_prose(offer.details)
    clean_link(offer.link)
    capability = capabilities.get(offer.capability)
    if capability is None:
        raise NoSuchCapability
    check_currency(capability, offer.currency)
    for quantity in (offer.amount.low, offer.amount.high):
        if quantity is not None:
            check_amount(quantity, capability, published=row.published)
    if (offer.amount.high or Decimal(0)) < (offer.amount.low or Decimal(0)):
        raise ReversedRange
    check_span(offer.available_from, offer.available_to)
    for day in filter(None, (offer.due_on, offer.expires_on)):
        check_span(day, None)
    for day in filter(None, (row.announced, row.committed, row.delivered_on)):
        check_past(day)
    if one.delivery is not None:
        check_quantity(one.delivery, capability)


def check_amount(quantity: Decimal, capability: Capability, *, published: bool) -> None:
    """Let a quantity through, and of what is published a correction below 0; raises BadQuantity, BrokenUnit."""
    if published and quantity < 0:
        if quantity <= -MOST or quantity != quantity.quantize(CENT):
            raise BadQuantity
        return
    check_quantity(quantity, capability)


def _write_revisions(by: Delegate | None, planned: list[PlannedNeed], upload: Upload, at: datetime) -> list[Revision]:
    """Add the requirements that are new, and the revisions of all."""
    new = {
        one.row.key: Requirement(created_at=at, created_by=by, key=one.row.key, sources=_sources(upload))
        for one in planned
        if one.there is None
    }
    Requirement.objects.bulk_create(new.values(), batch_size=BATCH)
    revisions = [
        Revision(
            requirement=one.there or new[one.row.key],
            number=one.there.revision.number + 1 if one.there else 1,
            valid_from=at.date(),
            capability_id=one.value.capability,
            by=by,
            at=at,
            **{f.name: getattr(one.value, f.name) for f in fields(one.value) if f.name != "capability"},
        )
        for one in planned
    ]
    return Revision.objects.bulk_create(revisions, batch_size=BATCH)


def _write_contributions(
    by: Delegate | None, planned: list[PlannedOffer], upload: Upload, at: datetime
) -> list[Contribution]:
    """Return the contribution of each row; those that are new are added, with who offers them."""
    new = {
        one.row.key: Contribution(created_at=at, created_by=by, key=one.row.key, sources=_sources(upload))
        for one in planned
        if one.there is None
    }
    Contribution.objects.bulk_create(new.values(), batch_size=BATCH)
    parties = [
        Party(contribution=new[one.row.key], member_id=code)
        for one in planned
        if one.there is None
        for code in one.row.members
    ]
    Party.objects.bulk_create(parties, batch_size=BATCH)
    return [one.there or new[one.row.key] for one in planned]


def _write_terms(
    by: Delegate | None, planned: list[PlannedOffer], contributions: list[Contribution], at: datetime
) -> list[Terms | None]:
    """Add the terms that are new, and return those of each row."""
    made = [
        _terms(by, one, contribution, at) if one.there is None or one.changes else None
        for one, contribution in zip(planned, contributions, strict=True)
    ]
    Terms.objects.bulk_create([terms for terms in made if terms], batch_size=BATCH)
    through = Terms.conditions.through
    links = [
        through(terms_id=terms.pk, condition_id=condition)
        for one, terms in zip(planned, made, strict=True)
        if terms
        for condition in one.value.conditions
    ]
    through.objects.bulk_create(links, batch_size=BATCH)
    return made


def _terms(by: Delegate | None, one: PlannedOffer, contribution: Contribution, at: datetime) -> Terms:
    offer = one.value
    words: dict[str, Any] = {f.name: getattr(offer, f.name) for f in fields(Offer) if f.name not in OWN}
    return Terms(
        contribution=contribution,
        number=len(one.there.terms.all()) + 1 if one.there else 1,
        valid_from=at.date() if one.there else one.row.announced,
        capability_id=offer.capability,
        low=offer.amount.low,
        high=offer.amount.low if offer.amount.high is None else offer.amount.high,
        approvals=[str(approval) for approval in offer.approvals],
        earmark_id=offer.earmark,
        by=by,
        at=at,
        **words,
    )


def _write_facts(
    by: Delegate | None, planned: list[PlannedOffer], contributions: list[Contribution], upload: Upload, at: datetime
) -> list[list[Fact]]:
    """Add what happened, and return it for each row: of a new one its announcement, then what the file says besides."""
    made = [
        [
            Fact(
                contribution=contribution,
                number=number,
                by=by,
                at=at,
                evidence=one.row.evidence,
                link=upload.link,
                **own,
            )
            for number, own in enumerate(_happened(by, one), len(one.there.facts.all()) + 1 if one.there else 1)
        ]
        for one, contribution in zip(planned, contributions, strict=True)
    ]
    Fact.objects.bulk_create([fact for facts in made for fact in facts], batch_size=BATCH)
    return made


def _happened(by: Delegate | None, one: PlannedOffer) -> Iterable[dict[str, Any]]:
    """Yield the facts of a row; of several members the one that acts is bound, else the first, the others join."""
    row, today = one.row, clock.now().date()
    own = by.member_id if by and by.member_id else row.members[0]
    if one.there is None:
        yield {"kind": FactKind.ANNOUNCED, "day": row.announced, "member_id": own}
    if one.committed is not None:
        yield {"kind": FactKind.COMMITTED, "day": one.committed, "member_id": own}
    if one.delivery is not None:
        day: date = row.delivered_on or today
        yield {"kind": FactKind.DELIVERED, "day": day, "member_id": own, "quantity": one.delivery}


def _sources(upload: Upload) -> list[str]:
    return [upload.link] if upload.link else []


def _entered(
    by: Delegate | None,
    act: Act,
    upload: Upload,
    planned: Sequence[PlannedNeed] | Sequence[PlannedOffer],
    texts: list[bytes],
    at: datetime,
) -> Outcome:
    """Append the entry, tell the pages, and return how many rows were what; raises NothingToImport."""
    count = {status: sum(one.status == status for one in planned) for status in Status}
    if not texts:
        raise NothingToImport
    root = root_of(texts)
    few = {"imported_rows": [text.decode() for text in sorted(texts)]} if len(texts) <= MOST_SHOWN else {}
    entry = append_entry(
        actor=actor_of(by),
        action=act,
        subject=Subject("import", root[:16]),
        data={
            "file_name": upload.name,
            "file_sha256": upload.sha256,
            "link": upload.link,
            "imported_count": len(texts),
            "rows_new": count[Status.NEW],
            "rows_changed": count[Status.CHANGED],
            "imported_at": at.isoformat(),
            "rows_root": root,
            **few,
        },
    )
    live.announce("commitments")
    return Outcome(entry.pk, count[Status.NEW], count[Status.CHANGED], count[Status.SAME], count[Status.LEFT])


def _batches(items: Sequence[T]) -> Iterable[Sequence[T]]:
    return (items[start : start + BATCH] for start in range(0, len(items), BATCH))
