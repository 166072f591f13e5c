"""A condition is assessed by keyboard, found by the chair, and moves on every screen that shows it."""

from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser import new_window, sign_in
from tests.e2e.people import confirm
from tests.e2e.server import HEAD, Server


def condition_of(page: Page, server: Server) -> Page:
    """Go to the first condition of the list."""
    page.goto(f"{server.address}/watch/")
    page.locator(".condition-row a.strong").first.click()
    expect(page.locator("#condition h1")).to_contain_text("Ceasefire in force")
    return page


def fill_by_keyboard(page: Page, verdict: str, day: str, evidence: str) -> None:
    """Fill the form and send it without a pointer."""
    choice = page.locator(f"input[name=verdict][value={verdict}]")
    choice.focus()
    page.keyboard.press("Space")
    expect(choice).to_be_checked()
    page.locator("input[name=valid_from]").fill(day)
    page.locator("textarea[name=evidence]").focus()
    page.keyboard.type(evidence)
    page.locator("aside form .btn-primary").focus()
    page.keyboard.press("Enter")


def test_assessment_and_finding_move_on_every_screen(server: Server, browser: Browser) -> None:
    windows = [new_window(browser) for _ in range(4)]
    germany, italy, britain, clerk = (
        sign_in(window, server.link(*who))
        for window, who in zip(windows, [("DE", HEAD), ("IT", HEAD), ("GB", HEAD), ("–", "secretariat")], strict=True)
    )
    italy.goto(f"{server.address}/watch/")
    row = italy.locator(".condition-row").first
    expect(row).to_contain_text("not met")
    for page in (germany, britain, clerk):
        condition_of(page, server)

    fill_by_keyboard(germany, "claimed", "2025-08-01", "Both sides announced it.")
    germany.keyboard.press("Escape")
    expect(germany.locator("confirm-dialog dialog")).to_have_count(0)
    germany.locator("aside form .btn-primary").press("Enter")
    confirm(germany)
    expect(germany.locator("#condition")).to_contain_text("voices differ")
    expect(row).to_contain_text("Germany")
    expect(britain.locator("#condition .voice-name", has_text="Germany")).to_be_visible()

    britain.locator("input[name=voice][value=member]").check()
    britain.locator("input[name=audience][value=chair]").check()
    fill_by_keyboard(britain, "broken", "2025-08-02", "Told to the chair alone.")
    confirm(britain)
    expect(britain.locator("#condition")).to_contain_text("Told to the chair alone.")
    expect(row).to_contain_text("partial: 1 assessment is not for you")
    expect(germany.locator("#condition")).to_contain_text("partial: 1 assessment is not for you")
    expect(germany.locator("#condition")).not_to_contain_text("United Kingdom")
    expect(clerk.locator("#condition")).to_contain_text("Told to the chair alone.")

    fill_by_keyboard(clerk, "verified", "2025-08-03", "Observers of four delegations.")
    confirm(clerk)
    expect(row.locator(".condition-standing")).to_contain_text("verified")
    expect(germany.locator("#condition h1")).to_contain_text("verified")
    germany.locator("#day-at").fill("2025-08-02")
    germany.locator(".day-choice button").click()
    expect(germany.locator("#condition h1")).to_contain_text("not met")
    for window in windows:
        window.close()
