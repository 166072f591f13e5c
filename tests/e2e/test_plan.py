"""A plan appears, gets better and is confirmed on every screen without reload, and outlives a killed server."""

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser import new_window, sign_in
from tests.e2e.media import PATIENCE_MS
from tests.e2e.needs import enter_needs
from tests.e2e.people import confirm
from tests.e2e.server import Server


def start_plan(page: Page, scenario: str) -> str:
    """Have a scenario planned and return the address of the plan, which is there at once."""
    page.goto(scenario)
    page.locator("aside form .btn-primary").click()
    expect(page.locator(".plan-tiles")).to_be_visible()
    return page.url


def make_plan(page: Page, scenario: str) -> str:
    """Have a scenario planned to the end and return the address of the plan."""
    address = start_plan(page, scenario)
    expect(page.locator(".plan-gap").first).to_be_visible(timeout=3 * PATIENCE_MS)
    expect(page.locator(".plan-working")).to_have_count(0, timeout=3 * PATIENCE_MS)
    return address


def first_scenario(page: Page, server: Server) -> str:
    """Return the address of the first scenario that was named."""
    page.goto(f"{server.address}/commit/plan/")
    return server.address + str(page.locator(".plan-row a.strong").last.get_attribute("href"))


def test_plan_is_made_proposed_and_confirmed_before_everybody(browser: Browser, tmp_path: Path) -> None:
    with Server(tmp_path) as server:
        enter_needs(server)
        windows = [new_window(browser) for _ in range(2)]
        clerk = sign_in(windows[0], server.link("–", "secretariat"))
        germany = sign_in(windows[1], server.link("DE"))
        address = start_plan(clerk, first_scenario(clerk, server))
        germany.goto(address)
        for page in (clerk, germany):
            expect(page.locator(".plan-tiles")).to_contain_text("optimal", timeout=3 * PATIENCE_MS)
            gaps = page.locator(".plan-gaps")
            expect(gaps).to_contain_text("parliament approval · Field hospital (1 act)", timeout=3 * PATIENCE_MS)
            expect(page.locator(".plan-working")).to_have_count(0, timeout=3 * PATIENCE_MS)
        clerk.locator("form[action$='/propose/'] button").click()
        confirm(clerk)
        germany.goto(server.address)
        germany.get_by_role("link", name="Look at it").click()
        germany.get_by_role("button", name="Confirm our part").click()
        confirm(germany)
        expect(clerk.locator(".row-line", has_text="Germany").locator(".badge")).to_have_text("confirmed")
        for window in windows:
            window.close()


def test_plan_outlives_a_killed_server(browser: Browser, tmp_path: Path) -> None:
    with Server(tmp_path) as server:
        enter_needs(server)
        window = new_window(browser)
        clerk = sign_in(window, server.link("–", "secretariat"))
        address = start_plan(clerk, first_scenario(clerk, server))
        covered = clerk.locator(".plan-coverage").inner_text()
        server.kill()
        server.start()
        clerk.goto(address)
        assert covered.splitlines()[0] == clerk.locator(".plan-coverage").inner_text().splitlines()[0]
        expect(clerk.locator(".plan-tiles")).to_contain_text("optimal", timeout=4 * PATIENCE_MS)
        expect(clerk.locator(".plan-working")).to_have_count(0, timeout=4 * PATIENCE_MS)
        window.close()
