"""Every page of meetings and texts, in two looks: what axe and the browser find (`pages.py`)."""

from playwright.sync_api import Browser, expect

from tests.e2e.browser import new_window, sign_in
from tests.e2e.media import PATIENCE_MS
from tests.e2e.pages import Visitor
from tests.e2e.people import Delegate, confirm
from tests.e2e.server import Server

HEADS = ("GB", "FR", "UA", "DE", "IT")


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
    british.inspect_here(chair)
    chair.locator("button[name=confirmed]").click()
    expect(chair.locator("count-down")).to_be_visible()
    extend = str(chair.locator("a[href$='/extend/']").get_attribute("href"))
    chair.locator(".text-objection > summary").click()
    chair.locator(".silence-amendments > summary").click()
    british.inspect_here(chair)
    british.look_at("/", "/texts/", text, f"{text}print/", extend)
    chair.locator("#break-reason").fill("Not yet.")
    chair.locator("#amendment-1").fill("We train and equip together.")
    chair.locator("form[action$='/break/'] button").click()
    confirm(chair)
    expect(chair.locator(".silence-amended")).to_be_visible()
    british.look_at(text)
    british.close()
    window.close()


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
