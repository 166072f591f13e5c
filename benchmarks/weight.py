"""`python -m benchmarks.weight`: what a first visit weighs, as kilobytes on the wire by kind, in a real Chromium.

Each page with an empty cache, served as in production with the example coalition, seen by a head of delegation.
"""

import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext

from tests.e2e.browser import chromium, new_window, sign_in
from tests.e2e.server import Server

KINDS = ("HTML", "styles", "scripts", "fonts", "pictures")
KIND_OF = {"Document": "HTML", "Stylesheet": "styles", "Script": "scripts", "Font": "fonts", "Image": "pictures"}
FIRST_THING = "(links) => links.map((link) => new URL(link.href).pathname).find((path) => /[0-9a-f]{8}-/.test(path))"


def main() -> None:
    """Serve the example, visit each page, print the table."""
    folders = tempfile.TemporaryDirectory(prefix="concertation-benchmark-")
    with folders as folder, Server(Path(folder)) as server, chromium() as browser:
        head = new_window(browser)
        page = sign_in(head, server.link("GB"))
        found = []
        for shown in ("texts", "meetings"):
            page.goto(f"{server.address}/{shown}/")
            found.append(page.locator(f"a[href^='/{shown}/']").evaluate_all(FIRST_THING))
        text, meeting = found
        pages = {"home": "/", "coalition": "/coalition/", "text": text, "room": f"{meeting}room/"}
        print(f"{'kB of a first visit':<20}" + "".join(f"{kind:>10}" for kind in (*KINDS, "together")))
        for name, path in pages.items():
            weights = _weigh(browser, head, server.address + path)
            values = [weights[kind] / 1000 for kind in KINDS]
            print(f"{name:<20}" + "".join(f"{value:>10.1f}" for value in (*values, sum(values))))


def _weigh(browser: Browser, head: BrowserContext, address: str) -> Counter[str]:
    """Return the bytes on the wire, by kind, of `address` in a window that has seen nothing yet."""
    window = new_window(browser)
    cookies: list[Any] = list(head.cookies())  # what one window gives, another takes
    window.add_cookies(cookies)
    page = window.new_page()
    wire = window.new_cdp_session(page)
    wire.send("Network.enable")
    kinds: dict[str, str] = {}
    weights: Counter[str] = Counter()
    wire.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))
    wire.on(
        "Network.loadingFinished",
        lambda event: weights.update({KIND_OF.get(kinds[event["requestId"]], ""): event["encodedDataLength"]}),
    )
    page.goto(address, wait_until="networkidle")
    window.close()
    return weights


if __name__ == "__main__":
    main()
