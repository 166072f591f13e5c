"""Home for each kind of visitor."""

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from concertation.coalition.enums import Audience
from concertation.coalition.models import Delegate
from concertation.core import clock, waiting
from concertation.core.waiting import Urgency, Waiting
from concertation.situation.domain.conditions import retire_condition
from concertation.situation.enums import Stance, Verdict
from concertation.situation.tests.factories import make_assessment, make_condition, make_finding
from concertation.situation.tests.watching import make_contact, make_counterpart, make_question, make_statement
from tests.helpers.people import Visitors, client_of, make_coalition, make_delegate, make_member, make_visitors

pytestmark = pytest.mark.django_db
QUERIES = 23  # session, person, delegate, what waits, members, who is online, conditions, contacts, meeting, ledger
SECRET = "Joint statement on the front line"


def thing(title: str, urgency: Urgency, topic: str = "coalition") -> Waiting:
    return Waiting(icon="video", title=title, detail="", url="/x/", action="Go", live_topic=topic, urgency=urgency)


@pytest.fixture
def providers(monkeypatch: pytest.MonkeyPatch) -> list[waiting.Provider]:
    """Begin with no provider, and leave the real ones as they were."""
    empty: list[waiting.Provider] = []
    monkeypatch.setattr(waiting, "_providers", empty)
    return empty


@pytest.fixture
def visitors() -> Visitors:
    return make_visitors()


def test_home_anonymous_shows_the_public_page(visitors: Visitors, providers: list[waiting.Provider]) -> None:
    waiting.register(lambda delegate: [thing(SECRET, Urgency.NOW)])
    page = client_of(None).get("/").content.decode()
    assert "Coalition of the willing" in page
    assert "United Kingdom" in page
    assert "data-live" not in page
    for hidden in (SECRET, visitors.head.person.name, "/meetings/", "/record/"):
        assert hidden not in page


def test_home_without_capacity_says_so(visitors: Visitors) -> None:
    page = client_of(visitors.outsider).get("/").content.decode()
    assert "You have no capacity in this coalition at present" in page
    assert visitors.head.person.name not in page


def test_public_page_leaves_out_who_was_only_invited(visitors: Visitors) -> None:
    from concertation.coalition.enums import Status

    make_member("ES", status=Status.INVITED)
    assert "Spain" not in client_of(None).get("/").content.decode()


def test_home_orders_by_urgency(visitors: Visitors, providers: list[waiting.Provider]) -> None:
    def mine(delegate: Delegate) -> list[Waiting]:
        return [thing("later", Urgency.SOON), thing("now", Urgency.NOW)] if delegate == visitors.head else []

    waiting.register(mine)
    waiting.register(mine)
    assert [found.title for found in waiting.awaiting(visitors.head)] == ["now", "later"]
    page = client_of(visitors.head).get("/").content.decode()
    assert "Two things wait for you" in page
    assert page.index("now") < page.index("later")
    assert "Nothing waits for you" in client_of(visitors.delegate).get("/").content.decode()


@pytest.mark.parametrize(
    ("count", "english", "french"),
    [
        (1, "One thing waits for you", "Une affaire vous attend"),
        (2, "Two things wait for you", "Deux affaires vous attendent"),
        (21, "21 things wait for you", "21 affaires vous attendent"),
    ],
)
def test_home_counts_in_words(providers: list[waiting.Provider], count: int, english: str, french: str) -> None:
    make_coalition()
    delegate = make_delegate()
    waiting.register(lambda _delegate: [thing(str(n), Urgency.SOON) for n in range(count)])
    client = client_of(delegate)
    assert f"<h1>{english}</h1>" in client.get("/").content.decode()
    client.cookies["django_language"] = "fr"
    assert f"<h1>{french}</h1>" in client.get("/").content.decode()


def test_waiting_fragment_is_for_delegates_only(visitors: Visitors) -> None:
    for path in ("/waiting/", "/beside/"):
        assert client_of(None).get(path).status_code == 302
        assert client_of(visitors.outsider).get(path).status_code == 403
        answer = client_of(visitors.observer).get(path)
        assert answer.status_code == 200
        assert "<html" not in answer.content.decode()


def test_who_is_here_counts_members_not_people(visitors: Visitors) -> None:
    now = clock.now()
    Delegate.objects.filter(pk__in=[visitors.head.pk, visitors.delegate.pk]).update(seen_at=now)
    Delegate.objects.filter(pk=visitors.other_delegate.pk).update(seen_at=now - timedelta(minutes=5))
    Delegate.objects.filter(pk=visitors.secretariat.pk).update(seen_at=now)
    page = client_of(visitors.secretariat).get("/beside/").content.decode()
    assert "1 of 6 here" in page


def test_who_is_here_leaves_out_partners_who_are_away(visitors: Visitors) -> None:
    assert "Poland" not in client_of(visitors.head).get("/beside/").content.decode()
    Delegate.objects.filter(pk=visitors.observer.pk).update(seen_at=clock.now())
    assert "Poland" in client_of(visitors.head).get("/beside/").content.decode()


def test_home_keeps_its_number_of_queries(
    visitors: Visitors, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of(visitors.head)
    with django_assert_num_queries(QUERIES):
        client.get("/")
    for code in ("ES", "SE", "FI", "NO", "DK", "NL", "BE", "LT"):
        make_delegate(code)
    Delegate.objects.update(seen_at=clock.now())
    with django_assert_num_queries(QUERIES):
        client.get("/")


@pytest.mark.parametrize("number", [1, 3])
def test_home_shows_the_last_contact_that_the_reader_may_know_of(
    visitors: Visitors, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    france, moscow, question = visitors.co_chair, make_counterpart(), make_question()
    make_contact(france, date(2022, 9, 11))
    make_statement(question, france, Stance.OPPOSE, date(2025, 5, 12), of=moscow)
    for _ in range(number):
        contact = make_contact(france, date(2025, 7, 1))
        make_statement(
            question, france, Stance.OPPOSE, date(2025, 7, 1), of=moscow, contact=contact, reason=contact.pk.hex
        )
        make_contact(france, date(2025, 7, 2), audience=Audience.CHAIR)
    client = client_of(visitors.head)
    client.get("/")
    with django_assert_num_queries(QUERIES + 8):
        page = " ".join(client.get("/").content.decode().split())
    assert "Moscow, call</a>" in page
    assert "position unchanged since 12 May 2025" in page
    assert ("first since 11 September 2022" in page) == (number == 1)
    hidden = "1 contact is" if number == 1 else "3 contacts are"
    assert f"partial: {hidden} not for you" in page
    seen_by_chair = client_of(france).get("/beside/").content.decode()
    assert "partial" not in seen_by_chair
    assert "2 July 2025" in seen_by_chair


@pytest.mark.parametrize("number", [1, 3])
def test_home_shows_what_the_coalition_finds_and_nobody_else_s_word(
    visitors: Visitors,
    number: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(number):
        condition = make_condition("Backstop confirmed")
        make_assessment(condition, visitors.delegate, Verdict.BROKEN)
        make_finding(condition, Verdict.CLAIMED)
    retire_condition(by=None, condition_id=make_condition("Old mandate").pk)
    client = client_of(visitors.head)
    client.get("/")
    with django_assert_num_queries(QUERIES + 2):
        page = client.get("/").content.decode()
    assert page.count("Backstop confirmed") == page.count(">claimed<") == number
    assert "broken" not in page
    assert "Old mandate" not in page
