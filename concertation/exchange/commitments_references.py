"""What contradicts itself, or leads nowhere, in the tables of what is required and contributed."""

from collections.abc import Collection, Iterator
from typing import Any

from django.utils.translation import gettext as _

from concertation.coalition.enums import Audience
from concertation.commitments.catalogue import USUAL
from concertation.commitments.enums import FactKind
from concertation.exchange import schema
from concertation.exchange.contents import Finding, Found
from concertation.exchange.faults import unknown
from concertation.exchange.findings import member_of, twice, values_of
from concertation.exchange.lines import Path

# What each kind of entry needs beside its day; no other entry may have it.
OWN = {
    FactKind.JOINED: "member",
    FactKind.APPROVED: "approval",
    FactKind.REFUSED: "approval",
    FactKind.DELIVERED: "quantity",
    FactKind.RENEWED: "until",
    FactKind.LIFTED: "caveat",
}


def commitments(raw: dict[str, Any], found: Found, codes: Collection[str]) -> Iterator[Finding]:
    """Yield what is wrong between the tables of capabilities, rates, requirements and contributions."""
    capabilities = values_of(raw, "capabilities", "code") | _usual(raw)
    requirements, conditions = values_of(raw, "requirements", "key"), values_of(raw, "conditions", "key")
    yield from twice(((placed.at, "code"), placed.part.code) for placed in found.capabilities)
    yield from twice(((placed.at, "key"), placed.part.key) for placed in found.requirements)
    yield from twice(((placed.at, "key"), placed.part.key) for placed in found.contributions)
    yield from twice(((rate.at, "day"), f"{rate.part.currency} {rate.part.day}") for rate in found.rates)
    for need in found.requirements:
        yield from _capability((*need.at, "capability"), need.part.capability, capabilities)
    for placed in found.contributions:
        at, part = placed.at, placed.part
        yield from _capability((*at, "capability"), part.capability, capabilities)
        if part.earmark is not None and part.earmark not in requirements:
            yield (
                (*at, "earmark"),
                unknown(_("“%(value)s” is no requirement in this file."), part.earmark, requirements),
            )
        for index, key in enumerate(part.conditions):
            if key not in conditions:
                sentence = _("“%(value)s” is no condition in this file.")
                yield (*at, "conditions", index), unknown(sentence, key, conditions)
        yield from _contribution(at, part, codes)


def _usual(raw: dict[str, Any]) -> set[str]:
    """Return the codes of the usual catalogue where the file takes it."""
    catalogue = raw.get("catalogue")
    takes = isinstance(catalogue, dict) and catalogue.get("usual") is True
    return {capability.code for capability in USUAL} if takes else set()


def _capability(at: Path, code: str, known: Collection[str]) -> Iterator[Finding]:
    if code not in known:
        yield at, unknown(_("“%(value)s” is no capability in this file."), code, known)


def _contribution(at: Path, part: schema.ContributionPart, codes: Collection[str]) -> Iterator[Finding]:
    """Yield parties and readers that are no member, amounts told twice or not at all, caveats and entries."""
    yield from twice((((*at, "members"), index), code) for index, code in enumerate(part.members))
    for index, code in enumerate(part.members):
        yield from member_of((*at, "members", index), code, codes)
    yield from _readers(at, part.audience, part.readers, codes)
    is_range = part.low is not None and part.high is not None
    if (part.quantity is not None) == is_range or (part.low is None) != (part.high is None):
        yield at, _("Give either “quantity”, a number or “undisclosed”, or “low” and “high”.")
    for index, caveat in enumerate(part.caveats):
        place = (*at, "caveats", index)
        yield from _readers(place, caveat.audience, caveat.readers, codes)
        if not (caveat.areas or caveat.tasks or caveat.wording):
            yield place, _("Name the areas or tasks that the caveat excludes, or word it.")
    for index, fact in enumerate(part.facts):
        yield from _fact((*at, "facts", index), fact, part)


def _readers(at: Path, audience: Audience, readers: list[str], codes: Collection[str]) -> Iterator[Finding]:
    for number, code in enumerate(readers):
        yield from member_of((*at, "readers", number), code, codes)
    if (audience == Audience.MEMBERS) != bool(readers):
        yield at, _("“readers” names who may read what has the audience “members”, and only there.")


def _fact(at: Path, fact: schema.FactPart, part: schema.ContributionPart) -> Iterator[Finding]:
    """Yield what an entry of its kind needs and lacks, or has and cannot have."""
    own = OWN.get(fact.kind)
    for name in sorted(set(OWN.values())):
        if name == own and getattr(fact, name) is None:
            yield at, _("The key “%(key)s” is missing.") % {"key": name}
        if name != own and getattr(fact, name) is not None:
            yield (*at, name), _("An entry of the kind “%(kind)s” has no “%(key)s”.") % {"kind": fact.kind, "key": name}
    if fact.member is not None and fact.member not in part.members[1:]:
        yield (*at, "member"), _("“%(value)s” is not among the members that may join.") % {"value": fact.member}
    if fact.caveat is not None and fact.caveat > len(part.caveats):
        yield (*at, "caveat"), _("There is no caveat of this number.")
