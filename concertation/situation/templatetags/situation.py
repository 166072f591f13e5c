"""Words for the templates of conditions: `{% load situation %}`."""

from django import template

from concertation.situation import languages
from concertation.situation.enums import Stance, Verdict

register = template.Library()


@register.filter
def verdict_name(value: str) -> str:
    """Name a verdict in the language in use."""
    return str(Verdict(value).label)


@register.filter
def stance_name(value: str) -> str:
    """Name where somebody stands in the language in use."""
    return str(Stance(value).label)


@register.filter
def language_name(code: str) -> str:
    """Name the language `code` in the language in use."""
    return languages.language_name(code)
