"""A statement from square brackets to adoption: five delegations negotiate it, silence adopts it, files carry it."""

import re
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import docx
import pytest
from lxml import etree
from playwright.sync_api import Browser, Locator, Page, expect

from concertation.texts.exports.akn import SCHEMA
from tests.e2e.browser import new_window, sign_in
from tests.e2e.people import PATIENCE_MS, confirm
from tests.e2e.server import Server
from tests.helpers.migrated import PROGRAM
from tests.helpers.programs import office, poppler

MEMBERS = ("GB", "FR", "UA", "DE", "IT")
FORMATS = ("pdf", "docx", "xml", "html", "md")
DAY_AND_HOUR = timedelta(hours=25)
WORDS = " All this in full transparency."
ACCEPTED = f"can be delivered.{WORDS}"

Desks = dict[str, Page]


@pytest.fixture
def desks(timed_server: Server, browser: Browser) -> Iterator[Desks]:
    """The five heads of delegation, each at the page of the joint statement."""
    pages = {member: sign_in(new_window(browser), timed_server.link(member)) for member in MEMBERS}
    for page in pages.values():
        page.set_default_timeout(PATIENCE_MS)
        page.goto(f"{timed_server.address}/texts/")
        page.locator("main a[href^='/texts/']").filter(has_text=re.compile("statement|Déclaration")).first.click()
        expect(english(page)).to_have_attribute("data-state", "saved", timeout=PATIENCE_MS)
    yield pages
    for page in pages.values():
        page.context.close()


def test_from_square_brackets_to_an_adopted_text_that_proves_itself(
    timed_server: Server, desks: Desks, tmp_path: Path
) -> None:
    hold_in_brackets(desks)
    propose_and_accept(desks)
    agree_and_reopen(desks)
    start_silence(desks["GB"])
    break_silence(desks)
    start_silence(desks["GB"])
    let_silence_decide(desks, timed_server)
    files = export_everything(desks["FR"], tmp_path)
    open_with_other_programs(files, tmp_path)
    prove(timed_server, desks["IT"], tmp_path)


def english(page: Page) -> Locator:
    """Return the editor of the English version."""
    return page.locator("text-editor[data-language=en]")


def paragraph(page: Page, beginning: str) -> Locator:
    """Return the paragraph of the English version that begins so."""
    return english(page).locator("p", has_text=re.compile(f"^\\W*{re.escape(beginning)}")).first


def put_caret(page: Page, beginning: str, key: str) -> None:
    """Click into a paragraph and go to an end of that line."""
    paragraph(page, beginning).click(position={"x": 40, "y": 12})
    page.keyboard.press(key)


def hold_in_brackets(desks: Desks) -> None:
    """Germany puts words in brackets, Ukraine holds them too and lets go; the chair lifts them, which is told."""
    germany, ukraine, chair = desks["DE"], desks["UA"], desks["GB"]
    put_caret(germany, "We will coordinate", "Home")
    for _ in range(3):
        germany.keyboard.press("Control+Shift+ArrowRight")
    germany.keyboard.press("Control+Alt+b")
    for page in desks.values():
        expect(english(page).locator(".bracketed")).to_have_text("We will coordinate")
        expect(english(page).locator("button.bracket-codes")).to_have_text("DE")
    ukraine.locator("#brackets").get_by_role("button", name="Hold it too").click()
    expect(english(germany).locator("button.bracket-codes")).to_have_text("DE UA")
    chair.locator("#adoption form[action$='/propose/'] button").click()
    confirm(chair)
    expect(chair.locator("toast-list")).to_contain_text("brackets")
    ukraine.locator("#brackets").get_by_role("button", name="Let go").click()
    expect(english(chair).locator("button.bracket-codes")).to_have_text("DE")
    chair.locator("#brackets").get_by_role("button", name="Lift as the chair").click()
    confirm(chair)
    for page in desks.values():
        expect(english(page).locator(".bracketed")).to_have_count(0)
    history = told(desks["IT"])
    assert re.search(r"Keir Starmer.{0,40} lifted .{0,80}brackets", history), history


def told(page: Page) -> str:
    """Return what the timeline of the text tells."""
    tab = page.context.new_page()
    tab.goto(f"{page.url}versions/")
    words = " ".join(tab.locator("#timeline").inner_text().split())
    tab.close()
    return words


def propose_and_accept(desks: Desks) -> None:
    """France proposes words, Italy supports them, the chair accepts them: they stand in the text of everybody."""
    france, italy, chair = desks["FR"], desks["IT"], desks["GB"]
    put_caret(france, "Before our next meeting", "End")
    france.keyboard.press("Control+Alt+p")
    dialog = france.get_by_role("dialog")
    expect(dialog.get_by_role("textbox")).to_be_focused()
    france.keyboard.type(WORDS)
    france.keyboard.press("Control+Enter")
    expect(dialog).to_have_count(0)
    for page in (chair, italy):
        expect(english(page).locator("ins.proposed-insertion")).to_contain_text(WORDS.strip())
    italy.locator("#card-proposals").get_by_role("button", name="Support").click()
    expect(chair.locator("#card-proposals .proposal")).to_contain_text("Italy")
    chair.locator("#card-proposals").get_by_role("button", name="Accept").click()
    for page in desks.values():
        expect(paragraph(page, "Before our next meeting")).to_contain_text(ACCEPTED)
        expect(english(page).locator("ins")).to_have_count(0)


