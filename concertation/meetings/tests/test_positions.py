"""Positions before a meeting: asked, answered, put on the agenda and turned into a first draft."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from concertation.coalition.enums import Audience, Capacity
from concertation.coalition.models import Delegate
from concertation.core import clock
from concertation.core.errors import NotAllowed
from concertation.core.waiting import Waiting
from concertation.exchange.steps.texts import current_bodies
from concertation.meetings.domain.questions import (
    answer_question,
    ask_positions,
    draft_from_positions,
    put_question_on_agenda,
    withdraw_question,
)
from concertation.meetings.domain.reminding import send_due_reminders
from concertation.meetings.domain.schedule import cancel_meeting
from concertation.meetings.errors import (
    DeadlineOutOfBounds,
    MeetingNotScheduled,
    MeetingOver,
    NotAsked,
    NothingAsked,
    NothingToDraft,
    OnAgenda,
)
from concertation.meetings.models import Meeting, MeetingQuestion, MeetingText
from concertation.meetings.question_queries import asked_for
from concertation.meetings.waiting_positions import awaiting_positions
from concertation.record.events import Actor
from concertation.record.models import Entry
from concertation.situation.domain.questions import close_question
from concertation.situation.enums import Stance
from concertation.situation.models import Question, Statement
from concertation.situation.tests.watching import ASKED, make_question, make_statement, position
from concertation.texts.enums import Audience as TextAudience
from concertation.texts.models import Text
from tests.helpers.meetings import START, make_meeting, make_open_meeting
from tests.helpers.people import client_of, make_coalition, make_delegate, make_secretary
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db
DUE = START - timedelta(hours=24)
ASKED_ON = START - timedelta(days=5)
EVERYBODY = ("FR", "GB", "UA", "DE", "IT")


@pytest.fixture(autouse=True)
def _three_days_before() -> Iterator[None]:
    with clock.frozen(START - timedelta(days=3)):
        yield


@pytest.fixture
def clerk() -> Delegate:
    """The secretariat of the five members."""
    make_coalition()
    return make_secretary()


def make_asked(clerk: Delegate, *questions: Question, members: tuple[str, ...] = EVERYBODY) -> Meeting:
    """Return a meeting before which the questions are asked."""
    with clock.frozen(ASKED_ON):
        meeting = make_meeting(members=members)
        ask_positions(by=clerk, meeting=meeting, questions=[row.pk for row in questions], due_at=DUE)
    return meeting


def answered(
    by: Delegate,
    meeting: Meeting,
    stance: Stance = Stance.SUPPORT,
    reason: str = "As agreed.",
    audience: Audience = Audience.COALITION,
    **more: str,
) -> Statement:
    """Answer the first question of a meeting four days before it."""
    asked = MeetingQuestion.objects.asked().filter(meeting=meeting)[0]
    with clock.frozen(START - timedelta(days=4)):
        said = position(stance, clock.now().date(), reason, **more)
        return answer_question(by=by, meeting=meeting, asked_id=asked.pk, position=said, audience=audience)


def waits(delegate: Delegate) -> list[Waiting]:
    """Return what waits for a delegate."""
    return list(awaiting_positions(Delegate.objects.select_related("member", "person").get(pk=delegate.pk)))


def test_ask_positions_tells_those_who_are_invited(clerk: Delegate) -> None:
    germany, italy = make_delegate("DE"), make_delegate("IT")
    first, second = make_question(), make_question("Forces before a ceasefire")
    with clock.frozen(ASKED_ON):
        meeting = make_meeting(members=["FR", "DE"])
        topics = [f"meeting:{meeting.pk}", "coalition", f"delegate:{germany.pk}", f"delegate:{clerk.pk}"]
        with assert_write("meeting.positions_asked", *topics):
            ask_positions(by=clerk, meeting=meeting, questions=[first.pk, second.pk], due_at=DUE)
    assert Entry.objects.latest("sequence").content["data"] == {}
    (thing,) = waits(germany)
    assert thing.title == "Leaders’ meeting: where do you stand?"
    assert thing.detail.startswith("2 questions · until 9 July 2027")
    assert thing.url == reverse("meetings:positions", args=[meeting.pk])
    assert waits(italy) == []
    assert waits(clerk) == []


def test_who_may_not_ask_and_what_cannot_be_asked(clerk: Delegate) -> None:
    question, germany = make_question(), make_delegate("DE")
    closed = make_question("Closed")
    close_question(by=None, question_id=closed.pk, reason="Settled.")
    with clock.frozen(ASKED_ON):
        meeting, opened = make_meeting(), make_open_meeting(by=clerk)

        def ask(by: Delegate = clerk, of: Meeting = meeting, key: object = question.pk, due_at: object = DUE) -> object:
            return ask_positions(by=by, meeting=of, questions=[key], due_at=due_at)  # type: ignore[list-item, arg-type]

        assert_refused(NotAllowed, lambda: ask(by=germany))
        assert_refused(MeetingNotScheduled, lambda: ask(of=opened))
        assert_refused(NothingAsked, lambda: ask(key=closed.pk))
        assert_refused(NothingAsked, lambda: ask(key=uuid4()))
        assert_refused(DeadlineOutOfBounds, lambda: ask(due_at=ASKED_ON))
        assert_refused(DeadlineOutOfBounds, lambda: ask(due_at=START + timedelta(minutes=1)))
        ask()
        assert_refused(NothingAsked, ask)
        cancel_meeting(by=Actor.system(), meeting=meeting, reason="")
        assert_refused(MeetingOver, ask)


def test_co_chair_asks_too(clerk: Delegate) -> None:
    chair, question = make_delegate("GB", Capacity.DELEGATE), make_question()
    with clock.frozen(ASKED_ON):
        ask_positions(by=chair, meeting=make_meeting(), questions=[question.pk], due_at=DUE)
    assert MeetingQuestion.objects.get().asked_by == chair


def test_answer_waits_no_more_and_can_be_given_anew(clerk: Delegate) -> None:
    germany, colleague, question = make_delegate("DE"), make_delegate("DE", Capacity.DELEGATE), make_question()
    with clock.frozen(ASKED_ON - timedelta(days=9)):
        make_statement(question, germany, Stance.OPPOSE)
    meeting = make_asked(clerk, question)
    assert [len(waits(one)) for one in (germany, colleague)] == [1, 1]
    topics = ["positions", f"question:{question.pk}", f"meeting:{meeting.pk}"]
    with assert_write("question.position_stated", *topics, f"delegate:{germany.pk}", f"delegate:{colleague.pk}"):
        answered(colleague, meeting, Stance.RESERVE, moves="A mandate.")
    assert [len(waits(one)) for one in (germany, colleague)] == [0, 0]
    answered(germany, meeting, Stance.TOLERATE)
    (row,) = asked_for(germany, meeting)
    assert row.own
    assert row.own.holding
    assert (row.own.holding.stance, len(row.line.answers), len(row.line.open)) == ("tolerate", 1, 4)


def test_what_is_said_after_the_meeting_is_no_answer_to_it(clerk: Delegate) -> None:
    germany, question = make_delegate("DE"), make_question()
    meeting = make_asked(clerk, question)
    answered(germany, meeting, Stance.SUPPORT)
    Meeting.objects.filter(pk=meeting.pk).update(opened_at=START, closed_at=START + timedelta(hours=1))
    with clock.frozen(START + timedelta(days=3)):
        make_statement(question, germany, Stance.OPPOSE, START.date() + timedelta(days=2))
        meeting.refresh_from_db()
        (row,) = asked_for(germany, meeting)
        asked = MeetingQuestion.objects.get()
        late = partial(answer_question, by=germany, meeting=meeting, asked_id=asked.pk, position=position())
        assert_refused(MeetingOver, late)
        assert waits(germany) == []
    assert row.own
    assert row.own.holding
    assert row.own.holding.stance == "support"


def test_who_may_not_answer(clerk: Delegate) -> None:
    meeting = make_asked(clerk, make_question(), members=("FR", "DE"))
    italy, interpreter = make_delegate("IT"), make_delegate("DE", Capacity.INTERPRETER)
    for by in (italy, interpreter, clerk):
        assert_refused(NotAllowed, partial(answered, by, meeting))
    germany = make_delegate("DE")
    said = position()
    assert_refused(NotAsked, lambda: answer_question(by=germany, meeting=meeting, asked_id=uuid4(), position=said))


def test_answer_for_the_chair_alone_is_for_the_chair_alone(clerk: Delegate) -> None:
    france, germany, italy = make_delegate("FR"), make_delegate("DE"), make_delegate("IT")
    meeting = make_asked(clerk, make_question())
    answered(germany, meeting, Stance.SUPPORT)
    answered(italy, meeting, Stance.OPPOSE, "Secret reason.", Audience.CHAIR)
    seen = {}
    for reader in (france, clerk, italy, germany):
        (row,) = asked_for(reader, meeting)
        stances = {stand.party.key: stand.holding.stance for stand in row.line.answers if stand.holding}
        seen[reader.member_id] = (stances, row.line.distance, row.line.line.hidden)
    both = {"DE": "support", "IT": "oppose"}
    assert seen == {
        "FR": (both, 3, 0),
        None: (both, 3, 0),
        "IT": (both, 3, 0),
        "DE": ({"DE": "support"}, 0, 1),
    }
    address = reverse("meetings:positions", args=[meeting.pk])
    of_germany, of_france = (client_of(one).get(address).content.decode() for one in (germany, france))
    assert "partial: 1 statement is not for you" in of_germany
    assert "Secret reason." not in of_germany
    assert "partial" not in of_france
    assert "Secret reason." in of_france


def test_withdraw_question(clerk: Delegate) -> None:
    germany, question = make_delegate("DE"), make_question()
    meeting = make_asked(clerk, question)
    asked = MeetingQuestion.objects.get()
    assert_refused(NotAllowed, lambda: withdraw_question(by=germany, meeting=meeting, asked_id=asked.pk))
    topics = [f"meeting:{meeting.pk}", "coalition", f"delegate:{germany.pk}", f"delegate:{clerk.pk}"]
    with assert_write("meeting.question_withdrawn", *topics):
        withdraw_question(by=clerk, meeting=meeting, asked_id=asked.pk)
    assert waits(germany) == []
    assert_refused(NotAsked, lambda: withdraw_question(by=clerk, meeting=meeting, asked_id=asked.pk))
    with clock.frozen(ASKED_ON):
        ask_positions(by=clerk, meeting=meeting, questions=[question.pk], due_at=DUE)
    assert MeetingQuestion.objects.count() == 2


def test_question_goes_on_the_agenda_once(clerk: Delegate) -> None:
    meeting, chair = make_asked(clerk, make_question()), make_delegate("FR")
    asked = MeetingQuestion.objects.get()
    assert_refused(NotAllowed, lambda: put_question_on_agenda(by=chair, meeting=meeting, asked_id=asked.pk))
    with assert_write("agenda.item_added", f"meeting:{meeting.pk}"):
        item = put_question_on_agenda(by=clerk, meeting=meeting, asked_id=asked.pk)
    assert (item.title, item.position) == ("Unconditional ceasefire", 3)
    assert MeetingQuestion.objects.get().item == item
    assert_refused(OnAgenda, lambda: put_question_on_agenda(by=clerk, meeting=meeting, asked_id=asked.pk))


def test_first_draft_holds_what_the_coalition_may_read_and_nothing_else(clerk: Delegate) -> None:
    france, germany, italy, ukraine = (make_delegate(code) for code in ("FR", "DE", "IT", "UA"))
    meeting = make_asked(clerk, make_question())
    answered(germany, meeting, Stance.RESERVE, "A mandate\nis needed.")
    answered(ukraine, meeting, Stance.SUPPORT, "At once.")
    answered(ukraine, meeting, Stance.OPPOSE, "Secret change of mind.", Audience.CHAIR)
    answered(italy, meeting, Stance.OPPOSE, "Secret reason.", Audience.CHAIR)
    before = Entry.objects.count()
    text = draft_from_positions(by=clerk, meeting=meeting)
    assert list(Entry.objects.order_by("sequence").values_list("action", flat=True))[before:] == [
        "text.created",
        "meeting.text_attached",
    ]
    assert (text.titles["en"], text.audience) == ("First draft: Leaders’ meeting", TextAudience.COALITION)
    assert MeetingText.objects.get().text == text
    assert body_of_version(text, "en") == [
        "## Unconditional ceasefire",
        f"1. {ASKED['en']}",
        "**Ukraine (support):** At once.",
        "**Germany (reserve):** A mandate is needed.",
    ]
    assert body_of_version(text, "fr")[1] == f"1. {ASKED['fr']}"
    assert "Secret" not in "".join(Entry.objects.values_list("leaf", flat=True))
    assert_refused(NothingToDraft, lambda: draft_from_positions(by=clerk, meeting=meeting))
    assert_refused(NotAllowed, lambda: draft_from_positions(by=france, meeting=meeting))


def body_of_version(text: Text, language: str) -> list[str]:
    """Return the blocks of a version as markup."""
    return [line for line in current_bodies(text)[language].split("\n") if line]


def test_draft_of_a_meeting_of_some_is_for_them(clerk: Delegate) -> None:
    meeting = make_asked(clerk, make_question(), members=("FR", "DE"))
    text = draft_from_positions(by=clerk, meeting=meeting)
    assert text.audience == TextAudience.MEMBERS
    assert sorted(text.members.values_list("pk", flat=True)) == ["DE", "FR"]


def test_reminder_a_day_before_to_those_who_owe_an_answer(clerk: Delegate) -> None:
    germany, italy = make_delegate("DE"), make_delegate("IT")
    meeting = make_asked(clerk, make_question())
    answered(germany, meeting)
    with clock.frozen(DUE - timedelta(hours=25)):
        assert send_due_reminders() == (0, 0)
    with clock.frozen(DUE - timedelta(hours=23)):
        assert send_due_reminders() == (1, 0)
        assert send_due_reminders() == (0, 0)
    (message,) = mail.outbox
    assert message.to == [italy.person.email]
    assert message.subject == "Positions due: Leaders’ meeting"
    assert "ceasefire" not in message.body
    assert reverse("meetings:positions", args=[meeting.pk]) in message.body


def test_pages_ask_and_answer(clerk: Delegate) -> None:
    germany, question = make_delegate("DE"), make_question()
    with clock.frozen(ASKED_ON):
        meeting = make_meeting()
        chair = client_of(clerk)
        page = reverse("meetings:positions", args=[meeting.pk])
        sent = {"questions": [str(question.pk)], "day": "2027-07-09", "time": "12:00"}
        ask = reverse("meetings:ask_positions", args=[meeting.pk])
        assert "Ask the delegations" in chair.get(page).content.decode()
        assert chair.post(ask, {**sent, "day": "2030-07-09"}).status_code == 422
        assert chair.post(ask, {**sent, "questions": []}).status_code == 422
        assert chair.post(ask, sent).status_code == 302
        asked = MeetingQuestion.objects.get()
        assert asked.due_at.isoformat() == "2027-07-09T10:00:00+00:00"
        address = reverse("meetings:answer_position", args=[meeting.pk, asked.pk])
        client = client_of(germany)
        answer = {"stance": "reserve", "reason": "<b>Why</b>", "said_on": "2027-07-05", "audience": "coalition"}
        assert client.get(address).status_code == 200
        assert client.post(address, {**answer, "reason": ""}).status_code == 422
        assert client.post(address, {**answer, "said_on": "2027-07-20"}).status_code == 422
        assert client.post(address, answer).status_code == 302
        content = client.get(page).content.decode()
        assert "&lt;b&gt;Why&lt;/b&gt;" in content
        assert "Answer anew" in content
        assert chair.post(reverse("meetings:put_on_agenda", args=[meeting.pk, asked.pk])).status_code == 302
        made = chair.post(reverse("meetings:draft_positions", args=[meeting.pk]))
        assert made["Location"] == reverse("texts:show", args=[Text.objects.get().pk])


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_at_any_length(
    clerk: Delegate, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    germany = make_delegate("DE")
    meeting = make_asked(clerk, *(make_question(f"Question {n}") for n in range(number)))
    for by in (germany, make_delegate("IT"))[:number]:
        answered(by, meeting)
    client = client_of(germany)
    address = reverse("meetings:positions", args=[meeting.pk])
    client.get(address)
    with django_assert_num_queries(9):
        assert client.get(address).status_code == 200
