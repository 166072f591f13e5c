"""A text under negotiation, in a real Chromium: `python -m benchmarks.negotiation`.

400 paragraphs, 35 delegations, 200 open proposals of which some overlap, made by the domain functions; served as in
production from a fresh SQLite database on this machine. Printed: from the click to an editor that can be typed in, with
its proposals drawn, and from a key to the frame in which its letter is painted, for keys that come when they come.
"""

import os
import random
import statistics
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from concertation.coalition.models import Delegate
    from concertation.texts.models import Text

MEMBERS = "FR GB UA DE IT AT BE BG HR CY CZ DK EE FI GR HU IE LV LT LU MT NL PL PT RO SK SI ES SE IS NO CA AU NZ TR"
PARAGRAPHS, PROPOSALS, WORDS = 400, 200, 60
OPENINGS, KEYS = 7, 200
VOCABULARY = """
the members parties coalition force deployment ceasefire support shall will may reaffirm recall welcome their common
commitment security guarantees land sea air training equipment contributions constitutional procedures each of and to in
accordance with international law including under conditions agreed by consensus
"""
WATCH_KEYS = """
() => {
  window.paints = [];
  const channel = new MessageChannel();
  let began = 0;
  channel.port1.onmessage = () => { window.paints.push(performance.now() - began); };
  document.addEventListener("keydown", (event) => {
    began = event.timeStamp;
    requestAnimationFrame(() => channel.port2.postMessage(0));
  }, true);
}
"""
USABLE = """
() => new Promise((resolve) => {
  const look = () => {
    const editor = document.querySelector("text-editor[data-language=en][data-state=saved] [contenteditable=true]");
    if (editor && editor.querySelector(".proposal-code")) resolve(performance.now());
    else requestAnimationFrame(look);
  };
  look();
})
"""


def main() -> None:
    """Make the data, serve it, measure, print."""
    with tempfile.TemporaryDirectory(prefix="concertation-benchmark-") as folder:
        os.environ["CONCERTATION_VAR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "concertation.settings"
        import django  # settings read the folder when they are imported

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        text, _people = make_negotiation()
        openings, keys = _measure(Path(folder), text)
    print(f"{PARAGRAPHS} paragraphs, {PROPOSALS} open proposals, 35 delegations\n")
    print(f"{'':<46}{'median':>9}{'worst':>9}")
    print(f"{'from navigation to a usable editor, ms':<46}{statistics.median(openings):>9.0f}{max(openings):>9.0f}")
    print(f"{'from a key to its letter on the screen, ms':<46}{statistics.median(keys):>9.1f}{max(keys):>9.1f}")


def make_negotiation(
    *, paragraphs: int = PARAGRAPHS, proposals: int = PROPOSALS, seed: int = 1
) -> tuple["Text", list["Delegate"]]:
    """Make a coalition of 35, a text of so many paragraphs with so many open proposals; return it and the heads.

    The same `seed` makes the same words.
    """
    from concertation.texts.domain.texts import create_text
    from concertation.texts.seeding import identified
    from tests.helpers.people import make_coalition, make_delegate, make_secretary

    chance = random.Random(seed)
    make_coalition()
    people = [make_delegate(code) for code in MEMBERS.split()]
    blocks = identified({"en": [_paragraph(chance) for _ in range(paragraphs)]})["en"]
    titles = {"en": "A long declaration"}
    text = create_text(by=make_secretary(), titles=titles, languages=["en"], draft={"en": blocks})
    make_proposals(text, people, blocks, proposals, chance)
    return text, people


def make_proposals(
    text: "Text", people: Sequence["Delegate"], blocks: Sequence[Any], count: int, chance: random.Random
) -> None:
    """Let the people in turn propose so many changes of the English `blocks`, and follow them as the service does."""
    from concertation.texts.domain.ledger import follow_paragraphs
    from concertation.texts.domain.proposals import propose_changes

    wishes: dict[int, list[Any]] = {}
    for number in range(count):
        wishes.setdefault(number % len(people), []).append(_wish(chance, blocks, number))
    for number, wanted in wishes.items():
        propose_changes(by=people[number], text_id=text.pk, wishes=wanted)
    follow_paragraphs(text_id=text.pk)


def _paragraph(chance: random.Random) -> Any:
    """Return a paragraph of some words."""
    words = " ".join(chance.choices(VOCABULARY.split(), k=WORDS))
    return {"type": "paragraph", "numbered": True, "runs": [{"text": f"{words}."}]}


def _wish(chance: random.Random, blocks: Sequence[Any], number: int) -> Any:
    """Return a wish: mostly other words, now and then a paragraph to come, go or move."""
    from concertation.texts.wishes import Change, Deletion, Insertion, Move

    at = chance.randrange(len(blocks))
    block, other = blocks[at], blocks[(at + 3) % len(blocks)]
    if number % 20 == 17:
        return Insertion("en", block["id"], _paragraph(chance))
    if number % 20 == 18:
        return Deletion("en", block["id"])
    if number % 20 == 19:
        return Move("en", block["id"], other["id"])
    words = block["runs"][0]["text"].split(" ")
    place = chance.randrange(len(words) - 2)
    words[place : place + 2] = ["other", "words"]
    return Change("en", block["id"], {"type": "paragraph", "numbered": True, "runs": [{"text": " ".join(words)}]})


def _measure(folder: Path, text: "Text") -> tuple[list[float], list[float]]:
    """Return the times in ms of opening the text, and of single keys."""
    from django.db import connection
    from django.urls import reverse

    from concertation.accounts.domain.links import issue_link
    from tests.e2e.browser import chromium, new_window, sign_in
    from tests.e2e.server import Server
    from tests.helpers.people import make_secretary

    token = issue_link(person=make_secretary().person)
    connection.close()
    server = Server(folder, example=None)
    with server, chromium() as browser:
        page = sign_in(new_window(browser), server.address + reverse("accounts:link", args=[token]))
        openings, hand = [], random.Random(2)
        for _ in range(OPENINGS):
            page.goto(f"{server.address}/texts/{text.pk}/", wait_until="commit")
            openings.append(page.evaluate(USABLE))
        page.locator("text-editor [contenteditable=true]").first.locator("p").nth(3).click()
        page.wait_for_timeout(1000)
        page.evaluate(WATCH_KEYS)
        for key in ("abcd efgh " * KEYS)[:KEYS]:
            page.keyboard.press("Space" if key == " " else key)
            page.wait_for_timeout(hand.uniform(60, 160))  # even pauses would meet the screen at one moment of its beat
        return openings, page.evaluate("() => window.paints")


if __name__ == "__main__":
    main()
