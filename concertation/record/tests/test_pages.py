"""The record's pages: who may read them, what they show, and what they never show."""

import json
from datetime import UTC, datetime
from typing import cast

import pytest
from asgiref.sync import sync_to_async
from django.db import connection, connections
from django.http import StreamingHttpResponse
from django.test import AsyncClient, Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from concertation.coalition.enums import Capacity
from concertation.core import clock
from concertation.record import events
from concertation.record.checkpoint import open_checkpoint
from concertation.record.events import Actor, Subject
from concertation.record.models import Entry
from concertation.record.queries import PAGE, record_verifier
from concertation.record.tests.conftest import BRITAIN, FRANCE, SECRETARIAT, Append
from concertation.record.verification import verify
from tests.helpers.people import client_of, make_delegate, make_person, make_secretary

pytestmark = pytest.mark.django_db

ADDRESSES = ["/record/", "/record/1/", "/record/checkpoint/", "/record/export/"]
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _words_of_this_test(monkeypatch: pytest.MonkeyPatch) -> None:
    for words in ("_sentences", "_fields", "_readers"):
        monkeypatch.setattr(events, words, {})


@pytest.fixture
def france() -> Client:
    return client_of(make_delegate("FR"))


def page_of(client: Client, address: str = "/record/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def shown(client: Client, query: str = "") -> list[int]:
    """Return the sequences of the entries on the page, in their order."""
    answer = client.get(f"/record/?{query}")
    assert answer.status_code == 200
    return [entry.sequence for entry in answer.context["page"].entries]


@pytest.mark.parametrize("address", ADDRESSES)
def test_anonymous_is_sent_to_sign_in(append: Append, address: str) -> None:
    append(data={"title": "front line"})
    answer = client_of(None).get(address)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{reverse('account_login')}?next={address}")


@pytest.mark.parametrize("address", ADDRESSES)
def test_person_without_capacity_reads_nothing(append: Append, address: str) -> None:
    append(data={"title": "front line"})
    answer = client_of(make_person()).get(address)
    assert answer.status_code == 403
    assert b"front line" not in answer.content


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_is_written_here(append: Append, france: Client, address: str) -> None:
    append()
    assert france.post(address).status_code == 405
    assert Entry.objects.count() == 1


@pytest.mark.parametrize("capacity", [each for each in Capacity if each != Capacity.SECRETARIAT])
def test_every_capacity_reads_the_record(append: Append, capacity: Capacity) -> None:
    append(data={"title": "Joint statement"}, actor=FRANCE)
    page = page_of(client_of(make_delegate("DE", capacity)))
    assert "Hélène Durand" in page
    assert "France · head of delegation" in " ".join(page.split())


@pytest.mark.parametrize("address", ["/record/", "/record/1/", "/record/export/"])
def test_restricted_content_shows_to_its_audience_only(append: Append, address: str) -> None:
    append("text.agreed", restricted={"position": "two battalions"}, audience=("FR", "UA"))
    events.name_actions({"text.agreed": "agreed to %(position)s"})

    def reads(client: Client) -> bool:
        return b"two battalions" in client.get(address).getvalue()

    assert reads(client_of(make_delegate("UA", Capacity.DELEGATE)))
    assert reads(client_of(make_secretary()))
    assert not reads(client_of(make_delegate("DE")))
    assert not reads(client_of(make_delegate("GB")))


def test_act_reads_as_a_sentence_in_the_readers_language(append: Append, france: Client) -> None:
    events.name_actions({"meeting.opened": "opened “%(title)s” in %(place)s"})
    append("meeting.opened", data={"title": "Leaders <b>now</b>"})
    page = page_of(france)
    assert "opened “Leaders &lt;b&gt;now&lt;/b&gt;” in …" in page
    france.cookies["django_language"] = "fr"
    assert "Chaque acte de la coalition" in page_of(france)


def test_act_of_a_command_is_the_servers(append: Append, france: Client) -> None:
    append("no.name.for.this", actor=Actor.system())
    assert "<strong>The server</strong> no.name.for.this" in page_of(france)


@pytest.fixture
def three(append: Append) -> None:
    """Three entries on three days, in UTC."""
    for day, action, actor, subject, words in [
        (9, "text.proposed", FRANCE, Subject("text", "t1"), "Déclaration commune"),
        (10, "meeting.opened", BRITAIN, Subject("meeting", "m1"), "Leaders' meeting “Paris”"),
        (11, "text.agreed", SECRETARIAT, Subject("text", "t2"), "text of 100 %"),
    ]:
        with clock.frozen(datetime(2025, 7, day, 22, 30, tzinfo=UTC)):
            append(action, actor=actor, subject=subject, data={"title": words})


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [3, 2, 1]),
        ("action=text.agreed", [3]),
        ("action=no.such", [3, 2, 1]),
        ("member=GB", [2]),
        ("member=XX", [3, 2, 1]),
        ("kind=text", [3, 1]),
        ("kind=text&subject=t1", [1]),
        ("text=DÉCLARATION", [1]),
        ("text=“paris”", [2]),
        ("text=title", []),
        ("text=alice", [2]),
        ("text=100 %", [3]),
        ("text=%25", [3]),
        ("text=_", []),
        ("since=2025-07-10", [3, 2]),
        ("until=2025-07-10", [2, 1]),
        ("since=2025-07-10&until=2025-07-10", [2]),
        ("since=soon", [3, 2, 1]),
        ("since=0001-01-01&until=9999-12-30", [3, 2, 1]),
        ("below=3", [2, 1]),
        ("below=x", [3, 2, 1]),
        ("below=99999999999999999999", [3, 2, 1]),
        ("text=%00", [3, 2, 1]),
        ("action=text.proposed&member=GB", []),
    ],
)
def test_entries_are_narrowed_down(three: None, france: Client, query: str, found: list[int]) -> None:
    assert shown(france, query) == found


