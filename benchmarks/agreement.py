"""CPU time and queries of who agrees what: `python -m benchmarks.agreement`.

400 paragraphs in two authentic languages, 35 delegations, nine of ten cells agreed, every tenth paragraph re-opened
since, 200 open proposals. In one process on a fresh SQLite database, through every middleware, templates cached as in
service.
"""

import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING

from benchmarks.negotiation import PROPOSALS, make_proposals
from benchmarks.pages import MEMBERS

if TYPE_CHECKING:
    from django.test import Client

    from concertation.texts.models import Text

ROUNDS, WARM_UP = 15, 3
PARAGRAPHS = 400
WORDS = "The leaders stand ready to deploy, as soon as a ceasefire is in force, a force on land and at sea. " * 3


def main() -> None:
    """Make the data, measure each page and the following of the text, print the table."""
    with tempfile.TemporaryDirectory(prefix="concertation-benchmark-") as folder:
        os.environ["CONCERTATION_VAR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "concertation.settings"
        import django  # settings read the folder when they are imported

        django.setup()
        from django.core.management import call_command

        from concertation.core.memory import collect_rarely

        call_command("migrate", verbosity=0)
        collect_rarely()  # as in service
        text = _make()
        print(f"{'what':<36}{'CPU ms, median':>16}{'p90':>8}{'queries':>9}{'kB':>8}")
        for name, act in _acts(text).items():
            print("{:<36}{:>16.1f}{:>8.1f}{:>9}{:>8.0f}".format(name, *_measure(act)))


def _make() -> "Text":
    """Make the text, what was agreed, and what changed since."""
    from concertation.coalition.models import Member
    from concertation.core import clock
    from concertation.texts import paragraphs
    from concertation.texts.blocks import Block, run
    from concertation.texts.domain.texts import create_text
    from concertation.texts.models import Agreement
    from concertation.texts.queries.ledger import authentic_contents, outline
    from concertation.texts.seeding import identified
    from tests.helpers.people import make_coalition, make_delegate

    make_coalition()
    people = [make_delegate(code) for code in MEMBERS.split()]
    blocks: list[Block] = [
        {"type": "paragraph", "numbered": True, "runs": [run(f"{WORDS}{number}")]} for number in range(PARAGRAPHS)
    ]
    draft = identified({"en": blocks, "fr": blocks})
    text = create_text(by=None, titles={"en": "Text"}, languages=["en", "fr"], draft=draft)
    contents = authentic_contents(text, outline(text))
    members = Member.objects.in_bulk()
    rows = [
        Agreement(
            text=text,
            paragraph=name,
            member=members[person.member_id or ""],
            delegate=person,
            stance="agreed",
            sha256=paragraphs.digest(content),
            content=content,
            sequence=1,
            at=clock.now(),
        )
        for place, (name, content) in enumerate(contents.items())
        for number, person in enumerate(people)
        if (place + number) % 10
    ]
    Agreement.objects.bulk_create(rows, batch_size=200)
    make_proposals(text, people, draft["en"], PROPOSALS, random.Random(1))
    _change(text, range(0, PARAGRAPHS, 10))
    return text


def _change(text: "Text", places: range) -> int:
    """Type a comma into some paragraphs, as one flush of a room, follow it, and return how many there were."""
    from pycrdt import XmlElement, XmlFragment, XmlText

    from concertation.texts.canonical import document_of
    from concertation.texts.domain.drafting import Draft, append_updates
    from concertation.texts.domain.ledger import follow_paragraphs
    from concertation.texts.queries import stored_updates

    document = document_of(stored_updates(text.pk))
    before = document.get_state()
    children = document.get("en", type=XmlFragment).children
    for place in places:
        element = children[place]
        words = element.children[0] if isinstance(element, XmlElement) else None
        if isinstance(words, XmlText):
            words.insert(3, ",")
    append_updates(drafts=[Draft(text.pk, document.get_update(before), ())])
    follow_paragraphs(text_id=text.pk)
    return len(places)


def _acts(text: "Text") -> dict[str, Callable[[], int]]:
    """Return what is measured: each answers with the size of what it made, in bytes."""
    from django.urls import reverse

    from concertation.coalition.models import Delegate
    from concertation.texts.models import Text
    from concertation.texts.queries.ledger import outline
    from tests.helpers.people import client_of

    client = client_of(Delegate.objects.get(member_id="IT"))

    def page(name: str, query: str = "") -> Callable[[], int]:
        return lambda: len(_get(client, reverse(f"texts:{name}", args=[text.pk]) + query))

    return {
        "matrix, 400 × 35": page("matrix"),
        "matrix, what waits for me": page("matrix", "?show=mine"),
        "card beside the text": page("agreement"),
        "card of proposals": lambda: len(_get(client, reverse("texts:proposals", args=[text.pk]), "true")),
        "rows of the editor (layer.json)": page("layer"),
        "outline, from the ledger": lambda: len(outline(Text.objects.get(pk=text.pk))),
        "a paragraph changes, and is followed": lambda: _change(text, range(1, 2)),
        "home": lambda: len(_get(client, reverse("web:home"))),
    }


def _get(client: "Client", address: str, htmx: str = "") -> bytes:
    """Return the body of a page, or of a fragment with `htmx` “true”."""
    answer = client.get(address, headers={"Host": "localhost", "HX-Request": htmx})
    if answer.status_code != HTTPStatus.OK:
        raise RuntimeError(f"{address}: {answer.status_code}")
    return answer.content


def _measure(act: Callable[[], int]) -> tuple[float, float, int, float]:
    """Return median and 90th percentile of the CPU time in ms, the queries, and the size in kB."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for _ in range(WARM_UP):
        size = act()
    times = []
    for _ in range(ROUNDS):
        began = time.process_time()
        act()
        times.append((time.process_time() - began) * 1000)
    with CaptureQueriesContext(connection) as queries:
        act()
    return statistics.median(times), statistics.quantiles(times, n=10)[-1], len(queries), size / 1000


if __name__ == "__main__":
    main()
