"""Importing a Word document: a file comes, a preview says what it would become, and only a confirmation saves it."""

from hashlib import sha256
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from concertation.core import clock
from concertation.core.errors import DomainError, NotAllowed
from concertation.core.http import DelegateRequest, delegates_only
from concertation.core.languages import known_languages
from concertation.texts.domain.imports import import_text as open_imported
from concertation.texts.domain.imports import import_version
from concertation.texts.enums import Audience, State
from concertation.texts.errors import BadLanguages, ChangesNotTaken, Frozen, ImportExpired
from concertation.texts.import_forms import FileForm, ImportedTextForm
from concertation.texts.imports.carried import Carried, seal, unseal
from concertation.texts.imports.comments import shortened, uncommented
from concertation.texts.imports.errors import BadFile
from concertation.texts.imports.reader import import_docx
from concertation.texts.imports.sentences import FAULTS, acts_in, lost
from concertation.texts.imports.wishes import identified, unsaid, wishes_of
from concertation.texts.models import Text
from concertation.texts.rules import may_create, may_draft, may_import, may_suggest
from concertation.texts.views.pages import find_text


@delegates_only
@require_http_methods(["GET", "HEAD", "POST"])
def import_text(request: DelegateRequest) -> HttpResponse:
    """Ask for a file that a new text begins with, then preview it."""
    if not may_create(request.delegate):
        raise NotAllowed
    form = _file_form(request)
    read = _read(request, form)
    if read is None:
        return _ask(request, form)
    title = ImportedTextForm(delegate=request.delegate, title=read[0].imported.title)
    return _preview(request, *read, form.cleaned_data["language"], title)


@delegates_only
@require_POST
def create_imported(request: DelegateRequest) -> HttpResponse:
    """Open the text that was previewed."""
    if not may_create(request.delegate):
        raise NotAllowed
    carried, language = _confirmed(request), _language(request.POST.get("language", ""))
    form = ImportedTextForm(request.POST, delegate=request.delegate)
    if form.is_valid():
        facts = form.cleaned_data
        try:
            text = open_imported(
                by=request.delegate,
                title=facts["title"],
                language=language,
                audience=Audience(facts["audience"]),
                members=facts["members"],
                paragraphs=carried.imported.paragraphs,
            )
            return redirect("texts:show", text.pk)
        except DomainError as error:
            form.add_error(None, str(error.message))
    return _preview(request, carried, request.POST["carried"], language, form)


@delegates_only
@require_http_methods(["GET", "HEAD", "POST"])
def import_into(request: DelegateRequest, key: UUID, language: str) -> HttpResponse:
    """Ask for a file that an empty or a new language version begins with, then preview it."""
    text = _open_text(request, key, language)
    form = _file_form(request, _language(language))
    read = _read(request, form)
    return _preview(request, *read, language, text=text) if read else _ask(request, form, text, language)


@delegates_only
@require_POST
def fill_version(request: DelegateRequest, key: UUID, language: str) -> HttpResponse:
    """Write what was previewed into the version."""
    text, carried = _open_text(request, key, language), _confirmed(request)
    import_version(
        by=request.delegate,
        text_id=text.pk,
        language=_language(language),
        paragraphs=carried.imported.paragraphs,
        file_name=carried.file_name,
        sha256=carried.sha256,
    )
    return redirect("texts:show", text.pk)


def _open_text(request: DelegateRequest, key: UUID, language: str) -> Text:
    """Return a draft whose version in `language` the delegate may begin; raises NotAllowed, Frozen."""
    text = find_text(request, key)
    if not may_draft(request.delegate):
        raise NotAllowed
    if text.state != State.DRAFT:
        raise Frozen
    if not may_import(request.delegate, text, language):
        raise NotAllowed
    return text


def _language(code: str) -> str:
    if code not in known_languages():
        raise BadLanguages
    return code


def _file_form(request: DelegateRequest, language: str = "") -> FileForm:
    """Return the form, filled in with what was sent."""
    is_sent = request.method == "POST"
    return FileForm(request.POST if is_sent else None, request.FILES if is_sent else None, language=language)


def _read(request: DelegateRequest, form: FileForm) -> tuple[Carried, str] | None:
    """Return what the file becomes, and sealed; None when there is nothing to read, the form then says why."""
    if not form.is_valid():
        return None
    file = form.cleaned_data["file"]
    data = file.read()
    try:
        carried = Carried(import_docx(data, now=clock.now()), file.name, sha256(data).hexdigest())
        return carried, seal(carried, request.delegate)
    except BadFile as error:
        form.add_error("file", str(FAULTS[error.fault]))
        return None


def _confirmed(request: DelegateRequest) -> Carried:
    """Return what was previewed; raises ImportExpired when it is older than an hour or not this delegate's."""
    carried = unseal(request.POST.get("carried", ""), request.delegate)
    if carried is None:
        raise ImportExpired
    return carried


def _ask(request: DelegateRequest, form: FileForm, text: Text | None = None, language: str = "") -> HttpResponse:
    context = {"form": form, "text": text, "language": language}
    return render(request, "texts/imports/file.html", context, status=400 if form.errors else 200)


def _preview(
    request: DelegateRequest,
    carried: Carried,
    sealed: str,
    language: str,
    form: ImportedTextForm | None = None,
    text: Text | None = None,
) -> HttpResponse:
    """Show what the file would become, what would be lost, and why it cannot become that, if so."""
    draft = identified(carried.imported.paragraphs)
    is_refused = text is not None and bool(wishes_of(draft, language)) and not may_suggest(request.delegate, text)
    context = {
        "carried": carried,
        "imported": carried.imported,
        "refused": ChangesNotTaken.message if is_refused else "",
        "unsaid": unsaid(carried.imported.paragraphs),
        "uncommented": uncommented(carried.imported),
        "shortened": shortened(carried.imported),
        "acts": acts_in(carried.imported),
        "lost": lost(carried.imported.losses),
        "sealed": sealed,
        "language": language,
        "form": form,
        "text": text,
    }
    return render(request, "texts/imports/preview.html", context, status=400 if form and form.errors else 200)
