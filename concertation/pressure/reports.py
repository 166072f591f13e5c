"""What an edition of a catalogue changes, in words: for the command and for the preview."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from concertation.pressure.cataloguing import Change, Changes
from concertation.pressure.enums import Force, Kind

FIELDS = {
    "title": lambda: _("title"),
    "link": lambda: _("source"),
    "summary": lambda: _("summary"),
    "issuer": lambda: _("issuer"),
    "kinds": lambda: _("types"),
    "territories": lambda: _("territories"),
    "force": lambda: _("in force"),
}


def lines_of(changes: Changes, coded: int) -> list[str]:
    """Return what an import did, a line each."""
    if changes.is_empty and not coded:
        return [_("Nothing to do: the catalogue is as the file says.")]
    return [*counts_of(changes, coded), *(line for change in changes.changed for line in differences(change))]


def counts_of(changes: Changes, coded: int | None) -> list[str]:
    """Return how many programmes are new, changed, gone and back, and how many statements were coded, if known."""
    added, changed, gone, back = len(changes.added), len(changes.changed), len(changes.gone), len(changes.back)
    said = [
        ngettext("%(n)d programme is new.", "%(n)d programmes are new.", added) % {"n": added},
        ngettext("%(n)d programme differs.", "%(n)d programmes differ.", changed) % {"n": changed},
        ngettext(
            "%(n)d programme is not listed any more; it is marked, not deleted.",
            "%(n)d programmes are not listed any more; they are marked, not deleted.",
            gone,
        )
        % {"n": gone},
        ngettext("%(n)d programme is listed again.", "%(n)d programmes are listed again.", back) % {"n": back},
        ngettext("%(n)d programme is unchanged.", "%(n)d programmes are unchanged.", changes.same)
        % {"n": changes.same},
    ]
    numbers = [added, changed, gone, back, changes.same]
    lines = [line for line, number in zip(said, numbers, strict=True) if number]
    if coded:
        sentence = ngettext("%(n)d statement was coded for members.", "%(n)d statements were coded for members.", coded)
        lines.append(sentence % {"n": coded})
    return lines


def differences(change: Change) -> list[str]:
    """Return what differs of one programme, a line a fact."""
    return [f"{change.programme.key}, {name}: {before} → {after}" for name, before, after in differing(change)]


def differing(change: Change) -> list[tuple[str, str, str]]:
    """Return the name of each fact that differs, with its words before and after."""
    return [
        (FIELDS[name](), _words(name, change.before), _words(name, change.after))
        for name in FIELDS
        if name in change.after
    ]


def _words(name: str, facts: Mapping[str, Any]) -> str:
    value = facts.get(name)
    if name == "kinds":
        value = [str(Kind(kind).label) for kind in value or []]
    if name == "force" and value:
        value = str(Force(value).label)
    if isinstance(value, list):
        value = ", ".join(value)
    return value or pgettext("catalogue", "nothing")
