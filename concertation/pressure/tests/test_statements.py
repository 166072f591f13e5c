"""Saying what a member applies, coding it for one, correcting either."""

import json
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from concertation.coalition.enums import Audience, Capacity, Status
from concertation.coalition.errors import UnknownReaders
from concertation.coalition.models import Delegate, Member
from concertation.core import clock
from concertation.core.errors import BadDay, BadLink, NotAllowed, TooLong
from concertation.pressure.domain.measures import retire_measure
from concertation.pressure.domain.statements import Word, code_application, correct_statement, state_application
from concertation.pressure.enums import Origin, Stance
from concertation.pressure.errors import (
    AlreadyCorrected,
    AlreadySaid,
    NarrowerAudience,
    NoSuchMeasure,
    NoSuchStatement,
    OnlyCorrects,
    ReferenceMissing,
    Retired,
    SourceMissing,
    UnknownMember,
    UnknownStance,
)
from concertation.pressure.models import Measure, Statement
from concertation.pressure.tests.factories import DAY, make_coding, make_correction, make_measure, make_statement, word
from concertation.record.models import Entry, Restricted
from tests.helpers.people import make_coalition, make_delegate, make_member, make_secretary
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db
LINK = "https://gazette.example/1"


@pytest.fixture
def measure() -> Measure:
    """A measure of the five members, with Poland observing."""
    make_coalition()
    make_member("PL", status=Status.OBSERVER)
    return make_measure()


def seen_by(delegate: Delegate) -> list[str]:
    """Return the references that `delegate` may read."""
    return list(Statement.objects.visible_to(delegate).values_list("reference", flat=True))


def test_state_application_enters_one_entry(measure: Measure) -> None:
    germany = make_delegate("DE", Capacity.DELEGATE)
    said = word(Stance.PREPARED, DAY, " Bill 7. \r\n", f" {LINK} ")
    with assert_write("measure.stated", "measures", f"measure:{measure.pk}"):
        made = state_application(by=germany, measure_id=measure.pk, word=said)
    row = Statement.objects.get()
    assert (row.member_id, row.by, row.origin, row.stance) == ("DE", germany, Origin.OWN, Stance.PREPARED)
    assert (row.valid_from, row.reference, row.link, row.number, row.readers) == (DAY, "Bill 7.", LINK, 1, "")
    assert Entry.objects.latest("sequence").content["data"] == {
        "names": measure.names,
        "voice": "DE",
        "shared_with": "coalition",
        "readers": [],
        "statement": str(made.pk),
        "told_from": "own",
        "applied": "prepared",
        "valid_from": "2025-07-01",
        "reference": "Bill 7.",
        "link": LINK,
        "corrects": None,
    }


@pytest.mark.parametrize(
    ("code", "capacity"),
    [("DE", Capacity.INTERPRETER), ("DE", Capacity.OBSERVER), ("PL", Capacity.HEAD), ("PL", Capacity.OBSERVER)],
)
def test_who_does_not_speak_for_a_member_states_nothing(measure: Measure, code: str, capacity: Capacity) -> None:
    by = make_delegate(code, capacity)
    assert_refused(NotAllowed, lambda: make_statement(measure, by))


def test_a_member_states_only_for_itself(measure: Measure) -> None:
    made = make_statement(measure, make_delegate("DE"), member="IT")
    assert made.member_id == "DE"
    france, said = make_delegate("FR"), word(link=LINK)
    assert_refused(NotAllowed, lambda: code_application(by=france, measure_id=measure.pk, word=said, member="IT"))


def test_the_secretariat_codes_from_a_public_source_and_states_nothing(measure: Measure) -> None:
    clerk = make_secretary()
    assert_refused(NotAllowed, lambda: make_statement(measure, clerk, member="DE"))
    with assert_write("measure.coded", "measures", f"measure:{measure.pk}"):
        made = code_application(by=clerk, measure_id=measure.pk, word=word(link=LINK), member="DE")
    assert (made.origin, made.member_id, made.by, made.audience) == (Origin.CODED, "DE", clerk, Audience.COALITION)
    assert_refused(SourceMissing, lambda: code_application(by=clerk, measure_id=measure.pk, word=word(), member="DE"))


