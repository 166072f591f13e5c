"""Tags of the pages about meetings: `{% load meetings %}`."""

from collections.abc import Iterable

from django import template
from django.utils.translation import gettext as _

from concertation.core.languages import language_name
from concertation.meetings.conference.models import Pledge
from concertation.meetings.conference.pledges import said_by as words_of_intervention

register = template.Library()
MINUTE, HOUR = 60, 3600


@register.simple_tag
def language_names(codes: Iterable[str]) -> str:
    """Name the languages in the reader's own: “English, French”."""
    return ", ".join(map(language_name, codes))


register.filter("spoken", language_name)


@register.filter
def clock(seconds: float) -> str:
    """Write seconds as the browser's clocks do: 04:05, 1:04:05."""
    whole = int(seconds)
    hours, minutes, rest = whole // HOUR, whole // MINUTE % MINUTE, whole % MINUTE
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"


@register.filter
def span(seconds: float) -> str:
    """Write seconds in words for a report: “12 min 30 s”."""
    minutes, rest = divmod(round(seconds), MINUTE)
    if not minutes:
        return _("%(seconds)d s") % {"seconds": rest}
    return _("%(minutes)d min %(seconds)d s") % {"minutes": minutes, "seconds": rest}


@register.filter
def said_by(pledge: Pledge) -> str:
    """Return in words in which intervention a pledge was made."""
    return words_of_intervention(pledge)
