"""Acts made without a connection, or whose answer was lost, are done once; what the server refuses stays in sight."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.e2e.browser import new_window, settle, sign_in, until
from tests.e2e.server import Server


@pytest.fixture
def own_server(server: Server) -> Server:
    """The server, which these tests kill and start again."""
    return server


@pytest.fixture
def desk(own_server: Server, browser: Browser) -> Iterator[Page]:
    """The window of the German head, on the opening text, complete and saved."""
    page = sign_in(new_window(browser), own_server.link("DE"))
    page.goto(f"{own_server.address}/texts/")
    page.locator("main a[href^='/texts/']").filter(has_text=re.compile("statement|Déclaration")).first.click()
    expect(english(page)).to_have_attribute("data-state", "saved")
    yield page
    page.context.close()


def english(page: Page) -> Locator:
    """Return the editor of the English version."""
    return page.locator("text-editor[data-language=en]")


def write_last(page: Page, words: str) -> None:
    """Write a new last paragraph."""
    place = english(page).locator("[contenteditable]").first
    place.focus()
    settle(page)
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.type(words)


def act(page: Page, tool: str, body: str) -> None:
    """Comment or reserve on what is selected, by key."""
    expect(english(page).locator("[contenteditable]").first).to_be_focused()
    page.keyboard.press({"comment": "Control+Alt+m", "reserve": "Control+Alt+r"}[tool])
    page.locator("dialog.composer textarea").fill(body)
    page.locator("dialog.composer .btn-primary").click()
    expect(page.locator("dialog.composer")).to_have_count(0)


def thread(page: Page, body: str) -> Locator:
    """Return the threads with this body in the card."""
    return page.locator("#card-remarks .remark").filter(has_text=body)


def test_acts_without_connection_are_done_once_when_it_returns(desk: Page) -> None:
    desk.context.set_offline(True)
    expect(english(desk)).to_have_attribute("data-state", "offline")
    write_last(desk, "Written far from any network")
    desk.keyboard.press("Control+Shift+ArrowLeft")
    act(desk, "comment", "Which network?")
    act(desk, "reserve", "Not without a network.")
    outbox = english(desk).locator(".editor-outbox")
    expect(outbox.locator("[role=status]")).to_have_text("2 acts wait for the connection.")
    desk.context.set_offline(False)
    for body in ("Which network?", "Not without a network."):
        expect(thread(desk, body)).to_have_count(1)
        expect(thread(desk, body).locator("blockquote")).to_have_text("network")
    expect(outbox).to_be_hidden()
    expect(english(desk).locator(".remark-commented")).to_have_text("network")


def test_an_act_whose_answer_was_lost_is_done_once(desk: Page) -> None:
    calls: list[str] = []
    answered: list[Route] = []

    def lose(route: Route) -> None:
        calls.append(route.request.post_data or "")
        route.fetch()
        if len(calls) == 1:
            route.abort()
        else:
            route.continue_()
        answered.append(route)

    desk.route("**/comment/", lose)
    write_last(desk, "Once")
    act(desk, "comment", "Only once, please.")
    expect(thread(desk, "Only once, please.")).to_have_count(1)
    until(desk, lambda: len(answered) > 1)
    expect(english(desk).locator(".editor-outbox")).to_be_hidden()
    assert len(set(calls)) == 1
    expect(thread(desk, "Only once, please.")).to_have_count(1)


def test_an_act_survives_a_killed_server_and_a_closed_page(own_server: Server, desk: Page) -> None:
    write_last(desk, "Durable")
    expect(english(desk)).to_have_attribute("data-state", "saved")
    address = desk.url
    own_server.kill()
    expect(english(desk)).to_have_attribute("data-state", "offline")
    act(desk, "comment", "Through the night.")
    expect(english(desk).locator(".editor-outbox")).to_contain_text("1 act waits for the connection.")
    window = desk.context
    desk.close()
    own_server.start()
    later = window.new_page()
    later.goto(address)
    expect(thread(later, "Through the night.")).to_have_count(1)


def test_replies_and_resolutions_survive_a_killed_server_and_a_closed_page(own_server: Server, desk: Page) -> None:
    write_last(desk, "Answered")
    for body in ("To be answered.", "To be resolved."):
        act(desk, "comment", body)
        expect(thread(desk, body)).to_have_count(1)
    address = desk.url
    own_server.kill()
    expect(english(desk)).to_have_attribute("data-state", "offline")
    thread(desk, "To be answered.").get_by_text("Reply…").click()
    thread(desk, "To be answered.").get_by_label("Your reply").fill("Answered in the dark.")
    thread(desk, "To be answered.").get_by_role("button", name="Send the reply").click()
    expect(thread(desk, "To be answered.").get_by_label("Your reply")).to_be_hidden()
    thread(desk, "To be resolved.").get_by_role("button", name="Resolve").click()
    outbox = english(desk).locator(".editor-outbox")
    expect(outbox.locator("[role=status]")).to_have_text("2 acts wait for the connection.")
    expect(outbox.locator(".outbox-what")).to_have_text(
        [re.compile("^Reply to "), re.compile("^Resolve the comment of ")]
    )
    window = desk.context
    desk.close()
    own_server.start()
    later = window.new_page()
    later.goto(address)
    expect(thread(later, "To be answered.").locator(".remark-replies li")).to_have_count(1)
    expect(thread(later, "To be answered.").locator(".remark-replies")).to_contain_text("Answered in the dark.")
    expect(thread(later, "To be resolved.")).to_have_count(0)
    expect(later.locator(".editor-outbox li")).to_have_count(0)


def test_what_is_refused_stays_with_its_sentence_and_is_tried_at_another_place(desk: Page) -> None:
    write_last(desk, "Right words and wrong words")
    expect(english(desk)).to_have_attribute("data-state", "saved")
    desk.route(
        "**/comment/",
        lambda route: route.continue_(post_data=(route.request.post_data or "").replace("words=words", "words=sword")),
    )
    desk.keyboard.press("Control+Shift+ArrowLeft")
    act(desk, "comment", "Which words?")
    refused = english(desk).locator(".editor-outbox [data-state=refused]")
    expect(refused).to_contain_text("The words changed meanwhile. Select them again.")
    desk.unroute("**/comment/")
    desk.reload()
    expect(refused).to_contain_text("Which words?")
    expect(english(desk)).to_have_attribute("data-state", "saved")
    english(desk).locator("p").filter(has_text="Right words").click()
    desk.keyboard.press("Home")
    desk.keyboard.press("Control+Shift+ArrowRight")
    refused.get_by_role("button", name="Try again at the selection").click()
    expect(refused).to_have_count(0)
    expect(thread(desk, "Which words?").locator("blockquote")).to_have_text(re.compile("^Right"))
