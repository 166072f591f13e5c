"""The pages of positions: what each reader sees, on which day, and what is said to be left out."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from concertation.coalition.enums import Audience, Capacity, Status
from concertation.coalition.models import Delegate, Member
from concertation.core import clock
from concertation.situation.domain.questions import close_question, reword_question
from concertation.situation.enums import Stance
from concertation.situation.models import Counterpart, Question, QuestionWording, Statement
from concertation.situation.queries.positions import QuestionLine, matrix_for, question_for
from concertation.situation.tests.factories import DAY
from concertation.situation.tests.watching import (
    ASKED,
    TITLES,
    make_contact,
    make_counterpart,
    make_question,
    make_statement,
    make_statement_correction,
)
from concertation.web.topics import may_follow
from tests.helpers.people import client_of, make_coalition, make_delegate, make_member, make_secretary

pytestmark = pytest.mark.django_db
LATER = DAY + timedelta(days=10)
SENT = {
    "actor": "DE",
    "stance": "reserve",
    "said_on": "2025-07-01",
    "reason": "Not without a mandate.",
    "language": "en",
    "audience": "coalition",
}


@pytest.fixture
def question() -> Question:
    """A question of the five members, with Poland observing."""
    make_coalition()
    make_member("PL", status=Status.OBSERVER)
    return make_question()


def page(delegate: Delegate, question: Question, at: str = "") -> str:
    """Return the page of a question on one line."""
    address = reverse("situation:question", args=[question.pk])
    return " ".join(client_of(delegate).get(address, {"at": at} if at else {}).content.decode().split())


def stances(line: QuestionLine) -> dict[str, str]:
    """Return where each party stands."""
    return {stand.party.name: stand.holding.stance for stand in line.stands if stand.holding}


def test_matrix_of_two_readers_differs_and_says_so(question: Question) -> None:
    germany, italy, moscow = make_delegate("DE"), make_delegate("IT"), make_counterpart()
    make_statement(question, germany)
    make_statement(question, italy, Stance.TOLERATE)
    make_statement(question, italy, Stance.OPPOSE, LATER, audience=Audience.CHAIR)
    make_statement(question, italy, Stance.RESERVE, of=moscow, audience=Audience.MEMBERS, named=["FR"])
    seen = {}
    for reader in (germany, italy, make_delegate("FR"), make_secretary()):
        (line,) = matrix_for(reader, LATER).lines
        seen[reader.member_id] = (stances(line), line.distance, line.hidden)
    whole = ({"Germany": "support", "Italy": "oppose", "Moscow": "reserve"}, 3, 0)
    assert seen == {
        "DE": ({"Germany": "support", "Italy": "tolerate"}, 1, 2),
        "IT": whole,
        "FR": whole,
        None: whole,
    }
    content = client_of(germany).get(reverse("situation:positions")).content.decode()
    assert content.count("partial: 2 statements are not for you") == 2
    assert "partial" not in client_of(italy).get(reverse("situation:positions")).content.decode()


def test_who_never_spoke_comes_last_and_is_unknown(question: Question) -> None:
    make_statement(question, make_delegate("IT"))
    make_counterpart()
    matrix = matrix_for(make_delegate("DE"), DAY)
    names = [party.name for party in matrix.parties]
    assert names == ["Italy", "Moscow", "France", "United Kingdom", "Ukraine", "Germany"]
    assert len(matrix.lines[0].silent) == 4


def test_position_on_a_day(question: Question) -> None:
    moscow, france = make_counterpart(), make_delegate("FR")
    make_statement(question, france, Stance.RESERVE, DAY, of=moscow)
    make_statement(question, france, Stance.OPPOSE, LATER, of=moscow)
    make_statement(question, france, Stance.OPPOSE, LATER + timedelta(days=5), of=moscow)
    germany = make_delegate("DE")
    days = [DAY - timedelta(days=1), DAY, LATER, LATER + timedelta(days=5)]
    lines = [matrix_for(germany, day).lines[0] for day in days]
    assert [stances(line) for line in lines] == [{}, {"Moscow": "reserve"}, {"Moscow": "oppose"}, {"Moscow": "oppose"}]
    assert "unchanged since 11 July 2025" in page(germany, question)
    assert "unchanged since" not in page(germany, question, "2025-07-11")
    client = client_of(germany)
    for at in ("soon", "1999-01-01", "2999-01-01"):
        assert client.get(reverse("situation:positions"), {"at": at}).status_code == 400


def test_hidden_statements_move_nothing_that_a_reader_sees(question: Question) -> None:
    germany, italy = make_delegate("DE"), make_delegate("IT")
    make_statement(question, italy, Stance.SUPPORT, LATER)
    day = LATER + timedelta(days=30)
    before = question_for(germany, question.pk, day)
    for stance, start in ((Stance.OPPOSE, DAY), (Stance.RESERVE, LATER), (Stance.OPPOSE, day)):
        make_statement(question, italy, stance, start, audience=Audience.CHAIR)
    after = question_for(germany, question.pk, day)
    assert before
    assert after
    assert (after.actors, after.scale, after.line.stands) == (before.actors, before.scale, before.line.stands)
    assert (before.line.hidden, after.line.hidden) == (0, 3)
    hidden = {matrix_for(germany, DAY + timedelta(days=number)).lines[0].hidden for number in range(40)}
    assert hidden == {3}


def test_page_shows_words_as_text_and_links_of_the_web_only(question: Question) -> None:
    words: dict[str, Any] = {"quote": "<script>alert(1)</script>", "moves": "<i>", "link": "https://news.example/1"}
    make_statement(question, make_delegate("IT"), reason="<b>Because</b>", **words)
    content = page(make_delegate("DE"), question)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in content
    assert "&lt;b&gt;Because&lt;/b&gt;" in content
    assert 'href="https://news.example/1" rel="noopener noreferrer nofollow"' in content


def test_contact_is_named_only_to_those_who_may_know_of_it(question: Question) -> None:
    france, moscow = make_delegate("FR"), make_counterpart()
    contact = make_contact(france, audience=Audience.CHAIR)
    make_statement(question, france, Stance.OPPOSE, of=moscow, contact=contact)
    address = reverse("situation:contact", args=[contact.pk])
    germany = make_delegate("DE")
    assert address in page(france, question)
    assert address not in page(germany, question)
    assert "oppose" in page(germany, question)


def test_page_shows_corrections_and_which_words_were_meant(question: Question) -> None:
    italy = make_delegate("IT")
    make_statement_correction(make_statement(question, italy, reason="First word."), italy, Stance.RESERVE)
    reword_question(by=None, question_id=question.pk, names=TITLES, words={**ASKED, "en": "For thirty days?"})
    words = page(italy, question)
    assert words.count("is-corrected") == 1
    assert words.count('">Correct</a>') == 1
    assert "about wording 1" in words
    assert "For thirty days?" in words


def test_stating_from_the_page(question: Question) -> None:
    germany, moscow = make_delegate("DE"), make_counterpart()
    client, address = client_of(germany), reverse("situation:state", args=[question.pk])
    assert client.post(address, SENT)["Location"] == reverse("situation:question", args=[question.pk])
    assert client.post(address, SENT).status_code == 422
    heard = {**SENT, "actor": str(moscow.pk), "stance": "oppose", "quote": "Нет.", "language": "ru"}
    assert client.post(address, heard).status_code == 302
    assert list(Statement.objects.order_by("number").values_list("member", "counterpart", "entered_for")) == [
        ("DE", None, "DE"),
        (None, moscow.pk, "DE"),
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"stance": ""},
        {"stance": "withdrawn"},
        {"actor": "IT"},
        {"actor": "XX"},
        {"reason": " "},
        {"said_on": "soon"},
        {"said_on": "2999-01-01"},
        {"link": "javascript:alert(1)"},
        {"language": "xx"},
        {"audience": "members"},
        {"audience": "members", "named": "XX"},
    ],
)
def test_stating_with_faults_shows_them_and_enters_nothing(question: Question, changes: dict[str, str]) -> None:
    germany = make_delegate("DE")
    answer = client_of(germany).post(reverse("situation:state", args=[question.pk]), {**SENT, **changes})
    assert answer.status_code == 422
    assert not Statement.objects.exists()


def test_secretariat_enters_what_was_said_in_public(question: Question) -> None:
    client, address = client_of(make_secretary()), reverse("situation:state", args=[question.pk])
    assert client.post(address, SENT).status_code == 422
    assert client.post(address, {**SENT, "link": "https://news.example/1"}).status_code == 302
    content = client.get(reverse("situation:question", args=[question.pk])).content.decode()
    assert "Clerk (secretariat)" in content


def test_correcting_from_the_page(question: Question) -> None:
    germany = make_delegate("DE")
    old = make_statement(question, germany, audience=Audience.MEMBERS, named=["IT"])
    client, address = client_of(germany), reverse("situation:correct_statement", args=[old.pk])
    assert 'value="IT"' in client.get(address).content.decode()
    sent = {**SENT, "stance": "withdrawn", "audience": "members", "named": ["IT"]}
    assert client.post(address, sent).status_code == 302
    assert Statement.objects.latest("number").corrects == old
    assert client.post(address, sent).status_code == 422


def test_chair_poses_rewords_closes_and_lists(question: Question) -> None:
    client = client_of(make_secretary())
    sent = {"name_en": "Assets", "words_en": "Use them?", "name_fr": "Avoirs", "words_fr": ""}
    assert client.post(reverse("situation:pose"), sent).status_code == 302
    key = Question.objects.latest("created_at").pk
    assert client.post(reverse("situation:pose"), {"name_en": "No wording"}).status_code == 422
    assert client.post(reverse("situation:reword_question", args=[key]), sent).status_code == 422
    other = {**sent, "words_en": "Use all of them?"}
    assert client.post(reverse("situation:reword_question", args=[key]), other).status_code == 302
    assert client.post(reverse("situation:close_question", args=[key]), {"reason": ""}).status_code == 400
    assert client.post(reverse("situation:close_question", args=[key]), {"reason": "Settled."}).status_code == 302
    assert client.get(reverse("situation:reword_question", args=[key])).status_code == 409
    words = page(make_delegate("DE"), Question.objects.get(pk=key))
    assert "Settled." in words
    assert "Record the position" not in words
    assert client.post(reverse("situation:reopen_question", args=[key])).status_code == 302
    actor = {"name_en": "Geneva", "kind": "mediator", "country": "CH"}
    assert client.post(reverse("situation:add_actor"), actor).status_code == 302
    assert client.post(reverse("situation:add_actor"), actor).status_code == 422
    row = Counterpart.objects.get()
    address = reverse("situation:change_actor", args=[row.pk])
    assert client.post(address, {**actor, "name_fr": "Genève"}).status_code == 302
    assert Counterpart.objects.get().names == {"en": "Geneva", "fr": "Genève"}


@pytest.mark.parametrize("status", [Status.INVITED, Status.LEFT])
def test_a_member_outside_the_coalition_sees_no_question(question: Question, status: Status) -> None:
    make_counterpart()
    poland = make_delegate("PL")
    Member.objects.filter(pk="PL").update(status=status)
    poland = Delegate.objects.select_related("member", "person").get(pk=poland.pk)
    assert matrix_for(poland, DAY).lines == []
    assert question_for(poland, question.pk, DAY) is None
    assert not may_follow(poland, f"question:{question.pk}")


def test_delegates_follow_questions(question: Question) -> None:
    germany = make_delegate("DE")
    assert may_follow(germany, "positions")
    assert may_follow(germany, f"question:{question.pk}")
    assert not may_follow(germany, "question:" + "0" * 32)


def test_htmx_gets_the_fragment_alone(question: Question) -> None:
    client = client_of(make_delegate("DE"))
    for address, name in (
        (reverse("situation:positions"), "positions"),
        (reverse("situation:question", args=[question.pk]), "question"),
    ):
        content = client.get(address, headers={"HX-Request": "true"}).content.decode()
        assert content.strip().startswith(f'<div id="{name}"')
        assert "Record the position" not in content


def test_closed_questions_stand_apart(question: Question) -> None:
    other = make_question("Open one")
    close_question(by=None, question_id=question.pk, reason="Settled.")
    matrix = matrix_for(make_delegate("DE"), DAY)
    assert [line.question for line in matrix.open] == [other]
    assert [line.question for line in matrix.closed] == [question]


@pytest.mark.parametrize("number", [1, 3, 40])
def test_pages_cost_the_same_at_any_length(number: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    make_coalition()
    germany, moscow = make_delegate("DE"), make_counterpart()
    for _ in range(min(number, 3)):
        make_many(make_question(), number, moscow)
    client = client_of(germany)
    last = Question.objects.latest("created_at")
    for address, most in ((reverse("situation:positions"), 8), (reverse("situation:question", args=[last.pk]), 11)):
        client.get(address)
        with django_assert_num_queries(most):
            assert client.get(address).status_code == 200


def make_many(question: Question, number: int, moscow: Counterpart) -> None:
    """Enter many statements, without the record."""
    members, by = ["FR", "GB", "UA", "DE", "IT", None], make_delegate("IT", Capacity.DELEGATE)
    wording = QuestionWording.objects.get(question=question)
    rows: list[Any] = [
        Statement(
            question=question,
            number=place + 1,
            wording=wording,
            member_id=members[place % 6],
            counterpart=None if members[place % 6] else moscow,
            by=by,
            stance=list(Stance)[place % 4],
            said_on=date(2025, 7, 1) - timedelta(days=place),
            reason="As announced.",
            audience=Audience.CHAIR if place % 3 == 2 else Audience.COALITION,
            readers=",FR,GB," if place % 3 == 2 else "",
            at=clock.now(),
        )
        for place in range(number)
    ]
    Statement.objects.bulk_create(rows)
