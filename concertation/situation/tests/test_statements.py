"""Taking a position, entering what others said, correcting either."""

from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from concertation.coalition.enums import Audience, Capacity, Status
from concertation.coalition.errors import UnknownReaders
from concertation.coalition.models import Delegate, Member
from concertation.core import clock
from concertation.core.errors import BadDay, BadLink, NotAllowed, TooLong
from concertation.record.models import Entry, Restricted
from concertation.situation.domain.statements import Position, correct_statement, state_position
from concertation.situation.enums import Stance
from concertation.situation.errors import (
    AlreadySaid,
    FewerReaders,
    NoSuchActor,
    NoSuchContact,
    NoSuchQuestion,
    NoSuchStatement,
    NothingSaid,
    SourceMissing,
    StatementCorrected,
    StatementMissing,
    UnknownLanguage,
)
from concertation.situation.models import Question, Statement
from concertation.situation.tests.factories import DAY
from concertation.situation.tests.watching import (
    make_contact,
    make_counterpart,
    make_question,
    make_statement,
    make_statement_correction,
    position,
)
from tests.helpers.people import make_coalition, make_delegate, make_member, make_secretary
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db
LINK = "https://news.example/1"


@pytest.fixture
def question() -> Question:
    """A question of the five members, with Poland observing."""
    make_coalition()
    make_member("PL", status=Status.OBSERVER)
    return make_question()


def seen_by(delegate: Delegate) -> list[str]:
    """Return the reasons that `delegate` may read."""
    return list(Statement.objects.visible_to(delegate).values_list("reason", flat=True))


def test_state_position_enters_one_entry(question: Question) -> None:
    germany = make_delegate("DE", Capacity.DELEGATE)
    said = Position(Stance.TOLERATE, DAY, " We can. ", "en", "If \r\nall do.", "A date.", f" {LINK} ")
    with assert_write("question.position_stated", "positions", f"question:{question.pk}"):
        made = state_position(by=germany, question_id=question.pk, position=said)
    row = Statement.objects.get()
    assert (row.member_id, row.counterpart, row.by, row.entered_for_id) == ("DE", None, germany, "DE")
    assert (row.quote, row.reason, row.moves, row.link) == ("We can.", "If \nall do.", "A date.", LINK)
    assert Entry.objects.latest("sequence").content["data"] == {
        "names": question.wording.names,
        "statement": str(made.pk),
        "speaker": {"en": "Germany", "fr": "Allemagne"},
        "actor": "DE",
        "entered_for": "DE",
        "wording": 1,
        "stance": "tolerate",
        "said_on": "2025-07-01",
        "quote": "We can.",
        "language": "en",
        "reason": "If \nall do.",
        "moves": "A date.",
        "link": LINK,
        "contact": None,
        "corrects": None,
        "shared_with": "coalition",
        "readers": [],
    }


def test_what_somebody_outside_said_is_entered_by_any_delegation(question: Question) -> None:
    moscow, italy = make_counterpart(), make_delegate("IT")
    made = make_statement(question, italy, Stance.OPPOSE, of=moscow, quote="No.", language="ru", link=LINK)
    assert (made.member_id, made.counterpart, made.entered_for_id) == (None, moscow, "IT")
    entry = Entry.objects.latest("sequence")
    assert entry.sentence == "entered a position on “Unconditional ceasefire” of Moscow: oppose"


def test_the_secretariat_enters_what_a_member_said_in_public(question: Question) -> None:
    clerk = make_secretary()
    made = make_statement(question, clerk, member="DE", link=LINK)
    assert (made.member_id, made.entered_for_id, made.by) == ("DE", None, clerk)
    assert_refused(SourceMissing, lambda: make_statement(question, clerk, member="IT"))
    assert_refused(
        SourceMissing, lambda: make_statement(question, clerk, member="IT", link=LINK, audience=Audience.CHAIR)
    )
    assert_refused(NotAllowed, lambda: make_statement(question, clerk))
    assert_refused(NoSuchActor, lambda: make_statement(question, clerk, member="PL", link=LINK))


