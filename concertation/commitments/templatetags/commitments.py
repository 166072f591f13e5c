"""Quantities as the reader writes them."""

from datetime import date
from decimal import Decimal
from functools import lru_cache

from babel.numbers import format_compact_decimal, format_currency, format_decimal
from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from concertation.commitments.enums import Line, Stage, State
from concertation.commitments.models import Capability, Terms
from concertation.commitments.models.catalogue import BASE

register = template.Library()


@register.filter
def figure(value: Decimal | int | None) -> str:
    """Return a number with the separators of the reader's language; what is unknown is a question mark."""
    return "?" if value is None else _number(value, get_language() or "en")


@lru_cache(maxsize=10_000)
def _number(value: Decimal | int, language: str) -> str:
    return format_decimal(value, locale=language)


@lru_cache(maxsize=10_000)
def _money(value: Decimal, currency: str, language: str) -> str:
    form = None if value % 1 else "#,##0 ¤" if language.startswith("fr") else "¤#,##0"
    return format_currency(value, currency, form, locale=language, currency_digits=bool(value % 1))


@register.simple_tag
def quantity(value: Decimal | None, capability: Capability, currency: str = "") -> str:
    """Return a quantity with its unit or currency, “undisclosed” for None."""
    if value is None:
        return _("undisclosed")
    if capability.is_money:
        return _money(value, currency or BASE, get_language() or "en")
    return f"{figure(value)} {capability.counted(value.normalize())}".strip()


@register.simple_tag
def offered(terms: Terms) -> str:
    """Return what terms offer: one figure, a range, or “undisclosed”."""
    if terms.low is None or terms.low == terms.high:
        return quantity(terms.low, terms.capability, terms.currency)
    return f"{figure(terms.low)}–{quantity(terms.high, terms.capability, terms.currency)}"


@register.simple_tag
def plain(value: Decimal | int) -> str:
    """Return a number as programs read it, in every language."""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


@register.filter
def percent(value: Decimal) -> str:
    """Return a share of a hundred with as many places as its size needs."""
    places = 2 if value >= 1 else 3 if value >= Decimal("0.01") or not value else 5
    return f"{format_decimal(round(value, places), locale=get_language() or 'en', decimal_quantization=False)}\u202f%"


@register.filter
def cents(value: Decimal) -> str:
    """Return money to the hundredth."""
    return format_decimal(round(value, 2), format="#,##0.00", locale=get_language() or "en")


@register.filter
def billions(value: Decimal) -> str:
    """Return a large amount in billions, in short."""
    return format_compact_decimal(value, format_type="short", locale=get_language() or "en", fraction_digits=1)


@register.filter
def wordlist(words: str) -> list[str]:
    """Return the words of a string, to loop over."""
    return words.split()


@register.filter
def stage_name(stage: str) -> str:
    """Return what a stage is called."""
    return str(Stage(stage).label)


@register.filter
def state_name(state: str) -> str:
    """Return what a state is called."""
    return str(State(state).label)


@register.filter
def written(value: str) -> str:
    """Return a quantity of published figures with the separators of the reader's language."""
    return figure(Decimal(value))


@register.filter
def line_name(line: str) -> str:
    """Return what a line of effort is called."""
    return str(Line(line).label)


@register.filter
def as_day(day: str) -> date:
    """Return a day of published figures."""
    return date.fromisoformat(day)
