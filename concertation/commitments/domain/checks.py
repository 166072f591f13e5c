"""What quantities, days, words and links must be, whoever sends them."""

from datetime import date
from decimal import Decimal
from functools import cache

from babel import Locale

from concertation.commitments.enums import Form
from concertation.commitments.errors import (
    BadCurrency,
    BadQuantity,
    BadSpan,
    BrokenUnit,
    NoSuchCapability,
    ReversedDates,
    WordsMissing,
)
from concertation.commitments.models import Capability
from concertation.core.days import FIRST_DAY
from concertation.core.errors import TooLong
from concertation.core.words import one_line

LAST_DAY = date(2100, 12, 31)
MOST = Decimal(10) ** 13
CENT = Decimal("0.01")
NAME_LENGTH = 120


@cache
def currencies() -> frozenset[str]:
    """Return the codes of the currencies that the locale data knows."""
    return frozenset(Locale("en").currencies)


def clean_names(names: dict[str, str]) -> dict[str, str]:
    """Return the names that are not blank; raises WordsMissing, TooLong."""
    said = {language: one_line(name) for language, name in names.items()}
    said = {language: name for language, name in said.items() if name}
    if not said:
        raise WordsMissing
    if max(map(len, said.values())) > NAME_LENGTH:
        raise TooLong
    return said


def check_span(first: date, last: date | None) -> None:
    """Let a first and a last day through that a plan can hold; raises BadSpan, ReversedDates."""
    if not FIRST_DAY <= first <= LAST_DAY or not FIRST_DAY <= (last or first) <= LAST_DAY:
        raise BadSpan
    if last is not None and last < first:
        raise ReversedDates


def current_capability(code: str) -> Capability:
    """Return a capability that can be chosen; raises NoSuchCapability."""
    found = Capability.objects.current().filter(pk=code).first()
    if found is None:
        raise NoSuchCapability
    return found


def check_currency(capability: Capability, currency: str) -> None:
    """Let a currency through with money, and none with anything else; raises BadCurrency."""
    if capability.is_money != bool(currency) or (currency and currency not in currencies()):
        raise BadCurrency


def check_quantity(quantity: Decimal, capability: Capability) -> None:
    """Let a quantity through that `capability` can have; raises BadQuantity, BrokenUnit."""
    if not quantity.is_finite() or not 0 < quantity < MOST or quantity != quantity.quantize(CENT):
        raise BadQuantity
    if capability.form == Form.UNIT and quantity != quantity.to_integral_value():
        raise BrokenUnit
