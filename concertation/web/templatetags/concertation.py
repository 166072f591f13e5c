"""Tags that every template of ours may use: `{% load concertation %}`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from concertation.coalition.countries import country_name
from concertation.coalition.enums import Capacity
from concertation.coalition.models import Delegate, Member
from concertation.core.words import in_language as in_language  # also a filter
from concertation.web import assets

register = template.Library()


@register.simple_tag
def vite_asset(source: str) -> SafeString:
    """Load the built script of `source` with its styles, as in `{% vite_asset "frontend/src/main.ts" %}`."""
    modules, styles = assets.scripts_and_styles(source)
    links = format_html_join("", '<link rel="stylesheet" href="{}">', ((style,) for style in styles))
    preloads = format_html_join("", '<link rel="modulepreload" href="{}">', ((url,) for url in modules[1:]))
    scripts = format_html_join("", '<script type="module" src="{}"></script>', ((url,) for url in modules[:1]))
    return links + preloads + scripts


@register.simple_tag
def vite_styles(source: str) -> SafeString:
    """Load the styles of `source` only, for pages without scripts."""
    _, styles = assets.scripts_and_styles(source)
    return format_html_join("", '<link rel="stylesheet" href="{}">', ((style,) for style in styles))


@register.simple_tag
def vite_url(source: str) -> str:
    """Return the address of the built file of `source`, for what is neither script nor style."""
    return assets.url_of(source)


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw the Tabler icon `name` as decoration; words beside it carry the meaning."""
    sprite = assets.url_of(assets.SPRITE)
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', sprite, name)


@register.simple_tag
def flag(member: Member | str | None, alt: str = "") -> SafeString:
    """Draw the flag of `member` (or of its code), letters where it has none; `alt` only where no name stands beside."""
    code = member.code if isinstance(member, Member) else member or ""
    if not code:
        return SafeString("")
    if not assets.has_flag(code):
        hidden = SafeString("" if alt else ' aria-hidden="true"')
        return format_html('<span class="flag flag-letters"{}>{}</span>', hidden, alt or code[:4])
    source = static(f"flags/{code.lower()}.svg")
    return format_html('<img class="flag" src="{}" width="20" height="15" alt="{}">', source, alt)


@register.simple_tag
def capacity(delegate: Delegate) -> str:
    """Name the delegate by member and capacity: “France · head of delegation”."""
    label = str(delegate.get_capacity_display())
    if delegate.member is None:
        return label[:1].upper() + label[1:]
    return f"{delegate.member.name} · {label}"


@register.filter
def member_name(code: str) -> str:
    """Name the state with this code in the language in use; an organisation goes by its code."""
    return country_name(code, get_language() or "en")


@register.filter
def capacity_name(value: str) -> str:
    """Name a capacity that the record holds; one that is not a delegate's stays as it is written."""
    return str(Capacity(value).label) if value in Capacity else value


@register.inclusion_tag("web/components/local_time.html")
def local_time(moment: datetime, style: str = "datetime") -> dict[str, object]:
    """Show `moment` in the reader's zone; `style` is datetime, date, time or weekday. UTC without scripts."""
    formats = {"datetime": "j F Y, H:i e", "date": "j F Y", "time": "H:i e", "weekday": "l j F"}
    return {"moment": moment, "style": style, "format": formats[style]}


@dataclass(frozen=True)
class ZoneTime:
    """One clock time (without zone) and the capitals where it holds."""

    time: datetime
    capitals: str


def times_in(moment: datetime, members: Iterable[Member]) -> list[ZoneTime]:
    """Return the time of `moment` in each capital of `members`, capitals with one clock time together."""
    clocks: dict[datetime, list[str]] = {}
    for member in members:
        wall = moment.astimezone(ZoneInfo(member.time_zone)).replace(tzinfo=None)
        capitals = clocks.setdefault(wall, [])
        if member.capital_name not in capitals:
            capitals.append(member.capital_name)
    return [ZoneTime(wall, _in_short(capitals)) for wall, capitals in clocks.items()]


def _in_short(capitals: list[str]) -> str:
    """Name at most three capitals, and how many more there are."""
    more = len(capitals) - 3
    return " · ".join(capitals[:3]) + (f" +{more}" if more > 0 else "")


@register.inclusion_tag("web/components/capitals.html")
def capitals_time(moment: datetime, members: Iterable[Member], style: str = "columns") -> dict[str, object]:
    """Show `moment` on the clocks of the members' capitals; `style` is columns (title bar) or line (in a sentence)."""
    return {"times": times_in(moment, members), "style": style, "label": _("In the capitals")}


register.filter("in_language", in_language)
