"""What is wrong with a file, in sentences a person can act on: where, and why."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from pydantic_core import ErrorDetails

from concertation.core.errors import InvalidInput


@dataclass(frozen=True, order=True, slots=True)
class Fault:
    """One thing that is wrong: its line (0 for the file as a whole), its key path and the reason."""

    line: int
    path: str
    reason: str

    def __str__(self) -> str:
        if not self.line:
            return self.reason
        where = _("line %(line)d") % {"line": self.line}
        return f"{where}: {self.path}: {self.reason}" if self.path else f"{where}: {self.reason}"


class FileRefused(InvalidInput):
    """The file has faults; nothing was written."""

    def __init__(self, file: str, faults: Iterable[Fault]) -> None:
        self.faults = sorted(faults)
        super().__init__("\n".join(f"{file}: {fault}" for fault in self.faults))


def unknown(sentence: str, value: str, choices: Iterable[str]) -> str:
    """Return `sentence` about the unknown `value`, with the nearest of `choices` when one is near."""
    near = difflib.get_close_matches(value, sorted(choices), n=1)
    hint = " " + _("Did you mean “%(near)s”?") % {"near": near[0]} if near else ""
    return sentence % {"value": value} + hint


def dotted(path: Iterable[str | int]) -> str:
    """Return a key path as people write it, lists counted from 1: members[2].capital."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def reason(error: ErrorDetails, *, keys: Iterable[str]) -> str:
    """Return our sentence for an error that pydantic found in a table whose known keys are `keys`."""
    kind, context = error["type"], error.get("ctx", {})
    key = str(error["loc"][-1]) if error["loc"] else ""
    if kind == "value_error":
        return str(context["error"])
    if kind == "extra_forbidden":
        return unknown(_("“%(value)s” is not a key of this table."), key, keys)
    if kind in {"enum", "literal_error"}:
        return _one_of(error["input"], str(context["expected"]))
    return _plain(kind, key, context)


def _one_of(value: object, expected: str) -> str:
    """Name the allowed values, as pydantic lists them: 'a', 'b' or 'c'."""
    choices = expected.replace("'", "").replace(" or ", ", ")
    return _("“%(value)s” is not possible here; choose one of: %(choices)s.") % {
        "value": value,
        "choices": choices,
    }


def _plain(kind: str, key: str, context: Mapping[str, object]) -> str:
    """Return the sentence for a missing key, a wrong type or a value out of bounds."""
    sentences = {
        "missing": _("The key “%(key)s” is missing."),
        "string_type": _("This must be text in quotes."),
        "bool_type": _("This must be true or false."),
        "int_type": _("This must be a whole number."),
        "date_type": _("This must be a date such as 2025-07-10, without quotes."),
        "datetime_type": _("This must be a date and time such as 2025-07-10T14:30:00, without quotes."),
        "time_type": _("This must be a time such as 14:30:00, without quotes."),
        "list_type": _("This must be a list."),
        "dict_type": _("This must be a table."),
        "model_type": _("This must be a table."),
        "string_too_long": _("This is longer than %(max_length)s characters."),
        "too_long": _("This has more than %(max_length)s entries."),
        "too_short": _("This needs at least one entry."),
        "greater_than_equal": _("This must be at least %(ge)s."),
        "less_than_equal": _("This must be at most %(le)s."),
    }
    return sentences.get(kind, _("This cannot be accepted (%(kind)s).")) % {
        **context,
        "key": key,
        "kind": kind,
    }
