"""How territories and answers are named for a reader."""

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from concertation.coalition.countries import country_name
from concertation.pressure.aligning import Said

PARTS = {
    "ua-cri": lambda: _("Crimea"),
    "ua-dpr": lambda: _("occupied part of Donetsk"),
    "ua-lpr": lambda: _("occupied part of Luhansk"),
    "md-pmr": lambda: _("Transnistria"),
    "zz": lambda: _("no one territory"),
}


def territory_name(code: str) -> str:
    """Return the name of a territory, or of the country with the code of its part, or the code."""
    if code in PARTS:
        return str(PARTS[code]())
    country, _hyphen, part = code.upper().partition("-")
    name = country_name(country, get_language() or "en")
    return f"{name} ({part})" if part else name


def said_name(said: str) -> str:
    """Name how a member stands to a measure."""
    names = {
        Said.APPLIES: lambda: pgettext("measure", "applies"),
        Said.PREPARED: lambda: pgettext("measure", "prepared"),
        Said.NOT: lambda: pgettext("measure", "does not apply"),
        Said.UNKNOWN: lambda: pgettext("measure", "unknown"),
        Said.NOT_CODED: lambda: pgettext("measure", "not coded"),
    }
    return names[Said(said)]() if said in names else pgettext("statement", "withdrawn")


def cell_words(said: str, *, own: bool) -> str:
    """Return what a cell says, with where it comes from when that is not the member."""
    if said in (Said.UNKNOWN, Said.NOT_CODED) or own:
        return said_name(said)
    return _("%(said)s (coded)") % {"said": said_name(said)}


def step_state_name(state: str) -> str:
    """Name where a step stands."""
    names = {
        "waiting": pgettext("step", "waiting"),
        "due": pgettext("step", "due"),
        "tabled": pgettext("step", "on an agenda"),
        "done": pgettext("step", "done"),
        "dismissed": pgettext("step", "dismissed"),
    }
    return names[state]
