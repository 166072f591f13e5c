"""Every page, in two looks: axe finds nothing, the browser complains of nothing, and nothing scrolls sideways."""

from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.e2e.browser import new_window, sign_in
from tests.e2e.media import PATIENCE_MS
from tests.e2e.needs import enter_needs
from tests.e2e.pages import Visitor
from tests.e2e.people import Delegate, confirm
from tests.e2e.requirements import put_on_screen, state_requirement, take_catalogue
from tests.e2e.server import Server
from tests.e2e.test_plan import make_plan

HEADS = ("GB", "FR", "UA", "DE", "IT")


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
    inspect_here(british, page)
    page.locator("#retire-reason").fill("Replaced.")
    page.locator("form[action$='/retire/'] button").click()
    confirm(page)
    expect(page.locator("form[action$='/reopen/'] button")).to_be_visible()
    clerk.look_at("/watch/", condition)
    british.close()
    window.close()


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
        inspect_here(clerk, page)
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
    inspect_here(clerk, page)
    window.close()
    head = new_window(browser)
    sign_in(head, quiet_server.link("DE"))
    german = Visitor.open(browser, quiet_server, head)
    german.look_at("/", plan, f"{plan}who/")
    german.close()
    head.close()


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
    inspect_here(british, page)
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
            file = {"name": "exercise.csv", "mimeType": "text/csv", "buffer": rows.encode()}
            page.locator("#id_file").set_input_files(file)  # type: ignore[arg-type]
            page.locator("form[enctype] .btn-primary").click()
            expect(page.locator("#preview")).to_be_visible()
            clerk.inspect(look, page)


def test_pages_with_pictures(clerk: Visitor) -> None:
    for path in ("/commit/", "/commit/delivered/", "/commit/burden/?stage=announced", "/commit/burden/?view=world"):
        for look, page in clerk.pages.items():
            page.goto(clerk.server.address + path)
            expect(page.locator("data-chart[data-drawn]").first).to_be_visible()
            expect(page.locator("data-chart:not([data-drawn])")).to_have_count(0)
            clerk.inspect(look, page)
    clerk.look_at("/commit/timeline/", "/commit/timeline/?member=DE", "/commit/delivered/?capability=military-aid")


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


def test_pages_of_meeting_and_text(quiet_server: Server, browser: Browser, clerk: Visitor, stranger: Visitor) -> None:
    chair = Delegate(browser, "GB", tone=400)
    chair.sit_down(quiet_server.link("GB"))
    room = chair.page.url.removeprefix(quiet_server.address)
    meeting = room.removesuffix("room/")
    text = str(chair.page.locator("#room-text a").first.get_attribute("href"))
    british = Visitor.open(browser, quiet_server, chair.window)

    clerk.look_at("/meetings/", "/meetings/schedule/", meeting, f"{meeting}edit/", f"{meeting}agenda/", room)
    clerk.look_at(f"{meeting}briefing/")
    clerk.look_at("/texts/agreed/", "/texts/agreed/?words=ceasefire", f"/texts/new/?based_on={text.split('/')[2]}")
    clerk.look_at("/texts/", "/texts/new/", text, f"{text}settings/", f"{text}print/", f"{text}silence/")
    clerk.look_at(f"{text}export/", "/texts/import/")
    chair.open_meeting()
    chair.join_video()
    chair.ask_for_floor()
    british.look_at("/", room, meeting)
    chair.give_floor("GB")
    chair.ask_for_floor()
    british.look_at(room)
    clerk.look_at(room)
    join_in_every_look(british, room)
    chair.page.bring_to_front()
    chair.propose()
    british.look_at("/", "/texts/", text, room)
    agree_all(browser, quiet_server, room, chair)
    publish(chair, text)
    chair.page.goto(quiet_server.address + room)
    chair.choose("/room/close/")
    confirm(chair.page)
    expect(chair.page.locator("a[href$='/conclusions/']").first).to_be_visible()
    clerk.look_at("/", "/meetings/", meeting, f"{meeting}conclusions/", room, "/texts/", text, f"{text}print/")
    clerk.look_at("/texts/agreed/?words=ceasefire", "/texts/agreed/?words=nothing+like+it+anywhere")
    stranger.look_at("/", f"/public{text}", f"/public{text}fr/")
    chair.window.close()
    british.close()


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


def test_pages_of_a_silence_procedure(quiet_server: Server, browser: Browser) -> None:
    window = new_window(browser)
    chair = sign_in(window, quiet_server.link("GB"))
    british = Visitor.open(browser, quiet_server, window)
    chair.goto(f"{quiet_server.address}/texts/new/")
    chair.locator("#id_title_en").fill("Declaration on training")
    chair.locator("#id_role_fr").select_option("")
    chair.locator("form.card .btn-primary").click()
    chair.locator("text-editor .ProseMirror").first.click()
    chair.keyboard.type("We train together.")
    expect(chair.locator("text-editor").first).to_have_attribute("data-state", "saved", timeout=PATIENCE_MS)
    text = chair.url.removeprefix(quiet_server.address)
    chair.locator("a[href$='/silence/']").click()
    chair.locator("button[value=three]").click()
    inspect_here(british, chair)
    chair.locator("button[name=confirmed]").click()
    expect(chair.locator("count-down")).to_be_visible()
    extend = str(chair.locator("a[href$='/extend/']").get_attribute("href"))
    chair.locator(".text-objection > summary").click()
    chair.locator(".silence-amendments > summary").click()
    inspect_here(british, chair)
    british.look_at("/", "/texts/", text, f"{text}print/", extend)
    chair.locator("#break-reason").fill("Not yet.")
    chair.locator("#amendment-1").fill("We train and equip together.")
    chair.locator("form[action$='/break/'] button").click()
    confirm(chair)
    expect(chair.locator(".silence-amended")).to_be_visible()
    british.look_at(text)
    british.close()
    window.close()


def inspect_here(visitor: Visitor, page: Page) -> None:
    """Look at a page as it stands, in the look that it has."""
    visitor.inspect(next(iter(visitor.pages)), page)


def join_in_every_look(visitor: Visitor, room: str) -> None:
    """Look at the preview and at the video room from inside."""
    for look, page in visitor.pages.items():
        page.goto(visitor.server.address + room)
        page.locator(".room-prepare").click()
        expect(page.locator(".room-join")).to_be_enabled()
        visitor.inspect(look, page)
        page.locator(".room-watch").click()
        expect(page.locator("meeting-room")).to_have_attribute("data-state", "joined")
        visitor.inspect(look, page)


def agree_all(browser: Browser, server: Server, room: str, chair: Delegate) -> None:
    """Let the five heads agree."""
    for member in HEADS:
        head = chair
        if member != chair.member:
            head = Delegate(browser, member)
            head.sign_in(server.link(member))
            head.page.goto(server.address + room)
        head.agree()
        if head is not chair:
            head.window.close()


def publish(chair: Delegate, text: str) -> None:
    """Open the adopted text to the public."""
    page = chair.page
    address = page.url.split("/meetings/")[0] + text
    page.goto(f"{address}settings/")
    page.locator("input[name=audience][value=public]").check()
    page.locator("form.card .btn-primary").click()
    page.locator("form[action$='/publish/'] button").click()
    confirm(page)
    expect(page.locator("form[action$='/unpublish/']")).to_be_visible()
