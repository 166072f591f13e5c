"""Importing incidents: a file comes, a preview says what it would change, and only a confirmation saves it."""

from hashlib import sha256

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from concertation.coalition.enums import Audience
from concertation.core.errors import NotAllowed
from concertation.core.http import DelegateRequest, delegates_only
from concertation.core.words import one_line
from concertation.situation.domain.incident_imports import ImportedFile, import_edition
from concertation.situation.forms.observation import EditionForm
from concertation.situation.incidents.carried import Carried, seal, unseal
from concertation.situation.incidents.columns import SYNONYMS
from concertation.situation.incidents.errors import ImportLate, NotYourCollection
from concertation.situation.incidents.reading import MOST_FAULTS, Reading, read_csv, read_table
from concertation.situation.incidents.rules import may_import_into, may_report
from concertation.situation.models import Collection
from concertation.situation.queries.editions import collections_for, difference_of, kind_finder
from concertation.situation.views.incidents import about_incidents

UNPROCESSABLE = 422
SHOWN = 20  # changes of a preview


@require_http_methods(["GET", "HEAD", "POST"])
@delegates_only
def look(request: DelegateRequest) -> HttpResponse:
    """Ask for a file, then say what it would change."""
    if not may_report(request.delegate):
        raise NotAllowed
    is_sent = request.method == "POST"
    form = EditionForm(request.POST if is_sent else None, request.FILES if is_sent else None, delegate=request.delegate)
    if not form.is_valid():
        return _ask(request, form)
    data = form.cleaned_data["file"].read()
    reading = read_csv(data, kind_finder())
    name = one_line(form.cleaned_data["collection"])
    kept = Collection.objects.filter(name=name).first()
    if kept is not None and not may_import_into(request.delegate, kept):
        form.add_error("collection", str(NotYourCollection.message))
        return _ask(request, form)
    carried = Carried(
        table=reading.table,
        collection=name,
        audience=form.cleaned_data["audience"],
        named=form.cleaned_data["named"],
        file_name=form.cleaned_data["file"].name,
        sha256=sha256(data).hexdigest(),
        editions_seen=kept.editions_count if kept else 0,
    )
    return _preview(request, reading, carried)


@require_POST
@delegates_only
def confirm(request: DelegateRequest) -> HttpResponse:
    """Import what was previewed."""
    if not may_report(request.delegate):
        raise NotAllowed
    carried = unseal(request.POST.get("carried", ""), request.delegate)
    if carried is None:
        raise ImportLate
    reading = read_table(carried.table, kind_finder())
    if reading.faults:
        raise ImportLate
    edition = import_edition(
        by=request.delegate,
        name=carried.collection,
        file=ImportedFile(carried.file_name, carried.sha256, carried.editions_seen),
        rows=reading.rows,
        audience=Audience(carried.audience),
        named=carried.named,
    )
    return render(request, "situation/incidents/imported.html", {"edition": edition, **about_incidents(request)})


def _ask(request: DelegateRequest, form: EditionForm) -> HttpResponse:
    """Show the form, the columns that are understood, and the collections that there are."""
    context = {
        "form": form,
        "columns": SYNONYMS.items(),
        "collections": collections_for(request.delegate),
        **about_incidents(request),
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "situation/incidents/import.html", context, status=status)


def _preview(request: DelegateRequest, reading: Reading, carried: Carried) -> HttpResponse:
    """Show what a file would change, and what is wrong with it."""
    found, changes = difference_of(carried.collection, {row.key: row for row in reading.rows})
    sealed = "" if reading.faults else seal(carried, request.delegate)
    context = {
        "reading": reading,
        "carried": carried,
        "faults": reading.faults[:MOST_FAULTS],
        "warnings": reading.warnings[:MOST_FAULTS],
        "found": found,
        "changes": changes[:SHOWN],
        "withdrawn": found.withdrawn[:SHOWN],
        "sealed": sealed,
        "error": _("The file holds more than can be confirmed at once. Split it.") if sealed is None else "",
    }
    status = UNPROCESSABLE if reading.faults else 200
    return render(request, "situation/incidents/preview.html", context, status=status)
