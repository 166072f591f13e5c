"""Every page at large, in two looks: what axe and the browser find (`pages.py`)."""

from playwright.sync_api import Browser

from tests.e2e.browser import new_window, sign_in
from tests.e2e.pages import Visitor
from tests.e2e.server import Server


def test_pages_of_strangers(quiet_server: Server, stranger: Visitor) -> None:
    link = quiet_server.link("DE").removeprefix(quiet_server.address)
    stranger.look_at("/", "/account/sign-in/", link)
    stranger.look_at("/nowhere/", status=404)
    stranger.look_at("/sign-in/link/used/", status=410)
    for look, page in stranger.pages.items():
        page.goto(f"{quiet_server.address}/account/sign-in/")
        page.locator("input[type=email]").fill("delegate@germany.example")
        page.locator("main button[type=submit], main form button:not([type])").first.click()
        page.wait_for_url("**/code/")
        stranger.inspect(look, page)


def test_pages_of_the_coalition(clerk: Visitor) -> None:
    clerk.look_at("/", "/commit/", "/watch/", "/coalition/", "/coalition/members/FR/", "/coalition/members/NATO/")
    clerk.look_at("/coalition/invite/state/", "/coalition/invite/organisation/", "/coalition/secretariat/appoint/")
    clerk.look_at("/coalition/members/FR/appoint/", "/record/", "/record/1/", "/record/?q=Macron", "/record/?q=nobody")
    clerk.look_at("/account/passkeys/", "/account/passkeys/add/", "/account/sign-out/")
    clerk.look_at("/nowhere/", "/record/999999/", status=404)


def test_pages_with_menus_open(clerk: Visitor) -> None:
    for look, page in clerk.pages.items():
        page.goto(clerk.server.address)
        for menu in page.locator("fold-menu summary:visible").all():
            menu.click()
            clerk.inspect(look, page)


def test_page_of_a_refusal(quiet_server: Server, browser: Browser) -> None:
    window = new_window(browser)
    sign_in(window, quiet_server.link("NATO", "observer"))
    observer = Visitor.open(browser, quiet_server, window)
    window.close()
    observer.look_at("/texts/new/", "/meetings/schedule/", status=403)
    observer.close()