@pytest.mark.parametrize("code", ["XX", "PL", "", "de"])
def test_nothing_is_coded_for_who_is_no_member_or_partner(measure: Measure, code: str) -> None:
    clerk = make_secretary()
    said = word(link=LINK)
    assert_refused(UnknownMember, lambda: code_application(by=clerk, measure_id=measure.pk, word=said, member=code))


def test_restricted_statement_is_sealed_for_its_readers(measure: Measure) -> None:
    germany = make_delegate("DE")
    make_statement(measure, germany, audience=Audience.MEMBERS, named=["IT"], reference="Secret bill.")
    entry = Entry.objects.latest("sequence")
    assert entry.content["data"] == {}
    assert "Secret" not in entry.leaf
    assert "Oil" not in entry.leaf
    assert Restricted.objects.get(entry=entry).audience == ",DE,IT,"
    readers = {code: seen_by(make_delegate(code, Capacity.DELEGATE)) for code in ("FR", "DE", "IT", "UA", "PL")}
    assert readers == {"FR": [], "DE": ["Secret bill."], "IT": ["Secret bill."], "UA": [], "PL": []}
    assert seen_by(make_secretary()) == ["Secret bill."]


def test_correction_takes_the_place_and_keeps_the_old_row(measure: Measure) -> None:
    germany, colleague = make_delegate("DE"), make_delegate("DE", Capacity.DELEGATE)
    old = make_statement(measure, germany)
    with assert_write("measure.statement_corrected", "measures", f"measure:{measure.pk}"):
        new = make_correction(old, colleague, Stance.PREPARED)
    assert [row.stance for row in Statement.objects.all()] == ["applies", "prepared"]
    assert list(Statement.objects.standing()) == [new]
    assert_refused(AlreadyCorrected, lambda: make_correction(old, germany))
    assert make_correction(new, germany, Stance.WITHDRAWN).corrects == new
    assert make_statement(measure, germany).number == 4


def test_correction_by_others_is_refused(measure: Measure) -> None:
    own, coded = make_statement(measure, make_delegate("DE")), make_coding(measure, "DE", day=date(2025, 6, 1))
    clerk = make_secretary()
    france, germany = make_delegate("FR"), Delegate.objects.get(member="DE")
    for by in (france, make_delegate("IT"), clerk):
        assert_refused(NotAllowed, lambda by=by: make_correction(own, by))  # type: ignore[misc]
    for by in (france, germany):
        assert_refused(NotAllowed, lambda by=by: make_correction(coded, by))  # type: ignore[misc]
    assert_refused(SourceMissing, lambda: make_correction(coded, clerk))
    with assert_write("measure.coding_corrected", "measures", f"measure:{measure.pk}"):
        correct_statement(by=clerk, statement_id=coded.pk, word=word(Stance.NOT, link=LINK))


def test_correction_of_what_one_may_not_read_tells_nothing(measure: Measure) -> None:
    secret = make_statement(measure, make_delegate("DE"), audience=Audience.CHAIR)
    italy = make_delegate("IT")
    assert_refused(NoSuchStatement, lambda: make_correction(secret, italy))
    assert_refused(NoSuchStatement, lambda: correct_statement(by=italy, statement_id=uuid4(), word=word()))


def test_whoever_read_a_statement_reads_its_correction(measure: Measure) -> None:
    germany = make_delegate("DE")
    open_one = make_statement(measure, germany)
    assert_refused(
        NarrowerAudience,
        lambda: correct_statement(by=germany, statement_id=open_one.pk, word=word(), audience=Audience.CHAIR),
    )
    named = make_statement(measure, germany, audience=Audience.MEMBERS, named=["IT"])
    wider = correct_statement(
        by=germany, statement_id=named.pk, word=word(Stance.NOT), audience=Audience.MEMBERS, named=["UA"]
    )
    assert wider.reader_codes == ["DE", "IT", "UA"]


