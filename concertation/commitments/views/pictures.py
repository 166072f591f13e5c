"""Pictures of what is contributed: over time, promised against delivered, and who carries how much.

Each page shows its table beside the picture, and gives it as a file with `?format=`.
"""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from concertation.coalition.models import Member
from concertation.commitments.enums import Line, Stage
from concertation.commitments.exports import pictures as tables
from concertation.commitments.forms.fields import capability_choices
from concertation.commitments.queries.burden import MEASURES, burden_for
from concertation.commitments.queries.delivered import delivered_for
from concertation.commitments.queries.looking import Filter
from concertation.commitments.queries.timeline import timeline_for
from concertation.commitments.views.coverage import choice_of
from concertation.core.days import about_day, day_asked
from concertation.core.downloads import format_asked, table_answer
from concertation.core.errors import InvalidInput
from concertation.core.http import DelegateRequest, delegates_only, render_page_or_partial

EUROPE, WORLD = "europe", "world"


@require_safe
@delegates_only
def show_timeline(request: DelegateRequest) -> HttpResponse:
    """Show when contributions are there, and what they still need."""
    line, member = choice_of(Line, request.GET.get("line", "")), request.GET.get("member", "")
    timeline = timeline_for(request.delegate, line, member)
    if wanted := format_asked(request):
        return table_answer(tables.timeline_table(timeline, line, member), wanted)
    context = {"timeline": timeline, "line": line, "member": member, "members": _members(), "lines": Line.choices}
    return render_page_or_partial(request, "commitments/timeline.html", context, partial="timeline")


@require_safe
@delegates_only
def show_delivered(request: DelegateRequest) -> HttpResponse:
    """Show what was promised and what was delivered of it."""
    at = day_asked(request)
    asked = Filter(line=choice_of(Line, request.GET.get("line", "")), at=at)
    delivered = delivered_for(request.delegate, asked, request.GET.get("capability", ""))
    if wanted := format_asked(request):
        table = tables.members_table if request.GET.get("table") == "members" else tables.delivered_table
        return table_answer(table(delivered), wanted)
    context: dict[str, Any] = {
        "delivered": delivered,
        "asked": asked,
        "lines": Line.choices,
        "capabilities": capability_choices(),
        **about_day(at),
    }
    return render_page_or_partial(request, "commitments/delivered.html", context, partial="delivered")


@require_safe
@delegates_only
def show_burden(request: DelegateRequest) -> HttpResponse:
    """Show what each member carries in money, beside its economy and its population, and on a map."""
    at = day_asked(request)
    stage = Stage(choice_of(Stage, request.GET.get("stage", "")) or Stage.COMMITTED)
    view = request.GET.get("view", EUROPE)
    if stage not in MEASURES or view not in {EUROPE, WORLD}:
        raise InvalidInput
    asked = Filter(stage=stage, line=choice_of(Line, request.GET.get("line", "")), at=at)
    burden = burden_for(request.delegate, asked)
    if wanted := format_asked(request):
        return table_answer(tables.burden_table(burden), wanted)
    context: dict[str, Any] = {
        "burden": burden,
        "asked": asked,
        "lines": Line.choices,
        "stages": [(one.value, one.label) for one in MEASURES],
        "view": view,
        **about_day(at),
    }
    return render_page_or_partial(request, "commitments/burden.html", context, partial="burden")


def _members() -> list[tuple[str, str]]:
    return [(member.pk, member.name) for member in Member.objects.present()]
