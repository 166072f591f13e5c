"""Words for the templates of conditions: `{% load situation %}`."""

from dataclasses import dataclass
from datetime import date, datetime

from django import template
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from concertation.core.days import earliest_day
from concertation.core.languages import language_name
from concertation.situation.enums import Stance, Verdict
from concertation.situation.incidents.enums import Measure
from concertation.situation.incidents.grid import Window
from concertation.situation.incidents.report import Bounds
from concertation.situation.models import Incident
from concertation.situation.queries.incident_map import Cluster
from concertation.situation.queries.incidents import Sums

register = template.Library()
register.filter(language_name)


@register.filter
def verdict_name(value: str) -> str:
    """Name a verdict in the language in use."""
    return str(Verdict(value).label)


@register.filter
def stance_name(value: str) -> str:
    """Name where somebody stands in the language in use."""
    return str(Stance(value).label)


@register.filter
def last_contact(day: date) -> str:
    """Say when there was a contact last: since then there has been none, if that day is over everywhere."""
    words = _("not since %(day)s") if day < earliest_day() else _("last on %(day)s")
    return words % {"day": date_format(day, "DATE_FORMAT")}


@register.filter
def unlocalized(value: float) -> str:
    """Write a number of a drawing as SVG understands it, whatever the language."""
    return f"{value:g}" if abs(value) < 1e5 else f"{value:.0f}"


@register.filter
def map_query(view: Window) -> str:
    """Return the part of an address that asks for a window of the map."""
    return f"lat={view.latitude:.3f}&lon={view.longitude:.3f}&zoom={view.zoom:g}"


@dataclass(frozen=True, slots=True)
class Move:
    """Another window of the map, by words and an icon."""

    label: str
    window: Window
    icon: str


@register.filter
def map_moves(view: Window) -> list[Move]:
    """Return where the map can be moved."""
    return [
        Move(_("Closer"), view.at(view.latitude, view.longitude, 1), icon="plus"),
        Move(_("Further away"), view.at(view.latitude, view.longitude, -1), icon="minus"),
        Move(_("West"), view.moved(-0.4, 0), icon="arrow-left"),
        Move(_("East"), view.moved(0.4, 0), icon="arrow-right"),
        Move(_("North"), view.moved(0, 0.4), icon="arrow-up"),
        Move(_("South"), view.moved(0, -0.4), icon="arrow-down"),
    ]


@register.filter
def coordinates(place: Cluster | Incident) -> str:
    """Write latitude and longitude as people do: 49.99° N, 36.23° E."""
    latitude, longitude = place.latitude, place.longitude
    if latitude is None or longitude is None:
        return ""
    north = pgettext("latitude", "N") if latitude >= 0 else pgettext("latitude", "S")
    east = pgettext("longitude", "E") if longitude >= 0 else pgettext("longitude", "W")
    return f"{number_format(abs(latitude), 2)}° {north}, {number_format(abs(longitude), 2)}° {east}"


@register.filter
def change(now: int, before: int) -> str:
    """Write a change with its sign: +3, −2, 0."""
    difference = now - before
    return f"+{difference}" if difference > 0 else str(difference).replace("-", "−")


@register.filter
def sum_of(sums: Sums, measure: Measure) -> str:
    """Write the sum of the best figures of a measure; a question mark where none of them is known."""
    return _sum(sums, measure, 1)


@register.filter
def range_of(sums: Sums, measure: Measure) -> str:
    """Write the sums of the low and high figures of a measure: 8–20."""
    return f"{_sum(sums, measure, 0)}–{_sum(sums, measure, 2)}"


def _sum(sums: Sums, measure: Measure, place: int) -> str:
    figure = sums.figures[measure]
    is_known = sums.count > figure.unknown[place]
    return str((figure.low, figure.best, figure.high)[place]) if is_known or not sums.count else "?"


@register.filter
def figure_of(sums: Sums, measure: Measure) -> str:
    """Write the sums of a measure, and of how many incidents it is unknown: 12 (8–20; 3)."""
    return f"{sum_of(sums, measure)} ({range_of(sums, measure)}; {sums.figures[measure].unknown[1]})"


@register.filter
def shown_value(value: object) -> str:
    """Write a value of a row as a preview shows it: lists in one line, nothing as unknown."""
    if isinstance(value, tuple):
        return "; ".join(map(str, value)) or "–"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    return "–" if value in {None, ""} else str(value)


@register.simple_tag
def incident_figure(measure: Measure, bounds: Bounds) -> SafeString:
    """Draw low, best and high of one measure; a question mark, or the word, for what is unknown."""
    low, best, high = (None if one is None else number_format(one) for one in bounds)
    known = best or format_html('<span class="muted">{}</span>', pgettext("figure", "unknown"))
    return format_html(
        '<span class="incident-figure">{} <strong class="num">{}</strong> '
        '<span class="muted num">({}–{})</span></span>',
        measure.label,
        known,
        low or "?",
        high or "?",
    )
