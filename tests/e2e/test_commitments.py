"""From a list of requirements to a delivery: pledges are made in the room, and coverage moves on every screen."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.browser import new_window, sign_in
from tests.e2e.loaded import EXAMPLE
from tests.e2e.people import PATIENCE_MS, Delegate, confirm
from tests.e2e.requirements import put_on_screen, state_requirement, take_catalogue
from tests.e2e.server import Server

CLEARANCE, HARBOURS = "Clearance of the western approaches", "Patrols off the harbours"
NEEDS = ((CLEARANCE, "mine-countermeasures", "4"), (HARBOURS, "maritime-patrol", "2"))

OF_COMMITMENTS = re.compile(r"\[+(catalogue|capabilities|rates|requirements|contributions)\b")


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Server]:
    """A server whose meeting no other journey has opened, and where nothing is required yet."""
    folder, example = tmp_path / "var", tmp_path / "example.toml"
    folder.mkdir()
    tables = re.split(r"(?m)^(?=\[)", EXAMPLE.read_text("utf-8"))
    example.write_text("".join(table for table in tables if not OF_COMMITMENTS.match(table)), "utf-8")
    with Server(folder, example=example) as running:
        yield running


def test_from_a_list_of_requirements_to_a_delivery(own_server: Server, browser: Browser) -> None:
    clerk = sign_in(new_window(browser), own_server.link("–", "secretariat"))
    clerk.set_default_timeout(PATIENCE_MS)
    take_catalogue(clerk, own_server)
    for stated in NEEDS:
        state_requirement(clerk, own_server, *stated)
    chair, germany, italy = (Delegate(browser, member) for member in ("GB", "DE", "IT"))
    for person in (chair, germany, italy):
        person.sit_down(own_server.link(person.member))
    chair.open_meeting()
    put_on_screen(chair.page, "sea")
    pledge_after_a_ceasefire(chair, germany, italy)
    offer_with_a_caveat(chair, italy, germany)
    coverage = own_coverage(germany, own_server)
    verify_ceasefire(clerk, own_server)
    expect(cell(coverage)).to_contain_text("75 %")  # moved by itself
    close_both(chair, germany)
    read_outcome(chair, germany, own_server)
    record_delivery(germany.page)
    for window in (clerk.context, chair.window, germany.window, italy.window):
        window.close()


def need(page: Page, name: str) -> Locator:
    """Return the line of a requirement on the list."""
    return page.locator(".session-need", has_text=name)


def call(chair: Page, name: str) -> None:
    """The chair turns to a requirement."""
    line = need(chair, name)
    if line.get_attribute("aria-current") is None:
        line.locator("button.session-need-name").click()
    expect(line).to_have_attribute("aria-current", "true")


def pledge_after_a_ceasefire(chair: Delegate, germany: Delegate, italy: Delegate) -> None:
    """Germany has the floor and pledges three ships, in two clicks but for the condition; Italy sees it at once."""
    call(chair.page, CLEARANCE)
    expect(need(italy.page, CLEARANCE)).to_have_attribute("aria-current", "true")
    expect(need(italy.page, CLEARANCE)).to_contain_text("0 %")
    germany.ask_for_floor()
    chair.give_floor("DE")
    germany.expect_speaker("DE")
    page = germany.page
    page.locator("#pledge-of-speaker").click()
    expect(page.locator("#room-act #id_quantity")).to_have_value("4")
    page.locator("#room-act #id_quantity").fill("3")
    page.locator("#room-act summary").click()
    page.locator("#room-act label", has_text="Ceasefire in force").locator("input").check()
    page.locator("#room-act .btn-primary").click()
    expect(page.locator("#room-act [data-done]")).to_contain_text("Germany")
    page.keyboard.press("Escape")
    expect(page.locator("#room-act [data-done]")).to_have_count(0)
    expect(page.locator("#pledge-of-speaker")).to_be_focused()
    expect(need(italy.page, CLEARANCE)).to_contain_text("75 %")
    expect(need(italy.page, CLEARANCE)).to_contain_text("under a condition")


def offer_with_a_caveat(chair: Delegate, italy: Delegate, germany: Delegate) -> None:
    """The chair walks on by keyboard; Italy, without the floor, offers from the list what may not serve everywhere."""
    call(chair.page, HARBOURS)
    expect(need(italy.page, HARBOURS)).to_have_attribute("aria-current", "true")
    way = "p" if need(chair.page, CLEARANCE).locator("xpath=following-sibling::li").count() else "n"
    chair.page.locator(".session-needs kept-scroll").focus()
    chair.page.keyboard.press(way)
    expect(need(germany.page, HARBOURS)).not_to_have_attribute("aria-current", "true")
    call(chair.page, HARBOURS)
    expect(need(italy.page, HARBOURS)).to_have_attribute("aria-current", "true")
    page = italy.page
    page.locator("#need-offer").click()
    page.locator("#room-act #id_quantity").fill("1")
    page.locator("#room-act summary").click()
    page.locator("#room-act #id_areas").fill("Eastern approaches")
    page.locator("#room-act .btn-primary").click()
    expect(page.locator("#room-act [data-done]")).to_contain_text("Italy")
    expect(need(germany.page, HARBOURS)).to_contain_text("50 %")
    expect(need(germany.page, HARBOURS)).to_contain_text("caveat")


def own_coverage(germany: Delegate, server: Server) -> Page:
    """Germany looks at the gap, without what waits for a condition."""
    page = germany.open_tab(f"{server.address}/commit/?domain=sea&waiting=no&first=2030-01")
    expect(cell(page)).to_contain_text("0 %")
    expect(page.locator(".heatmap tr", has_text=CLEARANCE).locator("td").last).to_contain_text("4 ships")
    return page


def cell(page: Page) -> Locator:
    """Return the first month of the clearance in the coverage."""
    return page.locator(".heatmap tr", has_text=CLEARANCE).locator("td.cell").first


def verify_ceasefire(page: Page, server: Server) -> None:
    """The secretariat records the finding that the ceasefire is verified."""
    page.goto(f"{server.address}/watch/")
    page.locator(".condition-row a.strong").first.click()
    page.locator("input[name=verdict][value=verified]").check()
    page.locator("input[name=valid_from]").fill("2025-08-03")
    page.locator("textarea[name=evidence]").fill("Observers of four delegations.")
    page.locator("aside form .btn-primary").click()
    confirm(page)
    expect(page.locator("#condition h1")).to_contain_text("verified")


def close_both(chair: Delegate, germany: Delegate) -> None:
    """One requirement is asked again of Germany, of the other the gap is accepted."""
    page = chair.page
    page.locator("#close-asked").click()
    page.locator("#room-act label", has_text="Germany").locator("input").check()
    page.locator("#room-act .btn-primary").click()
    expect(need(germany.page, HARBOURS)).to_contain_text("asked again")
    call(page, CLEARANCE)
    page.locator("#close-accepted").click()
    page.locator("#room-act textarea").fill("The fourth ship follows in summer.")
    page.locator("#room-act .btn-primary").click()
    expect(need(germany.page, CLEARANCE)).to_contain_text("gap accepted")
    germany.page.goto(f"{germany.page.url.split('/meetings/')[0]}/")
    asked = germany.page.locator(".waiting", has_text=f"{HARBOURS}: your delegation is asked again")
    expect(asked).to_be_visible()


def read_outcome(chair: Delegate, germany: Delegate, server: Server) -> None:
    """The meeting is closed, and its outcome is kept and circulated as a file."""
    meeting = chair.page.url.removesuffix("room/")
    chair.choose("/room/close/")
    confirm(chair.page)
    expect(chair.page.locator("a[href$='/conclusions/']").first).to_be_visible()
    page = germany.page
    page.goto(f"{meeting}conclusions/")
    expect(page.locator("#pledges + ul")).to_contain_text("Germany: 3 ships")
    page.locator("a[href$='/outcome/']").click()
    row = page.locator(".outcome-table tr", has_text=CLEARANCE)
    for words in ("Germany: 3 ships", "only if: Ceasefire in force", "1 ship", "gap accepted"):
        expect(row).to_contain_text(words)
    expect(page.locator(".outcome-table tr", has_text=HARBOURS)).to_contain_text("caveat: geographic")
    with page.expect_download() as download:
        page.locator("a[href$='/outcome/csv/']").click()
    assert "The fourth ship follows in summer." in download.value.path().read_text("utf-8-sig")
    assert server.address in page.url


def record_delivery(page: Page) -> None:
    """Germany delivers what it pledged; the page says in which intervention that was."""
    page.locator(".outcome-table tr", has_text=CLEARANCE).locator(".outcome-offers a").click()
    expect(page.locator("#contribution")).to_contain_text("intervention by Germany")
    page.locator("a[href$='/deliver/']").click()
    page.locator("#id_quantity").fill("3")
    page.locator("#id_evidence").fill("Three ships on station.")
    page.locator("main form .btn-primary").click()
    expect(page.locator("#contribution h1")).to_contain_text("delivered")
    expect(page.locator("#contribution")).to_contain_text("Three ships on station.")
