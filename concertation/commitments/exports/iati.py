"""Contributions of money as IATI 2.03 activities, in the order of elements that its schema wants; no Django here.

An activity is one contribution. Announced is an outgoing pledge (transaction type 12), committed an outgoing
commitment (2), paid a disbursement (3). What is undisclosed has no transaction, since none of 0 was made.

Identifiers claim nothing: the reporting organisation is named by the host name of its server, which no registry of
organisations knows, and members are named by words alone (docs/decisions/0020).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import IntEnum
from typing import Any

from lxml import etree

VERSION = "2.03"
SECTORS = {"financial-aid": "51010", "humanitarian-aid": "72010"}  # purposes of the DAC
UNALLOCATED = "99810"
UNSPECIFIED_REGION = "998"
MULTILATERAL, GOVERNMENT = "40", "10"
FUNDING, ACCOUNTABLE = "1", "2"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class Kind(IntEnum):
    """The transaction types that are used."""

    COMMITMENT = 2
    DISBURSEMENT = 3
    PLEDGE = 12


class Status(IntEnum):
    """The activity statuses that are used."""

    PIPELINE = 1
    IMPLEMENTATION = 2
    CLOSED = 4
    CANCELLED = 5


@dataclass(frozen=True, slots=True)
class Payment:
    """One transaction, in the currency of its activity."""

    kind: Kind
    day: date
    amount: Decimal
    words: str = ""


@dataclass(frozen=True, slots=True)
class Activity:
    """One contribution of money. Days that lie ahead are planned, `begun` and `ended` are actual."""

    id: str
    title: str
    description: str
    providers: Sequence[str]  # names of members
    currency: str
    capability: str
    status: Status
    planned_start: date
    planned_end: date | None
    begun: date | None
    ended: date | None
    payments: Sequence[Payment]
    link: str = ""


@dataclass(frozen=True, slots=True)
class Reporter:
    """The coalition, by the host name of its server; `country` is who receives, where all is for one."""

    ref: str
    name: str
    country: str = ""


def iati_of(reporter: Reporter, activities: Iterable[Activity], at: datetime, language: str = "en") -> bytes:
    """Return the file of all activities."""
    moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    root = etree.Element("iati-activities", {"version": VERSION, "generated-datetime": moment})
    for activity in activities:
        root.append(_activity(reporter, activity, moment, language))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _activity(reporter: Reporter, one: Activity, moment: str, language: str) -> Any:
    facts = {LANG: language, "default-currency": one.currency, "last-updated-datetime": moment}
    if one.capability == "humanitarian-aid":
        facts["humanitarian"] = "1"
    made = etree.Element("iati-activity", facts)
    etree.SubElement(made, "iati-identifier").text = f"{reporter.ref}-{one.id}"
    reporting = {"ref": reporter.ref, "type": MULTILATERAL, "secondary-reporter": "1"}
    _told(made, "reporting-org", reporter.name, reporting)
    _told(made, "title", one.title)
    _told(made, "description", one.description or one.title, {"type": "1"})
    for name in one.providers:
        _told(made, "participating-org", name, {"type": GOVERNMENT, "role": FUNDING})
    _told(made, "participating-org", reporter.name, {"ref": reporter.ref, "type": MULTILATERAL, "role": ACCOUNTABLE})
    etree.SubElement(made, "activity-status", code=str(one.status.value))
    for kind, day in ((1, one.planned_start), (2, one.begun), (3, one.planned_end), (4, one.ended)):
        if day is not None:
            etree.SubElement(made, "activity-date", {"iso-date": day.isoformat(), "type": str(kind)})
    if reporter.country:
        etree.SubElement(made, "recipient-country", code=reporter.country)
    else:
        etree.SubElement(made, "recipient-region", code=UNSPECIFIED_REGION, vocabulary="1")
    etree.SubElement(made, "sector", code=SECTORS.get(one.capability, UNALLOCATED), vocabulary="1")
    for payment in one.payments:
        made.append(_transaction(one, payment))
    if one.link:
        made.append(_document(one))
    return made


def _transaction(one: Activity, payment: Payment) -> Any:
    """Return a transaction; of several members none is named as the provider, as all of them are."""
    made = etree.Element("transaction")
    day = payment.day.isoformat()
    etree.SubElement(made, "transaction-type", code=str(payment.kind.value))
    etree.SubElement(made, "transaction-date", {"iso-date": day})
    value = etree.SubElement(made, "value", {"currency": one.currency, "value-date": day})
    value.text = f"{payment.amount:f}"
    if payment.words:
        _told(made, "description", payment.words)
    if len(one.providers) == 1:
        _told(made, "provider-org", one.providers[0], {"type": GOVERNMENT})
    return made


def _document(one: Activity) -> Any:
    """Return the link to the public source."""
    made = etree.Element("document-link", url=one.link, format="text/html")
    _told(made, "title", one.title)
    etree.SubElement(made, "category", code="A12")  # web page of the activity
    return made


def _told(parent: Any, tag: str, words: str, facts: dict[str, str] | None = None) -> None:
    """Add an element that says something in a narrative."""
    made = etree.SubElement(parent, tag, facts or {})
    etree.SubElement(made, "narrative").text = words
