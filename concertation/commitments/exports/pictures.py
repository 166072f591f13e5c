"""The tables beside the pictures, as files: the same rows, numbers as numbers."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from concertation.coalition.countries import country_name
from concertation.commitments.enums import Line
from concertation.commitments.exports.heads import head_of
from concertation.commitments.models.catalogue import BASE
from concertation.commitments.queries.burden import Burden
from concertation.commitments.queries.delivered import Delivered, Tally
from concertation.commitments.queries.looking import Filter
from concertation.commitments.queries.timeline import Row, Timeline
from concertation.core.days import latest_day
from concertation.core.tables import Cell, Column, Table
from concertation.core.tables import Line as HeadLine


def timeline_table(timeline: Timeline, line: Line | str, member: str) -> Table:
    """Return the contributions with their days."""
    columns = [
        Column("contribution", _("Contribution")),
        Column("members", _("Members")),
        Column("state", _("State")),
        Column("available_from", pgettext("contribution", "There from")),
        Column("available_to", pgettext("contribution", "There to")),
        Column("readiness_days", _("Notice to move, in days")),
        Column("approvals_obtained", _("Approvals obtained")),
        Column("approvals_missing", _("Approvals missing")),
        Column("due_on", _("To be delivered by")),
        Column("expires_on", _("Pledge expires on")),
    ]
    filters = [(str(_("Line of effort")), str(Line(line).label))] if line else []
    filters += [(str(_("Member")), country_name(member, "en"))] if member else []
    head = head_of(
        measure=_("Live contributions over time"),
        day=latest_day(),
        filters=filters,
        is_partial=any(timeline.hidden.values()),
    )
    return Table(_("Timeline of contributions"), columns, (_timeline_row(row) for row in timeline.rows), head)


def _timeline_row(row: Row) -> list[Cell]:
    terms, standing = row.entry.terms, row.entry.standing
    given = [f"{line.approval.label} ({line.fact.day})" for line in row.approvals if line.is_given and line.fact]
    missing = [str(line.approval.label) for line in row.approvals if not line.is_given]
    return [
        terms.title,
        ", ".join(member.name for member in row.entry.members),
        standing.state,
        row.ready,
        terms.available_to,
        terms.readiness,
        ", ".join(given),
        ", ".join(missing),
        terms.due_on,
        standing.expires_on,
    ]


def _tally_columns() -> list[Column]:
    return [
        Column("announced", _("Announced")),
        Column("committed", _("Committed")),
        Column("delivered", _("Delivered")),
        Column("overdue", _("Overdue")),
        Column("coming", _("Committed, to come")),
        Column("offered", _("Only announced")),
        Column("undisclosed", _("Of undisclosed quantity")),
        Column("unconverted", _("Without a rate")),
    ]


def _tally(tally: Tally) -> list[Cell]:
    return [
        tally.announced,
        tally.committed,
        tally.delivered,
        tally.overdue,
        tally.coming,
        tally.offered,
        tally.undisclosed,
        tally.unconverted,
    ]


def _head(measure: str, asked: Filter, hidden: dict[str, int], rate_day: date | None) -> list[HeadLine]:
    filters = [(str(_("Line of effort")), str(Line(asked.line).label))] if asked.line else []
    partial = any(hidden.values())
    return head_of(
        measure=measure, day=asked.day, currency=BASE, rate_day=rate_day, filters=filters, is_partial=partial
    )


def delivered_table(delivered: Delivered) -> Table:
    """Return what was promised and delivered, by capability."""
    columns = [
        Column("line", _("Line of effort")),
        Column("capability", _("Capability")),
        Column("unit", _("Unit")),
        *_tally_columns(),
    ]
    rows = (
        [str(one.line.label), one.capability.name, one.capability.unit or BASE, *_tally(one.tally)]
        for one in delivered.by_capability
    )
    measure = _("Promised and delivered, at least; ranges by their lower figure")
    head = _head(measure, delivered.asked, delivered.hidden, delivered.rates.oldest)
    return Table(_("Promised against delivered"), columns, rows, head)


def members_table(delivered: Delivered) -> Table:
    """Return what each member promised and delivered, joint contributions in equal parts."""
    columns = [Column("code", _("Code")), Column("member", _("Member")), *_tally_columns()]
    rows: list[list[Cell]] = [[one.member.pk, one.member.name, *_tally(one.tally)] for one in delivered.by_member]
    rows.append(["", _("All together"), *_tally(delivered.total)])
    what = delivered.capability.name if delivered.capability else _("money")
    measure = _("Promised and delivered, at least; joint contributions in equal parts: %(what)s") % {"what": what}
    head = _head(measure, delivered.asked, delivered.hidden, delivered.rates.oldest)
    return Table(_("Promised against delivered, by member"), columns, rows, head)


def burden_table(burden: Burden) -> Table:
    """Return what each member carries in money."""
    columns = [
        Column("code", _("Code")),
        Column("member", _("Member")),
        Column("announced", _("Announced")),
        Column("committed", _("Committed")),
        Column("delivered", _("Delivered")),
        Column("percent_of_gdp", _("Share of GDP, percent")),
        Column("per_head", _("Per head")),
        Column("gdp_usd", _("GDP in US dollars")),
        Column("gdp_year", _("Year of the GDP")),
        Column("population", _("Population")),
        Column("population_year", _("Year of the population")),
        Column("undisclosed", _("Of undisclosed quantity")),
        Column("source", _("Source")),
    ]
    measure = _("Share of GDP and per head of what is at least: %(stage)s") % {"stage": burden.asked.stage.label}
    head = _head(measure, burden.asked, burden.hidden, burden.rate_day)
    return Table(_("Burden shared"), columns, _burden_rows(burden), head)


def _burden_rows(burden: Burden) -> Iterator[list[Cell]]:
    for share in burden.shares:
        economy, tally = share.economy, share.tally
        yield [
            share.member.pk,
            share.member.name,
            tally.announced,
            tally.committed,
            tally.delivered,
            share.of_gdp,
            share.per_head,
            economy.gdp if economy else None,
            economy.gdp_year if economy else None,
            economy.people if economy else None,
            economy.people_year if economy else None,
            tally.undisclosed,
            economy.source if economy else "",
        ]
