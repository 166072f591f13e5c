"""Words for the templates of conditions: `{% load situation %}`."""

from django import template

from concertation.situation.enums import Verdict

register = template.Library()


@register.filter
def verdict_name(value: str) -> str:
    """Name a verdict in the language in use."""
    return str(Verdict(value).label)
