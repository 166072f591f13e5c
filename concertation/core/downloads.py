"""Answers that a browser saves as files; which are not kept by caches, `web.middleware.kept_by_nobody` sees to."""

from datetime import date

from django.http import HttpResponse

from concertation.core.errors import InvalidInput
from concertation.core.http import Request
from concertation.core.tables import CONTENT_TYPES, Format, Table


def file_answer(content: bytes, content_type: str, name: str) -> HttpResponse:
    """Return `content` as a file to save under `name`."""
    return HttpResponse(content, content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def table_answer(table: Table, into: Format, day: date | None = None) -> HttpResponse:
    """Return a table as a file, named after its title and `day`."""
    return file_answer(table.written(into), CONTENT_TYPES[into], table.named(into, day))


def format_asked(request: Request) -> Format | None:
    """Return as which kind of file a table is asked for by `?format=`, None for a page; raises InvalidInput."""
    wanted = request.GET.get("format", "")
    if wanted and wanted not in set(Format):
        raise InvalidInput
    return Format(wanted) if wanted else None
