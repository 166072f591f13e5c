"""A plan as files: who serves what when, what is covered and what would close each gap, and scenarios side by side."""

from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from concertation.commitments.exports.heads import head_of
from concertation.commitments.exports.plan_heads import plan_facts, plan_head
from concertation.commitments.models import Contribution, Requirement
from concertation.commitments.models.catalogue import BASE
from concertation.commitments.plan import model
from concertation.commitments.planning.gaps import Gap
from concertation.commitments.planning.reading import Line, Service
from concertation.commitments.queries.plans import Comparison, Sheet
from concertation.commitments.templatetags.plans import deed_line, in_units, pieces
from concertation.core.days import latest_day
from concertation.core.tables import Cell, Column, Table


def services_table(sheet: Sheet) -> Table:
    """Return one row for each span of months in which a contribution serves a requirement."""
    columns = [
        Column("code", _("Code")),
        Column("members", _("Members")),
        Column("contribution", _("Contribution")),
        Column("requirement", _("Serves")),
        Column("essential", _("Essential")),
        Column("capability", _("Capability")),
        Column("quantity", _("Quantity")),
        Column("unit", _("Unit")),
        Column("from", _("First month")),
        Column("to", _("Last month")),
        Column("months", _("Months")),
    ]
    measure = _("What each contribution does in each month; of money and stocks, once")
    return Table(_("Who serves when"), columns, _service_rows(sheet), plan_head(measure, sheet))


def _service_rows(sheet: Sheet) -> Iterator[list[Cell]]:
    needs = sheet.needs
    for contribution, doing in sheet.services:
        for service in doing:
            yield _service_row(sheet, contribution, service, needs[service.requirement])


def _service_row(sheet: Sheet, contribution: Contribution, service: Service, need: model.Requirement) -> list[Cell]:
    row, members = sheet.names.requirements.get(need.id), sheet.names.members
    return [
        ", ".join(contribution.codes),
        ", ".join(members[code].name for code in contribution.codes),
        contribution.title,
        row.name if row else "",
        need.essential,
        row.revision.capability.name if row else "",
        in_units(need, service.amount),
        _unit(row),
        f"{sheet.months[service.start]:%Y-%m}",
        f"{sheet.months[service.end_month]:%Y-%m}",
        service.end - service.start,
    ]


def _unit(row: Requirement | None) -> str:
    """Return in what a requirement is counted."""
    if row is None:
        return ""
    capability = row.revision.capability
    return BASE if capability.is_money else capability.unit


def gaps_table(sheet: Sheet) -> Table:
    """Return what part of each requirement is met in each month, what is missing, and what would close the gap."""
    columns = [
        Column("requirement", _("Requirement")),
        Column("essential", _("Essential")),
        Column("capability", _("Capability")),
        Column("quantity", _("Quantity")),
        Column("unit", _("Unit")),
        *(Column(f"{month:%Y-%m}", f"{month:%Y-%m}") for month in sheet.months),
        Column("share", _("Share of the whole need met")),
        Column("undisclosed_in", _("Undisclosed quantities come on top in")),
        Column("short_in", _("Months in which something is missing")),
        Column("missing", _("Missing")),
        Column("missing_unit", _("Unit of what is missing")),
        Column("acts", _("Acts that help")),
        Column("missing_after_acts", _("Missing after these acts")),
        Column("taken_from", _("Taken from other requirements")),
        Column("missing_after_moves", _("Missing after what is taken")),
        Column("not_offered", _("Offered by nobody")),
        Column("remarks", _("Remarks")),
    ]
    measure = _("Share of need met, in percent; what is missing of it, and what would close each gap")
    return Table(_("Coverage and gaps of the plan"), columns, _gap_rows(sheet), plan_head(measure, sheet))


def _gap_rows(sheet: Sheet) -> Iterator[list[Cell]]:
    gaps, needs = {gap.line.requirement.id: gap for gap in sheet.gaps}, sheet.needs
    for line in sheet.lines:
        gap = gaps.get(line.requirement.id)
        explained = _explained(sheet, gap, needs) if gap and gap.is_explained else [None] * 5
        yield [*_covered(sheet, line), *explained, _remarks(sheet, line, gap)]


def _covered(sheet: Sheet, line: Line) -> list[Cell]:
    """Return what a requirement gets, and what is missing of it."""
    need, row = line.requirement, sheet.names.requirements.get(line.requirement.id)
    return [
        row.name if row else "",
        need.essential,
        row.revision.capability.name if row else "",
        in_units(need, need.quantity),
        _unit(row),
        *(cell.share for cell in line.cells),
        line.average,
        ", ".join(f"{sheet.months[cell.month]:%Y-%m}" for cell in line.cells if cell.is_open),
        len(line.short_months),
        in_units(need, line.missing),
        _unit(row) if need.form is model.Form.STOCK else _("%(unit)s × months") % {"unit": _unit(row)},
    ]