def agree_and_reopen(desks: Desks) -> None:
    """Two agree a paragraph; a comma re-opens it for both, and they see the comma."""
    beginning = "We pursue a just"
    italy, ukraine = desks["IT"], desks["UA"]
    for agreed, member in enumerate(("IT", "DE"), 1):
        page = desks[member]
        put_caret(page, beginning, "Home")
        page.keyboard.press("Control+Alt+a")
        page.locator("dialog[open]").get_by_role("button", name="Agree this paragraph").click()
        expect(page.locator("dialog[open]")).to_contain_text(f"{agreed} of 5 agreed")
        page.keyboard.press("Escape")
        expect(paragraph(ukraine, beginning)).to_have_attribute("data-agreement", f"{agreed}/5")
    put_caret(ukraine, beginning, "End")
    ukraine.keyboard.type(",")
    for page in desks.values():
        expect(paragraph(page, beginning)).to_have_attribute("data-agreement", "↻0/5")
    put_caret(italy, beginning, "Home")
    italy.keyboard.press("Control+Alt+a")
    expect(italy.locator("dialog[open] .text-difference ins")).to_have_text(re.compile(","))
    italy.keyboard.press("Escape")
    ukraine.keyboard.press("Backspace")
    expect(paragraph(italy, beginning)).to_have_attribute("data-agreement", "2/5")


def start_silence(chair: Page) -> None:
    """Put the text under silence for 24 hours."""
    chair.locator("#adoption a[href$='/silence/']").click()
    chair.locator("button[value=day]").click()
    chair.locator("button[name=confirmed]").click()
    expect(chair.locator("#adoption count-down")).to_be_visible()


def break_silence(desks: Desks) -> None:
    """Germany breaks the silence: the text is open again everywhere, and the reason is shown."""
    for page in desks.values():
        expect(english(page)).to_have_attribute("data-state", "frozen")
    germany = desks["DE"]
    germany.locator(".text-objection > summary").click()
    germany.locator("#break-reason").fill("Our parliament sits tomorrow.")
    germany.locator("form[action$='/break/'] button").last.click()
    confirm(germany)
    for page in desks.values():
        expect(english(page)).to_have_attribute("data-state", "saved")
        expect(page.locator("#adoption .text-reason")).to_contain_text("Our parliament sits tomorrow.")


def let_silence_decide(desks: Desks, server: Server) -> None:
    """The deadline passes: every screen shows the text as adopted, and it is too late to break the silence."""
    ukraine = desks["UA"]
    form = ukraine.locator("form[action$='/break/']")
    address = str(form.evaluate("(form) => form.action"))
    token = str(form.locator("input[name=csrfmiddlewaretoken]").get_attribute("value"))
    server.pass_time(DAY_AND_HOUR)
    late = ukraine.request.post(
        address, form={"csrfmiddlewaretoken": token, "reason": "Too late."}, headers={"Referer": ukraine.url}
    )
    assert late.status == 409
    assert "The silence ended" in late.text()
    for page in desks.values():
        expect(page.locator("#text-bar .badge-green")).to_be_visible()
        expect(page.locator("#text-versions")).to_contain_text(ACCEPTED)
        expect(page.locator("#text-versions text-editor")).to_have_count(0)


def export_everything(page: Page, folder: Path) -> dict[str, Path]:
    """Export the adopted text in every format, from its page."""
    page.get_by_role("link", name="Exporter").click()
    files: dict[str, Path] = {}
    for name in FORMATS:
        page.locator(f"input[name=format][value={name}]").check()
        with page.expect_download() as download:
            page.locator("export-form .btn-primary").click()
        files[name] = folder / f"statement.{name}"
        download.value.save_as(files[name])
    return files


def open_with_other_programs(files: dict[str, Path], folder: Path) -> None:
    """Poppler, LibreOffice, python-docx and the schema of Akoma Ntoso open the files; each holds the words."""
    assert "yes" in re.findall(r"Tagged:\s+(\w+)", poppler("pdfinfo", files["pdf"]))
    assert ACCEPTED in " ".join(poppler("pdftotext", files["pdf"]).split())
    assert ACCEPTED in "\n".join(part.text for part in docx.Document(str(files["docx"])).paragraphs)
    assert ACCEPTED in " ".join(poppler("pdftotext", office(files["docx"], "pdf", folder)).split())
    etree.XMLSchema(file=str(SCHEMA)).assertValid(etree.parse(files["xml"]))
    for name in ("xml", "html", "md"):
        assert ACCEPTED in files[name].read_text("utf-8")


def prove(server: Server, page: Page, folder: Path) -> None:
    """The proof of the adopted text is verified without the server; with one word changed it is refused."""
    with page.expect_download() as download:
        page.locator("#adoption a[href$='/proof/']").click()
    proof = folder / "proof.json"
    download.value.save_as(proof)
    server.stop()
    proved = verify(proof)
    assert proved.returncode == 0, proved.stderr
    assert "Joint statement" in proved.stdout
    proof.write_bytes(proof.read_bytes().replace(b"in full transparency", b"in part transparency"))
    refuted = verify(proof)
    assert refuted.returncode == 1
    assert "Proved" not in refuted.stdout
    server.start()


def verify(file: Path) -> subprocess.CompletedProcess[str]:
    """Run the offline proof, with nothing of the server's around it."""
    return subprocess.run([PROGRAM, "record", "verify", str(file)], capture_output=True, text=True, env={}, check=False)
