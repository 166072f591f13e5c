"""The measures as a list, as a matrix and over time, now or on a day."""

from datetime import date
from itertools import accumulate

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from concertation.core.days import day_asked, latest_day
from concertation.core.downloads import format_asked, table_answer
from concertation.core.http import DelegateRequest, delegates_only, render_page_or_partial
from concertation.core.tables import Format
from concertation.pressure.aligning import Said
from concertation.pressure.domain.publication import publish_measures
from concertation.pressure.exports import matrix_table
from concertation.pressure.queries.alignment import table_for, todos
from concertation.pressure.queries.measures import member_for
from concertation.pressure.rules import may_code, may_edit
from concertation.pressure.views.filters import about_filters, filters_of

HEIGHT = 100  # of a column of the picture, in its own units


@require_safe
@delegates_only
def show_measures(request: DelegateRequest) -> HttpResponse:
    """Show the measures, each with how many members apply it."""
    at, filters = day_asked(request), filters_of(request)
    context = {
        "table": table_for(request.delegate, at or latest_day(), filters),
        "may_edit": may_edit(request.delegate),
        "may_import": may_code(request.delegate),
        **about_filters(request, filters, at),
    }
    return render_page_or_partial(request, "pressure/list.html", context, partial="measures")


@require_safe
@delegates_only
def show_matrix(request: DelegateRequest) -> HttpResponse:
    """Show measures × members."""
    at, filters = day_asked(request), filters_of(request)
    table = table_for(request.delegate, at or latest_day(), filters)
    context = {"table": table, "formats": list(Format), **about_filters(request, filters, at)}
    return render_page_or_partial(request, "pressure/matrix.html", context, partial="matrix")


@require_safe
@delegates_only
def export_matrix(request: DelegateRequest) -> HttpResponse:
    """Give the matrix as a file, CSV unless `?format=` says otherwise, with the filters and the day of the page."""
    at, filters = day_asked(request), filters_of(request)
    table = table_for(request.delegate, at or latest_day(), filters)
    return table_answer(matrix_table(table), format_asked(request) or Format.CSV, table.day)


@require_safe
@delegates_only
def show_alignment(request: DelegateRequest) -> HttpResponse:
    """Show the alignment by member and over time, and what the others would have to do to match the most complete."""
    at, filters = day_asked(request), filters_of(request)
    table = table_for(request.delegate, at or latest_day(), filters)
    history, best = table.history(), table.best()
    context = {
        "table": table,
        "by_member": [(member, table.of_member(member.pk)) for member in table.members],
        "best": next((member for member in table.members if member.pk == best), None),
        "todos": list(todos(table)),
        "history": history,
        "columns": _columns(history),
        **about_filters(request, filters, at),
    }
    return render_page_or_partial(request, "pressure/alignment.html", context, partial="alignment")


def _columns(history: list[tuple[date, dict[Said, int]]]) -> list[dict[str, object]]:
    """Return the columns of the picture: each piece with its share of the height, from the bottom up."""
    width = 100 / max(len(history), 1)
    columns = []
    for place, (day, tally) in enumerate(history):
        whole = sum(tally.values()) or 1
        tops = list(accumulate(HEIGHT * number / whole for number in tally.values()))
        pieces = [
            {
                "said": said.replace("_", "-"),
                "y": f"{HEIGHT - top:.2f}%",
                "height": f"{HEIGHT * tally[said] / whole:.2f}%",
            }
            for said, top in zip(tally, tops, strict=True)
            if tally[said]
        ]
        columns.append({"day": day, "x": f"{place * width:.2f}%", "width": f"{width * 0.8:.2f}%", "pieces": pieces})
    return columns


@require_safe
@delegates_only
def show_member(request: DelegateRequest, code: str) -> HttpResponse:
    """Show how one member stands to the measures."""
    at, filters = day_asked(request), filters_of(request)
    sheet = member_for(request.delegate, code, at or latest_day(), filters)
    if sheet is None:
        raise Http404
    context = {"sheet": sheet, "table": sheet.table, "member": sheet.member, **about_filters(request, filters, at)}
    return render(request, "pressure/member.html", context)


@require_POST
@delegates_only
def publish(request: DelegateRequest) -> HttpResponse:
    """Publish the measures and how many members apply them, as they are today."""
    publish_measures(by=request.delegate)
    return redirect("web:published")
