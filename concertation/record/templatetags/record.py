"""Tags by which any page shows entries of the record: `{% load record %}`."""

from dataclasses import dataclass
from typing import Any

from django import template

from concertation.record.events import field_name, is_read, kind_name, value_text
from concertation.record.models import Entry

register = template.Library()


@dataclass(frozen=True)
class Field:
    """A field of an entry's data: as it is called, and its value in words or, if it has parts, as they are."""

    name: str
    value: Any


@register.inclusion_tag("record/components/act.html")
def act(entry: Entry) -> dict[str, Any]:
    """Say in one sentence who did what."""
    return {"name": entry.content["actor"]["name"], "sentence": entry.sentence}


@register.filter
def kind(value: str) -> str:
    """Name a kind of subject."""
    return kind_name(value)


@register.inclusion_tag("record/components/value.html")
def value(content: Any, kind: str) -> dict[str, Any]:
    """Show a value of the record's JSON about a `kind` of subject: part by part, or in words."""
    if isinstance(content, dict):
        return {"kind": kind, "fields": [_field(name, part, kind) for name, part in content.items()]}
    return {"kind": kind, "parts": content} if isinstance(content, list) else {"text": content}


def _field(name: str, content: Any, kind: str) -> Field:
    return Field(field_name(name, kind), value_text(name, content) if is_read(name) else content)
