"""Every page, in two looks: axe finds nothing, the browser complains of nothing, and nothing scrolls sideways."""

from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser import new_window, sign_in
from tests.e2e.media import PATIENCE_MS
from tests.e2e.pages import Visitor
from tests.e2e.people import Delegate, confirm
from tests.e2e.server import Server

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
        confirm(page)
        page.wait_for_load_state()
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
