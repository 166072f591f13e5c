"""Tags by which any page shows entries of the record: `{% load record %}`."""

from typing import Any

from django import template

from concertation.record.events import kind_name
from concertation.record.models import Entry

register = template.Library()


@register.inclusion_tag("record/components/act.html")
def act(entry: Entry) -> dict[str, Any]:
    """Say in one sentence who did what."""
    return {"name": entry.content["actor"]["name"], "sentence": entry.sentence}


@register.filter
def kind(value: str) -> str:
    """Name a kind of subject."""
    return kind_name(value)


@register.inclusion_tag("record/components/value.html")
def value(content: Any) -> dict[str, Any]:
    """Show a value of the record's JSON: objects and lists as lists, texts as they are."""
    if isinstance(content, dict):
        return {"pairs": list(content.items())}
    if isinstance(content, list):
        return {"items": content}
    return {"text": content}
