"""Texts as files: the page that offers them, and the files themselves; for the public, what is published."""

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from concertation.core.errors import InvalidInput
from concertation.core.http import DelegateRequest, Request, delegates_only
from concertation.core.names import file_name
from concertation.core.pdf import making as pdf
from concertation.texts import queries
from concertation.texts.errors import ExportBusy, ExportTooLong, NoPango, NothingToExport
from concertation.texts.exports.flow import narrowed
from concertation.texts.exports.frame import Copy
from concertation.texts.exports.labels import labels
from concertation.texts.exports.make import CONTENT_TYPES, Format, make
from concertation.texts.models import AdoptedText
from concertation.texts.queries.moments import revision_of
from concertation.texts.queries.proofs import proof_of
from concertation.texts.queries.sheets import sheet_of
from concertation.texts.reading import SheetVersion
from concertation.texts.views.pages import find_text

FAILURES = {pdf.NoPango: NoPango, pdf.Busy: ExportBusy, pdf.TooLong: ExportTooLong}
CACHE_SECONDS = 60


@delegates_only
@require_safe
def export_text(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Offer the formats of a text, or send it in the one that was chosen; a reading, so the record says nothing."""
    text = find_text(request, key)
    if "format" not in request.GET:
        context = {"text": text, "versions": text.versions.all(), "revisions": text.revisions.all()}
        return render(request, "texts/exports/page.html", context)
    wanted = request.GET.get("state", "")
    sheet, state = sheet_of(text, revision=revision_of(text, wanted) if wanted else None)
    kept = settings.VAR / "exports" if state == "adopted" else None
    copy = Copy(sheet, _wanted(request.GET, sheet.versions), labels(_languages(sheet.versions)), _is_side(request.GET))
    return _file(copy, _format(request.GET), state, kept=kept)


@require_safe
def export_public(request: Request, key: UUID, language: str) -> HttpResponse:
    """Send a published text in one of its languages, with the words around it in this language where we have them."""
    adopted = _published(key)
    with translation.override(language if translation.check_for_language(language) else "en"):
        sheet, state = sheet_of(adopted.text, adopted)
        versions = narrowed(sheet, [language])
        if not versions:
            raise Http404
        copy = Copy(sheet, versions, labels(_languages(sheet.versions)))
        answer = _file(copy, _format(request.GET), state, kept=settings.VAR / "exports", is_public=True)
    patch_cache_control(answer, public=True, max_age=CACHE_SECONDS)
    return answer


@delegates_only
@require_safe
def prove_text(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Send the proof that the adopted text is in the record."""
    adopted = queries.adopted_of(find_text(request, key))
    if adopted is None:
        raise Http404
    return _proof(adopted, request.GET)


@require_safe
def prove_public(request: Request, key: UUID) -> HttpResponse:
    """Send the proof that a published text is in the record."""
    return _proof(_published(key), request.GET)


def _file(copy: Copy, into: Format, state: str, *, kept: Path | None, is_public: bool = False) -> HttpResponse:
    """Send one file; raises NoPango, ExportBusy, ExportTooLong."""
    try:
        made = make(copy, into, fonts=settings.FRONTEND_DIST / "assets", kept_in=kept, is_public=is_public)
    except pdf.PdfFailed as error:
        raise FAILURES[type(error)] from error
    name = file_name(copy.title, state=state, languages=_languages(copy.versions), suffix=into)
    answer = HttpResponse(made, content_type=CONTENT_TYPES[into])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _proof(adopted: AdoptedText, asked: QueryDict) -> HttpResponse:
    """Send a proof, continuing the checkpoint of `since` entries when that is asked for."""
    since = asked.get("since", "")
    if since and not (since.isdecimal() and since.isascii() and len(since) < 16):
        raise InvalidInput
    answer = HttpResponse(proof_of(adopted, since=int(since) if since else None), content_type="application/jsonl")
    name = file_name(adopted.text.title_in("en"), state="proof", languages=(), suffix="jsonl")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _published(key: UUID) -> AdoptedText:
    found = queries.public_text(key)
    if found is None:
        raise Http404
    return found


def _wanted(asked: QueryDict, versions: Sequence[SheetVersion]) -> list[SheetVersion]:
    """Return the versions asked for, in the order of the text, all without a wish; raises NothingToExport."""
    languages = {code for item in asked.getlist("languages") for code in item.split(",") if code}
    found = [version for version in versions if not languages or version.language in languages]
    if not found or not languages <= set(_languages(versions)):
        raise NothingToExport
    return found


def _format(asked: QueryDict) -> Format:
    try:
        return Format(asked.get("format", ""))
    except ValueError as error:
        raise NothingToExport from error


def _is_side(asked: QueryDict) -> bool:
    layout = asked.get("layout", "sequence")
    if layout not in {"side", "sequence"}:
        raise NothingToExport
    return layout == "side"


def _languages(versions: Sequence[SheetVersion]) -> list[str]:
    return [version.language for version in versions]
