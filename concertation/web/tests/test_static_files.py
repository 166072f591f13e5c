"""Static files come before Django, compressed and cached by what their names promise."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator
from django.test import override_settings

from concertation.web.static_files import with_static_files


async def never(scope: Any, receive: Any, send: Any) -> None:
    """Stand where Django would be."""
    await send({"type": "http.response.start", "status": 404, "headers": []})
    await send({"type": "http.response.body", "body": b""})


async def fetched(path: str) -> tuple[int, dict[str, str]]:
    """Return status and headers of `path`."""
    communicator: Any = ApplicationCommunicator  # untyped
    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": []}
    browser = communicator(with_static_files(never), scope)
    await browser.send_input({"type": "http.request", "body": b""})
    start = await browser.receive_output()
    while (await browser.receive_output()).get("more_body"):
        pass
    await browser.wait()  # until the file is closed
    return start["status"], {name.decode(): value.decode() for name, value in start["headers"]}


@pytest.fixture
def built(tmp_path: Path) -> Iterator[None]:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "main-AbCd_123.js").write_text("1")
    (tmp_path / "plain.svg").write_text("<svg/>")
    with override_settings(STATICFILES_DIRS=[tmp_path]):
        yield


@pytest.mark.usefixtures("built")
async def test_hashed_file_is_cached_for_good() -> None:
    status, headers = await fetched("/static/assets/main-AbCd_123.js")
    assert (status, headers["cache-control"]) == (200, "max-age=315360000, public, immutable")
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.usefixtures("built")
async def test_other_file_is_cached_for_an_hour() -> None:
    status, headers = await fetched("/static/plain.svg")
    assert (status, headers["cache-control"]) == (200, "max-age=3600, public")


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize("path", ["/static/../conftest.py", "/static/missing.js", "/static/", "/"])
async def test_anything_else_is_left_to_django(path: str) -> None:
    assert (await fetched(path))[0] == 404
