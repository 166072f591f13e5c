"""Proposals in real browsers: the pen changes live, typing becomes a proposal, the chair accepts it."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser import new_window, settle, sign_in
from tests.e2e.server import Server
from tests.e2e.test_text_editor import add_paragraph, english, words

SENTENCE = "The members will deploy a force."


@pytest.fixture(scope="module")
def desks(server: Server, browser: Browser) -> Iterator[tuple[Page, Page]]:
    """The windows of the British head, who co-chairs, and of the German head, on the opening text."""
    pages = [sign_in(new_window(browser), server.link(member)) for member in ("GB", "DE")]
    for page in pages:
        page.goto(f"{server.address}/texts/")
        page.locator("main a[href^='/texts/']").filter(has_text=re.compile("statement|Déclaration")).first.click()
        expect(english(page)).to_have_attribute("data-state", "saved")
    yield pages[0], pages[1]
    for page in pages:
        page.context.close()


def give_pen(page: Page, label: str) -> None:
    """Change who holds the pen, in the settings."""
    address = page.url
    page.get_by_role("link", name="Settings").click()
    page.get_by_label(label).check()
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(address)


def test_typing_becomes_a_proposal_and_the_chair_accepts_it(desks: tuple[Page, Page]) -> None:
    chair, germany = desks
    add_paragraph(chair, SENTENCE)
    paragraph = words(germany).locator("p", has_text=SENTENCE)
    expect(paragraph).to_have_count(1)
    give_pen(chair, "the chair edits, delegations propose")
    expect(english(germany)).to_have_attribute("data-state", "proposing")
    expect(words(germany)).to_have_attribute("contenteditable", "true")

    words(germany).focus()
    settle(germany)
    germany.keyboard.press("Control+End")
    for _ in range(len("force.")):
        germany.keyboard.press("ArrowLeft")
    germany.keyboard.press("j")
    dialog = germany.get_by_role("dialog")
    expect(dialog.get_by_role("textbox")).to_contain_text("a jforce.")
    germany.keyboard.type("oint ")
    expect(dialog.get_by_role("region", name="What would change").locator("ins")).to_have_text(re.compile("joint"))
    expect(words(germany).locator("p", has_text=SENTENCE)).to_have_count(1)
    germany.keyboard.press("Control+Enter")
    expect(dialog).to_have_count(0)

    inserted = words(chair).locator("ins.proposed-insertion")
    expect(inserted).to_have_text(re.compile("joint"))
    expect(words(chair).locator("button.proposal-code")).to_have_text("DE")
    card = chair.locator("#card-proposals")
    expect(card.locator(".proposal ins")).to_have_text(re.compile("joint"))
    words(chair).locator("button.proposal-code").click()
    opened = chair.get_by_role("dialog").locator("#proposal-opened")
    expect(opened.locator("ins")).to_have_text(re.compile("joint"))
    opened.get_by_role("button", name="Accept").click()
    expect(opened).to_contain_text("accepted")
    chair.get_by_role("dialog").get_by_role("button", name="Close").click()
    accepted = words(germany).locator("p", has_text="The members will deploy a joint force.")
    expect(accepted).to_have_count(1)
    expect(words(germany).locator("ins")).to_have_count(0)

    give_pen(chair, "everybody who drafts edits freely")
    expect(english(germany)).to_have_attribute("data-state", "saved")


def test_proposals_are_made_opened_and_withdrawn_by_keyboard(desks: tuple[Page, Page]) -> None:
    chair, germany = desks
    add_paragraph(germany, "Talks continue.")
    expect(english(germany)).to_have_attribute("data-state", "saved")
    germany.keyboard.press("Control+Alt+x")
    germany.get_by_role("dialog").get_by_role("button", name="Propose").press("Enter")
    sign = words(chair).locator(".proposed-sign")
    expect(sign).to_contain_text("This paragraph is to go")
    expect(words(chair).locator("p.proposed-gone")).to_have_text("Talks continue.")
    expect(words(germany).locator(".proposed-sign")).to_have_count(1)
    expect(germany.get_by_role("dialog")).to_have_count(0)
    expect(words(germany)).to_be_focused()
    settle(germany)
    germany.keyboard.press("Control+Alt+Enter")
    opened = germany.locator("#proposal-opened")
    opened.get_by_role("button", name="Withdraw").press("Enter")
    germany.locator("confirm-dialog button[value=yes]").press("Enter")
    expect(sign).to_have_count(0)
    expect(opened).to_contain_text("withdrawn")


def test_the_caret_returns_to_an_editor_that_came_anew_beneath_a_dialog(desks: tuple[Page, Page]) -> None:
    chair, germany = desks
    words(germany).focus()
    settle(germany)
    germany.keyboard.press("Control+Alt+x")
    expect(germany.get_by_role("dialog")).to_be_visible()
    help_of = str(words(germany).get_attribute("aria-describedby"))
    give_pen(chair, "the chair edits, delegations propose")
    expect(words(germany)).not_to_have_attribute("aria-describedby", help_of)
    germany.keyboard.press("Escape")
    expect(words(germany)).to_be_focused()
    give_pen(chair, "everybody who drafts edits freely")
