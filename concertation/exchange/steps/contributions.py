"""Contributions, known by their key: terms that differ are revised, entries and caveats that nobody made are added."""

from django.utils.translation import gettext as _

from concertation.commitments.deriving import Amount
from concertation.commitments.domain.contributions import (
    Announcement,
    Offer,
    announce_contribution,
    checked_offer,
    exactly,
    revise_terms,
)
from concertation.commitments.enums import FactKind
from concertation.commitments.models import Contribution
from concertation.exchange.contents import CoalitionFile
from concertation.exchange.models import Kind
from concertation.exchange.queries import subjects_of
from concertation.exchange.report import Report, Subject
from concertation.exchange.schema import ContributionPart
from concertation.exchange.steps.facts import load_caveats, load_facts
from concertation.exchange.steps.meetings import as_id
from concertation.exchange.steps.requirements import identifier_of
from concertation.exchange.values import known


def load_contributions(file: CoalitionFile, report: Report) -> None:
    """Announce the contributions that are not there, revise the terms of others, add what nobody had entered."""
    for index, part in enumerate(file.contributions):
        with file.at("contributions", index):
            row = contribution_of(part.key)
            if row is None:
                row = announce_contribution(by=None, offer=_offer(part), announcement=_announcement(file, part))
                report.added[Subject.CONTRIBUTION] += 1
            else:
                _revise(row, part, report)
        load_caveats(file, index, row, report)
        load_facts(file, index, row, report)


def contribution_of(key: str) -> Contribution | None:
    """Return the contribution that files know by `key`, or that has it as its identifier."""
    identifier = as_id(key)
    found = Contribution.objects.filter(key=key).first()
    return found or (Contribution.objects.filter(pk=identifier).first() if identifier else None)


def _revise(row: Contribution, part: ContributionPart, report: Report) -> None:
    """Put the terms of the file in force where they differ; who offers it and who may read it stays."""
    offer = _offer(part)
    is_same = Offer.of(row.current) == offer or Offer.of(row.current) == checked_offer(offer)
    is_over = row.facts.filter(kind=FactKind.WITHDRAWN, correction=None).exists()
    if not is_same and not is_over:
        revise_terms(by=None, contribution_id=row.pk, offer=offer)
        report.changed[Subject.CONTRIBUTION] += 1
    others = (row.codes, row.audience) != (part.members, part.audience)
    if others or (is_over and not is_same):
        sentence = _("What stands of “%(key)s” is not what the file says, and cannot become so; it is left as it is.")
        report.left.append(sentence % {"key": part.key})


def _announcement(file: CoalitionFile, part: ContributionPart) -> Announcement:
    """Return when and by whom it was announced; the other members join by entries of their own."""
    return Announcement(
        day=part.announced,
        members=part.members,
        audience=part.audience,
        named=part.readers,
        evidence=part.evidence or "",
        key=part.key,
        sources=file.cited(part.sources),
        bound=part.members[:1],
    )


def _offer(part: ContributionPart) -> Offer:
    """Return the terms of a part of the file."""
    conditions = subjects_of(Kind.CONDITION)
    found = [conditions.get(key) or as_id(key) for key in part.conditions]
    return Offer(
        title=part.title,
        line=part.line,
        capability=part.capability,
        amount=_amount(part),
        available_from=part.available_from,
        available_to=part.available_to,
        details=part.details or "",
        phase=part.phase or "",
        currency=part.currency or "",
        readiness=part.readiness,
        tour=part.tour,
        rest=part.rest,
        due_on=part.due_on,
        expires_on=part.expires_on,
        approvals=tuple(part.approvals),
        conditions=frozenset(identifier for identifier in found if identifier),
        earmark=identifier_of(part.earmark) if part.earmark else None,
        link=part.link or "",
    )


def _amount(part: ContributionPart) -> Amount:
    if part.low is not None:
        return Amount(part.low, part.high)
    return exactly(known(part.quantity))
