"""Takes the pictures of the README: `python tools/screenshots.py [NAME…]` writes docs/pictures/NAME.png.

It serves the example coalition from a folder of its own, signs people in by their links, and looks at the main
screens as they do: desktop and phone, light and dark, English and French.
"""

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, BrowserContext, Page

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.e2e.browser import chromium, new_window, sign_in
from tests.e2e.loaded import ROOT
from tests.e2e.server import Server
from tools import room_in_session

PICTURES = ROOT / "docs" / "pictures"
DESKTOP, PHONE = (1440, 900), (390, 844)
ROOM = {"room": DESKTOP, "room-phone": PHONE}  # taken last: the meeting is open from then on
Who = tuple[str, str]  # member code (– for the secretariat) and capacity, as `concertation links` prints them
GERMANY: Who = ("DE", "head of delegation")
MEETING, TEXT = "main a[href^='/meetings/']", "main a.text-title"
CONDITION = "main .condition-row a.strong"
FRANCE: Who = ("FR", "head of delegation")


@dataclass(frozen=True)
class Screen:
    """One picture: where to go, by which links, and who looks at it."""

    path: str
    who: Who | None = GERMANY
    follow: tuple[str, ...] = ()  # links to click, by their CSS selector
    size: tuple[int, int] = DESKTOP
    theme: Literal["light", "dark"] = "light"
    language: Literal["en", "fr"] = "en"


SCREENS = {
    "public": Screen("/", who=None),
    "sign-in": Screen("/account/sign-in/", who=None),
    "home": Screen("/"),
    "home-dark": Screen("/", theme="dark"),
    "home-french": Screen("/", who=FRANCE, language="fr"),
    "home-phone": Screen("/", size=PHONE),
    "home-phone-dark": Screen("/", size=PHONE, theme="dark"),
    "coalition": Screen("/coalition/"),
    "record": Screen("/record/"),
    "meetings": Screen("/meetings/"),
    "meeting": Screen("/meetings/", follow=(MEETING,)),
    "meeting-phone": Screen("/meetings/", follow=(MEETING,), size=PHONE),
    "conditions": Screen("/watch/"),
    "condition": Screen("/watch/", follow=(CONDITION,)),
    "texts": Screen("/texts/"),
    "text": Screen("/texts/", follow=(TEXT,)),
    "text-dark": Screen("/texts/", follow=(TEXT,), theme="dark"),
    "text-phone": Screen("/texts/", follow=(TEXT,), size=PHONE),
}


class Photographer:
    """Keeps one signed-in window a person and look, since each link signs in once."""

    def __init__(self, browser: Browser, server: Server) -> None:
        self.browser, self.server = browser, server
        self.sessions: dict[Who, BrowserContext] = {}

    def take(self, name: str, screen: Screen) -> Path:
        """Write the picture of `screen` and return where."""
        window = self.window_of(screen)
        page = window.new_page()
        page.goto(self.server.address + screen.path)
        for selector in screen.follow:
            page.locator(selector).first.click()
            page.wait_for_load_state("networkidle")
        settle(page)
        target = PICTURES / f"{name}.png"
        page.screenshot(path=target, animations="disabled")
        window.close()
        return target

    def window_of(self, screen: Screen) -> BrowserContext:
        """Return a window of the screen's size and look, signed in as its person."""
        width, height = screen.size
        window = new_window(self.browser, width=width, height=height, language=screen.language, theme=screen.theme)
        if screen.who:
            window.add_cookies(self.session_of(screen.who).cookies())  # type: ignore[arg-type]
        if screen.language == "fr":
            window.add_cookies([{"name": "django_language", "value": "fr", "url": self.server.address}])
        return window

    def session_of(self, who: Who) -> BrowserContext:
        """Return a window in which `who` has signed in."""
        if who not in self.sessions:
            self.sessions[who] = new_window(self.browser)
            sign_in(self.sessions[who], self.server.link(*who)).close()
        return self.sessions[who]


def settle(page: Page) -> None:
    """Wait until fonts, pictures and fragments are there."""
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(600)


def take_room(browser: Browser, server: Server, names: list[str]) -> list[Path]:
    """Write the pictures `names` of the meeting in session, as a member sees it, and return where."""
    page = room_in_session.hold(browser, server)["GB"]
    taken = []
    for name in names:
        width, height = ROOM[name]
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(8000)  # until the pictures of the others are sharp
        page.screenshot(path=PICTURES / f"{name}.png")
        taken.append(PICTURES / f"{name}.png")
    return taken


def main() -> int:
    """Take the pictures named on the command line, all of them when none is."""
    names = sys.argv[1:] or [*SCREENS, *ROOM]
    if unknown := [name for name in names if name not in {*SCREENS, *ROOM}]:
        print(f"There is no screen {', '.join(unknown)}; there are {', '.join([*SCREENS, *ROOM])}.")
        return 2
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, Server(Path(folder)) as server, chromium() as browser:
        photographer = Photographer(browser, server)
        taken = [photographer.take(name, SCREENS[name]) for name in names if name in SCREENS]
        if rooms := [name for name in names if name in ROOM]:
            taken += take_room(browser, server, rooms)
    print(*(path.relative_to(ROOT) for path in taken), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