@pytest.mark.parametrize(
    ("code", "capacity"), [("DE", Capacity.INTERPRETER), ("DE", Capacity.OBSERVER), ("PL", Capacity.HEAD)]
)
def test_who_does_not_speak_for_a_member_states_nothing(question: Question, code: str, capacity: Capacity) -> None:
    by, moscow = make_delegate(code, capacity), make_counterpart()
    assert_refused(NotAllowed, lambda: make_statement(question, by))
    assert_refused(NotAllowed, lambda: make_statement(question, by, of=moscow))


def test_nobody_speaks_for_another_member(question: Question) -> None:
    chair = make_delegate("FR")
    assert_refused(NotAllowed, lambda: make_statement(question, chair, member="DE", link=LINK))


def test_restricted_statement_is_sealed_for_its_readers(question: Question) -> None:
    germany = make_delegate("DE")
    make_statement(question, germany, audience=Audience.MEMBERS, named=["IT"], reason="Secret reason.")
    entry = Entry.objects.latest("sequence")
    assert entry.content["data"] == {}
    assert "Secret" not in entry.leaf
    assert Restricted.objects.get(entry=entry).audience == ",DE,IT,"
    readers = {code: seen_by(make_delegate(code, Capacity.DELEGATE)) for code in ("FR", "DE", "IT", "UA", "PL")}
    told = ["Secret reason."]
    assert readers == {"FR": [], "DE": told, "IT": told, "UA": [], "PL": []}
    assert seen_by(make_secretary()) == told


def test_what_the_secretariat_keeps_for_the_chair_is_sealed(question: Question) -> None:
    clerk, moscow = make_secretary(), make_counterpart()
    make_statement(question, clerk, of=moscow, audience=Audience.CHAIR, reason="Heard in confidence.")
    entry = Entry.objects.latest("sequence")
    assert entry.content["data"] == {}
    assert Restricted.objects.get(entry=entry).audience == ",FR,GB,"
    readers = {code: seen_by(make_delegate(code)) for code in ("FR", "DE")}
    assert readers == {"FR": ["Heard in confidence."], "DE": []}


def test_without_a_chair_what_is_for_the_chair_stays_sealed(question: Question) -> None:
    clerk, moscow = make_secretary(), make_counterpart()
    Member.objects.update(is_co_chair=False)
    make_statement(question, clerk, of=moscow, audience=Audience.CHAIR, reason="Heard in confidence.")
    assert Entry.objects.latest("sequence").content["data"] == {}
    assert seen_by(make_delegate("FR")) == []


def test_correction_takes_the_place_and_keeps_the_old_row(question: Question) -> None:
    germany, colleague = make_delegate("DE"), make_delegate("DE", Capacity.DELEGATE)
    old = make_statement(question, germany)
    with assert_write("question.position_corrected", "positions", f"question:{question.pk}"):
        new = make_statement_correction(old, colleague, Stance.RESERVE)
    assert (new.corrects, new.stance, new.entered_for_id) == (old, "reserve", "DE")
    assert Statement.objects.filter(pk=old.pk, stance="support").exists()
    assert list(Statement.objects.standing()) == [new]
    assert_refused(StatementCorrected, lambda: make_statement_correction(old, germany, Stance.OPPOSE))
    make_statement_correction(new, germany, Stance.WITHDRAWN)


def test_correction_reaches_whoever_read_the_old_one(question: Question) -> None:
    germany = make_delegate("DE")
    public = make_statement(question, germany)
    assert_refused(
        FewerReaders,
        lambda: correct_statement(
            by=germany, statement_id=public.pk, position=position(Stance.OPPOSE), audience=Audience.CHAIR
        ),
    )
    kept = make_statement(question, germany, audience=Audience.MEMBERS, named=["IT"], reason="For Rome.")
    new = correct_statement(
        by=germany, statement_id=kept.pk, position=position(Stance.OPPOSE), audience=Audience.MEMBERS, named=["UA"]
    )
    assert new.reader_codes == ["DE", "IT", "UA"]


def test_who_corrects(question: Question) -> None:
    germany, italy, france = make_delegate("DE"), make_delegate("IT"), make_delegate("FR")
    clerk, moscow = make_secretary(), make_counterpart()
    of_germany = make_statement(question, germany)
    heard = make_statement(question, italy, of=moscow)
    loaded = make_statement(question, None, of=moscow, reason="From a file.")
    public = make_statement(question, clerk, member="UA", link=LINK)
    for statement, by in (
        (of_germany, italy),
        (of_germany, clerk),
        (heard, germany),
        (loaded, france),
        (public, italy),
    ):
        assert_refused(NotAllowed, partial(make_statement_correction, statement, by))
    make_statement_correction(public, make_delegate("UA"))
    make_statement_correction(loaded, clerk)
    make_statement_correction(heard, italy)