def test_days_are_the_readers_days(three: None) -> None:
    delegate = make_delegate("UA")
    delegate.person.time_zone = "Europe/Kyiv"  # three hours ahead: half past ten at night is the day after
    delegate.person.save(update_fields=["time_zone"])
    assert shown(client_of(delegate), "since=2025-07-10&until=2025-07-10") == [1]


def test_empty_record_and_empty_search_say_so(append: Append, france: Client) -> None:
    assert "Nothing has been decided yet" in page_of(france)
    append()
    assert "No entry matches" in page_of(france, "/record/?text=nowhere")


def test_pages_follow_one_another_without_gap(append: Append, france: Client) -> None:
    for _ in range(2 * PAGE + 1):
        append()
    first = shown(france)
    second = shown(france, f"below={first[-1]}")
    third = shown(france, f"below={second[-1]}")
    assert first + second + third == list(range(2 * PAGE + 1, 0, -1))
    assert "Older entries" in page_of(france)
    assert "Older entries" not in page_of(france, f"/record/?below={second[-1]}")
    assert "Newest entries" in page_of(france, f"/record/?below={second[-1]}")


@pytest.mark.parametrize("address", ["/record/", "/record/2/"])
def test_queries_do_not_grow_with_the_record(append: Append, france: Client, address: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            page_of(france, address)
        return len(captured)

    for number in range(3):
        append(restricted={"number": number}, audience=("FR",))
    few = queries()
    for number in range(297):
        append(restricted={"number": number}, audience=("FR",))
    assert queries() == few


def test_htmx_gets_the_entries_alone(append: Append, france: Client) -> None:
    append()
    part = france.get("/record/", headers=HTMX).content.decode()
    assert part.strip().startswith('<section id="entries"')
    assert "<html" not in part
    assert 'data-live="record"' in part
    proof = france.get("/record/1/", headers=HTMX).content.decode()
    assert proof.strip().startswith('<div id="proof"')


def test_entry_shows_its_proof(append: Append, france: Client) -> None:
    entries = [append() for _ in range(5)]
    for entry in entries:
        answer = france.get(f"/record/{entry.sequence}/")
        page = answer.content.decode()
        assert answer.context["proof"].holds
        assert "stands in the record" in page
        assert entry.leaf_hash.hex() in page
        assert entries[-1].root in page


def test_entry_that_was_changed_in_the_database_is_called_so(append: Append, france: Client) -> None:
    for _ in range(3):
        append(data={"title": "Joint statement"})
    with connection.cursor() as cursor:
        for trigger in _triggers():
            cursor.execute(trigger)
        cursor.execute("UPDATE record_entry SET leaf = replace(leaf, 'Joint', 'Other') WHERE sequence = 2")
        cursor.execute("UPDATE record_entry SET action = 'other.act', actor_member = 'X-X' WHERE sequence = 3")
    unchanged = page_of(france, "/record/3/")
    assert "text.proposed" in unchanged
    assert "other.act" not in unchanged
    assert "X-X" not in strip_tags(unchanged)
    assert "does not verify" in page_of(france, "/record/2/")
    assert "stands in the record" in page_of(france, "/record/3/")


def _triggers() -> list[str]:
    on = " ON record_entry" if connection.vendor == "postgresql" else ""
    return [f"DROP TRIGGER record_entry_no_update{on}"]


@pytest.mark.parametrize("address", ["/record/0/", "/record/2/", f"/record/{10**30}/", "/record/-1/", "/record/x/"])
def test_entry_that_does_not_exist_is_not_found(append: Append, france: Client, address: str) -> None:
    append()
    assert france.get(address).status_code == 404


def test_checkpoint_is_downloaded_as_a_note(append: Append, france: Client) -> None:
    append()
    answer = france.get("/record/checkpoint/")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="checkpoint-1.txt"'
    assert "no-store" in answer.headers["Cache-Control"]
    assert open_checkpoint(answer.content.decode(), record_verifier()).size == 1


def test_export_is_downloaded_and_verifies(append: Append, france: Client) -> None:
    note = france.get("/record/checkpoint/").content.decode()
    append(restricted={"position": "two battalions"}, audience=("FR",))
    append(restricted={"position": "six battalions"}, audience=("GB",))
    answer = france.get("/record/export/")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="record-2.jsonl"'
    lines = answer.getvalue().splitlines(keepends=True)
    assert verify(lines, kept=note).opened == 1
    assert json.loads(lines[0])["member"] == "FR"
    assert b"six battalions" not in answer.getvalue()


async def test_export_streams_on_the_asynchronous_server(transactional_db: None, append: Append) -> None:
    def fill() -> Client:
        for _ in range(250):
            append()
        return client_of(make_delegate("FR"))

    client = AsyncClient()
    client.cookies = (await sync_to_async(fill)()).cookies
    answer = cast("StreamingHttpResponse", await client.get("/record/export/"))
    chunks = [chunk async for chunk in aiter(answer)]
    await sync_to_async(connections.close_all)()  # of the thread in which the database was read
    assert len(chunks) > 2
    assert verify(b"".join(chunks).splitlines(keepends=True)).checkpoint.size == 250


def test_data_is_shown_by_the_names_that_apps_gave(append: Append, france: Client) -> None:
    events.name_fields({"members": "those who agreed"}, kind="text")
    events.name_fields({"members": "those who were invited"}, kind="meeting")
    events.name_fields({"members": "whoever", "reason": "the reason"})
    events.name_values({"members": {"FR": "France", "GB": "the United Kingdom"}.__getitem__})
    events.name_actions({"text.adopted": "adopted %(titles)s with %(members)s, %(reason)s (%(text)s)"})
    data = {"members": ["FR", "GB"], "final": True, "titles": {"fr": "Déclaration", "en": "Statement"}, "reason": None}
    append("text.adopted", data=data)
    words = " ".join(strip_tags(page_of(france, "/record/1/")).split())
    assert "adopted Statement with France, the United Kingdom, … (t1)" in words
    assert "final yes" in words
    assert "the reason –" in words
    assert "those who agreed France, the United Kingdom" in words
    assert "titles en Statement fr Déclaration" in words
