"""Who acted, on what, and how each kind of act reads: the words of every entry of the record."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from django.utils.functional import Promise
from django.utils.translation import get_language

SYSTEM = "system"  # the capacity in which the server itself acts
OVERSEERS = frozenset({"secretariat", SYSTEM})  # see restricted content whatever its audience

_sentences: dict[str, str | Promise] = {}
_kinds: dict[str, str | Promise] = {}
_fields: dict[tuple[str, str], str | Promise] = {}
_readers: dict[str, Callable[[Any], object]] = {}


@dataclass(frozen=True, slots=True)
class Actor:
    """A delegate as the record names it; the server itself acts for commands."""

    delegate: str | None
    name: str
    capacity: str
    member: str | None

    @classmethod
    def system(cls) -> Self:
        """Return the actor of the command line and of the loader."""
        return cls(delegate=None, name="", capacity=SYSTEM, member=None)

    @classmethod
    def of_member(cls, code: str) -> Self:
        """Return whoever reads for member `code`, nobody in particular."""
        return cls(delegate=None, name="", capacity="", member=code)


@dataclass(frozen=True, slots=True)
class Subject:
    """The object of an act: its kind and its identifier."""

    kind: str
    id: str


def name_actions(sentences: Mapping[str, str | Promise]) -> None:
    """Make the record page say what actions mean: {"meeting.opened": _("opened the meeting %(title)s")}.

    A sentence continues the actor's name; %(key)s takes a value of the entry's data, or the identifier of its
    subject when key is the subject's kind.
    """
    _sentences.update({str(action): sentence for action, sentence in sentences.items()})


def name_kinds(kinds: Mapping[str, str | Promise]) -> None:
    """Make the record page call these kinds of subject so, as in {"meeting": _("meeting")}."""
    _kinds.update({str(kind): name for kind, name in kinds.items()})


def name_fields(fields: Mapping[str, str | Promise], *, kind: str = "") -> None:
    """Make the record page call these fields of data about a `kind` of subject so: {"starts_at": _("start")}."""
    _fields.update({(kind, field): name for field, name in fields.items()})


def name_values(readers: Mapping[str, Callable[[Any], object]]) -> None:
    """Make the record page read the values of these fields so, and of lists of them: {"member": country_name}.

    A reader returns None for a value that it does not know, which is then shown as it is.
    """
    _readers.update(readers)


def sentence_of(action: str, data: Mapping[str, Any], subject: Subject | None = None) -> str:
    """Return what `action` with `data` means, in the reader's language; the bare action if it has no name."""
    sentence = str(_sentences.get(action, action))
    if "%(" not in sentence:
        return sentence
    facts = {subject.kind: subject.id, **data} if subject else data
    return sentence % defaultdict(lambda: "…", {name: value_text(name, value) for name, value in facts.items()})


def value_text(field: str, value: Any) -> str:
    """Return `value` of `field` in words: of several languages the reader's, of a list all its items."""
    if isinstance(value, Mapping):
        return str(value.get(get_language()) or value.get("en") or next(iter(value.values()), "…"))
    if isinstance(value, list):
        return ", ".join(value_text(field, item) for item in value)
    if value in (None, ""):
        return "…"
    read = _readers.get(field, str)(value)
    return str(value if read is None else read)


def is_read(field: str) -> bool:
    """Say whether an app told how to read the values of `field`."""
    return field in _readers


def kind_name(kind: str) -> str:
    """Return what subjects of `kind` are called, in the reader's language."""
    return str(_kinds.get(kind, kind))


def field_name(field: str, kind: str) -> str:
    """Return what the field `field` of data about a `kind` of subject is called, in the reader's language."""
    return str(_fields.get((kind, field)) or _fields.get(("", field), field))
