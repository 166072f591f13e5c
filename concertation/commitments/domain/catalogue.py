"""The chair keeps the catalogue of capabilities and the rates of exchange."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import transaction

from concertation.coalition.models import Delegate
from concertation.commitments.catalogue import USUAL
from concertation.commitments.domain.checks import clean_names, currencies
from concertation.commitments.domain.entries import actor_of, as_json
from concertation.commitments.enums import Domain, Form
from concertation.commitments.errors import BadCode, BadCurrency, BadRate, CodeTaken, NoSuchCapability
from concertation.commitments.events import Act
from concertation.commitments.models import Capability, Rate
from concertation.commitments.models.catalogue import BASE
from concertation.commitments.rules import may_require
from concertation.core import clock, live
from concertation.core.days import check_past
from concertation.core.errors import NotAllowed, NothingChanged
from concertation.core.words import clean_line
from concertation.record.canonical import Json
from concertation.record.domain.entries import append_entry
from concertation.record.events import Subject

CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
Names = dict[str, str]


class Quote(NamedTuple):
    """So much of `currency` was one euro on `day`."""

    currency: str
    day: date
    per_euro: Decimal


@transaction.atomic
def define_capability(
    *, by: Delegate | None, code: str, names: Names, domain: Domain, form: Form, units: Names | None = None
) -> Capability:
    """Add a capability to the catalogue and return it; `by` is None for the loader.

    Raises NotAllowed, BadCode, CodeTaken, WordsMissing, TooLong.
    """
    _check(by)
    if not CODE.fullmatch(code):
        raise BadCode
    units = {} if form == Form.MONEY else clean_names(units or {})
    facts: dict[str, Any] = {"names": clean_names(names), "units": units, "domain": Domain(domain), "form": Form(form)}
    capability, is_new = Capability.objects.get_or_create(code=code, defaults=facts)
    if not is_new:
        raise CodeTaken
    _note(by, Act.CAPABILITY_DEFINED, code, facts)
    return capability


@transaction.atomic
def change_capability(*, by: Delegate | None, code: str, names: Names, units: Names, domain: Domain) -> None:
    """Give a capability other words or another domain; how it is counted stays, since quantities rest on it.

    Raises NotAllowed, NoSuchCapability, NothingChanged, WordsMissing, TooLong.
    """
    _check(by)
    capability = Capability.objects.filter(pk=code).first()
    if capability is None:
        raise NoSuchCapability
    units = {} if capability.is_money else clean_names(units)
    facts: dict[str, Any] = {"names": clean_names(names), "units": units, "domain": Domain(domain)}
    if (capability.names, capability.units, capability.domain) == tuple(facts.values()):
        raise NothingChanged
    Capability.objects.filter(pk=code).update(**facts)
    _note(by, Act.CAPABILITY_CHANGED, code, facts)


@transaction.atomic
def retire_capability(*, by: Delegate | None, code: str) -> None:
    """Offer a capability for choice no more; what was required and contributed of it stays.

    Raises NotAllowed, NoSuchCapability.
    """
    _check(by)
    if not Capability.objects.current().filter(pk=code).update(retired_at=clock.now()):
        raise NoSuchCapability
    _note(by, Act.CAPABILITY_RETIRED, code, {"names": Capability.objects.get(pk=code).names})


@transaction.atomic
def take_usual_catalogue(*, by: Delegate | None) -> int:
    """Add the usual capabilities that the catalogue lacks, and return how many; raises NotAllowed, NothingChanged."""
    _check(by)
    there = set(Capability.objects.values_list("pk", flat=True))
    new = [capability for capability in USUAL if capability.code not in there]
    if not new:
        raise NothingChanged
    Capability.objects.bulk_create(Capability(**capability._asdict()) for capability in new)
    _note(by, Act.CATALOGUE_TAKEN, "usual", {"codes": [capability.code for capability in new]})
    return len(new)


@transaction.atomic
def enter_rates(*, by: Delegate | None, quotes: Iterable[Quote], source: str) -> None:
    """Enter what one euro was worth, on whose word; raises NotAllowed, BadCurrency, BadRate, BadDay, TooLong."""
    _check(by)
    source, quotes = clean_line(source, 600), list(quotes)
    if not source or not quotes:
        raise BadRate
    for quote in quotes:
        check_past(quote.day)
        if quote.currency not in currencies() - {BASE}:
            raise BadCurrency
        if not quote.per_euro.is_finite() or not 0 < quote.per_euro < 10**9:
            raise BadRate
    Rate.objects.bulk_create(Rate(**quote._asdict(), source=source, by=by, at=clock.now()) for quote in quotes)
    rates = [f"{quote.currency} {quote.day}: {as_json(quote.per_euro)}" for quote in quotes]
    subject = Subject("rates", max(quote.day for quote in quotes).isoformat())
    append_entry(actor=actor_of(by), action=Act.RATES_ENTERED, subject=subject, data={"rates": rates, "link": source})
    live.announce("commitments")


def _note(by: Delegate | None, act: Act, code: str, facts: dict[str, Json]) -> None:
    append_entry(actor=actor_of(by), action=act, subject=Subject("capability", code), data=facts)
    live.announce("commitments")


def _check(by: Delegate | None) -> None:
    """Let the chair and the loader through; raises NotAllowed."""
    if by is not None and not may_require(by):
        raise NotAllowed
