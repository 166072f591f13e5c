"""A tour of the pages, each looked at with axe, in a window that hears every complaint of the browser."""

import re
from dataclasses import dataclass, field
from typing import Any, Literal

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from tests.e2e.browser import new_window
from tests.e2e.loaded import ROOT
from tests.e2e.server import Server

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async (rules) => {
  const { violations } = await axe.run(document, { runOnly: rules, resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) =>
    `${id}: ${target.join(" ")}: ${failureSummary.replaceAll(/\\s+/g, " ")}`));
}"""
# What the security policy refused is told on the console, where we listen.
TELL_POLICY = """document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sourceFile }) =>
  console.error(`policy: ${violatedDirective} ${blockedURI} ${sourceFile}`));"""
# A status that was to be, and a page left before its socket was open.
EXPECTED = re.compile(
    r"the server responded with a status of \d+|WebSocket is closed before the connection is established"
)


@dataclass(frozen=True)
class Look:
    """How a window shows the pages."""

    language: Literal["en", "fr"]
    theme: Literal["light", "dark"]
    width: int
    height: int

    def __str__(self) -> str:
        return f"{self.language}, {self.theme}, {self.width} px"


LOOKS = (Look("en", "light", 1440, 900), Look("fr", "dark", 390, 844))


@dataclass
class Visitor:
    """Somebody's windows, one a look, and the faults that were found through them."""

    server: Server
    pages: dict[Look, Page]
    faults: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    @classmethod
    def open(cls, browser: Browser, server: Server, person: BrowserContext | None = None) -> "Visitor":
        """Return somebody at new windows: signed in as in the window `person`, or a stranger."""
        visitor = cls(server, {})
        for look in LOOKS:
            window = new_window(browser, width=look.width, height=look.height, theme=look.theme)
            cookies: list[Any] = list(person.cookies()) if person else []
            others = [cookie for cookie in cookies if cookie["name"] != "django_language"]
            window.add_cookies([*others, {"name": "django_language", "value": look.language, "url": server.address}])
            window.add_init_script(TELL_POLICY)
            window.add_init_script(path=AXE)
            page = window.new_page()
            page.on("console", visitor.hear)
            page.on("pageerror", lambda error: visitor.said.append(str(error)))
            visitor.pages[look] = page
        return visitor

    def hear(self, message: ConsoleMessage) -> None:
        """Keep what the browser complains about, apart from what the tour itself brings about."""
        if message.type in {"error", "warning"} and not EXPECTED.search(message.text):
            self.said.append(f"{message.type}: {message.text}")

    def look_at(self, *paths: str, status: int = 200) -> None:
        """Open the pages in every look, and keep what is wrong with them."""
        for path in paths:
            for look, page in self.pages.items():
                answer = page.goto(self.server.address + path)
                assert answer
                assert answer.status == status, f"{path}: {answer.status}"
                self.inspect(look, page)

    def inspect(self, look: Look, page: Page) -> None:
        """Keep what is wrong with what `page` shows now."""
        if "/public/" not in page.url:  # which speaks the language of the version that is read
            expect(page.locator("html")).to_have_attribute("lang", look.language)
        expect(page.locator("text-editor[data-state=loading], text-editor:not([data-state])")).to_have_count(0)
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE.read_text("utf-8"))
        found: list[str] = page.evaluate(RUN, RULES)
        found += self.said
        self.said.clear()
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append("it scrolls sideways")
        path = page.url.removeprefix(self.server.address)
        self.faults += [f"{path} ({look}): {fault}" for fault in found]

    def inspect_here(self, page: Page) -> None:
        """Keep what is wrong with what a page of somebody's own shows now, in the first look."""
        self.inspect(next(iter(self.pages)), page)

    def close(self) -> None:
        """Close the windows; fails with all that was found."""
        for page in self.pages.values():
            page.context.close()
        assert not self.faults, "\n" + "\n".join(self.faults)
