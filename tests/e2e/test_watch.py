"""Watch, from the positions before a meeting to the briefing books; what one told the chair alone stays there.

What is said in it is exercise data, invented for the test: it says nothing about anybody.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser import new_window, sign_in
from tests.e2e.people import PATIENCE_MS, confirm
from tests.e2e.server import HEAD, Server
from tests.helpers.programs import office, poppler

MEMBERS = ("GB", "FR", "UA", "DE", "IT")
QUESTION, CONDITION = "Unconditional ceasefire", "Ceasefire in force"
FOR_THE_CHAIR = "Rome must see the terms of the monitoring"
SUBJECT, POINT = "Ceasefire and monitoring (exercise)", "Access of the monitors to the ports."
READOUT = "A ceasefire was urged (exercise)."
INCIDENT = "Shelling, Exercise village"
STEP, DRAFT = "Package B (exercise)", "The coalition takes up package B"
TO_THE_CALL = timedelta(days=5)
AFTER_THE_STEP_IS_DUE = datetime(2025, 9, 3, 8, tzinfo=UTC)

Desks = dict[str, Page]


@pytest.fixture
def desks(timed_server: Server, browser: Browser) -> Iterator[Desks]:
    """Five heads of delegation and the secretariat, who all read English."""
    pages: Desks = {}
    for member in (*MEMBERS, "–"):
        window = new_window(browser)
        pages[member] = sign_in(window, timed_server.link(member, HEAD if member in MEMBERS else "secretariat"))
        window.add_cookies([{"name": "django_language", "value": "en", "url": timed_server.address}])
        pages[member].set_default_timeout(PATIENCE_MS)
    yield pages
    for page in pages.values():
        page.context.close()


def test_from_positions_before_a_meeting_to_the_books_for_it(
    timed_server: Server, desks: Desks, tmp_path: Path
) -> None:
    meeting = convene(desks["–"], timed_server)
    ask_for_positions(desks["–"], meeting)
    answer_before_the_meeting(desks, timed_server)
    read_answers_as_the_chair(desks["GB"], meeting)
    find_nowhere(desks["DE"], timed_server, meeting)
    draft_from_answers(desks["–"], desks["DE"], meeting)
    contact = plan_contact(desks["FR"], timed_server)
    ask_for_a_point(desks["DE"], desks["FR"], timed_server, contact)
    timed_server.pass_time(TO_THE_CALL)
    report_contact(desks["FR"], timed_server, contact)
    read_what_was_heard(desks["IT"], timed_server, contact)
    incident = report_incident(desks["UA"], timed_server)
    verify_and_attribute(desks, incident)
    assess_condition(desks, timed_server)
    desks["FR"].goto(meeting)
    timed_server.tell_time(AFTER_THE_STEP_IS_DUE)
    put_step_on_agenda(desks["–"], desks["FR"], timed_server)
    make_books(desks, meeting, tmp_path)


def convene(page: Page, server: Server) -> str:
    """The secretariat schedules a meeting, and its address is returned."""
    page.goto(f"{server.address}/meetings/schedule/")
    page.locator("#id_words_en").fill("Meeting in September (exercise)")
    page.locator("#id_zone").select_option("Europe/Paris")
    for field, value in (("day", "2025-09-04"), ("start", "10:00"), ("minutes", "90")):
        page.locator(f"#id_{field}").fill(value)
    page.get_by_role("button", name="Schedule").click()
    page.wait_for_url("**/agenda/")
    return page.url.removesuffix("agenda/")


def ask_for_positions(page: Page, meeting: str) -> None:
    """The secretariat asks all delegations where they stand, until a day before the meeting."""
    page.goto(meeting)
    page.get_by_role("link", name="Ask for positions").click()
    page.get_by_label(QUESTION).check()
    page.get_by_label("Due on").fill("2025-09-03")
    page.get_by_role("button", name="Ask the delegations").click()
    expect(page.locator("#meeting-positions")).to_contain_text("0 answers")


def answer_before_the_meeting(desks: Desks, server: Server) -> None:
    """Three find the question at home and answer it; Italy tells its reserve to the chair alone."""
    for member, stance, reason, audience in (
        ("FR", "support", "It comes before anything else.", "coalition"),
        ("DE", "tolerate", "With monitoring from the first day.", "coalition"),
        ("IT", "reserve", f"{FOR_THE_CHAIR}.", "chair"),
    ):
        page = desks[member]
        page.goto(server.address)
        page.locator(".waiting", has_text="where do you stand?").get_by_role("link", name="Answer").click()
        page.get_by_role("link", name=f"Answer: {QUESTION}").click()
        page.locator(f"input[name=stance][value={stance}]").check()
        page.locator("textarea[name=reason]").fill(reason)
        page.locator(f"input[name=audience][value={audience}]").check()
        page.get_by_role("button", name="Record the position").click()
        confirm(page)
        expect(page.get_by_role("link", name=f"Answer anew: {QUESTION}")).to_be_visible()


def read_answers_as_the_chair(page: Page, meeting: str) -> None:
    """The chair sees three answers, how far apart they are, and Italy's with its words."""
    page.goto(f"{meeting}positions/")
    asked = page.locator("#meeting-positions")
    expect(asked).to_contain_text("2 steps apart · 3 answers")
    expect(asked.locator("tr", has_text="Italy")).to_contain_text(FOR_THE_CHAIR)
    expect(asked.locator("tr", has_text="Italy")).to_contain_text("the co-chairs only")


