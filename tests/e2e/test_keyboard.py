"""The main job with the keyboard alone: the focus is always to be seen, and never held."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.people import Delegate
from tests.e2e.server import Server

MOST_STEPS = 120
# Whether the focus is drawn: by an outline or a shadow that the element, or the frame around a field, has only then.
SHOWS_FOCUS = """() => {
  const active = document.activeElement;
  if (!active || active === document.body) return "";
  const drawn = (element) => element.matches(":focus-visible, :focus-within") && (
    (getComputedStyle(element).outlineStyle !== "none" && parseFloat(getComputedStyle(element).outlineWidth) > 0)
    || getComputedStyle(element).boxShadow !== "none");
  const box = active.getBoundingClientRect();
  const inside = box.bottom > Math.max(box.top, 0) && box.top < innerHeight && box.right > Math.max(box.left, 0);
  const frames = [active, active.closest("label"), active.closest(".editor-text, text-editor")].filter(Boolean);
  return inside && frames.some(drawn) ? "" : active.outerHTML.slice(0, 200);
}"""


def focus_is_seen(page: Page) -> None:
    """Wait until what has the focus is in the window and drawn as such."""
    for _ in range(40):
        if not (unseen := page.evaluate(SHOWS_FOCUS)):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"the focus is not to be seen on {unseen}")


def go_to(page: Page, wanted: Locator, key: str = "Tab") -> None:
    """Press `key` until `wanted` has the focus; each stop on the way must be seen."""
    expect(wanted).to_be_visible()
    for _ in range(MOST_STEPS):
        if wanted.evaluate("(element) => element === document.activeElement"):
            return
        page.keyboard.press(key)
        focus_is_seen(page)
    raise AssertionError(f"{wanted} cannot be reached")


def press(page: Page, wanted: Locator, key: str = "Enter") -> None:
    """Go to `wanted` and press `key` there."""
    go_to(page, wanted)
    page.keyboard.press(key)


@pytest.fixture
def table(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[dict[str, Delegate]]:
    """Two heads who have not touched a mouse, each at the page of their link."""
    with Server(tmp_path_factory.mktemp("keyboard")) as server:
        table = {member: Delegate(browser, member) for member in ("GB", "UA")}
        for member, delegate in table.items():
            delegate.page = delegate.window.new_page()
            delegate.page.goto(server.link(member))
        yield table
        for delegate in table.values():
            delegate.window.close()


def test_meeting_by_keyboard(table: dict[str, Delegate]) -> None:
    chair, speaker = table["GB"], table["UA"]
    for delegate in table.values():
        enter_room(delegate.page)
    press(chair.page, chair.page.locator("#room-actions button[hx-post$='/open/']"))
    press(speaker.page, speaker.page.locator("#room-actions button[name=kind]"), "Space")
    expect(speaker.waiting("UA")).to_be_visible()
    press(chair.page, chair.page.locator("#room-actions button[hx-post$='/give/']"))
    speaker.expect_speaker("UA")
    write(speaker)
    decide(chair, "propose/", chair.page.locator("#adoption form[action$='/propose/'] button"))
    decide(speaker, "respond/", speaker.page.locator("#adoption form:has(input[value=agree]) button"))
    expect(chair.page.locator("#adoption li .badge-green")).to_have_count(1)


def enter_room(page: Page) -> None:
    """Sign in, answer the invitation, and enter the room."""
    press(page, page.locator("main button"))
    press(page, page.locator(".waiting a[href^='/meetings/']:not([href*='/positions/'], [href*='/steps/'])").first)
    press(page, page.locator("button[name=answer][value=accept]"), "Space")
    expect(page.locator("button[name=answer][value=accept]")).to_be_disabled()
    press(page, page.locator("main a[href$='/room/']").first)
    expect(page.locator("#room-panels")).to_be_visible()


def write(delegate: Delegate) -> None:
    """Write in the editor, use its tools, and leave it in both directions."""
    page, editor = delegate.page, delegate.editor
    delegate.expect_state("saved")
    go_to(page, editor)
    page.keyboard.press("Control+End")
    page.keyboard.type(" By keyboard alone.")
    delegate.expect_words(" By keyboard alone.")
    delegate.expect_state("saved")
    page.keyboard.press("Alt+F10")
    expect(page.locator(".editor-tool:focus")).to_have_count(1)
    focus_is_seen(page)
    page.keyboard.press("ArrowRight")
    expect(page.locator(".editor-tool:focus")).to_have_count(1)
    page.keyboard.press("Escape")
    for key in ("Tab", "Shift+Tab"):
        expect(editor).to_be_focused()
        page.keyboard.press(key)
        expect(editor).not_to_be_focused()
        focus_is_seen(page)
        go_to(page, editor)


def decide(delegate: Delegate, act: str, button: Locator) -> None:
    """Ask for the act and think better of it; then ask again, and confirm."""
    page, dialog = delegate.page, delegate.page.locator("confirm-dialog dialog")
    press(page, button)
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("button").first).to_be_focused()
    press(page, dialog.locator("button[value=yes]"))
    expect(page.locator(f"#adoption form[action$='{act}']")).to_have_count(0)
