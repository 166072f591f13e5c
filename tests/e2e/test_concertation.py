"""The meeting of the article: five delegations meet, speak, write a statement together, adopt it, and prove it."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pycrdt
import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.browser import new_window, until
from tests.e2e.people import Delegate, confirm, type_at_once
from tests.e2e.server import Server
from tests.helpers.migrated import PROGRAM

TONES = {"GB": 400, "FR": 900, "UA": 1700}
PARAGRAPHS = {
    "GB": "We reaffirm our support",
    "FR": "We pursue a just",
    "UA": "We will coordinate",
    "DE": "We will strengthen",
    "IT": "Before our next meeting",
}
LETTERS = "abcdefghijklmnopqrstuvwxyz"
RECONNECTED = "() => window.liveState === 'in-step' && document.querySelector('text-editor').dataset.state === 'saved'"

Table = dict[str, Delegate]


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Server]:
    """A server of its own, since this journey kills it and closes its meeting."""
    with Server(tmp_path) as running:
        yield running


@pytest.fixture
def table(own_server: Server, browser: Browser) -> Iterator[Table]:
    """The five heads of delegation in the room, before it opens; Italy's computer is ten minutes late."""
    table = {
        member: Delegate(browser, member, tone=TONES.get(member, 0), seconds_late=600 if member == "IT" else 0)
        for member in PARAGRAPHS
    }
    for member, delegate in table.items():
        delegate.sit_down(own_server.link(member))
    yield table
    for delegate in table.values():
        delegate.window.close()


def test_five_delegations_meet_agree_and_prove_it(
    own_server: Server, browser: Browser, table: Table, tmp_path: Path
) -> None:
    table["GB"].open_meeting()
    meet_by_video(table)
    take_the_floor(table)
    leave_video(table, "FR", "UA")
    move_the_agenda(table)
    write_at_once(table)
    write_while_away(table["IT"], table)
    write_through_a_power_cut(own_server, table)
    leave_video(table, "GB")
    address = address_of_text(table["GB"])
    write_by_hand(table, address)
    object_once(table)
    adopt(table, address)
    publish(browser, own_server, table["GB"], address)
    close_the_meeting(table)
    prove_the_record(own_server, tmp_path)


def meet_by_video(table: Table) -> None:
    """Three see and hear each other; two without camera follow them."""
    for delegate in table.values():
        delegate.join_video()
    speakers = [table[member] for member in TONES]
    for delegate in table.values():
        delegate.sees([speaker for speaker in speakers if speaker is not delegate])
    for listener in (*speakers, table["DE"]):
        for speaker in speakers:
            if speaker is not listener:
                listener.hears(speaker)


def take_the_floor(table: Table) -> None:
    """The floor is asked, the list reordered, the floor given, timed in step, passed on and ended."""
    chair = table["GB"]
    for member in ("UA", "FR", "DE"):
        table[member].ask_for_floor()
    chair.expect_list(["UA", "FR", "DE"])
    chair.waiting("DE").locator("button[name=place]").first.click()
    table["IT"].expect_list(["UA", "DE", "FR"])
    chair.give_floor("UA")
    for delegate in table.values():
        delegate.expect_speaker("UA")
    expect(table["IT"].page.locator("meeting-room")).to_have_attribute("data-floor", table["UA"].id)
    clocks_run_in_step(table["FR"], table["IT"])
    chair.give_floor("DE")
    table["UA"].expect_speaker("DE")
    chair.choose("/end/")
    for delegate in table.values():
        expect(delegate.page.locator(".session-speaker")).to_have_count(0)
        delegate.expect_list(["FR"])
    table["FR"].press("/withdraw/")
    chair.expect_list([])


def clocks_run_in_step(one: Delegate, other: Delegate) -> None:
    """The speaker's time goes on, and both screens show the same for a part of each second at least."""
    at_first = one.spoken_seconds()
    expect(one.page.locator(".session-speaker count-up")).not_to_have_text(f"00:{at_first:02d}")
    apart: list[int] = []
    while 0 not in apart and len(apart) < 20:
        apart.append(abs(one.spoken_seconds() - other.spoken_seconds()))
        one.page.wait_for_timeout(100)
    assert min(apart) == 0, f"the clocks are {apart} s apart"
    assert one.spoken_seconds() > at_first


def move_the_agenda(table: Table) -> None:
    """The chair opens the first item, then the second; everybody sees which one runs."""
    items = ["Coordinated support", "Deterrence forces"]
    for number, title in enumerate(items, 1):
        table["GB"].page.locator("#room-actions button[hx-post$='/start/']").click()
        for member in ("GB", "UA", "IT"):
            running = table[member].page.locator(".session-item[aria-current=true]")
            expect(running).to_contain_text(title)
            expect(running).to_contain_text(str(number))
    expect(table["DE"].page.locator(".session-item[data-done]")).to_contain_text(items[0])


