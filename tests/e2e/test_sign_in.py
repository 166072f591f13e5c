"""Signing in: by a link, by a code from the mail, and by a passkey that was added before."""

import re
from email import message_from_bytes, policy

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser import new_window, sign_in
from tests.e2e.server import Server


@pytest.fixture
def page(server: Server, browser: Browser) -> Page:
    """The window of the German delegate, signed in by a link."""
    return sign_in(new_window(browser), server.link("DE", "delegate"))


def sign_out(page: Page) -> None:
    """Leave by the menu."""
    page.locator(".person").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()


def last_code(server: Server) -> str:
    """Return the code in the newest mail that the server wrote."""
    newest = max((server.folder / "mail").iterdir(), key=lambda path: path.stat().st_mtime_ns)
    message = message_from_bytes(newest.read_bytes(), policy=policy.default)
    body = message.get_body(("plain",))
    assert body
    found = re.search(r"^\s*([A-Z0-9]{4}-[A-Z0-9]{4})\s*$", body.get_content(), re.MULTILINE)
    assert found, body.get_content()
    return found[1]


def test_link_leads_home_once(server: Server, browser: Browser) -> None:
    link = server.link("IT", "delegate")
    page = sign_in(new_window(browser), link)
    expect(page.locator(".person")).to_contain_text("Italy · delegate")
    again = new_window(browser).new_page()
    answer = again.goto(link)
    assert answer
    assert answer.status == 410
    expect(again.get_by_text("This link is no longer valid.")).to_be_visible()


def test_code_from_the_mail_signs_in(server: Server, page: Page) -> None:
    sign_out(page)
    page.get_by_role("link", name="Sign in").click()
    page.get_by_label("E-mail").or_(page.get_by_label("Email")).fill("delegate@germany.example")
    page.locator("main").get_by_role("button").first.click()
    expect(page.get_by_label("Code")).to_be_visible()
    page.get_by_label("Code").fill(last_code(server))
    page.locator("main").get_by_role("button").first.click()
    expect(page.locator(".person")).to_contain_text("Germany · delegate")


def test_passkey_signs_in(page: Page) -> None:
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    key = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": key})
    page.locator(".person").click()
    page.get_by_role("link", name="Passkeys").click()
    page.locator("main").get_by_role("link").first.click()
    page.get_by_label("Name").fill("Laptop")
    page.locator("main").get_by_role("button").first.click()
    expect(page.get_by_text("Laptop").first).to_be_visible()
    sign_out(page)
    page.get_by_role("link", name="Sign in").click()
    page.get_by_role("button", name="passkey").click()
    expect(page.locator(".person")).to_contain_text("Germany · delegate")
