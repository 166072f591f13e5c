"""The menu is the cycle of the work: meet, agree, commit, watch, over the coalition and its record.

A section with several pages names them as its parts, which stand below the menu on each of them.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from concertation.core.http import Request

Label = str | Promise
COMMIT: list[tuple[Label, str]] = [
    (pgettext_lazy("menu", "Coverage"), "commitments:coverage"),
    (pgettext_lazy("menu", "Contributions"), "commitments:contributions"),
    (pgettext_lazy("menu", "The plan"), "commitments:plans"),
    (pgettext_lazy("menu", "Timeline"), "commitments:timeline"),
    (pgettext_lazy("menu", "Delivered"), "commitments:delivered"),
    (pgettext_lazy("menu", "Burden"), "commitments:burden"),
    (pgettext_lazy("menu", "Catalogue"), "commitments:catalogue"),
    (pgettext_lazy("menu", "Files"), "commitments:export"),
]
WATCH: list[tuple[Label, str]] = [
    (pgettext_lazy("menu", "Conditions"), "situation:list"),
    (pgettext_lazy("menu", "Incidents"), "situation:incidents"),
    (pgettext_lazy("menu", "Positions"), "situation:positions"),
    (pgettext_lazy("menu", "Contacts"), "situation:contacts"),
    (pgettext_lazy("menu", "Measures"), "pressure:list"),
]
SECTIONS: list[tuple[Label, str, list[tuple[Label, str]]]] = [
    (pgettext_lazy("menu", "Meet"), "meetings:list", []),
    (pgettext_lazy("menu", "Agree"), "texts:list", []),
    (pgettext_lazy("menu", "Commit"), "commitments:coverage", COMMIT),
    (pgettext_lazy("menu", "Watch"), "situation:list", WATCH),
    (pgettext_lazy("menu", "Coalition"), "coalition:show", []),
    (pgettext_lazy("menu", "Record"), "record:show", []),
]


@dataclass(frozen=True)
class Section:
    """One entry of the menu."""

    label: Label
    url: str
    is_current: bool
    parts: "list[Section]"


def sections(request: Request) -> list[Section]:
    """Return the menu, with the section and the part of the page that `request` asks for marked."""
    return [_section(request, label, reverse(name), parts) for label, name, parts in SECTIONS]


def _section(request: Request, label: Label, url: str, parts: list[tuple[Label, str]]) -> Section:
    """Return a section; of its parts the one with the longest address that fits is current."""
    urls = [(name, reverse(route)) for name, route in parts]
    fitting = max((part for _name, part in urls if request.path.startswith(part)), key=len, default=None)
    below = [Section(name, part, part == fitting, []) for name, part in urls]
    return Section(label, url, request.path.startswith(url), below)
