"""Assessing a condition, recording a finding, correcting either."""

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
from concertation.record.models import Entry, Restricted
from concertation.situation.domain.assessments import assess_condition, correct_assessment, record_finding
from concertation.situation.domain.conditions import retire_condition
from concertation.situation.enums import Verdict
from concertation.situation.errors import (
    AlreadyAssessed,
    AlreadyCorrected,
    EvidenceMissing,
    NarrowerAudience,
    NoSuchAssessment,
    NoSuchCondition,
    OnlyCorrects,
    Retired,
)
from concertation.situation.models import Assessment, Condition
from concertation.situation.tests.factories import (
    DAY,
    judgement,
    make_assessment,
    make_condition,
    make_correction,
    make_finding,
)
from tests.helpers.people import make_coalition, make_delegate, make_member, make_secretary
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db


@pytest.fixture
def condition() -> Condition:
    """A condition of the five members, with Poland observing."""
    make_coalition()
    make_member("PL", status=Status.OBSERVER)
    return make_condition()


def seen_by(delegate: Delegate) -> list[str]:
    """Return the evidence that `delegate` may read."""
    return list(Assessment.objects.visible_to(delegate).values_list("evidence", flat=True))


def test_assess_condition_enters_one_entry(condition: Condition) -> None:
    germany = make_delegate("DE", Capacity.DELEGATE)
    said = judgement(Verdict.CLAIMED, DAY, " As announced. \r\n", " https://news.example/1 ")
    with assert_write("condition.assessed", "conditions", f"condition:{condition.pk}"):
        made = assess_condition(by=germany, condition_id=condition.pk, judgement=said)
    row = Assessment.objects.get()
    assert (row.member_id, row.by, row.verdict, row.valid_from) == ("DE", germany, "claimed", DAY)
    assert (row.evidence, row.link, row.number, row.readers) == ("As announced.", "https://news.example/1", 1, "")
    assert Entry.objects.latest("sequence").content["data"] == {
        "names": condition.wording.names,
        "voice": "DE",
        "shared_with": "coalition",
        "readers": [],
        "assessment": str(made.pk),
        "wording": 1,
        "verdict": "claimed",
        "valid_from": "2025-07-01",
        "evidence": "As announced.",
        "link": "https://news.example/1",
        "corrects": None,
    }


def test_record_finding_is_for_the_whole_coalition(condition: Condition) -> None:
    chair = make_delegate("GB", Capacity.DELEGATE)
    with assert_write("condition.found", "conditions", f"condition:{condition.pk}"):
        record_finding(by=chair, condition_id=condition.pk, judgement=judgement(Verdict.VERIFIED))
    row = Assessment.objects.get()
    assert (row.member, row.by, row.audience) == (None, chair, Audience.COALITION)


@pytest.mark.parametrize(
    ("code", "capacity"),
    [("DE", Capacity.HEAD), ("FR", Capacity.INTERPRETER), ("PL", Capacity.OBSERVER)],
)
def test_only_the_chair_records_a_finding(condition: Condition, code: str, capacity: Capacity) -> None:
    by = make_delegate(code, capacity)
    assert_refused(NotAllowed, lambda: record_finding(by=by, condition_id=condition.pk, judgement=judgement()))


@pytest.mark.parametrize(
    ("code", "capacity"), [("DE", Capacity.INTERPRETER), ("DE", Capacity.OBSERVER), ("PL", Capacity.HEAD)]
)
def test_who_does_not_speak_for_a_member_assesses_nothing(condition: Condition, code: str, capacity: Capacity) -> None:
    by = make_delegate(code, capacity)
    assert_refused(NotAllowed, lambda: make_assessment(condition, by))


def test_the_secretariat_assesses_for_no_member(condition: Condition) -> None:
    clerk = make_secretary()
    assert_refused(NotAllowed, lambda: make_assessment(condition, clerk))
    assert_refused(NotAllowed, lambda: make_assessment(condition, clerk, member="DE"))


def test_restricted_assessment_is_sealed_for_its_readers(condition: Condition) -> None:
    germany = make_delegate("DE")
    make_assessment(condition, germany, audience=Audience.MEMBERS, named=["IT"], evidence="Secret paper.")
    entry = Entry.objects.latest("sequence")
    assert entry.content["data"] == {}
    assert "Secret" not in entry.leaf
    assert "Ceasefire" not in entry.leaf
    assert Restricted.objects.get(entry=entry).audience == ",DE,IT,"
    readers = {code: seen_by(make_delegate(code, Capacity.DELEGATE)) for code in ("FR", "DE", "IT", "UA", "PL")}
    assert readers == {"FR": [], "DE": ["Secret paper."], "IT": ["Secret paper."], "UA": [], "PL": []}
    assert seen_by(make_secretary()) == ["Secret paper."]


