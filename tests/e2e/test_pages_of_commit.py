"""Every page under Commit, in two looks: what axe and the browser find (`pages.py`)."""

from playwright.sync_api import Browser, FilePayload, expect

from tests.e2e.browser import new_window, sign_in
from tests.e2e.needs import enter_needs
from tests.e2e.pages import Visitor
from tests.e2e.people import confirm
from tests.e2e.requirements import put_on_screen, state_requirement, take_catalogue
from tests.e2e.server import Server
from tests.e2e.test_plan import make_plan


def test_pages_of_files(quiet_server: Server, browser: Browser) -> None:
    window = new_window(browser)
    page = sign_in(window, quiet_server.link("–", "secretariat"))
    clerk = Visitor.open(browser, quiet_server, window)
    clerk.look_at("/commit/files/", "/commit/files/import/")
    for rows in ("Ports,deterrence,presence,air-defence,4", "Ports,deterrence,presence,nothing,many"):
        page.goto(f"{quiet_server.address}/commit/files/import/")
        page.locator("input[name=kind][value=requirements]").check()
        content = f"name,line,phase,capability,quantity,needed from,needed to\n{rows},2027-01-01,2027-12-31\n"
        file: FilePayload = {"name": "list.csv", "mimeType": "text/csv", "buffer": content.encode()}
        page.locator("input[name=file]").set_input_files(file)
        page.locator("main form .btn-primary").click()
        expect(page.locator("#import-mapping")).to_be_visible()
        clerk.inspect_here(page)
    clerk.close()
    window.close()


def test_pages_of_the_plan(quiet_server: Server, browser: Browser, clerk: Visitor) -> None:
    clerk.look_at("/commit/plan/")
    enter_needs(quiet_server)
    window = new_window(browser)
    page = sign_in(window, quiet_server.link("–", "secretariat"))
    page.goto(f"{quiet_server.address}/commit/plan/")
    scenarios = [str(link.get_attribute("href")) for link in page.locator(".plan-row a.strong").all()]
    plan = make_plan(page, quiet_server.address + scenarios[-1]).removeprefix(quiet_server.address)
    clerk.look_at("/commit/plan/", "/commit/plan/scenarios/new/", *scenarios, f"{scenarios[0]}change/")
    clerk.look_at(
        plan, f"{plan}who/", "/commit/plan/compare/", f"/commit/plan/compare/?scenario={scenarios[-1].split('/')[-2]}"
    )
    page.locator("form[action$='/propose/'] button").click()
    confirm(page)
    expect(page.locator("#plan-proposal")).to_contain_text("Proposed")
    for detail in page.locator(".plan-stages > summary").all():
        detail.click()
    clerk.inspect_here(page)
    window.close()
    head = new_window(browser)
    sign_in(head, quiet_server.link("DE"))
    german = Visitor.open(browser, quiet_server, head)
    german.look_at("/", plan, f"{plan}who/")
    german.close()
    head.close()


def test_pages_with_pictures(clerk: Visitor) -> None:
    for path in ("/commit/", "/commit/delivered/", "/commit/burden/?stage=announced", "/commit/burden/?view=world"):
        for look, page in clerk.pages.items():
            page.goto(clerk.server.address + path)
            expect(page.locator("data-chart[data-drawn]").first).to_be_visible()
            expect(page.locator("data-chart:not([data-drawn])")).to_have_count(0)
            clerk.inspect(look, page)
    clerk.look_at("/commit/timeline/", "/commit/timeline/?member=DE", "/commit/delivered/?capability=military-aid")


def test_pages_of_a_conference(quiet_server: Server, browser: Browser, clerk: Visitor) -> None:
    window = new_window(browser)
    page = sign_in(window, quiet_server.link("–", "secretariat"))
    take_catalogue(page, quiet_server)
    state_requirement(page, quiet_server, "Clearance of the approaches", "mine-countermeasures", "4")
    page.goto(f"{quiet_server.address}/meetings/schedule/")
    for field, value in (("words_en", "Conference"), ("day", "2030-01-01"), ("start", "10:00"), ("minutes", "60")):
        page.locator(f"#id_{field}").fill(value)
    page.locator("main form .btn-primary").click()
    page.wait_for_url("**/agenda/")
    meeting = page.url.removeprefix(quiet_server.address).removesuffix("agenda/")
    room = f"{meeting}room/"
    page.goto(quiet_server.address + room)
    page.locator("#room-actions button[hx-post$='/open/']").click()
    put_on_screen(page, "sea")
    for look, other in clerk.pages.items():
        other.goto(quiet_server.address + room)
        if look.width < 500:
            other.locator("input[name=panel][value=needs]").check(force=True)
        for opener in ("#need-offer", "#close-asked", "#close-changed", "#close-accepted"):
            other.locator(opener).click()
            expect(other.locator("#room-act form")).to_be_visible()
            clerk.inspect(look, other)
            other.keyboard.press("Escape")
            expect(other.locator("#room-act form")).to_have_count(0)
    page.locator("#close-covered").click()
    expect(page.locator(".session-need-end .badge")).to_be_visible()
    clerk.look_at(f"{meeting}pledge/", f"{meeting}outcome/", f"{meeting}room/requirements/put/")
    page.locator(".session-bar summary").click()
    page.locator("#room-more button[hx-post$='/room/close/']").click()
    confirm(page)
    expect(page.locator("a[href$='/conclusions/']").first).to_be_visible()
    clerk.look_at(f"{meeting}outcome/", f"{meeting}conclusions/")
    window.close()