def find_nowhere(page: Page, server: Server, meeting: str) -> None:
    """Germany finds neither Italy's words nor its stance anywhere, and is told that what it sees is partial."""
    page.goto(f"{meeting}positions/")
    asked = page.locator("#meeting-positions")
    expect(asked).to_contain_text("1 step apart · 2 answers")
    expect(asked).to_contain_text("partial: 1 statement is not for you")
    expect(asked.locator("tr", has_text="Italy")).to_have_count(0)
    question = str(asked.get_by_role("link", name=QUESTION).first.get_attribute("href"))
    for path in (question, "/watch/positions/", "/record/?member=IT", "/record/?q=Rome+must+see", "/", meeting):
        page.goto(path if path.startswith("http") else server.address + path)
        expect(page.locator("main")).to_be_visible()
        assert FOR_THE_CHAIR not in page.content(), path
        assert not re.search(r"Italy[^.]{0,40}(reserve|entered a position on “Unc)", page.locator("main").inner_text())
    kept = page.request.get(f"{server.address}/record/export/")
    assert kept.ok
    assert FOR_THE_CHAIR not in kept.text()
    assert "With monitoring from the first day." in kept.text()


def draft_from_answers(clerk: Page, germany: Page, meeting: str) -> None:
    """The question becomes an item, the answers that all may read a first draft: Germany reads them, none of Italy."""
    clerk.goto(f"{meeting}positions/")
    clerk.get_by_role("button", name="Put on the agenda").click()
    expect(clerk.locator("#meeting-positions")).to_contain_text("on the agenda, item 1")
    clerk.get_by_role("button", name="Make a first draft").click()
    confirm(clerk)
    clerk.wait_for_url("**/texts/*/")
    germany.goto(clerk.url)
    english = germany.locator("text-editor[data-language=en]")
    expect(english).to_contain_text("Germany (can live with): With monitoring from the first day.")
    expect(english).not_to_contain_text("Italy")


def plan_contact(page: Page, server: Server) -> str:
    """France announces a call to Moscow, and its address is returned."""
    page.goto(f"{server.address}/watch/contacts/")
    page.get_by_role("link", name="New contact").click()
    page.get_by_label("Moscow").check()
    page.get_by_label("Day", exact=True).fill("2025-07-15")
    page.get_by_label("Subject").fill(SUBJECT)
    page.get_by_role("button", name="Enter the contact").click()
    expect(page.locator("#contact h1")).to_contain_text("planned")
    return page.url


def ask_for_a_point(germany: Page, france: Page, server: Server, contact: str) -> None:
    """Germany finds the contact at home and asks for a point to be raised, which France sees at once."""
    germany.goto(server.address)
    germany.locator(f".waiting a[href='{contact.removeprefix(server.address)}']").click()
    germany.get_by_label("What do you want raised?").fill(POINT)
    germany.get_by_role("button", name="Ask for it to be raised").click()
    expect(france.locator("#contact-points + ul")).to_contain_text(POINT)
    expect(france.locator("#contact-points + ul")).to_contain_text("Germany")


def report_contact(page: Page, server: Server, contact: str) -> None:
    """The day has come: France finds it at home, says that it was held, what was raised, said and heard."""
    page.goto(server.address)
    page.locator(".waiting", has_text="was it held?").get_by_role("link", name="Report").click()
    page.get_by_role("link", name="It was held").click()
    page.get_by_role("button", name="Record", exact=True).click()
    page.wait_for_url(contact)
    page.get_by_role("button", name="Raised", exact=True).click()
    expect(page.locator("#contact-points + ul .badge-green")).to_have_text("raised")
    page.get_by_label("What was said, in English").fill(READOUT)
    page.get_by_role("button", name="Circulate", exact=True).click()
    confirm(page)
    expect(page.locator(".readout-words")).to_have_text(READOUT)
    expect(page.locator(".contact-standings li")).to_contain_text(["oppose since 12 May 2025"])
    page.locator("input[name=heard-stance][value=oppose]").check()
    page.locator("textarea[name=heard-reason]").fill("The root causes first, as before (exercise).")
    page.get_by_role("button", name="Record the position").click()
    confirm(page)
    expect(page.locator("#contact-heard + ul")).to_contain_text("unchanged since 12 May 2025")


