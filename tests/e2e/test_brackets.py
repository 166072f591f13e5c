"""Square brackets in real browsers: placed by key, held together, opened, decided, lifted; by mouse and by keyboard."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.browser import new_window, settle, sign_in
from tests.e2e.people import confirm
from tests.e2e.server import Server

SENTENCE = "The members will deploy at once"


@pytest.fixture(scope="module")
def windows(server: Server, browser: Browser) -> Iterator[dict[str, Page]]:
    """The windows of three heads on one text."""
    pages = {member: sign_in(new_window(browser), server.link(member)) for member in ("DE", "UA", "FR")}
    for page in pages.values():
        page.goto(f"{server.address}/texts/")
        page.locator("main a[href^='/texts/']").filter(has_text=re.compile("statement|Déclaration")).first.click()
        expect(editor(page)).to_have_attribute("data-state", "saved")
    yield pages
    for page in pages.values():
        page.context.close()


@pytest.fixture
def desks(windows: dict[str, Page]) -> dict[str, Page]:
    """The same, when Germany has written a new last paragraph, which everybody has."""
    page = windows["DE"]
    words(page).focus()
    settle(page)
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.type(SENTENCE)
    for each in windows.values():
        expect(last(each)).to_have_text(SENTENCE)
        expect(editor(each)).to_have_attribute("data-state", "saved")
    return windows


def editor(page: Page) -> Locator:
    """Return the editor of the English version."""
    return page.locator("text-editor[data-language=en]")


def words(page: Page) -> Locator:
    """Return the place where the English version is written."""
    return editor(page).locator("[contenteditable], [role=article]").first


def last(page: Page) -> Locator:
    """Return the last paragraph."""
    return words(page).locator(":scope > p").last


def select(page: Page, from_end: int, count: int) -> None:
    """Select `count` characters that end `from_end` before the end of the text, by keyboard."""
    words(page).focus()
    settle(page)
    page.keyboard.press("Control+End")
    for _ in range(from_end):
        page.keyboard.press("ArrowLeft")
    for _ in range(count):
        page.keyboard.press("Shift+ArrowLeft")


def place(page: Page) -> None:
    """Put “will deploy” in brackets, by key."""
    select(page, len(" at once"), len("will deploy"))
    page.keyboard.press("Control+Alt+b")
    expect(last(page).locator(".bracketed")).to_have_text("will deploy")
    expect(last(page).locator("button.bracket-codes")).to_have_text("DE")


def test_bracket_is_placed_held_and_decided(desks: dict[str, Page]) -> None:
    germany, ukraine, france = desks["DE"], desks["UA"], desks["FR"]
    place(germany)
    for page in desks.values():
        expect(last(page).locator("button.bracket-codes")).to_have_text("DE")
        expect(page.locator("#brackets .bracket-holders")).to_contain_text("Germany" if page != france else "Allemagne")
    last(germany).locator("button.bracket-codes").click()
    ukraine.locator("#brackets").get_by_role("button", name="Hold it too").click()
    for page in (germany, ukraine):
        expect(last(page).locator("button.bracket-codes")).to_have_text("DE UA")
    expect(germany.locator("dialog[open]")).to_contain_text("Bracket held by Germany and Ukraine")  # it was open before
    germany.keyboard.press("Escape")
    last(ukraine).locator("button.bracket-codes").click()
    dialog = ukraine.locator("dialog[open]")
    expect(dialog).to_contain_text("Bracket held by Germany and Ukraine")
    dialog.get_by_role("button", name="Offer other words").click()
    ukraine.locator("dialog[open] input[name=words]").fill("stand ready to deploy")
    ukraine.locator("dialog[open] button[value=done]").click()
    expect(last(germany)).to_have_text(re.compile(r"members \[will deploy / stand ready to deployUA\]DE UA at once"))
    expect(germany.locator("#brackets")).to_contain_text("stand ready to deploy")  # the list may follow the text later
    germany.locator("#brackets").get_by_role("button", name="Support", exact=True).last.click()
    germany.locator("#brackets").get_by_role("button", name="Choose").click()
    confirm(germany)
    for page in desks.values():
        expect(last(page)).to_have_text("The members stand ready to deploy at once")
        expect(page.locator(".bracket-row")).to_have_count(0)


def test_bracket_is_opened_and_lifted_by_keyboard(desks: dict[str, Page]) -> None:
    page = desks["DE"]
    place(page)
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Control+Alt+o")
    expect(page.locator("dialog[open] h2")).to_have_text("Bracket held by Germany")
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.keyboard.press("Control+Alt+o")
    last(desks["UA"]).locator("button.bracket-codes").click()
    expect(desks["UA"].locator("dialog[open] h2")).to_have_text("Bracket held by Germany")
    page.locator("dialog[open]").get_by_role("button", name="Lift the brackets").press("Enter")
    expect(desks["UA"].locator("dialog[open]")).to_have_count(0)
    expect(desks["UA"].locator("toast-list")).to_contain_text("This bracket is no longer in the text.")
    expect(last(desks["UA"]).locator(".bracket-sign")).to_have_count(0)
    expect(last(page)).to_have_text(SENTENCE)


def test_words_typed_inside_are_shown_as_a_change_and_at_the_edges_stay_outside(desks: dict[str, Page]) -> None:
    germany, ukraine = desks["DE"], desks["UA"]
    place(germany)
    expect(last(ukraine).locator(".bracketed")).to_have_text("will deploy")
    select(ukraine, len(" at once"), 0)
    ukraine.keyboard.type(" now")
    expect(last(germany)).to_have_text("The members [will deploy]DE now at once")
    select(ukraine, len("deploy now at once"), 0)
    ukraine.keyboard.type("soon ")
    expect(last(germany)).to_have_text("The members [will soon deploy]changedDE now at once")
    last(germany).locator("button.bracket-codes").click()
    germany.locator("dialog[open]").get_by_role("button", name="Close").click()
    germany.reload()
    row = germany.locator(".bracket-row")
    expect(row).to_contain_text("[will deploy]")
    expect(row).to_contain_text("Changed by")
    expect(row).to_contain_text("Ukraine")
    row.get_by_role("button", name="Lift the brackets").click()
    expect(row).to_have_count(0)


def test_caret_walks_over_the_signs_and_copied_words_hold_none_of_them(desks: dict[str, Page]) -> None:
    page = desks["DE"]
    place(page)
    select(page, 0, len(SENTENCE))
    assert copied(page) == SENTENCE
    page.locator("#brackets").get_by_role("button", name="Lift the brackets").click()
    expect(last(page)).to_have_text(SENTENCE)


def copied(page: Page) -> str:
    """Return what copying the selection would put on the clipboard as plain text."""
    words = page.evaluate(
        """() => {
          const editor = document.querySelector("text-editor[data-language=en] [contenteditable]");
          const data = new DataTransfer();
          editor.dispatchEvent(new ClipboardEvent("copy", { clipboardData: data, bubbles: true, cancelable: true }));
          return data.getData("text/plain");
        }"""
    )
    return str(words)
