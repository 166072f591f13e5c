"""The pages of a text under negotiation, in two looks: brackets, proposals, remarks, agreement, versions."""

from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.browser import new_window, settle, sign_in
from tests.e2e.media import PATIENCE_MS
from tests.e2e.pages import Visitor
from tests.e2e.server import Server

WORDS = "Nous nous réunirons avant la fin du mois."


def test_pages_of_a_negotiation(quiet_server: Server, browser: Browser, clerk: Visitor) -> None:
    window = new_window(browser)
    chair = sign_in(window, quiet_server.link("GB"))
    british = Visitor.open(browser, quiet_server, window)
    chair.goto(f"{quiet_server.address}/texts/new/")
    chair.locator("#id_title_en").fill("Declaration on meeting")
    chair.locator("#id_title_fr").fill("Déclaration sur la réunion")
    chair.locator("form.card .btn-primary").click()
    expect(french(chair)).to_have_attribute("data-state", "saved", timeout=PATIENCE_MS)
    text = chair.url.removeprefix(quiet_server.address)
    negotiate(chair)
    clerk.look_at(text, f"{text}print/", f"{text}agreement/", f"{text}versions/", f"{text}compare/")
    british.look_at(text, f"{text}agreement/")
    open_what_is_drawn(british, text)
    open_a_paragraph(british, text)
    chair.goto(f"{quiet_server.address}{text}versions/")
    chair.locator("#circulate summary").click()
    chair.locator("form[action$='/circulate/'] button").click()
    expect(chair.locator("main")).to_contain_text("Rev.1")
    clerk.look_at(f"{text}versions/", f"{text}compare/", f"{text}export/")
    british.close()
    window.close()


def french(page: Page) -> Locator:
    """Return the editor of the French version, which the phone of a French speaker shows."""
    return page.locator("text-editor[data-language=fr]")


def negotiate(page: Page) -> None:
    """Write a paragraph; put words of it in brackets, propose another word, comment it and reserve on it."""
    french(page).locator("[contenteditable]").first.focus()
    settle(page)
    page.keyboard.type(WORDS)
    expect(french(page)).to_have_attribute("data-state", "saved")
    page.keyboard.press("Control+Shift+ArrowLeft")
    page.keyboard.press("Control+Shift+ArrowLeft")
    page.keyboard.press("Control+Alt+b")
    expect(page.locator("#brackets .bracket-row")).to_have_count(1)
    for key, body in (("m", "Quel mois ?"), ("r", "Sous réserve de notre parlement.")):
        page.keyboard.press(f"Control+Alt+{key}")
        page.locator("dialog.composer textarea").fill(body)
        page.locator("dialog.composer .btn-primary").click()
        expect(page.locator("dialog.composer")).to_have_count(0)
    expect(page.locator("#card-remarks .remark")).to_have_count(2)
    page.keyboard.press("Control+Alt+p")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox").first.press("Control+Home")
    page.keyboard.type("Oui : ")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#card-proposals .proposal")).to_have_count(1)


def open_what_is_drawn(visitor: Visitor, text: str) -> None:
    """Look at what opens from the signs in the words: the bracket, the proposal, the remark."""
    for look, page in visitor.pages.items():
        page.goto(visitor.server.address + text)
        for sign in ("button.bracket-codes", "button.proposal-code"):
            french(page).locator(sign).first.click()
            expect(page.locator("dialog[open]")).to_have_count(1)
            visitor.inspect(look, page)
            page.keyboard.press("Escape")
            expect(page.locator("dialog[open]")).to_have_count(0)
        french(page).locator("button.remark-mark").first.click()
        expect(page.locator(".remark:focus, dialog[open]")).to_have_count(1)
        visitor.inspect(look, page)


def open_a_paragraph(visitor: Visitor, text: str) -> None:
    """Look at who agrees a paragraph, on the page of the matrix."""
    for look, page in visitor.pages.items():
        page.goto(f"{visitor.server.address}{text}agreement/")
        page.locator("main a[href*='/agreement/']").last.click()
        visitor.inspect(look, page)
