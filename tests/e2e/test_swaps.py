"""What a person does while a part of the page is being replaced, and what happens elsewhere meanwhile, is not lost."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import APIResponse, Browser, Request, Route, expect

from tests.e2e.browser import until
from tests.e2e.people import Delegate, confirm
from tests.e2e.server import HEAD, Server


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose meeting is opened here."""
    with Server(tmp_path_factory.mktemp("swaps")) as running:
        yield running


def arrive(browser: Browser, server: Server, member: str, capacity: str = HEAD) -> Delegate:
    """Let a delegate sign in, which everybody's page is told."""
    delegate = Delegate(browser, member)
    delegate.sign_in(server.link(member, capacity))
    return delegate


@pytest.fixture
def chair(own_server: Server, browser: Browser) -> Iterator[Delegate]:
    """The chair in the room."""
    chair = arrive(browser, own_server, "GB")
    chair.page.goto(f"{own_server.address}/meetings/")
    meeting = chair.page.locator("main .meeting-row a").first.get_attribute("href") or ""
    chair.page.goto(f"{own_server.address}{meeting.removesuffix('room/')}room/")
    expect(chair.page.locator("text-editor:is([data-state=saved], [data-state=frozen])")).to_be_visible()
    yield chair
    chair.window.close()


def test_question_is_answered_though_the_page_changes_meanwhile(
    own_server: Server, browser: Browser, chair: Delegate
) -> None:
    chair.page.locator("#adoption form[action$='/propose/'] button").click()
    expect(chair.page.locator("confirm-dialog dialog")).to_be_visible()
    with chair.page.expect_response(lambda answer: "/texts/" in answer.url):
        newcomer = arrive(browser, own_server, "DE")
    confirm(chair.page)
    expect(chair.page.locator("#adoption li .badge-gold")).to_have_count(5)
    newcomer.window.close()


def test_change_during_a_fetch_is_shown(own_server: Server, browser: Browser, chair: Delegate) -> None:
    chair.open_meeting()
    speaker, reader = arrive(browser, own_server, "FR"), arrive(browser, own_server, "IT")
    for delegate in (speaker, reader):
        delegate.page.goto(chair.page.url)
        expect(delegate.page.locator("meeting-room")).to_be_visible()
    held: list[tuple[Route, APIResponse]] = []

    def hold(route: Route, request: Request) -> None:
        if held or "hx-request" not in request.headers:
            route.continue_()
        else:
            held.append((route, route.fetch()))

    reader.page.route("**/room/", hold)
    speaker.ask_for_floor()
    until(reader.page, lambda: held)
    chair.ask_for_floor()
    reader.page.wait_for_timeout(500)  # the second signal arrives while the first answer is on its way
    route, answer = held[0]
    route.fulfill(response=answer)
    reader.expect_list(["FR", "GB"])
    speaker.window.close()
    reader.window.close()


def test_act_is_answered_though_its_place_changes_meanwhile(
    own_server: Server, browser: Browser, chair: Delegate
) -> None:
    asker = arrive(browser, own_server, "UA")
    page = asker.page
    page.goto(chair.page.url)
    held: list[tuple[Route, APIResponse]] = []
    page.route("**/floor/ask/", lambda route: held.append((route, route.fetch())))
    with page.expect_response(lambda answer: answer.url.endswith("/room/")):  # what everybody's page asks for then
        page.locator("#room-actions button[name=kind][value=statement]").click()
        until(page, lambda: held)
    page.wait_for_timeout(500)
    expect(asker.waiting("UA")).to_have_count(0)
    route, answer = held[0]
    route.fulfill(response=answer)
    expect(asker.waiting("UA")).to_be_visible()
    expect(page.locator("#room-actions button[aria-pressed=true]")).to_be_visible()
    asker.window.close()
