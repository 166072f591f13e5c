"""Who acted, on what, and how each kind of act reads: the words of every entry of the record."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from django.utils.functional import Promise

SYSTEM = "system"  # the capacity in which the server itself acts
OVERSEERS = frozenset({"secretariat", SYSTEM})  # see restricted content whatever its audience

_sentences: dict[str, str | Promise] = {}
_kinds: dict[str, str | Promise] = {}


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

    A sentence continues the actor's name; %(key)s takes a value of the entry's data.
    """
    _sentences.update({str(action): sentence for action, sentence in sentences.items()})


def name_kinds(kinds: Mapping[str, str | Promise]) -> None:
    """Make the record page call these kinds of subject so, as in {"meeting": _("meeting")}."""
    _kinds.update({str(kind): name for kind, name in kinds.items()})


def sentence_of(action: str, data: Mapping[str, Any]) -> str:
    """Return what `action` with `data` means, in the reader's language; the bare action if it has no name."""
    sentence = str(_sentences.get(action, action))
    return sentence % defaultdict(lambda: "…", data) if "%(" in sentence else sentence


def kind_name(kind: str) -> str:
    """Return what subjects of `kind` are called, in the reader's language."""
    return str(_kinds.get(kind, kind))