def write_at_once(table: Table) -> None:
    """Four type into the statement at the same time; all see the same words, and that they are saved."""
    writers = {table[member]: f" {member}-{LETTERS}" for member in ("GB", "FR", "UA", "DE")}
    table["FR"].read_english()
    for writer in writers:
        writer.expect_state("saved")
        writer.put_caret(PARAGRAPHS[writer.member])
    type_at_once(writers)
    everybody_has(table, list(writers.values()))


def everybody_has(table: Table, words: list[str]) -> None:
    """Wait until each screen shows `words`, the same text as the others, and that it is saved."""
    for delegate in table.values():
        for word in words:
            delegate.expect_words(word)
        delegate.expect_state("saved")
    until(table["GB"].page, lambda: len({delegate.words() for delegate in table.values()}) == 1)


def write_while_away(traveller: Delegate, table: Table) -> None:
    """One goes offline, types, and returns: nobody has the words in between, and everybody afterwards."""
    traveller.put_caret(PARAGRAPHS[traveller.member])
    traveller.window.set_offline(True)
    traveller.expect_state("offline")
    traveller.page.keyboard.type(" written in a tunnel")
    table["GB"].put_caret(PARAGRAPHS["GB"])
    table["GB"].page.keyboard.type(" meanwhile")
    table["FR"].expect_words(" meanwhile")
    assert " written in a tunnel" in traveller.words()
    assert " written in a tunnel" not in table["FR"].words()
    assert " meanwhile" not in traveller.words()
    traveller.window.set_offline(False)
    everybody_has(table, [" written in a tunnel", " meanwhile"])


def write_through_a_power_cut(server: Server, table: Table) -> None:
    """The server is killed while people type: what a screen showed as saved is stored; all come back by themselves.

    They write capitals, which no words behind their carets can continue: a line may end within an earlier word.
    """
    writers = {table[member]: f" CUT-{member}-{LETTERS.upper()}" for member in ("GB", "FR", "UA", "DE")}
    for writer in writers:
        writer.put_caret(PARAGRAPHS[writer.member])
    type_at_once({writer: words[:9] for writer, words in writers.items()})
    for writer, words in writers.items():
        writer.page.wait_for_function("(words) => window.shownSaved.includes(words)", arg=words[:9])
    type_at_once({writer: words[9:18] for writer, words in writers.items()})
    server.kill()
    type_at_once({writer: words[18:] for writer, words in writers.items()})
    stored = server.run("export")
    for writer, words in writers.items():
        shown = beginning_in(writer.shown_saved(), words)
        assert len(shown) > len(f" CUT-{writer.member}-"), f"{writer.member} saw nothing saved before the cut"
        assert shown in stored, f"{writer.member} saw {shown!r} as saved"
    server.start()
    for delegate in table.values():
        delegate.page.wait_for_function(RECONNECTED, polling=50)  # live.test.ts shows how soon they try again
    everybody_has(table, list(writers.values()))
    table["DE"].sees([table["GB"]])


def beginning_in(text: str, words: str) -> str:
    """Return the longest beginning of `words` that stands in `text`."""
    return next((words[:end] for end in range(len(words), 0, -1) if words[:end] in text), "")


def leave_video(table: Table, *members: str) -> None:
    """Some leave the video, and are gone from the screens of those who stay; the meeting goes on."""
    staying = table["DE"].page.locator("meeting-room figure")
    before = staying.count()
    for member in members:
        table[member].leave_video()
    expect(staying).to_have_count(before - len(members))
    expect(table["IT"].page.locator("meeting-room figure")).to_have_count(before - len(members))


def address_of_text(delegate: Delegate) -> str:
    """Return the address of the text's own page, which the room links to."""
    link = delegate.page.locator("#room-text a").first
    return str(link.evaluate("(link) => link.href"))


def write_by_hand(table: Table, address: str) -> None:
    """A socket of one's own may write an open text, and not one that is frozen."""
    text = address.rstrip("/").rpartition("/")[2]
    writer = table["UA"]
    assert writer.write_by_hand(text, document_message("By hand while open.")) == "stored"
    everybody_has(table, ["By hand while open."])
    table["GB"].propose()
    for delegate in table.values():
        delegate.expect_state("frozen")
        expect(delegate.editor).to_have_attribute("contenteditable", "false")
    table["FR"].read_english()
    before = writer.words()
    writer.put_caret(PARAGRAPHS["UA"])
    writer.page.keyboard.type("Typed while frozen.")
    assert writer.write_by_hand(text, document_message("By hand while frozen.")) == 4409
    tab = table["IT"].open_tab(address)
    expect(tab.locator("text-editor[data-language=en] .ProseMirror")).to_contain_text("By hand while open.")
    expect(tab.locator("text-editor[data-language=en] .ProseMirror")).not_to_contain_text("while frozen")
    tab.close()
    assert writer.words() == before


