"""From a list of requirements to a brief: pledges are made in the room, the plan says what closes each gap."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import docx
import openpyxl
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.browser import new_window, sign_in
from tests.e2e.people import PATIENCE_MS, Delegate, confirm
from tests.e2e.requirements import put_on_screen
from tests.e2e.server import Server
from tests.helpers.programs import office, poppler

CLEARANCE, PATROLS = "Clearance of the western approaches", "Patrols off the harbours"
HEADS = ("Requirement", "Line", "Phase", "Capability", "Quantity", "Priority", "Essential", "Area", "From", "To")
NEEDS = (
    (CLEARANCE, "deterrence", "presence", "mine-countermeasures", 4, "high", "yes", "Western approaches"),
    (PATROLS, "deterrence", "presence", "maritime-patrol", 2, "medium", "yes", "Black Sea coast"),
)
MONTHS = ("2025-08-01", "2026-07-31")
TO_AUGUST = timedelta(days=25)

Table = dict[str, Delegate]


@pytest.fixture
def clerk(timed_server: Server, browser: Browser) -> Iterator[Page]:
    """The secretariat."""
    page = sign_in(new_window(browser), timed_server.link("–", "secretariat"))
    page.set_default_timeout(PATIENCE_MS)
    yield page
    page.context.close()


@pytest.fixture
def table(timed_server: Server, browser: Browser) -> Iterator[Table]:
    """The chair and two delegations."""
    table = {member: Delegate(browser, member) for member in ("GB", "DE", "IT")}
    yield table
    for person in table.values():
        person.window.close()


def test_from_a_list_of_requirements_to_a_brief(
    timed_server: Server, clerk: Page, table: Table, tmp_path: Path
) -> None:
    import_list(clerk, timed_server, tmp_path)
    chair, germany, italy = table.values()
    for person in table.values():
        person.sit_down(timed_server.link(person.member))
    chair.open_meeting()
    put_on_screen(chair.page, "sea")
    pledge_after_a_ceasefire(chair, germany, italy)
    offer_with_a_caveat(chair, italy, germany)
    pledge_what_nothing_asks_for(germany)
    plan = plan_what_stands(chair, timed_server)
    close_both(chair, germany)
    read_outcome(chair, germany)
    timed_server.pass_time(TO_AUGUST)
    coverage = look_at_coverage(germany, italy, timed_server)
    verify_ceasefire(clerk, timed_server)
    for page in coverage:
        expect(cell(page)).to_contain_text("75 %")  # moved by itself
    plan_again(plan, germany, timed_server)
    record_delivery(germany.page, coverage[1])
    read_brief(italy.page, timed_server, tmp_path)


def import_list(page: Page, server: Server, folder: Path) -> None:
    """The secretariat imports a list: what is wrong in it is shown, what is right is saved once it is confirmed."""
    page.goto(f"{server.address}/commit/files/")
    page.get_by_role("link", name="Import a table").click()
    upload(page, folder / "draft.xlsx", "a few")
    expect(page.locator("#import-wrong + div tbody tr")).to_contain_text(["“a few” is no number"])
    expect(page.get_by_role("button", name="Import these rows")).to_have_count(0)
    page.get_by_role("link", name="Choose another file").click()
    upload(page, folder / "list.xlsx", 4)
    expect(page.locator("#import-shown + ul li")).to_have_count(len(NEEDS))
    page.get_by_role("button", name="Import these rows").click()
    expect(page.locator(".page-notice")).to_contain_text("Imported: 2 new")


def upload(page: Page, file: Path, ships: object) -> None:
    """Send the list as a workbook."""
    book = openpyxl.Workbook()
    assert book.active
    for row in (HEADS, *((*need, *MONTHS) for need in NEEDS)):
        book.active.append([ships if cell == 4 else cell for cell in row])
    book.save(file)
    page.get_by_label("requirements", exact=True).check()
    page.locator("input[name=file]").set_input_files(file)
    page.get_by_role("button", name="Look at it").click()
    expect(page.locator("#import-mapping")).to_be_visible()


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
    call(chair.page, PATROLS)
    expect(need(italy.page, PATROLS)).to_have_attribute("aria-current", "true")
    chair.page.locator(".session-needs kept-scroll").focus()
    chair.page.keyboard.press("p")
    for person in (chair, italy, germany):
        expect(need(person.page, CLEARANCE)).to_have_attribute("aria-current", "true")
    call(chair.page, PATROLS)
    for person in (italy, germany):
        expect(need(person.page, PATROLS)).to_have_attribute("aria-current", "true")
    page = italy.page
    page.locator("#need-offer").click()
    page.locator("#room-act #id_quantity").fill("1")
    page.locator("#room-act summary").click()
    page.locator("#room-act #id_areas").fill("Black Sea coast")
    page.locator("#room-act .btn-primary").click()
    expect(page.locator("#room-act [data-done]")).to_contain_text("Italy")
    expect(need(germany.page, PATROLS)).to_contain_text("50 %")
    expect(need(germany.page, PATROLS)).to_contain_text("caveat")


def pledge_what_nothing_asks_for(germany: Delegate) -> None:
    """Germany, which still has the floor, pledges what is on no list."""
    page = germany.page
    page.locator("#pledge-of-speaker").click()
    page.locator("#room-act #id_requirement").select_option(label="What no requirement asks for")
    page.locator("#room-act #id_capability").select_option("drones")
    page.locator("#room-act #id_line").select_option("support")
    page.locator("#room-act #id_quantity").fill("40")
    page.locator("#room-act #id_title").fill("Drones for the coast")
    page.locator("#room-act .btn-primary").click()
    expect(page.locator("#room-act [data-done]")).to_contain_text("Germany, Drones for the coast")
    page.keyboard.press("Escape")


def plan_what_stands(chair: Delegate, server: Server) -> Page:
    """The chair names a scenario and has it planned: the plan shows the gaps, and what would close them."""
    page = chair.open_tab(f"{server.address}/commit/plan/")
    page.get_by_role("link", name="New scenario").click()
    page.locator("#id_name").fill("As the coalition finds")
    page.get_by_role("button", name="Name the scenario").click()
    page.locator("aside form .btn-primary").click()
    expect_optimal(page)
    expect(planned(page)).to_have_text(["0 %"] * 11)
    ceasefire = "condition met from the first month: “Ceasefire in force”"
    expect(gap(page, CLEARANCE)).to_contain_text(f"{ceasefire} (1 act): from 44 to 11 ships × months missing at best")
    expect(gap(page, CLEARANCE)).to_contain_text("Offered by nobody: 11 ships × months")
    expect(gap(page, PATROLS)).to_contain_text("Italy: lifts the caveat “geographic”")
    expect(gap(page, PATROLS)).to_contain_text(f"{ceasefire} (2 acts)")
    chair.page.bring_to_front()
    return page


def expect_optimal(page: Page) -> None:
    """Wait until a plan is proven, and explained."""
    expect(page.locator(".plan-tiles")).to_contain_text("optimal", timeout=2 * PATIENCE_MS)
    expect(page.locator(".plan-gap").first).to_be_visible(timeout=2 * PATIENCE_MS)
    expect(page.locator(".plan-working")).to_have_count(0, timeout=2 * PATIENCE_MS)


def planned(page: Page) -> Locator:
    """Return what a plan covers of the clearance, by month."""
    return page.locator(".plan-coverage tr", has_text=CLEARANCE).locator("td", has_text="%")


def gap(page: Page, name: str) -> Locator:
    """Return what would close the gap of a requirement."""
    return page.locator(".plan-gap", has_text=name).first


def close_both(chair: Delegate, germany: Delegate) -> None:
    """One requirement is asked again of Germany, of the other the gap is accepted."""
    page = chair.page
    page.locator("#close-asked").click()
    page.locator("#room-act label", has_text="Germany").locator("input").check()
    page.locator("#room-act .btn-primary").click()
    expect(need(germany.page, PATROLS)).to_contain_text("asked again")
    call(page, CLEARANCE)
    page.locator("#close-accepted").click()
    page.locator("#room-act textarea").fill("The fourth ship follows in summer.")
    page.locator("#room-act .btn-primary").click()
    expect(need(germany.page, CLEARANCE)).to_contain_text("gap accepted")
    germany.page.goto(f"{germany.page.url.split('/meetings/')[0]}/")
    asked = germany.page.locator(".waiting", has_text=f"{PATROLS}: your delegation is asked again")
    expect(asked).to_be_visible()


def read_outcome(chair: Delegate, germany: Delegate) -> None:
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
    expect(page.locator(".outcome-table tr", has_text=PATROLS)).to_contain_text("caveat: geographic")
    expect(page.locator("main")).to_contain_text("Drones (Drones for the coast)")
    with page.expect_download() as download:
        page.locator("a[href$='/outcome/csv/']").click()
    assert "The fourth ship follows in summer." in download.value.path().read_text("utf-8-sig")


def look_at_coverage(germany: Delegate, italy: Delegate, server: Server) -> list[Page]:
    """Two delegations look at the coverage, without what waits for a condition."""
    pages = [person.open_tab(f"{server.address}/commit/?domain=sea") for person in (germany, italy)]
    for page in pages:
        expect(cell(page)).to_contain_text("75 %")
        page.get_by_label("What waits for a condition").select_option("does not count")
        page.get_by_role("button", name="Show", exact=True).click()
        expect(cell(page)).to_contain_text("0 %")
        expect(page.locator(".heatmap tr", has_text=CLEARANCE).locator("td").last).to_contain_text("4 ships")
    return pages


def cell(page: Page) -> Locator:
    """Return the first month of the clearance in the coverage."""
    return page.locator(".heatmap tr", has_text=CLEARANCE).locator("td.cell").first


def verify_ceasefire(page: Page, server: Server) -> None:
    """The secretariat records the finding that the ceasefire is verified."""
    page.goto(f"{server.address}/watch/")
    page.get_by_role("link", name="Ceasefire in force").first.click()
    page.locator("input[name=verdict][value=verified]").check()
    page.locator("input[name=valid_from]").fill("2025-08-01")
    page.locator("textarea[name=evidence]").fill("Observers of four delegations.")
    page.locator("aside form .btn-primary").click()
    confirm(page)
    expect(page.locator("#condition h1")).to_contain_text("verified")


def plan_again(page: Page, germany: Delegate, server: Server) -> None:
    """The changed fact re-plans; the chair proposes the plan, and Germany confirms its part on every screen."""
    page.bring_to_front()
    page.get_by_role("button", name="Plan again").click()
    expect_optimal(page)
    expect(planned(page)).to_have_text(["75 %"] * 11)
    expect(gap(page, CLEARANCE)).to_contain_text("Nobody offers what is missing")
    page.locator("form[action$='/propose/'] button").click()
    confirm(page)
    tab = germany.open_tab(server.address)
    tab.locator(".waiting").get_by_role("link", name="Look at it").click()
    tab.get_by_role("button", name="Confirm our part").click()
    confirm(tab)
    expect(page.locator(".row-line", has_text="Germany").locator(".badge")).to_have_text("confirmed")
    tab.close()


def record_delivery(page: Page, witness: Page) -> None:
    """Germany delivers what it pledged; the page says in which intervention that was, and the totals move."""
    page.locator(".outcome-table tr", has_text=CLEARANCE).locator(".outcome-offers a").click()
    expect(page.locator("#contribution")).to_contain_text("intervention by Germany")
    page.locator("a[href$='/deliver/']").click()
    page.locator("#id_quantity").fill("3")
    page.locator("#id_evidence").fill("Three ships on station.")
    page.locator("main form .btn-primary").click()
    expect(page.locator("#contribution h1")).to_contain_text("delivered")
    expect(page.locator("#contribution")).to_contain_text("Three ships on station.")
    expect(witness.locator("table.totals tr", has_text="Mine countermeasures").locator("td").nth(5)).to_have_text("3")


def read_brief(page: Page, server: Server, folder: Path) -> None:
    """Italy exports the brief of deterrence, in Word and as PDF; other programs open it and read the same."""
    page.goto(f"{server.address}/commit/files/")
    page.get_by_label("Line of effort").select_option("deterrence")
    word, pdf = (download(page, name, folder / f"brief.{kind}") for name, kind in (("Word", "docx"), ("PDF", "pdf")))
    tables = docx.Document(str(word)).tables
    rows = [[cell.text for cell in row.cells] for table in tables for row in table.rows]
    assert ["Germany", CLEARANCE, "3 ships", "delivered", "3 ships", "–"] in rows
    assert ["Italy", PATROLS, "geographic", "Black Sea coast", "–"] in rows
    for file in (pdf, office(word, "pdf", folder / "office")):
        words = " ".join(poppler("pdftotext", file).split())
        for said in ("Brief: deterrence", CLEARANCE, PATROLS, "geographic"):
            assert said in words


def download(page: Page, name: str, file: Path) -> Path:
    """Press a button that sends a file, and keep it."""
    with page.expect_download(timeout=3 * PATIENCE_MS) as sent:
        page.get_by_role("button", name=name, exact=True).click(timeout=3 * PATIENCE_MS)
    sent.value.save_as(file)
    return file
