"""Importing a table: a file comes, a preview says what it would do and what is wrong, a confirmation saves it."""

from hashlib import sha256

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from concertation.commitments.domain.imports import Outcome, import_commitments
from concertation.commitments.errors import ImportExpired, RowsRefused
from concertation.commitments.forms.imports import FileForm, kinds_for
from concertation.commitments.imports.carried import Carried, seal, unseal
from concertation.commitments.imports.columns import Kind, known_headers
from concertation.commitments.imports.faults import BadFile
from concertation.commitments.imports.kiel import HEADERS
from concertation.commitments.imports.preview import Preview, preview_of
from concertation.commitments.imports.reading import head_and_rows, read_lines
from concertation.commitments.imports.sentences import FAULTS
from concertation.core.errors import DomainError, NotAllowed
from concertation.core.http import DelegateRequest, delegates_only
from concertation.core.words import clean_link

UNPROCESSABLE = 422
MOST_WRONG = 100
SHOWN_AT = {Kind.REQUIREMENTS: "commitments:coverage", Kind.CONTRIBUTIONS: "commitments:contributions"}


@delegates_only
@require_http_methods(["GET", "HEAD", "POST"])
def choose_file(request: DelegateRequest) -> HttpResponse:
    """Ask for a file, then show what it would do."""
    if not kinds_for(request.delegate):
        raise NotAllowed
    is_sent = request.method == "POST"
    form = FileForm(request.POST if is_sent else None, request.FILES if is_sent else None, delegate=request.delegate)
    carried = _read(form) if is_sent and form.is_valid() else None
    if carried is None:
        status = UNPROCESSABLE if form.errors else 200
        return render(request, "commitments/imports/file.html", {"form": form}, status=status)
    return _show(request, preview_of(request.delegate, carried))


@delegates_only
@require_POST
def check_file(request: DelegateRequest) -> HttpResponse:
    """Show what the file would do with other columns."""
    return _show(request, preview_of(request.delegate, _carried(request), request.POST.dict()))


@delegates_only
@require_POST
def save_file(request: DelegateRequest) -> HttpResponse:
    """Import the rows of the file as they were previewed, or say why not."""
    preview = preview_of(request.delegate, _carried(request), request.POST.dict())
    try:
        if preview.wrong:
            raise RowsRefused
        link = clean_link(request.POST.get("link", ""))
        outcome = import_commitments(by=request.delegate, rows=preview.rows, upload=preview.upload(link))
    except DomainError as error:
        if error.status in {403, 404}:
            raise
        return _show(request, preview, refused=str(error.message))
    messages.success(request, _sentence(outcome))
    return redirect(SHOWN_AT[preview.carried.kind])


def _sentence(outcome: Outcome) -> str:
    sentence = _(
        "Imported: %(new)d new, %(changed)d changed, %(same)d as they were. The record has it as entry %(entry)d."
    )
    return sentence % {
        "new": outcome.new,
        "changed": outcome.changed,
        "same": outcome.same + outcome.left,
        "entry": outcome.entry,
    }


def _read(form: FileForm) -> Carried | None:
    """Return the cells of the file; None when it cannot be read, the form then says why."""
    file, kind = form.cleaned_data["file"], Kind(form.cleaned_data["kind"])
    data = file.read()
    try:
        head, lines = head_and_rows(read_lines(data), known_headers(kind) | HEADERS)
    except BadFile as error:
        places = ", ".join(str(place) for place in error.places)
        form.add_error("file", f"{FAULTS[error.fault]} {places}".strip())
        return None
    return Carried(kind, file.name[:200], sha256(data).hexdigest(), head, lines)


def _carried(request: DelegateRequest) -> Carried:
    """Return the file that was previewed; raises NotAllowed, ImportExpired."""
    if not kinds_for(request.delegate):
        raise NotAllowed
    carried = unseal(request.POST.get("carried", ""), request.delegate)
    if carried is None:
        raise ImportExpired
    if carried.kind not in kinds_for(request.delegate):
        raise NotAllowed
    return carried


def _show(request: DelegateRequest, preview: Preview, refused: str = "") -> HttpResponse:
    """Show what a file would do; raises ImportExpired for one that is too large to be carried."""
    try:
        sealed = seal(preview.carried, request.delegate)
    except BadFile as error:
        form = FileForm(delegate=request.delegate)
        context = {"form": form, "refused": FAULTS[error.fault]}
        return render(request, "commitments/imports/file.html", context, status=UNPROCESSABLE)
    context = {
        "preview": preview,
        "sealed": sealed,
        "wrong": preview.wrong[:MOST_WRONG],
        "more_wrong": max(len(preview.wrong) - MOST_WRONG, 0),
        "needs_link": request.delegate.is_secretariat and preview.carried.kind == Kind.CONTRIBUTIONS,
        "link": request.POST.get("link", ""),
        "refused": refused,
    }
    return render(request, "commitments/imports/preview.html", context, status=UNPROCESSABLE if refused else 200)
