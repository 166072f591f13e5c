"""The pages of contacts: what each reader may know of, what follows from it, and what waits on home."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from concertation.coalition.enums import Audience, Capacity, Status
from concertation.coalition.models import Delegate, Member
from concertation.core import clock
from concertation.situation.contacting import Link
from concertation.situation.domain.contacts import strike_contact
from concertation.situation.domain.readouts import add_point, note_readout
from concertation.situation.enums import Stance
from concertation.situation.models import Contact, ContactPoint, Readout, Statement
from concertation.situation.queries.contacts import contact_for, contacts_for, last_contact_for, standings_for
from concertation.situation.tests.factories import DAY
from concertation.situation.tests.watching import (
    make_contact,
    make_counterpart,
    make_planned,
    make_question,
    make_readout,
    make_statement,
)
from concertation.situation.waiting import awaiting_contacts
from concertation.web.topics import may_follow
from tests.helpers.people import client_of, make_coalition, make_delegate, make_member, make_secretary

pytestmark = pytest.mark.django_db
NOW = datetime(2025, 7, 2, 9, tzinfo=UTC)
SOON = date(2025, 7, 4)
BEFORE = date(2022, 9, 11)


@pytest.fixture
def france() -> Delegate:
    """France, of the five members, with Poland observing."""
    make_coalition()
    make_member("PL", status=Status.OBSERVER)
    return make_delegate("FR")


def content(delegate: Delegate, name: str, *args: object) -> str:
    """Return a page on one line."""
    return " ".join(client_of(delegate).get(reverse(f"situation:{name}", args=args)).content.decode().split())


def titles(delegate: Delegate) -> list[str]:
    """Return what waits for a delegate on the day after the call."""
    with clock.frozen(NOW):
        return [thing.title for thing in awaiting_contacts(delegate)]


def test_overview_of_two_readers_differs_and_says_so(france: Delegate) -> None:
    germany, moscow = make_delegate("DE"), make_counterpart()
    make_contact(france, BEFORE)
    make_contact(france, date(2025, 6, 1), audience=Audience.CHAIR)
    make_contact(france, DAY)
    seen = {}
    for reader in (germany, make_delegate("GB"), make_secretary()):
        overview = contacts_for(reader)
        since = [one.day for one in overview.held[0].since]
        (row,) = overview.grid
        seen[reader.member_id] = (since, row.cells[0].link, overview.lanes[0].last, overview.hidden)
    whole = ([date(2025, 6, 1)], Link(3, BEFORE, DAY), DAY, 0)
    assert seen == {"DE": ([BEFORE], Link(2, BEFORE, DAY), DAY, 1), "GB": whole, None: whole}
    words = content(germany, "contacts")
    assert words.count("partial: 1 contact is not for you") == 2
    assert "first since 11 September 2022" in words
    assert "1 June" not in words
    assert "partial" not in content(france, "contacts")
    assert moscow.name in words


def test_struck_contact_counts_no_more(france: Delegate) -> None:
    germany = make_delegate("DE")
    make_contact(france, BEFORE)
    wrong = make_contact(france, date(2025, 6, 1))
    make_contact(france, DAY)
    strike_contact(by=france, contact_id=wrong.pk, reason="It was another day.")
    overview = contacts_for(germany)
    assert overview.held[0].since[0].day == BEFORE
    assert [line.contact for line in overview.ended] == [wrong]
    assert "It was another day." in content(germany, "contacts")


def test_planned_contacts_stand_apart_and_count_for_nothing(france: Delegate) -> None:
    with clock.frozen(NOW):
        make_planned(france, SOON)
        overview = contacts_for(make_delegate("DE"))
    (row,) = overview.grid
    assert (row.cells[0].link, row.cells[0].planned, overview.lanes[0].last) == (None, 1, None)
    assert len(overview.silent) == 4


def test_position_heard_is_unchanged_since(france: Delegate) -> None:
    germany, moscow, question = make_delegate("DE"), make_counterpart(), make_question()
    make_statement(question, france, Stance.OPPOSE, date(2025, 5, 12), of=moscow)
    contact = make_contact(france)
    make_statement(question, france, Stance.OPPOSE, DAY, of=moscow, contact=contact)
    line, hidden = last_contact_for(germany)
    assert line
    assert [heard.unchanged_since for heard in line.heard] == [date(2025, 5, 12)]
    assert hidden == 0
    assert "unchanged since 12 May 2025" in content(germany, "contact", contact.pk)


def test_position_heard_in_confidence_is_counted_and_not_told(france: Delegate) -> None:
    germany, moscow, question = make_delegate("DE"), make_counterpart(), make_question()
    contact = make_contact(france)
    said: dict[str, Any] = {"of": moscow, "contact": contact, "audience": Audience.CHAIR, "reason": "Secret word."}
    make_statement(question, france, Stance.RESERVE, DAY, **said)
    sheet = contact_for(germany, contact.pk)
    assert sheet
    assert (sheet.line.heard, sheet.hidden_heard) == ([], 1)
    words = content(germany, "contact", contact.pk)
    assert "partial: 1 statement is not for you" in words
    assert "Secret word." not in words
    assert "Secret word." in content(make_delegate("GB"), "contact", contact.pk)


def test_points_and_readouts_of_two_readers(france: Delegate) -> None:
    germany, italy = make_delegate("DE"), make_delegate("IT")
    with clock.frozen(NOW):
        planned = make_planned(france, SOON)
        add_point(by=italy, contact_id=planned.pk, words="Secret point.", audience=Audience.CHAIR)
        add_point(by=germany, contact_id=planned.pk, words="<b>Prisoners</b>")
    words = content(germany, "contact", planned.pk)
    assert "&lt;b&gt;Prisoners&lt;/b&gt;" in words
    assert "Secret point." not in words
    assert "partial: 1 point is not for you" in words
    assert "Secret point." in content(france, "contact", planned.pk)
    held = make_contact(france)
    make_readout(held, france, {"en": "<script>x</script>"}, audience=Audience.CHAIR)
    words = content(germany, "contact", held.pk)
    assert "partial: 1 readout is not for you" in words
    assert "There is no readout for you." in words
    assert "&lt;script&gt;x&lt;/script&gt;" in content(france, "contact", held.pk)


@pytest.mark.parametrize(("hours", "last", "silent"), [(0, 2, 0), (2, 2, 0), (3, 0, 2)])
def test_last_day_is_no_silence_before_it_is_over_everywhere(
    france: Delegate, hours: int, last: int, silent: int
) -> None:
    make_contact(france, date(2025, 7, 1))
    with clock.frozen(NOW + timedelta(hours=hours)):
        page = content(france, "contacts")
    assert (page.count("last on 1 July 2025"), page.count("not since 1 July 2025")) == (last, silent)


def test_hidden_contact_is_not_there(france: Delegate) -> None:
    contact, germany = make_contact(france, audience=Audience.CHAIR), make_delegate("DE")
    assert client_of(germany).get(reverse("situation:contact", args=[contact.pk])).status_code == 404
    assert not may_follow(germany, f"contact:{contact.pk}")
    assert may_follow(make_delegate("GB"), f"contact:{contact.pk}")
    assert may_follow(germany, "contacts")
    assert last_contact_for(germany) == (None, 1)


@pytest.mark.parametrize("status", [Status.INVITED, Status.LEFT])
def test_a_member_outside_the_coalition_sees_no_contact(france: Delegate, status: Status) -> None:
    make_contact(france)
    poland = make_delegate("PL")
    Member.objects.filter(pk="PL").update(status=status)
    poland = Delegate.objects.select_related("member", "person").get(pk=poland.pk)
    overview = contacts_for(poland)
    assert (overview.held, overview.lanes) == ([], [])


def test_what_waits(france: Delegate) -> None:
    germany, italy, colleague = make_delegate("DE"), make_delegate("IT"), make_delegate("DE", Capacity.DELEGATE)
    interpreter = make_delegate("DE", Capacity.INTERPRETER)
    with clock.frozen(NOW):
        planned = make_planned(france, SOON)
        make_planned(france, SOON + timedelta(days=30), subject="Far off")
        readout = make_readout(make_contact(france), france, audience=Audience.MEMBERS, named=["DE"])
    point, read = "France → Moscow: is there a point that you want raised?", "Readout: France → Moscow"
    assert titles(germany) == titles(colleague) == [read, point]
    assert titles(italy) == [point]
    assert titles(france) == titles(interpreter) == titles(make_secretary()) == []
    with clock.frozen(NOW):
        note_readout(by=germany, readout_id=readout.pk)
        add_point(by=colleague, contact_id=planned.pk, words="Prisoners.")
    assert titles(germany) == titles(colleague) == []
    with clock.frozen(NOW + timedelta(days=2)):
        assert [thing.title for thing in awaiting_contacts(france)] == ["France → Moscow: was it held?"]


def test_contact_from_announcement_to_readout_on_the_pages(france: Delegate) -> None:
    client, germany = client_of(france), client_of(make_delegate("DE"))
    with clock.frozen(NOW):
        contact = announce_on_the_pages(client)
        ask_for_a_point_on_the_pages(client, germany, contact)
    with clock.frozen(NOW + timedelta(days=1)):
        hold_and_read_out_on_the_pages(client, contact)
        hear_on_the_pages(client, contact)
        note = reverse("situation:note_readout", args=[Readout.objects.get().pk])
        assert germany.post(note).status_code == 302
        assert germany.post(note).status_code == 409
        page = germany.get(reverse("situation:contact", args=[contact.pk]))
        words = " ".join(page.content.decode().split())
    assert Statement.objects.get().contact == contact
    for said in ("Frank.", "Unchanged.", "Prisoners.", "raised", "Noted by"):
        assert said in words


def announce_on_the_pages(client: Client) -> Contact:
    """Announce a call, after some forms that are refused."""
    sent = {
        "when": "planned",
        "holder": "FR",
        "counterparts": [str(make_counterpart().pk)],
        "day": "2025-07-03",
        "clock_time": "16:00",
        "channel": "call",
        "initiative": "ours",
        "subject": "Ceasefire",
        "audience": "coalition",
    }
    address = reverse("situation:announce")
    assert client.get(address).status_code == 200
    wrong: list[dict[str, Any]] = [
        {"when": "held"},
        {"day": "2025-06-20"},
        {"counterparts": []},
        {"link": "javascript:alert(1)"},
    ]
    for changes in wrong:
        assert client.post(address, {**sent, **changes}).status_code == 422
    made = client.post(address, sent)
    contact = Contact.objects.get()
    assert made["Location"] == reverse("situation:contact", args=[contact.pk])
    return contact


def ask_for_a_point_on_the_pages(client: Client, germany: Client, contact: Contact) -> None:
    """Germany asks for a point, and the holder marks it as raised."""
    ask, asked = reverse("situation:ask_point", args=[contact.pk]), {"words": "Prisoners.", "audience": "chair"}
    assert germany.post(ask, asked).status_code == 302
    assert germany.post(ask, {**asked, "words": ""}).status_code == 422
    mark = reverse("situation:mark_point", args=[ContactPoint.objects.get().pk])
    assert client.post(mark, {"raised": "perhaps"}).status_code == 400
    assert client.post(mark, {"raised": "yes"}).status_code == 302


def hold_and_read_out_on_the_pages(client: Client, contact: Contact) -> None:
    """Say that the call was held, and what was said."""
    hold = reverse("situation:hold_contact", args=[contact.pk])
    assert 'value="2025-07-03"' in client.get(hold).content.decode()
    facts = {"day": "2025-07-03", "channel": "video", "initiative": "theirs"}
    assert client.post(hold, {**facts, "day": "2025-07-20"}).status_code == 422
    assert client.post(hold, facts).status_code == 302
    assert client.get(hold).status_code == 409
    read_out = reverse("situation:read_out", args=[contact.pk])
    assert client.post(read_out, {"words_en": "", "audience": "coalition"}).status_code == 422
    assert client.post(read_out, {"words_en": "Frank.", "audience": "coalition"}).status_code == 302


def hear_on_the_pages(client: Client, contact: Contact) -> None:
    """Enter a position that was heard."""
    heard = {
        "question": str(make_question().pk),
        "counterpart": str(contact.counterparts.get().pk),
        "stance": "oppose",
        "said_on": "2025-07-03",
        "reason": "Unchanged.",
        "language": "en",
        "audience": "coalition",
    }
    prefixed = {f"heard-{field}": value for field, value in heard.items()}
    hear = reverse("situation:hear", args=[contact.pk])
    assert client.post(hear, {**prefixed, "heard-stance": ""}).status_code == 422
    assert client.post(hear, prefixed).status_code == 302


def test_the_holder_is_told_where_they_stood_before_it_enters_what_was_heard(france: Delegate) -> None:
    moscow, question, germany = make_counterpart(), make_question(), make_delegate("DE")
    contact = make_contact(france, DAY)
    make_statement(question, france, Stance.OPPOSE, DAY - timedelta(days=40), of=moscow)
    make_statement(question, france, Stance.OPPOSE, DAY - timedelta(days=9), of=moscow)
    make_statement(question, germany, Stance.TOLERATE, DAY, of=moscow, audience=Audience.MEMBERS, named=["IT"])
    make_statement(question, germany, Stance.RESERVE)
    [standing] = standings_for(france, contact)
    assert (standing.question, standing.holding.stance) == (question, Stance.OPPOSE)
    assert standing.holding.since == DAY - timedelta(days=40)
    assert [one.holding.stance for one in standings_for(make_delegate("IT"), contact)] == [Stance.TOLERATE]
    assert "since 22 May 2025" in content(france, "contact", contact.pk)
    assert "Held so far" not in content(germany, "contact", contact.pk)


def test_who_takes_note_of_a_readout(france: Delegate) -> None:
    contact = make_contact(france)
    make_readout(contact, france)
    asked = {
        one.capacity + str(one.member_id): "Take note" in content(one, "contact", contact.pk)
        for one in (france, make_delegate("DE"), make_delegate("DE", Capacity.INTERPRETER), make_secretary())
    }
    assert asked == {"headFR": False, "headDE": True, "interpreterDE": False, "secretariatNone": False}


def test_entered_by_the_secretariat_is_marked_so(france: Delegate) -> None:
    contact = make_contact(make_secretary("Clerk"), holder="UA")
    assert "Entered by Clerk of the secretariat for Ukraine" in content(make_delegate("DE"), "contact", contact.pk)


def test_pages_without_anything_say_what_to_do(france: Delegate) -> None:
    assert "No contact is entered. Announce one" in content(france, "contacts")
    assert "When a delegation enters one" in content(make_delegate("PL", Capacity.OBSERVER), "contacts")
    assert "Nobody outside is listed yet" in content(france, "announce")
    assert "There is no question. Pose the first one" in content(france, "positions")
    assert "When the chair poses one" in content(make_delegate("DE"), "positions")


def test_htmx_gets_the_fragment_alone(france: Delegate) -> None:
    contact, client = make_contact(france), client_of(france)
    for name, args in (("contacts", []), ("contact", [contact.pk])):
        address = reverse(f"situation:{name}", args=args)
        words = client.get(address, headers={"HX-Request": "true"}).content.decode()
        assert words.strip().startswith(f'<div id="{name}"')
        assert "Circulate a readout" not in words


@pytest.mark.parametrize("number", [1, 3, 30])
def test_pages_cost_the_same_at_any_length(
    france: Delegate, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    germany, moscow, question = make_delegate("DE"), make_counterpart(), make_question()
    contacts = [make_contact(france, DAY - timedelta(days=place)) for place in range(number)]
    for place, contact in enumerate(contacts):
        if place < 3:
            said: dict[str, Any] = {"of": moscow, "contact": contact}
            make_statement(question, france, Stance.OPPOSE, DAY - timedelta(days=place), **said)
            note_readout(by=germany, readout_id=make_readout(contact, france).pk)
    client = client_of(germany)
    for address, most in (
        (reverse("situation:contacts"), 12),
        (reverse("situation:contact", args=[contacts[0].pk]), 19),
    ):
        client.get(address)
        with django_assert_num_queries(most):
            assert client.get(address).status_code == 200
