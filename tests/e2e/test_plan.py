"""A plan outlives a killed server; how one is made, proposed and confirmed is in the journey of commitments."""

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser import new_window, sign_in
from tests.e2e.media import PATIENCE_MS
from tests.e2e.needs import enter_needs
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