def read_what_was_heard(page: Page, server: Server, contact: str) -> None:
    """Italy finds the readout at home and takes note of it; Moscow's position is as it was, on every page."""
    page.goto(server.address)
    page.locator(f".waiting a[href='{contact.removeprefix(server.address)}']").click()
    expect(page.locator(".readout-words")).to_have_text(READOUT)
    page.get_by_role("button", name="Take note").click()
    expect(page.locator("#contact-readouts + .readout")).to_contain_text("Noted by Italy")
    page.goto(f"{server.address}/watch/contacts/")
    row = page.locator(".contact-row", has_text=SUBJECT)
    expect(row).to_contain_text("first since 1 July 2025 · position unchanged since 12 May 2025")
    page.goto(f"{server.address}/watch/positions/")
    expect(page.locator("main")).to_contain_text(re.compile(r"Moscow\s+oppose\s+unchanged since 12 May 2025"))


def report_incident(page: Page, server: Server) -> str:
    """Ukraine reports an incident, whose address is returned."""
    page.goto(f"{server.address}/watch/incidents/")
    page.get_by_role("link", name="Report an incident").click()
    page.get_by_label("Kind of incident").select_option("shelling")
    page.get_by_label("Day (UTC)").fill("2025-07-14")
    page.get_by_label("Place", exact=True).fill("Exercise village")
    page.get_by_label("Latitude").fill("50.9")
    page.get_by_label("Longitude").fill("34.8")
    page.get_by_label("What is reported").fill("Six impacts (exercise).")
    page.get_by_label("Sources, one a line").fill("Exercise")
    page.get_by_label("Concerns the condition").select_option(label=CONDITION)
    page.get_by_role("button", name="Report it").click()
    expect(page.locator("#incident h1")).to_have_text(INCIDENT)
    expect(page.locator("aside")).to_contain_text("Another member, or the secretariat, verifies")
    return page.url


def verify_and_attribute(desks: Desks, incident: str) -> None:
    """Germany verifies what Ukraine reported, the chair records to whom it is attributed; Ukraine watches."""
    germany, chair, ukraine = desks["DE"], desks["GB"], desks["UA"]
    germany.goto(incident)
    expect(germany.locator("form[action$='/attribute/']")).to_have_count(0)
    form = germany.locator("form[action$='/verify/']")
    form.locator("input[value=verified]").check()
    form.locator("textarea").fill("Our observers heard them too (exercise).")
    form.get_by_role("button", name="Record").click()
    confirm(germany)
    expect(ukraine.locator("#incident .condition-finding")).to_contain_text("verified")
    chair.goto(incident)
    form = chair.locator("form[action$='/attribute/']")
    form.locator("input[value=attributed]").check()
    form.get_by_label("Attributed to").fill("Exercise party")
    form.locator("textarea").fill("Decided after consultation (exercise).")
    form.get_by_role("button", name="Record").click()
    confirm(chair)
    expect(ukraine.locator("#incident .condition-finding")).to_contain_text("attributed to Exercise party")
    expect(ukraine.locator(".incident-steps")).to_contain_text("the chair · Keir Starmer")


