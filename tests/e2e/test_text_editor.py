"""The live editor in a real browser: by keyboard, with whole characters, and with a server that dies."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.browser import new_window, settle, sign_in
from tests.e2e.server import Server

FAMILY = "👨\u200d👩\u200d👧"


@pytest.fixture
def desks(server: Server, browser: Browser) -> Iterator[tuple[Page, Page]]:
    """The windows of the French and the British head, on the opening text, both complete and saved."""
    pages = [sign_in(new_window(browser), server.link(member)) for member in ("FR", "GB")]
    for page in pages:
        page.goto(f"{server.address}/texts/")
        page.locator("main a[href^='/texts/']").filter(has_text=re.compile("statement|Déclaration")).first.click()
        expect(english(page)).to_have_attribute("data-state", "saved")
    yield pages[0], pages[1]
    for page in pages:
        page.context.close()


def english(page: Page) -> Locator:
    """Return the editor of the English version."""
    return page.locator("text-editor[data-language=en]")


def words(page: Page) -> Locator:
    """Return the place where the English version is written."""
    return english(page).locator("[contenteditable]").first


def add_paragraph(page: Page, text: str) -> None:
    """Write a new last paragraph, by keyboard."""
    words(page).focus()
    settle(page)
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.type(text)


def focused(page: Page) -> str | None:
    """Return the tool that has the focus."""
    return page.locator(":focus").get_attribute("data-tool")


def test_editor_is_used_by_keyboard_alone(desks: tuple[Page, Page]) -> None:
    page, reader = desks
    add_paragraph(page, "Written without a mouse")
    page.keyboard.press("Shift+Home")
    page.keyboard.press("Alt+F10")
    assert focused(page) == "heading-1"
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator(":focus")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Escape")
    expect(words(page)).to_be_focused()
    heading = words(reader).locator("h3").filter(has_text="Written without a mouse")
    expect(heading).to_have_count(1)
    page.keyboard.press("Tab")
    expect(words(page)).not_to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Control+z")
    expect(heading).to_have_count(0)


def test_emoji_are_deleted_whole_everywhere(desks: tuple[Page, Page]) -> None:
    page, reader = desks
    add_paragraph(page, f"ab😀{FAMILY}cd")
    for key in ("ArrowLeft", "ArrowLeft", "Backspace", "ArrowLeft", "Delete"):
        page.keyboard.press(key)
    expect(words(page).locator("p").last).to_have_text("abcd")
    expect(words(reader).locator("p").last).to_have_text(re.compile("ab.*cd"))
    page.keyboard.type("😁")
    expect(english(page)).to_have_attribute("data-state", "saved")
    reader.reload()
    expect(words(reader).locator("p").last).to_have_text("ab😁cd")


def test_what_was_shown_as_saved_survives_a_killed_server(server: Server, desks: tuple[Page, Page]) -> None:
    page, reader = desks
    add_paragraph(page, "Saved before the server died.")
    expect(english(page)).to_have_attribute("data-state", "saved")
    server.kill()
    expect(english(page)).to_have_attribute("data-state", "offline")
    page.keyboard.type(" Written while it was away.")
    expect(english(page).locator(".editor-notice")).to_contain_text("27 ")
    server.start()
    expect(english(page)).to_have_attribute("data-state", "saved")
    reader.reload()
    last = words(reader).locator("p").last
    expect(last).to_have_text("Saved before the server died. Written while it was away.")
