"""The people of a journey: each sits before a window of their own and does what the page offers."""

import re
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e import media
from tests.e2e.browser import new_window, sign_in

PATIENCE_MS = 30_000

# What a page shows as saved, kept at the moment at which it says so; and whether it is in step with the server.
WATCH = """
window.wordsOf = (editor) => {
  const copy = editor.cloneNode(true);
  for (const caret of copy.querySelectorAll(".editor-caret, .ProseMirror-widget")) caret.remove();
  return [...copy.children].map((block) => block.textContent).join("\\n");
};
window.shownSaved = "";
new MutationObserver(() => {
  const editor = document.querySelector("text-editor[data-state=saved] .ProseMirror");
  if (editor) window.shownSaved = window.wordsOf(editor);
}).observe(document, { subtree: true, attributes: true, attributeFilter: ["data-state"] });
document.addEventListener("live-state", (event) => { window.liveState = event.detail; });
"""

# A computer whose clock is wrong: everything that a page can ask about the time of day is late.
WRONG_CLOCK = """
const [now, origin] = [Date.now, performance.timeOrigin];
Date.now = () => now() - LATE;
Object.defineProperty(performance, "timeOrigin", { get: () => origin - LATE });
"""

# Sends one document message by hand, as a program other than our editor could, and tells what the server did.
WRITE_BY_HAND = """([text, bytes]) => new Promise((resolve) => {
  const socket = new WebSocket(`${location.origin.replace("http", "ws")}/texts/sync/${text}`);
  socket.binaryType = "arraybuffer";
  socket.onopen = () => socket.send(new Uint8Array(bytes));
  socket.onmessage = ({ data }) => { if (new Uint8Array(data)[0] === 100) resolve("stored"); };
  socket.onclose = ({ code }) => resolve(code);
  setTimeout(() => resolve("no answer"), 20_000);
})"""


