"""Words for the templates of plans: `{% load plans %}`."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from concertation.commitments.enums import Approval, CaveatKind
from concertation.commitments.models.catalogue import BASE
from concertation.commitments.plan.measure import Stage, StageResult
from concertation.commitments.plan.model import Contribution, Form, Requirement
from concertation.commitments.planning.gaps import Deed
from concertation.commitments.planning.mapping import HUNDREDTHS
from concertation.commitments.planning.reading import Service
from concertation.commitments.queries.plans import Sheet

register = template.Library()


@register.filter
def at(mapping: Mapping[str, Any], key: object) -> Any:
    """Return what `mapping` has for `key`, None for nothing."""
    return mapping.get(str(key))


@register.simple_tag
def when(sheet: Sheet, service: Service) -> str:
    """Write the first and the last month of a service."""
    first, last = sheet.labels[service.start], sheet.labels[service.end - 1]
    return first if service.end - service.start == 1 else f"{first} – {last}"


@register.simple_tag
def need(sheet: Sheet, need_id: str) -> str:
    """Name a requirement, with a link to its page."""
    if need_id not in sheet.links:
        row = sheet.names.requirements.get(need_id)
        sheet.links[need_id] = (
            render_to_string("commitments/plan/requirement.html", {"requirement": row}) if row else ""
        )
    return SafeString(sheet.links[need_id].strip())


@register.simple_tag
def pieces(sheet: Sheet, need: Requirement, count: int) -> str:
    """Write so many pieces of a requirement as one counts them: “12 hospitals × months”, “350,000 rounds”."""
    figure = pieces_figure(need, count)
    row = sheet.names.requirements.get(need.id)
    capability = row.revision.capability if row else None
    if capability and capability.is_money:
        return f"{figure} {BASE}"
    unit = capability.unit if capability else ""
    if need.form is Form.STOCK:
        return f"{figure} {unit}".strip()
    return _("%(figure)s %(unit)s × months") % {"figure": figure, "unit": unit}


@register.simple_tag
def pieces_figure(need: Requirement, count: int) -> str:
    """Write so many pieces as a figure alone."""
    return number_format(in_units(need, count), force_grouping=True)


@register.simple_tag
def amount(sheet: Sheet, need_id: str, count: int) -> str:
    """Write how much serves a requirement in a month, or once."""
    row = sheet.names.requirements.get(need_id)
    if row is None:
        return ""
    capability = row.revision.capability
    if capability.form == Form.UNIT:
        return f"× {number_format(count, force_grouping=True)}"
    figure = number_format(_in_units(count), force_grouping=True)
    return f"{figure} {BASE if capability.is_money else capability.unit}"


def in_units(need: Requirement, count: int) -> int | Decimal:
    """Return so many pieces of a requirement in the unit of its capability."""
    return count if need.form is Form.UNIT else _in_units(count)


def _in_units(count: int) -> int | Decimal:
    """Return hundredths as whole units where they are."""
    whole, rest = divmod(count, HUNDREDTHS)
    return Decimal(count) / HUNDREDTHS if rest else whole


@register.inclusion_tag("commitments/plan/deed.html")
def deed(sheet: Sheet, deed: Deed) -> dict[str, object]:
    """Say who would have to do what."""
    offer = _offer(sheet, deed)
    return {
        "words": deed_words(sheet, deed),
        "contribution": sheet.names.contributions.get(deed.contribution),
        "members": [sheet.names.members[code] for code in (offer.members if offer else ())],
    }


def deed_line(sheet: Sheet, deed: Deed) -> str:
    """Say who would have to do what in one line without marks, as the page says it."""
    offer, contribution = _offer(sheet, deed), sheet.names.contributions.get(deed.contribution)
    words = deed_words(sheet, deed)
    if offer:
        names = ", ".join(sheet.names.members[code].name for code in offer.members)
        colon = pgettext("punctuation", ":")
        words = f"{names}{colon} {words}"
    return f"{words} · {contribution.title}" if contribution else words


def deed_words(sheet: Sheet, deed: Deed) -> str:
    """Say what would have to be done."""
    offer = _offer(sheet, deed)
    if deed.kind == "APPROVE":
        return _("%(approval)s approval") % {"approval": Approval(deed.approval).label}
    if deed.kind == "LIFT":
        kinds = {caveat.id: CaveatKind(caveat.kind).label for caveat in offer.caveats} if offer else {}
        return _("lifts the caveat “%(caveat)s”") % {"caveat": kinds.get(deed.caveat, "")}
    if deed.kind == "ADVANCE":
        days = offer.readiness if offer else 0
        words = ngettext("ready %(days)s day earlier, at once", "ready %(days)s days earlier, at once", days)
        return words % {"days": days}
    condition = sheet.names.conditions.get(deed.condition)
    return _("condition met from the first month: “%(name)s”") % {"name": condition.name if condition else ""}


def _offer(sheet: Sheet, deed: Deed) -> Contribution | None:
    """Return the contribution of the problem that a deed is about."""
    offers = sheet.problem.contributions if deed.contribution and sheet.problem else ()
    return next((offer for offer in offers if offer.id == deed.contribution), None)


@register.filter
def approval_name(value: str) -> str:
    """Name a kind of approval."""
    return str(Approval(value).label)


@register.simple_tag
def bar(sheet: Sheet, service: Service) -> tuple[str, str]:
    """Return where the bar of a service begins and how long it is, as shares of the months of the plan."""
    months = sheet.run.months
    return f"{service.start / months:.2%}", f"{(service.end - service.start) / months:.2%}"


@register.filter
def stage_name(stage: Stage) -> str:
    """Name what a stage makes small."""
    return {
        Stage.ESSENTIAL: pgettext("stage of a plan", "essential shortfall"),
        Stage.WEIGHTED: pgettext("stage of a plan", "weighted shortfall"),
        Stage.UNAPPROVED: pgettext("stage of a plan", "use of approvals only assumed"),
        Stage.BURDEN: pgettext("stage of a plan", "greatest burden of a member"),
        Stage.CHANGE: pgettext("stage of a plan", "change from what was confirmed"),
    }[stage]


@register.filter
def gap_percent(result: StageResult) -> str:
    """Write the gap of a stage: 3.2 %."""
    percent = result.gap * 100
    return _("%(figure)s %%") % {"figure": number_format(percent, 2 if percent < 1 else 1)}


@register.filter
def left_out_reason(reason: str) -> str:
    """Say why contributions or requirements are not part of a plan."""
    return {
        "undisclosed": _("Quantity undisclosed"),
        "not_live": _("Only proposed, withdrawn or expired"),
        "not_counted": _("Not so far as this scenario counts"),
        "other_time": _("Not available in these months"),
        "other_need": _("Earmarked for what is not needed in these months"),
        "no_rate": _("In a currency without a rate of exchange"),
        "negative": _("Corrections with a negative amount"),
        "requirement_no_rate": _("Requirements in a currency without a rate of exchange"),
    }.get(reason, reason)
