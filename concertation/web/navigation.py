"""The menu is the cycle of the work: meet, agree, commit, watch, over the coalition and its record."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from concertation.core.http import Request

SECTIONS = [
    (pgettext_lazy("menu", "Meet"), "meetings:list"),
    (pgettext_lazy("menu", "Agree"), "texts:list"),
    (pgettext_lazy("menu", "Commit"), "web:commit"),
    (pgettext_lazy("menu", "Watch"), "situation:list"),
    (pgettext_lazy("menu", "Coalition"), "coalition:show"),
    (pgettext_lazy("menu", "Record"), "record:show"),
]


@dataclass(frozen=True)
class Section:
    """One entry of the menu."""

    label: str | Promise
    url: str
    is_current: bool


def sections(request: Request) -> list[Section]:
    """Return the menu, with the section of the page that `request` asks for marked."""
    urls = [(label, reverse(name)) for label, name in SECTIONS]
    return [Section(label, url, request.path.startswith(url)) for label, url in urls]
