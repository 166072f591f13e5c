"""Importing a catalogue: a file comes, a preview says what it would change, and only a confirmation saves it."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from concertation.core.errors import NotAllowed
from concertation.core.http import DelegateRequest, delegates_only
from concertation.pressure.cataloguing import LARGEST, BadCatalogue, Programme, carried, fingerprint, read
from concertation.pressure.domain.catalogue import changes_by, import_catalogue
from concertation.pressure.errors import CatalogueRefused
from concertation.pressure.faults import sentence_of
from concertation.pressure.reports import counts_of, differing, lines_of
from concertation.pressure.rules import may_code

UNPROCESSABLE = 422


class CatalogueForm(forms.Form):
    """A file to import."""

    file = forms.FileField(
        label=_("JSON file, 1.5 MB at most"), widget=forms.ClearableFileInput(attrs={"accept": ".json"})
    )


@require_http_methods(["GET", "HEAD", "POST"])
@delegates_only
def preview(request: DelegateRequest) -> HttpResponse:
    """Ask for a file, then show what it would change; nothing is saved."""
    _check(request)
    is_sent = request.method == "POST"
    form = CatalogueForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    if form.is_valid():
        try:
            return _preview(request, read(form.cleaned_data["file"].read(LARGEST + 1)))
        except BadCatalogue as fault:
            form.add_error("file", sentence_of(fault))
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "pressure/import.html", {"form": form}, status=status)


def _preview(request: DelegateRequest, programmes: list[Programme]) -> HttpResponse:
    changes = changes_by(programmes)
    context = {
        "changes": changes,
        "counts": counts_of(changes, None),
        "differences": [(change.programme, differing(change)) for change in changes.changed],
        "carried": carried(programmes),
        "fingerprint": fingerprint(changes),
    }
    return render(request, "pressure/preview.html", context)


@require_POST
@delegates_only
def confirm(request: DelegateRequest) -> HttpResponse:
    """Import what was previewed."""
    _check(request)
    try:
        programmes = read(request.POST.get("carried", "").encode("utf-8", "replace"))
    except BadCatalogue as fault:
        raise CatalogueRefused(sentence_of(fault)) from None
    previewed = request.POST.get("fingerprint", "")
    changes, coded = import_catalogue(by=request.delegate, programmes=programmes, previewed=previewed)
    for line in lines_of(changes, coded)[:6]:
        messages.success(request, line)
    return redirect("pressure:list")


def _check(request: DelegateRequest) -> None:
    """Let the secretariat through; raises NotAllowed."""
    if not may_code(request.delegate):
        raise NotAllowed
