"""A page stays in step by itself, says so when it cannot, and comes back."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser import new_window, sign_in
from tests.e2e.server import Server

GERMANY, ITALY = ("DE", "head of delegation"), ("IT", "head of delegation")


@pytest.fixture
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that the test may stop."""
    with Server(tmp_path_factory.mktemp("restarted")) as running:
        yield running


def home_of(browser: Browser, link: str) -> Page:
    """Return the home page of the person of `link`."""
    page = sign_in(new_window(browser), link)
    expect(page.locator("#who-is-here")).to_be_visible()
    return page


def test_arrival_shows_on_other_pages_without_reload(server: Server, browser: Browser) -> None:
    page = home_of(browser, server.link(*GERMANY))
    row = page.locator("#beside li", has_text="Italy")
    expect(row).not_to_contain_text("here")
    other = home_of(browser, server.link(*ITALY))
    expect(row).to_contain_text("here")
    other.context.close()
    expect(row).not_to_contain_text("here")


def test_restart_is_said_and_over_by_itself(own_server: Server, browser: Browser) -> None:
    page = home_of(browser, own_server.link(*GERMANY))
    status = page.locator("live-status")
    expect(status).to_be_empty()
    own_server.kill()
    expect(status).to_have_text("Connection lost, trying again…")
    page.wait_for_timeout(6000)  # the attempts have become rare
    own_server.start()
    expect(status).to_be_empty()  # live.test.ts shows that attempts are never five seconds apart
    expect(page.locator("#who-is-here")).to_contain_text(re.compile(r"[1-9]\d* of 34 here"))


def test_keyboard_stays_where_it_was_when_a_fragment_is_replaced(server: Server, browser: Browser) -> None:
    page = home_of(browser, server.link(*GERMANY))
    page.get_by_role("link", name="All members").focus()
    page.evaluate("document.querySelector('#beside').dataset.old = 'yes'")
    other = home_of(browser, server.link(*ITALY))
    expect(page.locator("#beside[data-old]")).to_have_count(0)
    expect(page.get_by_role("link", name="All members")).to_be_focused()
    other.context.close()


def test_theme_is_chosen_without_reload_and_kept(server: Server, browser: Browser) -> None:
    page = new_window(browser).new_page()
    page.goto(server.address)
    page.get_by_label("Appearance").first.click()
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    expect(page.locator("body")).to_have_css("background-color", "rgb(16, 20, 29)")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    page.get_by_label("Appearance").first.press("Enter")
    page.get_by_role("button", name="System").press("Enter")
    expect(page.locator("body")).to_have_css("background-color", "rgb(250, 249, 246)")


def test_phone_menu_opens_and_closes_by_keyboard(server: Server, browser: Browser) -> None:
    page = sign_in(new_window(browser, width=390, height=844), server.link(*GERMANY))
    menu = page.get_by_label("Menu", exact=True)
    menu.press("Enter")
    expect(page.get_by_role("link", name="Agree")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Agree")).to_be_hidden()
    expect(menu).to_be_focused()
