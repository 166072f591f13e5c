"""What is required against what is offered, by requirement and month, and in totals."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from django.db.models import TextChoices
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from concertation.coalition.models import Member
from concertation.commitments.domain.publication import publish_totals
from concertation.commitments.enums import Domain, Line, Phase, Stage
from concertation.commitments.exports.coverage import COVERAGE_TABLES
from concertation.commitments.queries.coverage import Coverage, Filter, coverage_for
from concertation.commitments.rules import may_offer, may_require
from concertation.core.days import about_day, day_asked
from concertation.core.downloads import format_asked, table_answer
from concertation.core.errors import BadDay, InvalidInput
from concertation.core.http import DelegateRequest, delegates_only, render_page_or_partial
from concertation.core.tables import Table

C = TypeVar("C", bound=TextChoices)


@require_safe
@delegates_only
def show_coverage(request: DelegateRequest) -> HttpResponse:
    """Show how far requirements are met, by the filters of the address; with `?format=` one of its tables as a file."""
    asked = filter_of(request)
    coverage = coverage_for(request.delegate, asked)
    if wanted := format_asked(request):
        return table_answer(_table_of(request)(coverage), wanted, asked.day)
    context: dict[str, Any] = {
        "coverage": coverage,
        "asked": asked,
        "can": {"require": may_require(request.delegate), "offer": may_offer(request.delegate)},
        **choices(),
        **about_day(asked.at),
    }
    return render_page_or_partial(request, "commitments/coverage.html", context, partial="coverage")


def _table_of(request: DelegateRequest) -> Callable[[Coverage], Table]:
    """Return what makes the table `?table=`, that of the requirements without one; raises InvalidInput."""
    table = COVERAGE_TABLES.get(request.GET.get("table", "requirements"))
    if table is None:
        raise InvalidInput
    return table


@require_POST
@delegates_only
def publish(request: DelegateRequest) -> HttpResponse:
    """Publish the totals of today."""
    publish_totals(by=request.delegate)
    return redirect("web:published")


def choices() -> dict[str, Any]:
    """Return what the filters offer."""
    present = [(member.pk, member.name) for member in Member.objects.present()]
    lists = {"stages": Stage, "lines": Line, "domains": Domain, "phases": Phase}
    return {"members": present, **{name: one.choices for name, one in lists.items()}}


def filter_of(request: DelegateRequest) -> Filter:
    """Return the filters of the address; raises InvalidInput for one that does not exist."""
    ask = request.GET
    return Filter(
        stage=Stage(choice_of(Stage, ask.get("stage", "")) or Stage.ANNOUNCED),
        line=choice_of(Line, ask.get("line", "")),
        domain=choice_of(Domain, ask.get("domain", "")),
        phase=choice_of(Phase, ask.get("phase", "")),
        member=ask.get("member", ""),
        at=day_asked(request),
        first=_month(ask.get("first", "")),
        with_waiting=ask.get("waiting", "") != "no",
    )


def choice_of(choices: type[C], value: str) -> C | str:
    """Return the choice that an address names, empty for none; raises InvalidInput for one that does not exist."""
    if value and value not in choices.values:
        raise InvalidInput
    return choices(value) if value else ""


def _month(value: str) -> date | None:
    """Return the first day of a month as in 2026-03, None for nothing; raises BadDay."""
    if not value:
        return None
    try:
        month = date.fromisoformat(f"{value}-01")
    except ValueError:
        raise BadDay from None
    if not 2000 <= month.year <= 2100:
        raise BadDay
    return month
