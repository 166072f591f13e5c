"""What is required, as the chair states it and shows it in a room."""

from playwright.sync_api import Page, expect

from tests.e2e.server import Server


def take_catalogue(page: Page, server: Server) -> None:
    """Begin with the usual catalogue, unless there is one."""
    page.goto(f"{server.address}/commit/catalogue/")
    if page.locator("main", has_text="Mine countermeasures").count() == 0:
        page.locator("form[action$='/usual/'] button").click()
        expect(page.locator("main")).to_contain_text("Mine countermeasures")


def state_requirement(page: Page, server: Server, name: str, capability: str, quantity: str) -> None:
    """State a requirement for half of the year 2030."""
    page.goto(f"{server.address}/commit/requirements/new/")
    page.locator("#id_name_en").fill(name)
    page.locator("#id_line").select_option("deterrence")
    page.locator("#id_phase").select_option("deployment")
    page.locator("#id_capability").select_option(capability)
    page.locator("#id_quantity").fill(quantity)
    page.locator("#id_needed_from").fill("2030-01-01")
    page.locator("#id_needed_to").fill("2030-06-30")
    page.locator("main form .btn-primary").click()
    page.wait_for_url("**/commit/")


def put_on_screen(page: Page, domain: str) -> None:
    """Show the room what is required of a domain."""
    page.locator(".session-bar summary").click()
    page.locator("#room-more [hx-get$='/requirements/put/']").click()
    page.locator("#room-act #id_domain").select_option(domain)
    page.locator("#room-act .btn-primary").click()
    expect(page.locator(".session-need").first).to_be_visible()
