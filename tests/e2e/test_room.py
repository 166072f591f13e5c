"""Three people in real browsers: they see and hear each other, share a screen, and find back after a restart."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.media import give_devices, hears
from tests.helpers.migrated import give_database
from tests.helpers.ports import free_port

TONES = [400, 900, 1700]
PATIENCE_MS = 30_000

SCREEN = """
navigator.mediaDevices.getDisplayMedia = async () => {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  setInterval(() => context.fillRect(Math.random() * 300, Math.random() * 150, 9, 9), 100);
  return canvas.captureStream(5);
};
"""

GROWS = """async ([links, before]) => {
  const now = await document.querySelector("meeting-room").stats();
  const live = now.filter((link) => link.state === "connected");
  return live.length === links && live.every((link) => link.framesDecoded > (before[link.peer] ?? 0) + 3);
}"""


@dataclass
class Server:
    """The application in a process of its own, which can be killed and started again."""

    var: Path
    port: int
    process: subprocess.Popen[str] = field(init=False)
    people: dict[str, Any] = field(init=False)

    def start(self) -> None:
        """Start, and wait until it answers."""
        command = [sys.executable, "-m", "concertation.meetings.room.tests.server", str(self.port)]
        give_database(self.var)
        environment = os.environ | {"CONCERTATION_VAR": str(self.var)}
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True)
        assert self.process.stdout
        first_line = self.process.stdout.readline()
        if not first_line:
            self.kill()
            raise AssertionError("the server did not start")
        self.people = json.loads(first_line)

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        self.process.kill()
        self.process.wait()
        assert self.process.stdout
        self.process.stdout.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path, free_port())
    server.start()
    yield server
    server.kill()


def open_page(browser: Browser, server: Server, delegate: str, tone: int) -> Page:
    address = f"http://127.0.0.1:{server.port}"
    context = browser.new_context(viewport={"width": 900, "height": 640})
    session = server.people["sessions"][delegate]
    context.add_cookies([{"name": server.people["cookie"], "value": session, "url": address}])
    context.add_init_script(SCREEN)
    page = context.new_page()
    give_devices(page, tone)
    page.set_default_timeout(PATIENCE_MS)
    page.goto(f"{address}/bare/{server.people['meeting']}")
    return page


def join(page: Page) -> None:
    page.get_by_role("button", name="Join by video").click()
    page.get_by_role("button", name="Join with camera and microphone").click()
    expect(page.locator("meeting-room")).to_have_attribute("data-state", "joined")


def frames_grow(page: Page, links: int) -> None:
    """Wait until more frames than now are decoded on each of `links` links."""
    stats = page.evaluate("document.querySelector('meeting-room').stats()")
    before = {link["peer"]: link["framesDecoded"] for link in stats}
    page.wait_for_function(GROWS, arg=[links, before], polling=500)


@pytest.fixture
def pages(browser: Browser, server: Server) -> Iterator[list[Page]]:
    people = list(server.people["sessions"])
    pages = [open_page(browser, server, *person) for person in zip(people, TONES, strict=True)]
    for page in pages:
        join(page)
    yield pages
    for page in pages:
        page.context.close()


def codes(pages: list[Page]) -> list[str]:
    digits = [page.locator(".room-code-digits") for page in pages]
    for each in digits:
        expect(each).to_be_visible()
    return [each.inner_text() for each in digits]


def test_three_people_see_hear_share_and_survive_a_restart(server: Server, pages: list[Page]) -> None:
    first, second, third = pages
    people = list(server.people["sessions"])

    for page in pages:
        frames_grow(page, links=2)
    for page, listener in zip(pages, people, strict=True):
        for speaker, tone in zip(people, TONES, strict=True):
            if speaker != listener:
                hears(page, speaker, tone)

    one, *others = codes(pages)
    assert others == [one, one]
    first.locator(".room-code summary").click()
    first.get_by_role("button", name="Everyone sees the same").click()
    expect(first.locator(".room-code")).to_have_attribute("data-verification", "compared")

    second.get_by_role("button", name="Share").click()
    for page in (first, third):
        screen = page.locator(f'figure[data-kind="screen"][data-delegate="{people[1]}"]')
        expect(screen).to_have_attribute("data-stage", "")
        page.wait_for_function("() => document.querySelector('figure[data-kind=screen] video')?.videoWidth > 0")
    second.get_by_role("button", name="Share").click()
    expect(first.locator('figure[data-kind="screen"]')).to_have_count(0)

    server.kill()
    for page in pages:
        expect(page.locator("meeting-room")).to_have_attribute("data-state", "reconnecting")
    server.start()
    for page in pages:
        expect(page.locator("meeting-room")).to_have_attribute("data-state", "joined")
    for page in pages:
        frames_grow(page, links=2)
    hears(first, people[1], TONES[1])
    again, *others = codes(pages)
    assert others == [again, again]
    assert again != one
    expect(first.locator(".room-code")).to_have_attribute("data-verification", "code")

    third.get_by_role("button", name="Leave").click()
    expect(third.locator("meeting-room")).to_have_attribute("data-state", "left")
    expect(first.locator(f'figure[data-delegate="{people[2]}"]')).to_have_count(0)
    frames_grow(first, links=1)
