"""What one table cannot tell of positions and contacts: references that lead nowhere, facts that contradict."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from concertation.coalition.countries import country_codes
from concertation.coalition.enums import Audience
from concertation.exchange import schema_watch as schema
from concertation.exchange.contents import Finding, Placed
from concertation.exchange.faults import unknown
from concertation.exchange.lines import Path


def others(rows: Sequence[Placed[schema.OtherPart]]) -> Iterator[Finding]:
    """Yield flags of no country."""
    for placed in rows:
        country = placed.part.country
        if country is not None and country not in country_codes():
            yield (*placed.at, "country"), _("“%(value)s” is no country of ISO 3166-1.") % {"value": country}


def question(
    at: Path, part: schema.QuestionPart, codes: set[str], keys: set[str], contacts: dict[str, set[str]]
) -> Iterator[Finding]:
    """Yield speakers, readers and contacts that are not there, and positions of nobody or of two."""
    for index, said in enumerate(part.positions):
        place = (*at, "positions", index)
        if (said.member is None) == (said.other is None):
            yield place, _("A position is that of a “member” or of an “other”, of one of them.")
        yield from _codes(place, {"member": said.member, "entered_for": said.entered_for}, codes)
        yield from _audience(place, said.audience, said.members, codes)
        if said.other is not None and said.other not in keys:
            yield (*place, "other"), unknown(_("“%(value)s” is nobody of “others” in this file."), said.other, keys)
        if said.contact is not None and said.contact not in contacts:
            yield (
                (*place, "contact"),
                unknown(_("“%(value)s” is no contact in this file."), said.contact, contacts),
            )
        elif said.contact is not None and said.other not in contacts[said.contact]:
            yield (*place, "contact"), _("Only those who were spoken to were heard in a contact.")


def contact(at: Path, part: schema.ContactPart, codes: set[str], keys: set[str]) -> Iterator[Finding]:
    """Yield parties and readers that are not there, contacts without a day, points and readouts out of their time."""
    yield from _codes(at, {"holder": part.holder}, codes)
    for index, code in enumerate(part.taking_part):
        yield from _codes((*at, "taking_part"), {index: code}, codes)
    for index, key in enumerate(part.others):
        if key not in keys:
            yield (*at, "others", index), unknown(_("“%(value)s” is nobody of “others” in this file."), key, keys)
    if part.planned is None and part.held is None:
        yield at, _("A contact needs the day on which it is “planned” or was “held”.")
    if part.held is None and part.readouts:
        yield (*at, "readouts"), _("Only of a contact that was held is there a readout.")
    if part.planned is None and part.points:
        yield (*at, "points"), _("Only for a contact that was “planned” are points asked.")
    yield from _audience(at, part.audience, part.members, codes)
    for index, point in enumerate(part.points):
        yield from _point((*at, "points", index), part, point, codes)
    for index, readout in enumerate(part.readouts):
        yield from _audience((*at, "readouts", index), readout.audience, readout.members, codes)


def _point(at: Path, contact: schema.ContactPart, point: schema.PointPart, codes: set[str]) -> Iterator[Finding]:
    """Yield who asks or reads and is not there, and a point that its own contact's holder asks."""
    yield from _codes(at, {"member": point.member}, codes)
    if point.member == contact.holder:
        yield (*at, "member"), _("The holder raises points and asks for none.")
    yield from _audience(at, point.audience, point.members, codes)


def _codes(at: Path, found: Mapping[Any, str | None], codes: set[str]) -> Iterator[Finding]:
    for key, code in found.items():
        if code is not None and code not in codes:
            yield (*at, key), unknown(_("“%(value)s” is no member in this file."), code, codes)


def _audience(at: Path, audience: Audience, members: Sequence[str], codes: set[str]) -> Iterator[Finding]:
    """Yield readers that are no member, and readers where there are none to name."""
    for number, code in enumerate(members):
        yield from _codes((*at, "members"), {number: code}, codes)
    if (audience == Audience.MEMBERS) != bool(members):
        yield at, _("“members” names who may read what has the audience “members”, and only there.")