def test_hidden_statement_is_not_there_for_others(question: Question) -> None:
    kept = make_statement(question, make_delegate("DE"), audience=Audience.CHAIR)
    italy = make_delegate("IT")
    assert_refused(NoSuchStatement, lambda: make_statement_correction(kept, italy))
    assert_refused(NoSuchStatement, lambda: correct_statement(by=italy, statement_id=uuid4(), position=position()))


def test_the_same_is_not_entered_twice(question: Question) -> None:
    germany = make_delegate("DE")
    make_statement(question, germany)
    assert_refused(AlreadySaid, lambda: make_statement(question, germany))
    make_statement(question, germany, Stance.RESERVE)
    make_statement(question, germany, audience=Audience.CHAIR)
    assert Statement.objects.count() == 3


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (NothingSaid, position(reason=" \u200b")),
        (TooLong, position(reason="x" * 4_001)),
        (TooLong, position(link="https://x.example/" + "x" * 600)),
        (BadLink, position(link="javascript:alert(1)")),
        (BadLink, position(link="data:text/html,x")),
        (BadDay, position(day=date(1999, 12, 31))),
        (UnknownLanguage, position(language="xx")),
        (StatementMissing, position(Stance.WITHDRAWN)),
    ],
)
def test_bad_positions(question: Question, error: type[Exception], said: Position) -> None:
    germany = make_delegate("DE")
    assert_refused(error, lambda: state_position(by=germany, question_id=question.pk, position=said))


def test_no_day_ahead(question: Question) -> None:
    germany = make_delegate("DE")
    with clock.frozen(datetime(2025, 7, 1, 9, tzinfo=UTC)):
        make_statement(question, germany, day=DAY)
        assert_refused(BadDay, lambda: make_statement(question, germany, day=DAY + timedelta(days=1)))


def test_unknown_things(question: Question) -> None:
    germany, moscow = make_delegate("DE"), make_counterpart()
    said = position()
    refused: list[tuple[type[Exception], dict[str, Any]]] = [
        (NoSuchQuestion, {"question_id": uuid4()}),
        (NoSuchActor, {"question_id": question.pk, "counterpart_id": uuid4()}),
        (NoSuchContact, {"question_id": question.pk, "counterpart_id": moscow.pk, "contact_id": uuid4()}),
        (UnknownReaders, {"question_id": question.pk, "audience": Audience.MEMBERS, "named": ["XX"]}),
    ]
    for error, facts in refused:
        assert_refused(error, partial(state_position, by=germany, position=said, **facts))


def test_statement_heard_in_a_contact(question: Question) -> None:
    moscow, geneva, france = make_counterpart(), make_counterpart("Geneva", "CH"), make_delegate("FR")
    contact = make_contact(france, DAY, moscow.pk, audience=Audience.CHAIR)
    with assert_write("question.position_stated", "positions", f"question:{question.pk}", f"contact:{contact.pk}"):
        made = make_statement(question, france, Stance.OPPOSE, of=moscow, contact=contact)
    assert made.contact == contact
    assert Entry.objects.latest("sequence").content["data"]["contact"] is None
    assert str(contact.pk) not in Entry.objects.latest("sequence").leaf
    assert_refused(NoSuchActor, lambda: make_statement(question, france, of=geneva, contact=contact))
    italy = make_delegate("IT")
    assert_refused(NoSuchContact, lambda: make_statement(question, italy, of=moscow, contact=contact))


def test_the_database_refuses_to_change_a_statement(question: Question) -> None:
    make_statement(question, make_delegate("DE"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Statement.objects.update(stance="oppose")
    with pytest.raises(IntegrityError), transaction.atomic():
        Statement.objects.all().delete()


def test_loader_states_for_a_member(question: Question) -> None:
    made = make_statement(question, None, member="DE", audience=Audience.CHAIR)
    assert (made.by, made.member_id, made.reader_codes) == (None, "DE", ["DE", "FR", "GB"])
