"""Quantities as the reader writes them."""

from decimal import Decimal

from babel.numbers import format_currency, format_decimal
from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from concertation.commitments.enums import Stage, State
from concertation.commitments.models import Capability, Terms
from concertation.commitments.models.catalogue import BASE

register = template.Library()


@register.filter
def figure(value: Decimal | int | None) -> str:
    """Return a number with the separators of the reader's language; what is unknown is a question mark."""
    return "?" if value is None else format_decimal(value, locale=get_language() or "en")


@register.simple_tag
def quantity(value: Decimal | None, capability: Capability, currency: str = "") -> str:
    """Return a quantity with its unit or currency, “undisclosed” for None."""
    if value is None:
        return _("undisclosed")
    if capability.is_money:
        locale = get_language() or "en"
        form = None if value % 1 else "#,##0 ¤" if locale.startswith("fr") else "¤#,##0"
        return format_currency(value, currency or BASE, form, locale=locale, currency_digits=bool(value % 1))
    return f"{figure(value)} {capability.counted(value.normalize())}".strip()


@register.simple_tag
def offered(terms: Terms) -> str:
    """Return what terms offer: one figure, a range, or “undisclosed”."""
    if terms.low is None or terms.low == terms.high:
        return quantity(terms.low, terms.capability, terms.currency)
    return f"{figure(terms.low)}–{quantity(terms.high, terms.capability, terms.currency)}"


@register.filter
def stage_name(stage: str) -> str:
    """Return what a stage is called."""
    return str(Stage(stage).label)


@register.filter
def state_name(state: str) -> str:
    """Return what a state is called."""
    return str(State(state).label)
