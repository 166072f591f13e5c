"""What asks a question first cannot be done before the script that asks it has come."""

import re

from playwright.sync_api import Browser, Route, expect

from tests.e2e.browser import new_window, sign_in
from tests.e2e.server import Server

# Whether what stands in an act with a question is hidden without the script, and there as soon as the script is.
HIDDEN_AND_SHOWN = """() => {
  const { dataset } = document.documentElement;
  const field = document.querySelector("[data-confirm] button, [hx-confirm] *");
  delete dataset.ready;
  const before = getComputedStyle(field).visibility;
  dataset.ready = "";
  return [before, getComputedStyle(field).visibility];
}"""


def test_act_with_a_question_waits_for_the_script(server: Server, browser: Browser) -> None:
    window = new_window(browser)
    page = sign_in(window, server.link("–", "secretariat"))
    leave = page.get_by_role("button", name="Leave the coalition")
    held: list[Route] = []
    window.route(re.compile(r"/assets/main-[^/]+\.js$"), lambda route: held.append(route))
    page.goto(f"{server.address}/coalition/members/IT/", wait_until="commit")
    expect(page.get_by_role("heading", name="Italy")).to_be_visible()
    expect(leave).to_have_count(0)
    for route in held:
        route.continue_()
    expect(leave).to_be_visible()
    leave.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    window.close()


def test_act_with_a_question_is_there_at_once_where_motion_is_reduced(server: Server, browser: Browser) -> None:
    window = new_window(browser)
    page = sign_in(window, server.link("–", "secretariat"))
    page.goto(f"{server.address}/coalition/members/IT/")
    assert page.evaluate(HIDDEN_AND_SHOWN) == ["hidden", "visible"]
    window.close()