def test_what_is_told_to_the_chair_stays_with_those_who_presided(condition: Condition) -> None:
    make_assessment(condition, make_delegate("DE"), audience=Audience.CHAIR, evidence="For the chair.")
    Member.objects.filter(pk="GB").update(is_co_chair=False)
    Member.objects.filter(pk="IT").update(is_co_chair=True)
    readers = {code: seen_by(make_delegate(code, Capacity.DELEGATE)) for code in ("FR", "GB", "IT", "DE", "UA")}
    told = ["For the chair."]
    assert readers == {"FR": told, "GB": told, "IT": [], "DE": told, "UA": []}


@pytest.mark.parametrize("status", [Status.INVITED, Status.LEFT])
def test_a_member_that_left_reads_nothing_any_more(condition: Condition, status: Status) -> None:
    make_assessment(condition, make_delegate("DE"))
    make_assessment(condition, make_delegate("UA"), audience=Audience.MEMBERS, named=["IT"])
    Member.objects.filter(pk="IT").update(status=status)
    italy = make_delegate("IT", Capacity.DELEGATE)
    assert seen_by(italy) == []
    assert not Condition.objects.visible_to(italy).exists()
    assert_refused(NotAllowed, lambda: make_assessment(condition, italy))


def test_correction_takes_the_place_and_keeps_the_old_row(condition: Condition) -> None:
    germany, colleague = make_delegate("DE"), make_delegate("DE", Capacity.DELEGATE)
    old = make_assessment(condition, germany, Verdict.VERIFIED)
    with assert_write("condition.assessment_corrected", "conditions", f"condition:{condition.pk}"):
        new = make_correction(old, colleague, Verdict.BROKEN)
    assert [row.verdict for row in Assessment.objects.all()] == ["verified", "broken"]
    assert list(Assessment.objects.standing()) == [new]
    assert_refused(AlreadyCorrected, lambda: make_correction(old, germany))
    assert make_correction(new, germany, Verdict.CLAIMED).corrects == new


def test_correction_by_others_is_refused(condition: Condition) -> None:
    of_germany = make_assessment(condition, make_delegate("DE"))
    finding = make_finding(condition)
    france, italy, clerk = make_delegate("FR"), make_delegate("IT"), make_secretary()
    for by in (france, italy, clerk):
        assert_refused(NotAllowed, lambda by=by: make_correction(of_germany, by))  # type: ignore[misc]
    assert_refused(NotAllowed, lambda: make_correction(finding, italy))
    with assert_write("condition.finding_corrected", "conditions", f"condition:{condition.pk}"):
        make_correction(finding, clerk)


def test_correction_of_what_one_may_not_read_tells_nothing(condition: Condition) -> None:
    secret = make_assessment(condition, make_delegate("DE"), audience=Audience.CHAIR)
    italy = make_delegate("IT")
    assert_refused(NoSuchAssessment, lambda: make_correction(secret, italy))
    assert_refused(NoSuchAssessment, lambda: correct_assessment(by=italy, assessment_id=uuid4(), judgement=judgement()))


def test_whoever_read_an_assessment_reads_its_correction(condition: Condition) -> None:
    germany = make_delegate("DE")
    public = make_assessment(condition, germany)
    assert_refused(
        NarrowerAudience,
        lambda: correct_assessment(by=germany, assessment_id=public.pk, judgement=judgement(), audience=Audience.CHAIR),
    )
    named = make_assessment(condition, germany, audience=Audience.MEMBERS, named=["IT"])
    wider = correct_assessment(
        by=germany,
        assessment_id=named.pk,
        judgement=judgement(Verdict.BROKEN),
        audience=Audience.MEMBERS,
        named=["UA"],
    )
    assert wider.reader_codes == ["DE", "IT", "UA"]
    opened = correct_assessment(
        by=germany,
        assessment_id=wider.pk,
        judgement=judgement(Verdict.BROKEN, date(2025, 7, 2)),
        audience=Audience.COALITION,
    )
    assert (opened.audience, opened.readers) == (Audience.COALITION, "")


def test_withdrawal_only_corrects(condition: Condition) -> None:
    germany = make_delegate("DE")
    assert_refused(OnlyCorrects, lambda: make_assessment(condition, germany, Verdict.WITHDRAWN))
    made = make_assessment(condition, germany)
    make_correction(made, germany, Verdict.WITHDRAWN)
    assert make_assessment(condition, germany).number == 3


