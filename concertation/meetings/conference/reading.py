"""A kept outcome in the reader's language: what the page shows and the files hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concertation.coalition.apps import member_name
from concertation.commitments.enums import CaveatKind, Domain, Form, Line, Phase, State
from concertation.commitments.models import Capability
from concertation.commitments.templatetags.commitments import figure as number
from concertation.commitments.templatetags.commitments import quantity
from concertation.core.words import in_language
from concertation.meetings.enums import Closing

Sheet = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ReadOffer:
    """What a member offered in the meeting, in words."""

    contribution: str
    code: str
    member: str
    quantity: str
    title: str
    state: str
    limits: str  # conditions and classes of caveats

    @property
    def line(self) -> str:
        """All of it in one line."""
        said = f"{self.member}: {self.quantity} ({self.state})"
        return f"{said}, {self.limits}" if self.limits else said


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A requirement of the list, in words; `requirement` is empty for offers outside the list."""

    position: str
    requirement: str
    name: str
    is_essential: bool
    quantity: str
    period: str
    offers: list[ReadOffer]
    missing: str
    is_missing: bool
    closing: str
    label: str
    asked: str  # who is asked again, and by when to answer
    note: str

    @property
    def outcome(self) -> str:
        """How it was closed, with who is asked and the note."""
        label = f"{self.label}: {self.asked}" if self.asked else self.label
        return f"{label}. {self.note}" if self.note else label


@dataclass(frozen=True, slots=True)
class ReadOutcome:
    """The outcome in words; `sha256` is empty while the meeting has not been closed."""

    title: str
    day: datetime
    basis: str
    partial: list[str]
    lines: list[ReadLine]
    others: list[tuple[str, ReadOffer]]
    sha256: str

    @property
    def heading(self) -> str:
        """The title of the page and of the files."""
        return _("Outcome of the conference: %(title)s") % {"title": self.title}

    @property
    def closings(self) -> list[tuple[str, int]]:
        """How many requirements were closed how."""
        labels = [line.label for line in self.lines]
        return [(label, labels.count(label)) for label in dict.fromkeys(labels)]

    @property
    def state(self) -> str:
        """Whether this is what was kept."""
        return _("as kept when the meeting was closed") if self.sha256 else _("as it stands now; not final")


def read(sheet: Sheet, sha256: str = "") -> ReadOutcome:
    """Return a sheet in the reader's language."""
    return ReadOutcome(
        title=in_language(sheet["titles"]),
        day=datetime.fromisoformat(sheet["at"]),
        basis=_basis(sheet),
        partial=list(_partial(sheet["hidden"])),
        lines=[_line(line) for line in sheet["requirements"]],
        others=[(_beside(offer), _offer(offer)) for offer in sheet["others"]],
        sha256=sha256,
    )


def _basis(sheet: Sheet) -> str:
    """Return by which filters the list was made."""
    chosen = [
        str(choices(sheet[name]).label)
        for name, choices in (("line", Line), ("phase", Phase), ("domain", Domain))
        if sheet[name]
    ]
    return " · ".join(chosen) or _("all requirements")


def _partial(hidden: dict[str, int]) -> Iterator[str]:
    """Yield what the reader is not shown."""
    for line, n in hidden.items():
        if n:
            said = ngettext(
                "partial: %(n)d contribution to %(line)s is not visible to you",
                "partial: %(n)d contributions to %(line)s are not visible to you",
                n,
            )
            yield said % {"n": n, "line": Line(line).label}


def _line(line: Sheet) -> ReadLine:
    missing = line["missing"]
    return ReadLine(
        position=str(line["position"]),
        requirement=line["requirement"],
        name=in_language(line["names"]),
        is_essential=line["essential"],
        quantity=figure(line["quantity"], line),
        period=f"{_day(line['needed_from'])} – {_day(line['needed_to'])}",
        offers=[_offer(offer) for offer in line["offers"]],
        missing=_missing(line),
        is_missing=missing is not None and Decimal(missing) > 0,
        closing=line["closing"],
        label=str(Closing(line["closing"]).label) if line["closing"] else _("not treated"),
        asked=_asked(line),
        note=line["note"],
    )


def _asked(line: Sheet) -> str:
    """Return who is asked again, and by when; nothing of a requirement that was closed otherwise."""
    if line["closing"] != Closing.ASKED_AGAIN:
        return ""
    members = ", ".join(member_name(code) for code in line["asked"]) or _("all members")
    return _("%(members)s, by %(day)s") % {"members": members, "day": _day(line["until"])}


def _beside(offer: Sheet) -> str:
    """Return for what something was offered beside the list, and its own title where that says something else."""
    name, title = in_language(offer["names"]), offer["title"]
    return name if title in offer["names"].values() else f"{name} ({title})"


def _missing(line: Sheet) -> str:
    """Return what is missing in the worst month; a dash for nothing, with what nobody disclosed."""
    if line["missing"] is None:
        return "–"
    gap = figure(line["missing"], line) if Decimal(line["missing"]) else "–"
    return _("%(gap)s, and undisclosed quantities") % {"gap": gap} if line["undisclosed"] else gap


def _offer(offer: Sheet) -> ReadOffer:
    conditions = [_("only if: %(condition)s") % {"condition": in_language(names)} for names in offer["conditions"]]
    caveats = [_("caveat: %(kind)s") % {"kind": CaveatKind(kind).label} for kind in offer["caveats"]]
    return ReadOffer(
        contribution=offer["contribution"],
        code=offer["member"],
        member=member_name(offer["member"]),
        quantity=_between(offer),
        title=offer["title"],
        state=str(State(offer["state"]).label),
        limits="; ".join([*conditions, *caveats]),
    )


def _between(offer: Sheet) -> str:
    """Return one figure, a range, or that it is undisclosed."""
    if offer["low"] is None:
        return _("undisclosed")
    if offer["low"] == offer["high"]:
        return figure(offer["low"], offer)
    return f"{number(Decimal(offer['low']))}–{figure(offer['high'], offer)}"


def figure(value: str, counted: Sheet) -> str:
    """Return a quantity with its unit or currency, as the reader writes it."""
    form = Form.MONEY if counted["is_money"] else Form.STOCK
    return quantity(Decimal(value), Capability(units=counted["units"], form=form), counted["currency"])


def _day(text: str) -> str:
    return date_format(date.fromisoformat(text), "DATE_FORMAT")