class Delegate:
    """One person at one computer, in the page `page`."""

    def __init__(self, browser: Browser, member: str, *, tone: int = 0, seconds_late: int = 0) -> None:
        self.member, self.tone = member, tone
        self.window = new_window(browser, width=1280, height=720)
        self.window.add_init_script(WATCH)
        if seconds_late:
            self.window.add_init_script(f"{{ const LATE = {seconds_late * 1000};{WRONG_CLOCK} }}")
        self.id = ""

    def sign_in(self, link: str) -> None:
        """Use the link; the page is the home of the delegation then."""
        self.page = sign_in(self.window, link)
        self.page.set_default_timeout(PATIENCE_MS)
        if self.tone:
            media.give_devices(self.page, self.tone)

    def sit_down(self, link: str) -> None:
        """Sign in, answer the invitation that waits at home, and go to the room."""
        self.sign_in(link)
        self.page.locator(".waiting a[href^='/meetings/']:not([href*='/positions/'], [href*='/steps/'])").first.click()
        self.page.locator("button[name=answer][value=accept]").click()
        expect(self.page.locator("button[name=answer][value=accept]")).to_be_disabled()
        self.page.locator("a[href$='/room/']").first.click()
        expect(self.page.locator("#room-panels")).to_be_visible()

    # the room

    def press(self, act: str, within: str = "#room-actions") -> None:
        """Press the button of the room that posts to an address ending with `act`."""
        self.page.locator(f"{within} button[hx-post$='{act}']").click()

    def choose(self, act: str) -> None:
        """Choose from the menu of the room what posts to an address ending with `act`."""
        self.page.locator(".session-bar summary").click()
        self.press(act, "#room-more")

    def open_meeting(self) -> None:
        """Open the meeting, as the chair."""
        self.press("/room/open/")
        expect(self.page.locator(".badge-live")).to_be_visible()

    def join_video(self) -> None:
        """Join with camera and microphone where there are such, else to watch and listen."""
        if self.tone:
            self.page.locator(".room-prepare").click()
            self.page.locator(".room-join:enabled").click()
        else:
            self.page.locator(".room-watch").click()
        media.is_joined(self.page)
        self.id = self.page.locator("figure[data-self]").get_attribute("data-delegate") or ""

    def leave_video(self) -> None:
        """Leave the video, and stay in the room."""
        self.page.locator(".room-leave").click()
        expect(self.page.locator(".room-prepare")).to_be_visible()

    def sees(self, others: "list[Delegate]") -> None:
        """Wait until the pictures of `others` move."""
        media.sees(self.page, [other.id for other in others])

    def hears(self, other: "Delegate") -> None:
        """Wait until the tone of `other` is what is heard of it."""
        media.hears(self.page, other.id, other.tone)

    def ask_for_floor(self) -> None:
        """Ask for the floor."""
        self.page.locator("#room-actions button[name=kind][value=statement]").click()
        expect(self.waiting(self.member)).to_be_visible()

    def waiting(self, member: str) -> Locator:
        """The line of `member` on the speaking list."""
        return self.page.locator(f".session-waiting[data-member='{member}']")

    def give_floor(self, member: str) -> None:
        """Give the floor, as the chair."""
        self.press("/give/", f".session-waiting[data-member='{member}']")

    def expect_speaker(self, member: str) -> None:
        """Wait until `member` has the floor on this screen."""
        expect(self.page.locator(f".session-speaker[data-member='{member}']")).to_be_visible()

    def expect_list(self, members: list[str]) -> None:
        """Wait until the speaking list reads so on this screen."""
        for place, member in enumerate(members):
            expect(self.page.locator(".session-waiting").nth(place)).to_have_attribute("data-member", member)
        expect(self.page.locator(".session-waiting")).to_have_count(len(members))

    def spoken_seconds(self) -> int:
        """Return how long the speaker has had the floor, as this screen shows it."""
        minutes, seconds = self.page.locator(".session-speaker count-up").inner_text().split(":")
        return int(minutes) * 60 + int(seconds)

    # the text

    @property
    def editor(self) -> Locator:
        """The words of the text in the room."""
        return self.page.locator("text-editor .ProseMirror")

    def words(self) -> str:
        """Return the text on this screen, a paragraph a line, without the carets of the others."""
        return str(self.editor.evaluate("(editor) => window.wordsOf(editor)"))

    def put_caret(self, paragraph: str, key: str = "End") -> None:
        """Click into the paragraph that begins with `paragraph` and go to an end of that line."""
        self.editor.locator("p", has_text=re.compile(f"^{re.escape(paragraph)}")).first.click()
        self.page.keyboard.press(key)

    def expect_state(self, state: str) -> None:
        """Wait until the editor of the room shows `state`."""
        expect(self.page.locator("text-editor")).to_have_attribute("data-state", state, timeout=PATIENCE_MS)

    def expect_words(self, words: str) -> None:
        """Wait until `words` stand on this screen."""
        asked = "(words) => window.wordsOf(document.querySelector('text-editor .ProseMirror')).includes(words)"
        self.page.wait_for_function(asked, arg=words, timeout=PATIENCE_MS)

    def shown_saved(self) -> str:
        """Return the text as it was when this screen last said that it was saved."""
        return str(self.page.evaluate("window.shownSaved"))

    def write_by_hand(self, text: str, message: bytes) -> Any:
        """Send `message` on a socket of the text's; return “stored”, or the code with which it was closed."""
        return self.page.evaluate(WRITE_BY_HAND, [text, list(message)])

    def read_english(self) -> None:
        """Turn the panel of the room to the English version."""
        self.page.locator(".editor-languages button[lang=en]").click()
        expect(self.page.locator("text-editor")).to_have_attribute("data-language", "en")

    # the adoption

    def propose(self) -> None:
        """Propose the text for adoption, as the chair."""
        self.page.locator("#adoption form[action$='/propose/'] button").click()
        confirm(self.page)
        expect(self.page.locator("#adoption li .badge-gold")).to_have_count(5)

    def agree(self) -> None:
        """Agree to the text, after the question that comes before it."""
        self.page.locator("#adoption form:has(input[value=agree]) button").click()
        confirm(self.page)
        expect(self.page.locator(".text-answer")).to_have_count(0)

    def object(self, reason: str) -> None:
        """Object to the text for `reason`."""
        self.page.locator(".text-objection summary").click()
        self.page.locator("#objection-reason").fill(reason)
        self.page.locator(".text-objection form button").click()
        confirm(self.page)

    def open_tab(self, address: str) -> Page:
        """Open another page in a tab of its own."""
        tab = self.window.new_page()
        tab.set_default_timeout(PATIENCE_MS)
        tab.goto(address)
        return tab


def confirm(page: Page) -> None:
    """Answer yes to the question that the page asks."""
    page.locator("confirm-dialog button[value=yes]").click()
    expect(page.locator("confirm-dialog dialog")).to_have_count(0)


def type_at_once(tokens: dict[Delegate, str]) -> None:
    """Let everybody type their words at the same time, a letter each in turn."""
    for place in range(max(map(len, tokens.values()))):
        for person, words in tokens.items():
            person.page.keyboard.type(words[place : place + 1])