def test_one_voice_says_one_thing_to_one_audience_from_one_day(condition: Condition) -> None:
    germany, italy = make_delegate("DE"), make_delegate("IT")
    first = make_assessment(condition, germany)
    assert_refused(AlreadyAssessed, lambda: make_assessment(condition, germany, Verdict.BROKEN))
    make_assessment(condition, italy)
    make_assessment(condition, germany, Verdict.BROKEN, audience=Audience.CHAIR)
    later = make_assessment(condition, germany, Verdict.BROKEN, date(2025, 7, 2))
    assert_refused(AlreadyAssessed, lambda: make_correction(later, germany, Verdict.BROKEN, first.valid_from))


@pytest.mark.parametrize(
    ("error", "changes"),
    [
        (EvidenceMissing, {"evidence": " \n "}),
        (TooLong, {"evidence": "x" * 4_001}),
        (TooLong, {"link": "https://x.example/" + "x" * 600}),
        (BadLink, {"link": "javascript:alert(1)"}),
        (BadLink, {"link": "https:///nowhere"}),
        (BadLink, {"link": "http://[bad"}),
        (BadLink, {"link": "https://x.example/a b"}),
        (BadDay, {"day": date(1999, 12, 31)}),
        (BadDay, {"day": date(2025, 7, 12)}),
    ],
)
def test_assess_condition_refuses_bad_input(
    condition: Condition, error: type[Exception], changes: dict[str, object]
) -> None:
    germany = make_delegate("DE")
    with clock.frozen(datetime(2025, 7, 10, 13, tzinfo=UTC)):
        said = judgement(**changes)  # type: ignore[arg-type]
        assert_refused(error, lambda: assess_condition(by=germany, condition_id=condition.pk, judgement=said))
    assert not Assessment.objects.exists()


def test_unknown_condition_is_not_assessed(condition: Condition) -> None:
    germany = make_delegate("DE")
    assert_refused(NoSuchCondition, lambda: assess_condition(by=germany, condition_id=uuid4(), judgement=judgement()))


def test_a_day_that_has_begun_somewhere_can_be_assessed(condition: Condition) -> None:
    with clock.frozen(datetime(2025, 7, 10, 13, tzinfo=UTC)):
        assert make_assessment(condition, make_delegate("DE"), day=date(2025, 7, 11)).number == 1


@pytest.mark.parametrize("named", [[], ["XX"], ["IT", "XX"], ["LV"]])
def test_named_readers_belong_to_the_coalition(condition: Condition, named: list[str]) -> None:
    make_member("LV", status=Status.INVITED)
    germany = make_delegate("DE")
    assert_refused(UnknownReaders, lambda: make_assessment(condition, germany, audience=Audience.MEMBERS, named=named))


def test_retired_condition_is_assessed_no_more(condition: Condition) -> None:
    germany, clerk = make_delegate("DE"), make_secretary()
    made = make_assessment(condition, germany)
    retire_condition(by=clerk, condition_id=condition.pk)
    assert_refused(Retired, lambda: make_assessment(condition, germany, day=date(2025, 7, 2)))
    assert_refused(Retired, lambda: make_finding(condition))
    assert_refused(Retired, lambda: make_correction(made, germany))


def test_record_says_what_was_done_to_who_may_know(condition: Condition) -> None:
    germany = make_delegate("DE")
    make_assessment(condition, germany, Verdict.BROKEN)
    make_assessment(condition, germany, Verdict.CLAIMED, audience=Audience.CHAIR)
    make_finding(condition, Verdict.NOT_MET)
    *_, of_germany, sealed, finding = Entry.objects.order_by("sequence")
    assert of_germany.sentence == "assessed the condition “Ceasefire in force” for Germany: broken"
    assert sealed.sentence == "assessed the condition “…” for …: …"
    sealed.opened = json.loads(Restricted.objects.get(entry=sealed).content)
    assert sealed.sentence == "assessed the condition “Ceasefire in force” for Germany: claimed"
    assert finding.sentence == "recorded the coalition’s finding on the condition “Ceasefire in force”: not met"
    with translation.override("fr"):
        named = "«\u00a0Cessez-le-feu en vigueur\u00a0»"
        assert of_germany.sentence == f"a apprécié la condition {named} (Allemagne)\u00a0: rompue"


def test_the_database_refuses_to_change_an_assessment(condition: Condition) -> None:
    made = make_assessment(condition, make_delegate("DE"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Assessment.objects.filter(pk=made.pk).update(verdict=Verdict.VERIFIED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Assessment.objects.filter(pk=made.pk).delete()
    assert Assessment.objects.get().verdict == Verdict.CLAIMED
