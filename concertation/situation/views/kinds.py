"""The catalogue of kinds of incidents, which the chair keeps."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from concertation.core.errors import DomainError, NotAllowed
from concertation.core.http import DelegateRequest, delegates_only
from concertation.situation.domain.kinds import add_kind, rename_kind, reopen_kind, retire_kind
from concertation.situation.forms.observation import KindForm
from concertation.situation.incidents.enums import Family
from concertation.situation.incidents.rules import may_keep_catalogue
from concertation.situation.models import Kind
from concertation.situation.views.incidents import about_incidents

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@delegates_only
def show_kinds(request: DelegateRequest) -> HttpResponse:
    """Show the kinds, and add one."""
    if request.method == "POST" and not may_keep_catalogue(request.delegate):
        raise NotAllowed
    form = KindForm(request.POST or None)
    if form.is_valid():
        try:
            family = Family(form.cleaned_data["family"])
            add_kind(by=request.delegate, code=form.cleaned_data["code"], names=form.words("name"), family=family)
            return redirect("situation:kinds")
        except DomainError as error:
            form.add_error(None, str(error.message))
    context = {"kinds": Kind.objects.all(), "form": form, **about_incidents(request)}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "situation/incidents/kinds.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@delegates_only
def change(request: DelegateRequest, code: str) -> HttpResponse:
    """Give a kind other names or another family."""
    kind = Kind.objects.filter(pk=code).first()
    if kind is None:
        raise Http404
    if not may_keep_catalogue(request.delegate):
        raise NotAllowed
    form = KindForm(request.POST or None, kind=kind)
    if form.is_valid():
        try:
            rename_kind(
                by=request.delegate, code=code, names=form.words("name"), family=Family(form.cleaned_data["family"])
            )
            return redirect("situation:kinds")
        except DomainError as error:
            form.add_error(None, str(error.message))
    context = {"kind": kind, "form": form}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "situation/incidents/kind.html", context, status=status)


@require_POST
@delegates_only
def retire(request: DelegateRequest, code: str) -> HttpResponse:
    """Report nothing more of a kind."""
    retire_kind(by=request.delegate, code=code)
    return redirect("situation:kinds")


@require_POST
@delegates_only
def reopen(request: DelegateRequest, code: str) -> HttpResponse:
    """Take a retired kind up again."""
    reopen_kind(by=request.delegate, code=code)
    return redirect("situation:kinds")