def test_one_voice_says_one_thing_to_one_audience_from_one_day(measure: Measure) -> None:
    germany = make_delegate("DE")
    make_statement(measure, germany)
    assert_refused(AlreadySaid, lambda: make_statement(measure, germany, Stance.NOT))
    make_statement(measure, make_delegate("IT"))
    make_statement(measure, germany, Stance.NOT, audience=Audience.CHAIR)
    make_coding(measure, "DE", Stance.NOT)
    assert_refused(AlreadySaid, lambda: make_coding(measure, "DE"))
    later = make_statement(measure, germany, Stance.NOT, date(2025, 7, 2))
    assert_refused(AlreadySaid, lambda: make_correction(later, germany, Stance.NOT, DAY))


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ReferenceMissing, word(reference=" \n ")),
        (TooLong, word(reference="x" * 1_001)),
        (TooLong, word(link="https://x.example/" + "x" * 600)),
        (BadLink, word(link="javascript:alert(1)")),
        (BadLink, word(link="data:text/html,x")),
        (BadLink, word(link="https://x.example/a b")),
        (BadDay, word(day=date(1999, 12, 31))),
        (BadDay, word(day=date(2025, 7, 12))),
        (OnlyCorrects, word(Stance.WITHDRAWN)),
        (UnknownStance, Word("perhaps", DAY, "x")),  # type: ignore[arg-type]
    ],
)
def test_bad_input_is_refused(measure: Measure, error: type[Exception], said: Word) -> None:
    germany = make_delegate("DE")
    with clock.frozen(datetime(2025, 7, 10, 13, tzinfo=UTC)):
        assert_refused(error, lambda: state_application(by=germany, measure_id=measure.pk, word=said))
    assert not Statement.objects.exists()
    measure.refresh_from_db()
    assert measure.entries == 0


def test_unknown_and_retired_measures_take_no_statement(measure: Measure) -> None:
    germany = make_delegate("DE")
    assert_refused(NoSuchMeasure, lambda: state_application(by=germany, measure_id=uuid4(), word=word()))
    made = make_statement(measure, germany)
    retire_measure(by=None, measure_id=measure.pk)
    assert_refused(Retired, lambda: make_statement(measure, germany, day=date(2025, 7, 2)))
    assert_refused(Retired, lambda: make_correction(made, germany))


@pytest.mark.parametrize("named", [[], ["XX"], ["IT", "XX"], ["LV"]])
def test_named_readers_belong_to_the_coalition(measure: Measure, named: list[str]) -> None:
    make_member("LV", status=Status.INVITED)
    germany = make_delegate("DE")
    assert_refused(UnknownReaders, lambda: make_statement(measure, germany, audience=Audience.MEMBERS, named=named))


def test_a_member_that_left_states_and_reads_nothing_any_more(measure: Measure) -> None:
    make_statement(measure, make_delegate("DE"))
    Member.objects.filter(pk="IT").update(status=Status.LEFT)
    italy = make_delegate("IT", Capacity.DELEGATE)
    assert seen_by(italy) == []
    assert_refused(NotAllowed, lambda: make_statement(measure, italy))


def test_record_says_what_was_done_to_who_may_know(measure: Measure) -> None:
    germany = make_delegate("DE")
    make_statement(measure, germany, Stance.NOT)
    make_statement(measure, germany, Stance.PREPARED, audience=Audience.CHAIR)
    make_coding(measure, "IT")
    *_, of_germany, sealed, coded = Entry.objects.order_by("sequence")
    assert of_germany.sentence == "stated for Germany of the measure “Oil price cap”: does not apply"
    assert sealed.sentence == "stated for … of the measure “…”: …"
    sealed.opened = json.loads(Restricted.objects.get(entry=sealed).content)
    assert sealed.sentence == "stated for Germany of the measure “Oil price cap”: prepared"
    assert coded.sentence == "coded for Italy, of the measure “Oil price cap”: applies"
    with translation.override("fr"):
        expected = "a déclaré sur la mesure «\u00a0Plafond du prix du pétrole\u00a0» (Allemagne)\u00a0: n’applique pas"
        assert of_germany.sentence == expected


def test_the_database_refuses_to_change_a_statement(measure: Measure) -> None:
    made = make_statement(measure, make_delegate("DE"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Statement.objects.filter(pk=made.pk).update(stance=Stance.NOT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Statement.objects.filter(pk=made.pk).delete()
    assert Statement.objects.get().stance == Stance.APPLIES
