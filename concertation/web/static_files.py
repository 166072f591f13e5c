"""Serves built files straight from their folders, before Django is asked; nothing has to be collected."""

from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

from django.conf import settings
from django.contrib.staticfiles import finders
from servestatic.asgi import ServeStaticASGI

HASHED = r"/assets/[^/]+-[A-Za-z0-9_-]{8}\.\w+$"  # Vite puts a hash of the content into these names


def with_static_files(application: Any) -> ServeStaticASGI:
    """Return `application` behind every static folder; hashed files are cached for good, others for an hour."""
    files = ServeStaticASGI(
        application,
        max_age=3600,
        allow_all_origins=False,
        immutable_file_test=HASHED,
        add_headers_function=_add_headers,
        autorefresh=settings.DEBUG,
    )
    for folder in static_folders():
        files.add_files(folder, prefix=settings.STATIC_URL)
    return files


def static_folders() -> set[str]:
    """Return the folders in which Django would look for static files."""
    storages = (storage for finder in finders.get_finders() for _, storage in finder.list([]))
    return {str(Path(storage.location)) for storage in storages}


def _add_headers(headers: Headers, path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