def document_message(words: str) -> bytes:
    """Return the answer of a client that has one paragraph more in the English version (sync step 2)."""
    doc: pycrdt.Doc[pycrdt.XmlFragment] = pycrdt.Doc()
    doc["en"] = fragment = pycrdt.XmlFragment()
    fragment.children.append(pycrdt.XmlElement("paragraph")).children.append(pycrdt.XmlText(words))
    update = pycrdt.create_update_message(doc.get_update())
    return update[:1] + bytes([pycrdt.YSyncMessageType.SYNC_STEP2]) + update[2:]


def object_once(table: Table) -> None:
    """One head objects: the text is open again in every room, and the reason is shown."""
    reason = "Paragraph 3 must name the quantities."
    table["FR"].agree()
    table["DE"].object(reason)
    for delegate in table.values():
        delegate.expect_state("saved")
        expect(delegate.editor).to_have_attribute("contenteditable", "true")
        expect(delegate.page.locator(".text-reason")).to_contain_text(reason)
    table["FR"].read_english()
    table["DE"].put_caret(PARAGRAPHS["UA"])
    table["DE"].page.keyboard.type(" quantities named")
    everybody_has(table, [" quantities named"])


def adopt(table: Table, address: str) -> None:
    """The text is proposed again; with the fifth agreement, and not before, it is adopted."""
    table["GB"].propose()
    witness = table["IT"].open_tab(address)
    for count, delegate in enumerate(table.values(), 1):
        expect(witness.locator("#text-bar .badge-green")).to_have_count(0)
        delegate.agree()
        expect(witness.locator("#adoption li .badge-green")).to_have_count(count)
    expect(witness.locator("#text-bar .badge-green")).to_be_visible()
    expect(witness.locator("#text-versions text-editor")).to_have_count(0)
    expect(witness.locator("#text-versions")).to_contain_text(" quantities named")
    witness.close()


def publish(browser: Browser, server: Server, chair: Delegate, address: str) -> None:
    """The chair opens the text to the public; only then does an anonymous window read it."""
    text = address.rstrip("/").rpartition("/")[2]
    public = f"{server.address}/public/texts/{text}/"
    stranger = new_window(browser).new_page()
    answer = stranger.goto(public)
    assert answer
    assert answer.status == 404
    tab = chair.open_tab(f"{address}settings/")
    tab.locator("input[name=audience][value=public]").check()
    tab.locator("form.card .btn-primary").click()
    tab.locator("form[action$='/publish/'] button").click()
    confirm(tab)
    expect(tab.locator("form[action$='/unpublish/']")).to_be_visible()
    stranger.goto(server.address)
    stranger.get_by_role("link", name="Joint statement").click()
    expect(stranger.locator(".negotiated")).to_contain_text(" quantities named")
    expect(stranger.locator(".sheet-members li")).to_have_count(5)
    tab.close()
    stranger.context.close()


def close_the_meeting(table: Table) -> None:
    """The chair closes the meeting; its conclusions tell who was there, who spoke and what was decided."""
    table["GB"].choose("/room/close/")
    confirm(table["GB"].page)
    for delegate in table.values():
        expect(delegate.page.locator("a[href$='/conclusions/']").first).to_be_visible()
    page = table["IT"].page
    page.locator("a[href$='/conclusions/']").first.click()
    attended = page.locator("section[aria-labelledby=attendance] tbody tr")
    expect(attended).to_have_count(5)
    for country in ("France", "United Kingdom", "Ukraine", "Germany", "Italy"):
        expect(attended.filter(has_text=country)).to_have_count(1)
    spoken = page.locator("section[aria-labelledby=items] tbody tr:not(.part)")
    expect(spoken).to_have_count(2)
    for row, country in enumerate(("Ukraine", "Germany")):
        expect(spoken.nth(row)).to_contain_text(country)
        expect(spoken.nth(row)).to_contain_text(re.compile(r"\d\d:\d\d\s*\d\d:\d\d"))
    expect(page.locator(".decisions li")).to_contain_text("“Joint statement on support for Ukraine” was adopted.")


def prove_the_record(server: Server, folder: Path) -> None:
    """The exported record verifies without server; with one byte changed the entry that fails is named."""
    server.stop()
    file = folder / "record.jsonl"
    server.run("record", "export", "-o", str(file))
    proved = verify(file)
    assert proved.returncode == 0, proved.stderr
    lines = file.read_bytes().splitlines(keepends=True)
    (number,) = (at for at, line in enumerate(lines) if b'"text.adopted"' in line)
    at = lines[number].index(b"text.adopted")
    lines[number] = lines[number][:at] + b"T" + lines[number][at + 1 :]
    file.write_bytes(b"".join(lines))
    refuted = verify(file)
    assert refuted.returncode != 0
    assert f"Entry {number} fails" in refuted.stdout + refuted.stderr
    server.start()


def verify(file: Path) -> subprocess.CompletedProcess[str]:
    """Run the offline proof, with nothing of the server's around it."""
    return subprocess.run([PROGRAM, "record", "verify", str(file)], capture_output=True, text=True, env={}, check=False)
