"""The server and the browser of the journeys."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.e2e.browser import new_window, sign_in
from tests.e2e.pages import Visitor
from tests.e2e.server import Server

LONGEST = (
    "test_concertation",
    "test_pages_of_texts",
    "test_pages_of_watch",
    "test_watch",
    "test_adoption",
    "test_pages_of_commit",
    "test_commitments",
)

expect.set_options(timeout=30_000)  # ten windows on a busy machine; nothing here is about speed


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the example coalition."""
    with Server(tmp_path_factory.mktemp("coalition")) as running:
        yield running


@pytest.fixture(scope="session")
def quiet_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that no other test changes."""
    with Server(tmp_path_factory.mktemp("pages")) as running:
        yield running


@pytest.fixture
def timed_server(tmp_path: Path) -> Iterator[Server]:
    """A server of its own, whose clock the journey moves; it begins on the day of the example's meeting."""
    folder = tmp_path / "var"
    folder.mkdir()
    server = Server(folder, clock=tmp_path / "clock")
    server.tell_time(datetime(2025, 7, 10, 9, tzinfo=UTC))
    with server as running:
        yield running


@pytest.fixture
def stranger(quiet_server: Server, browser: Browser) -> Iterator[Visitor]:
    """Somebody without a capacity."""
    visitor = Visitor.open(browser, quiet_server)
    yield visitor
    visitor.close()


@pytest.fixture(scope="session")
def clerks_window(quiet_server: Server, browser: Browser) -> Iterator[BrowserContext]:
    """A window in which the secretariat has signed in."""
    window = new_window(browser)
    sign_in(window, quiet_server.link("–", "secretariat")).close()
    yield window
    window.close()


@pytest.fixture
def clerk(quiet_server: Server, browser: Browser, clerks_window: BrowserContext) -> Iterator[Visitor]:
    """The secretariat, which sees most pages."""
    visitor = Visitor.open(browser, quiet_server, clerks_window)
    yield visitor
    visitor.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest, so that workers end together."""
    items.sort(key=lambda item: LONGEST.index(item.path.stem) if item.path.stem in LONGEST else len(LONGEST))