def assess_condition(desks: Desks, server: Server) -> None:
    """Voices differ, one for the chair alone; the coalition's finding rests on the incident; every screen follows."""
    germany, chair, italy, clerk = (desks[member] for member in ("DE", "GB", "IT", "–"))
    italy.goto(f"{server.address}/watch/")
    row = italy.locator(".condition-row", has_text=CONDITION)
    expect(row).to_contain_text("not met")
    for page in (germany, chair, clerk):
        page.goto(f"{server.address}/watch/")
        page.get_by_role("link", name=CONDITION).first.click()
    assess_by_keyboard(germany, "claimed", "2025-07-12", "Both sides announced it.")
    expect(germany.locator("#condition")).to_contain_text("voices differ")
    expect(row).to_contain_text("Germany")
    expect(chair.locator("#condition .voice-name", has_text="Germany")).to_be_visible()

    chair.locator("input[name=voice][value=member]").check()
    chair.locator("input[name=audience][value=chair]").check()
    assess_by_keyboard(chair, "broken", "2025-07-14", "Told to the chair alone.")
    expect(chair.locator("#condition")).to_contain_text("Told to the chair alone.")
    expect(row).to_contain_text("partial: 1 assessment is not for you")
    expect(germany.locator("#condition")).to_contain_text("partial: 1 assessment is not for you")
    expect(germany.locator("#condition")).not_to_contain_text("United Kingdom")
    expect(clerk.locator("#condition")).to_contain_text("Told to the chair alone.")

    clerk.get_by_label(INCIDENT).check()
    assess_by_keyboard(clerk, "broken", "2025-07-15", "Verified, and attributed.")
    expect(row.locator(".condition-standing")).to_contain_text("broken")
    expect(germany.locator("#condition h1")).to_contain_text("broken")
    expect(germany.get_by_role("link", name=INCIDENT)).to_be_visible()
    germany.locator("#day-at").fill("2025-07-14")
    germany.locator(".day-choice button").click()
    expect(germany.locator("#condition h1")).to_contain_text("not met")


def assess_by_keyboard(page: Page, verdict: str, day: str, evidence: str) -> None:
    """Fill the form and send it without a pointer, after the question that comes before it."""
    choice = page.locator(f"input[name=verdict][value={verdict}]")
    choice.focus()
    page.keyboard.press("Space")
    expect(choice).to_be_checked()
    page.locator("input[name=valid_from]").fill(day)
    page.locator("textarea[name=evidence]").focus()
    page.keyboard.type(evidence)
    send = page.locator("aside form .btn-primary")
    send.press("Enter")
    page.keyboard.press("Escape")
    expect(page.locator("confirm-dialog dialog")).to_have_count(0)
    send.press("Enter")
    confirm(page)


def put_step_on_agenda(clerk: Page, france: Page, server: Server) -> None:
    """The day has passed without a ceasefire: the secretariat finds the step at home and puts it on the agenda."""
    clerk.goto(server.address)
    clerk.locator(".waiting", has_text=f"{STEP}: proposed for an agenda").get_by_role("link", name="Consider").click()
    expect(clerk.locator("#step")).to_contain_text("Due since 2 September 2025")
    clerk.get_by_role("link", name="Put it on an agenda").click()
    clerk.get_by_label("Meeting").select_option(label="Meeting in September (exercise)")
    clerk.get_by_role("button", name="Put it on the agenda").click()
    clerk.wait_for_url("**/agenda/")
    expect(clerk.locator(".agenda-item").last).to_contain_text(STEP)
    clerk.goto(server.address)
    expect(clerk.locator(".waiting", has_text=STEP)).to_have_count(0)
    item = france.locator(".agenda-item", has_text=STEP)  # there by itself
    item.get_by_role("link", name="draft decision").click()
    expect(france.locator("#step")).to_contain_text(DRAFT)


def make_books(desks: Desks, meeting: str, folder: Path) -> None:
    """A co-chair and a member have their books made: each holds what its delegation may read, and says for whom."""
    chairs, member = (make_book(desks[code], meeting, folder / code) for code in ("GB", "DE"))
    for said in (chairs, member):
        for shared in (STEP, "With monitoring from the first day", CONDITION, "broken"):
            assert shared in said, shared
    assert FOR_THE_CHAIR in chairs
    assert "For United Kingdom only" in chairs
    assert FOR_THE_CHAIR not in member
    assert "For Germany only" in member
    assert "Partial: 1 entry is not for the holder of this copy" in member
    assert "2 steps apart" in chairs
    assert "1 step apart" in member


def make_book(page: Page, meeting: str, folder: Path) -> str:
    """Have a book made with one click, open both files, and return the words of the PDF."""
    page.goto(meeting)
    page.get_by_role("button", name="Make the briefing book").click()
    copy = page.locator(".briefing-copy")
    expect(copy.get_by_role("link", name="PDF")).to_be_visible(timeout=180_000)
    folder.mkdir()
    said = []
    for link, suffix in (("PDF", "pdf"), ("Word", "docx")):
        with page.expect_download() as download:
            copy.get_by_role("link", name=link).click()
        file = folder / f"book.{suffix}"
        download.value.save_as(file)
        pdf = file if suffix == "pdf" else office(file, "pdf", folder / "office")
        said.append(" ".join(poppler("pdftotext", pdf, "-raw").split()))
    for heading in ("Positions and distance", "Measures and alignment", "What is owed"):
        assert all(heading in words for words in said), heading
    return said[0]
