"""Packages of measures."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concertation.core.days import about_day, day_asked, latest_day
from concertation.core.errors import DomainError, InvalidInput, NotAllowed
from concertation.core.http import DelegateRequest, delegates_only, render_page_or_partial
from concertation.pressure.domain.packages import edit_package, make_package, reopen_package, retire_package
from concertation.pressure.errors import Retired
from concertation.pressure.forms.measures import PackageForm
from concertation.pressure.models import Package
from concertation.pressure.queries.alignment import Filters, packages_for
from concertation.pressure.queries.measures import package_for
from concertation.pressure.rules import may_edit

UNPROCESSABLE = 422


@require_safe
@delegates_only
def show_packages(request: DelegateRequest) -> HttpResponse:
    """Show the packages."""
    context = {"packages": packages_for(request.delegate), "may_edit": may_edit(request.delegate)}
    return render_page_or_partial(request, "pressure/packages.html", context, partial="packages")


@require_safe
@delegates_only
def show_package(request: DelegateRequest, package_id: UUID) -> HttpResponse:
    """Show a package: its measures in order, and how the members stand to them."""
    at = day_asked(request)
    found = package_for(request.delegate, package_id, at or latest_day())
    if found is None:
        raise Http404
    package, table, rows = found
    context = {
        "package": package,
        "table": table,
        "rows": rows,
        "by_member": [(member, table.of_member(member.pk)) for member in table.members],
        "query": Filters(package=package_id).query(at),
        "may_edit": may_edit(request.delegate),
        **about_day(at),
    }
    return render_page_or_partial(request, "pressure/package.html", context, partial="package")


@require_http_methods(["GET", "HEAD", "POST"])
@delegates_only
def make(request: DelegateRequest) -> HttpResponse:
    """Make a package."""
    if not may_edit(request.delegate):
        raise NotAllowed
    form = PackageForm(request.POST or None, reader=request.delegate)
    if form.is_valid():
        try:
            return redirect("pressure:package", make_package(by=request.delegate, **form.facts()).pk)
        except DomainError as error:
            form.add_error(None, str(error.message))
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "pressure/edit_package.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@delegates_only
def edit(request: DelegateRequest, package_id: UUID) -> HttpResponse:
    """Change a package."""
    package = _editable(request, package_id)
    form = PackageForm(request.POST or None, reader=request.delegate, package=package)
    if form.is_valid():
        try:
            edit_package(by=request.delegate, package_id=package_id, **form.facts())
            return redirect("pressure:package", package_id)
        except DomainError as error:
            form.add_error(None, str(error.message))
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "pressure/edit_package.html", {"form": form, "package": package}, status=status)


@require_POST
@delegates_only
def move(request: DelegateRequest, package_id: UUID) -> HttpResponse:
    """Move a measure of a package one place up."""
    package = _editable(request, package_id)
    order = [item.measure_id for item in package.items.all()]
    try:
        place = order.index(UUID(request.POST.get("measure", "")))
    except ValueError:
        raise InvalidInput from None
    if place:
        order[place - 1], order[place] = order[place], order[place - 1]
    edit_package(
        by=request.delegate, package_id=package_id, names=package.names, summary=package.summary, measures=order
    )
    return redirect("pressure:package", package_id)


@require_POST
@delegates_only
def retire(request: DelegateRequest, package_id: UUID) -> HttpResponse:
    """Retire a package."""
    retire_package(by=request.delegate, package_id=package_id, reason=request.POST.get("reason", ""))
    return redirect("pressure:package", package_id)


@require_POST
@delegates_only
def reopen(request: DelegateRequest, package_id: UUID) -> HttpResponse:
    """Take a retired package up again."""
    reopen_package(by=request.delegate, package_id=package_id)
    return redirect("pressure:package", package_id)


def _editable(request: DelegateRequest, package_id: UUID) -> Package:
    """Return a package that the delegate may change now; raises Http404, NotAllowed, Retired."""
    visible = Package.objects.visible_to(request.delegate).prefetch_related("items")
    package = get_object_or_404(visible, pk=package_id)
    if not may_edit(request.delegate):
        raise NotAllowed
    if package.retired_at:
        raise Retired
    return package
