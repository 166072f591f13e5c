"""Every page under Watch, in two looks: what axe and the browser find (`pages.py`)."""

from playwright.sync_api import Browser, FilePayload, expect

from tests.e2e.browser import new_window, sign_in
from tests.e2e.pages import Visitor
from tests.e2e.people import confirm
from tests.e2e.server import Server


def test_pages_of_conditions(quiet_server: Server, browser: Browser, clerk: Visitor) -> None:
    window = new_window(browser)
    page = sign_in(window, quiet_server.link("GB"))
    page.goto(f"{quiet_server.address}/watch/")
    unassessed = str(page.locator(".condition-row a.strong").nth(1).get_attribute("href"))
    condition = str(page.locator(".condition-row a.strong").first.get_attribute("href"))
    british = Visitor.open(browser, quiet_server, window)
    british.look_at("/watch/", condition, unassessed, "/watch/conditions/new/", f"{condition}reword/")
    for verdict, day in (("claimed", "01"), ("broken", "02")):
        page.goto(f"{quiet_server.address}{condition}")
        page.locator("input[name=voice][value=member]").check()
        page.locator(f"input[name=verdict][value={verdict}]").check()
        page.locator("input[name=valid_from]").fill(f"2025-08-{day}")
        page.locator("textarea[name=evidence]").fill("As announced.")
        page.locator("input[name=audience][value=members]").check()
        page.locator("input[name=named][value=IT]").check()
        page.locator("aside form .btn-primary").click()
        with page.expect_response(lambda answer: answer.request.method == "POST"):
            confirm(page)
    correction = str(page.locator("a[href$='/correct/']").last.get_attribute("href"))
    british.look_at("/watch/", "/watch/?at=2025-08-01", f"{condition}?at=2025-08-01", correction)
    page.locator(".condition-retire > summary").click()
    british.inspect_here(page)
    page.locator("#retire-reason").fill("Replaced.")
    page.locator("form[action$='/retire/'] button").click()
    confirm(page)
    expect(page.locator("form[action$='/reopen/'] button")).to_be_visible()
    clerk.look_at("/watch/", condition)
    british.close()
    window.close()


def test_pages_of_measures(clerk: Visitor) -> None:
    page = next(iter(clerk.pages.values()))
    found = {}
    for name in ("", "packages/", "steps/"):
        page.goto(f"{clerk.server.address}/watch/measures/{name}")
        found[name] = str(page.locator(".rows a.strong").first.get_attribute("href"))
    measure, package, step = found.values()
    clerk.look_at("/watch/measures/", "/watch/measures/?kind=debarment", "/watch/measures/matrix/")
    clerk.look_at("/watch/measures/alignment/", "/watch/measures/members/FR/", measure, f"{measure}?at=2020-01-01")
    clerk.look_at("/watch/measures/new/", f"{measure}edit/", "/watch/measures/import/", "/watch/measures/packages/new/")
    clerk.look_at("/watch/measures/packages/", package, f"{package}edit/", "/watch/measures/steps/new/")
    clerk.look_at("/watch/measures/steps/", step, f"{step}edit/", f"/meetings/steps/{step.split('/')[-2]}/table/")
    page.goto(clerk.server.address + measure)
    correction = str(page.locator("a[href$='/correct/']").first.get_attribute("href"))
    clerk.look_at(correction)


def test_pages_of_positions_and_contacts(quiet_server: Server, browser: Browser, clerk: Visitor) -> None:
    window = new_window(browser)
    page = sign_in(window, quiet_server.link("GB"))
    british = Visitor.open(browser, quiet_server, window)
    page.goto(f"{quiet_server.address}/watch/positions/")
    question = str(page.locator(".question-words a").first.get_attribute("href"))
    page.goto(f"{quiet_server.address}{question}")
    page.locator("input[name=stance][value=tolerate]").check()
    page.locator("textarea[name=reason]").fill("As agreed.")
    page.locator("input[name=audience][value=chair]").check()
    page.locator("aside form .btn-primary").click()
    confirm(page)
    correction = str(page.locator("a[href$='/correct/']").first.get_attribute("href"))
    british.look_at("/watch/positions/", question, f"{question}?at=2025-06-01", f"{question}reword/", correction)
    british.look_at("/watch/positions/new/", "/watch/positions/others/new/", "/watch/contacts/", "/watch/contacts/new/")
    page.goto(f"{quiet_server.address}/watch/contacts/new/")
    page.locator("input[name=counterparts]").first.check()
    page.locator("input[name=subject]").fill("Prisoners")
    page.locator("form.card .btn-primary").click()
    expect(page.locator(".condition-head")).to_be_visible()
    contact = page.url.removeprefix(quiet_server.address)
    clerk.look_at("/watch/contacts/", contact, f"{contact}held/", "/watch/positions/")
    page.locator("form[action$='/points/'] textarea").fill("The wounded first.")
    page.locator("form[action$='/points/'] .btn-primary").click()
    british.look_at(contact)
    page.goto(f"{quiet_server.address}{contact}held/")
    page.locator("form.card .btn-primary").click()
    page.locator("textarea[name=words_en]").fill("A frank exchange.")
    page.locator("form[action$='/readout/'] .btn-primary").click()
    confirm(page)
    expect(page.locator(".readout-words")).to_be_visible()
    page.locator("#contact-end > summary").click()
    british.inspect_here(page)
    british.look_at("/", contact, "/watch/contacts/")
    page.goto(f"{quiet_server.address}/meetings/")
    meeting = str(page.locator("a[href^='/meetings/'][href$='/']:not([href='/meetings/'])").first.get_attribute("href"))
    british.look_at(f"{meeting}positions/")
    british.close()
    window.close()


def test_pages_of_incidents(clerk: Visitor) -> None:
    page = next(iter(clerk.pages.values()))
    page.goto(f"{clerk.server.address}/watch/incidents/?first=2025-07-01&last=2025-07-31")
    incident = str(page.locator(".incident-row a.strong").first.get_attribute("href"))
    clerk.look_at("/watch/incidents/", "/watch/incidents/?first=2025-07-01&last=2025-07-31", "/watch/incidents/new/")
    clerk.look_at("/watch/incidents/calendar/?month=2025-07", "/watch/incidents/day/2025-07-08/", incident)
    clerk.look_at("/watch/incidents/observation/?first=2025-07-01&last=2025-07-31", "/watch/incidents/kinds/")
    clerk.look_at("/watch/incidents/kinds/shelling/", "/watch/incidents/import/")
    data = "id,date,kind,latitude,longitude\n1,2025-07-07,shelling,50.1,36.2\n2,2025-07-07,rumour,95,36.2\n"
    for rows in (data, data.rsplit("2,2025", 1)[0]):
        for look, page in clerk.pages.items():
            page.goto(f"{clerk.server.address}/watch/incidents/import/")
            page.locator("#id_collection").fill("Exercise")
            file: FilePayload = {"name": "exercise.csv", "mimeType": "text/csv", "buffer": rows.encode()}
            page.locator("#id_file").set_input_files(file)
            page.locator("form[enctype] .btn-primary").click()
            expect(page.locator("#preview")).to_be_visible()
            clerk.inspect(look, page)