def _explained(sheet: Sheet, gap: Gap, needs: Mapping[str, model.Requirement]) -> list[Cell]:
    """Return the ways in which a gap closes; empty is what does not help."""
    need = gap.line.requirement
    colon, between = pgettext("punctuation", ":"), pgettext("punctuation", ";") + " "
    losses = [
        f"{lost.name}{colon} {pieces(sheet, needs[loss.requirement], loss.pieces)}"
        for loss in (gap.losses if gap.moves_help else ())
        if (lost := sheet.names.requirements.get(loss.requirement))
    ]
    return [
        between.join(deed_line(sheet, deed) for deed in gap.deeds),
        in_units(need, gap.left_by_deeds) if gap.deeds else None,
        between.join(losses),
        in_units(need, gap.left_by_moves) if gap.moves_help else None,
        in_units(need, gap.not_offered),
    ]


def _remarks(sheet: Sheet, line: Line, gap: Gap | None) -> str:
    """Return how far the explanation of a gap can be relied on."""
    if gap is None:
        return "" if line.is_covered else _unexplained(sheet)
    if not gap.is_explained:
        return _("There was no time to explain this gap.")
    said = {
        _("Only acts together with what is taken from elsewhere would help."): gap.takes_both,
        _("Undisclosed offers could add to it; how much is not known."): gap.is_open,
        _("The best that was found in the time; not proven to be the least."): not gap.is_proven,
    }
    return " ".join(words for words, applies in said.items() if applies)


def _unexplained(sheet: Sheet) -> str:
    """Say why no gap was explained."""
    if sheet.run.is_working or sheet.plan is None:
        return _("Gaps are explained when the plan is found.")
    return _("The run was stopped before its gaps were explained. Plan again for that.")


def comparison_table(comparison: Comparison) -> Table:
    """Return the last plans of some scenarios side by side: what they assume and come to, then each requirement."""
    columns = [
        Column("measure", _("Measure")),
        Column("requirement", _("Requirement")),
        Column("essential", _("Essential")),
        Column("differs", _("Differs")),
        *(Column(f"plan_{number}", sheet.run.name) for number, sheet in enumerate(comparison.sheets, 1)),
    ]
    rows = [*_fact_rows(comparison), *_figure_rows(comparison), *_compared_rows(comparison)]
    head = head_of(
        measure=_("The last plan of each, and where they differ."),
        day=latest_day(),
        is_partial=any(sheet.run.hidden for sheet in comparison.sheets),
    )
    return Table(_("Scenarios side by side"), columns, rows, head)


def _fact_rows(comparison: Comparison) -> Iterator[list[Cell]]:
    """Yield what the head of each plan says, one fact a row."""
    said = [{line.label: line.value for line in plan_facts(sheet)} for sheet in comparison.sheets]
    yield _compared(_("Planned on"), [sheet.run.asked_at.date() for sheet in comparison.sheets])
    for label in dict.fromkeys(label for facts in said for label in facts):
        yield _compared(label, [facts.get(label) for facts in said])


def _compared(measure: str, cells: Sequence[Cell]) -> list[Cell]:
    """Return a row that is about no requirement."""
    return [measure, None, None, len(set(cells)) > 1, *cells]


def _figure_rows(comparison: Comparison) -> Iterator[list[Cell]]:
    tiles, changes = [sheet.tiles for sheet in comparison.sheets], [sheet.changes for sheet in comparison.sheets]
    figures: dict[str, list[int | None]] = {
        _("Requirements covered"): [one.covered for one in tiles],
        _("Requirements in the plan"): [one.needed for one in tiles],
        _("Essential gaps"): [one.essential_gaps for one in tiles],
        _("Contributions that wait for an approval"): [one.waiting for one in tiles],
        _("Changes from what was confirmed"): [changed if confirmed else None for changed, confirmed in changes],
        _("Contributions that were confirmed"): [confirmed for _changed, confirmed in changes],
    }
    for measure, cells in figures.items():
        yield _compared(measure, cells)


def _compared_rows(comparison: Comparison) -> Iterator[list[Cell]]:
    measure = _("Share of the whole need met, in percent")
    for row in comparison.rows:
        shares = (line.average if line else None for line in row.lines)
        yield [measure, row.requirement.name, row.is_essential, row.differs, *shares]
