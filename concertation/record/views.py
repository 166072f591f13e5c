"""The record as people with a capacity read it, keep its checkpoint and take it home."""

from collections.abc import AsyncIterator, Iterator
from itertools import islice
from zoneinfo import ZoneInfo

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from concertation.core.http import DelegateRequest, delegates_only, render_page_or_partial
from concertation.record import queries
from concertation.record.exports import export_lines
from concertation.record.forms import WantedForm
from concertation.record.models import Entry


@delegates_only
@require_safe
def show_record(request: DelegateRequest) -> HttpResponse:
    """Show entries, newest first, narrowed down as asked."""
    form = WantedForm(request.GET)
    below = request.GET.get("below", "")
    wanted = form.wanted(ZoneInfo(request.user.time_zone))
    page = queries.find_entries(wanted, below=int(below) if below.isdecimal() and len(below) < 19 else None)
    queries.open_entries(request.delegate.actor, page.entries)
    context = {
        "form": form,
        "is_narrowed": wanted != queries.Wanted(),
        "wanted": wanted,
        "below": below,
        "page": page,
        "size": queries.record_size(),
        "verifier": queries.record_verifier(),
    }
    return render_page_or_partial(request, "record/record.html", context, partial="entries")


@delegates_only
@require_safe
def show_entry(request: DelegateRequest, sequence: int) -> HttpResponse:
    """Show one entry, with all that proves it."""
    entry = get_object_or_404(Entry, pk=sequence)
    queries.open_entries(request.delegate.actor, [entry])
    verifier = queries.record_verifier()
    context = {
        "entry": entry,
        "proof": queries.prove_inclusion(entry),
        "note": entry.checkpoint_note(verifier),
        "verifier": verifier,
    }
    return render_page_or_partial(request, "record/entry.html", context, partial="entry")


@delegates_only
@require_safe
@never_cache
def download_checkpoint(request: DelegateRequest) -> HttpResponse:
    """Give the signed checkpoint of all entries, to be kept."""
    size = queries.record_size()
    response = HttpResponse(queries.checkpoint_at(size), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="checkpoint-{size}.txt"'
    return response


@delegates_only
@require_safe
@never_cache
def download_export(request: DelegateRequest) -> StreamingHttpResponse:
    """Give the record as the reader's member may see it, as a file that proves itself."""
    size = queries.record_size()
    lines = export_lines(reader=request.delegate.actor, size=size)
    content = in_threads(lines) if isinstance(request, ASGIRequest) else lines
    response = StreamingHttpResponse(content, content_type="application/jsonl")
    response["Content-Disposition"] = f'attachment; filename="record-{size}.jsonl"'
    return response


async def in_threads(lines: Iterator[bytes]) -> AsyncIterator[bytes]:
    """Yield `lines`, which read the database, without holding up the server's loop."""
    following = sync_to_async(lambda: b"".join(islice(lines, 100)))
    while chunk := await following():
        yield chunk
