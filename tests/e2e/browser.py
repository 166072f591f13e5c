"""A Chromium with cameras and microphones of its own, and the people who sit before it."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tools.install_browser import NAMES

FLAGS = [
    "--use-fake-device-for-media-stream=fps=5",
    "--use-fake-ui-for-media-stream",
    "--allow-loopback-in-peer-connection",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-background-timer-throttling",
    "--disable-renderer-backgrounding",
    "--disable-backgrounding-occluded-windows",
]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Give a headless Chromium: the system's where there is one, else Playwright's own."""
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


def new_window(
    browser: Browser,
    *,
    width: int = 1440,
    height: int = 900,
    language: str = "en-GB",
    theme: Literal["light", "dark"] = "light",
) -> BrowserContext:
    """Return a browser window without history, for one person."""
    return browser.new_context(
        viewport={"width": width, "height": height},
        locale=language,
        color_scheme=theme,
        reduced_motion="reduce",
        timezone_id="Europe/Paris",
    )


def sign_in(window: BrowserContext, link: str) -> Page:
    """Open a page in `window` and sign in by `link`."""
    page = window.new_page()
    page.goto(link)
    page.locator("main").get_by_role("button").click()
    page.wait_for_url(lambda address: "/sign-in/" not in address)
    return page


def settle(page: Page) -> None:
    """Wait until the editor has restored its caret, which it does by a timer some 20 ms after it received the focus.

    The page's own timer is waited for, since that cannot come before the editor's, however busy the machine is.
    """
    page.evaluate("() => new Promise((resolve) => setTimeout(() => requestAnimationFrame(resolve), 50))")


def until(page: Page, condition: Callable[[], object]) -> None:
    """Wait until `condition` holds, while the page goes on; fail when it does not within half a minute."""
    for _ in range(600):
        if condition():
            return
        page.wait_for_timeout(50)
    raise AssertionError("what was waited for did not happen")
