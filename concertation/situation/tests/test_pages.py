"""The pages of conditions: what each reader sees, as of which day, and what they cost."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from concertation.coalition.enums import Audience, Capacity, Status
from concertation.coalition.models import Delegate, Member
from concertation.core import clock
from concertation.situation.domain.conditions import retire_condition, reword_condition
from concertation.situation.enums import Verdict
from concertation.situation.models import Assessment, Condition, Wording
from concertation.situation.queries.conditions import condition_for, conditions_for, findings_for
from concertation.situation.tests.factories import (
    DAY,
    NAMES,
    WORDS,
    make_assessment,
    make_condition,
    make_correction,
    make_finding,
)
from concertation.web.topics import may_follow
from tests.helpers.people import client_of, make_coalition, make_delegate, make_member, make_secretary

pytestmark = pytest.mark.django_db
LATER = date(2025, 7, 5)
SENT = {
    "voice": "member",
    "verdict": "broken",
    "valid_from": "2025-07-05",
    "evidence": "Shelling at night.",
    "link": "",
    "audience": "coalition",
}


@pytest.fixture
def condition() -> Condition:
    """A condition of the five members."""
    make_coalition()
    return make_condition()


def page(reader: Delegate, condition: Condition | None = None, at: str = "", *, is_whole: bool = True) -> str:
    """Return the words that `reader` sees, of the list without a condition; not the form, if not the whole page."""
    address = reverse("situation:condition", args=[condition.pk]) if condition else reverse("situation:list")
    headers = {} if is_whole else {"HX-Request": "true"}
    answer = client_of(reader).get(address, {"at": at} if at else {}, headers=headers)
    assert answer.status_code == 200
    words = re.sub(r"<[^>]+>", " ", answer.content.decode().split("<main", 1)[-1])
    return " ".join(words.split())


def test_lists_are_empty_with_a_word_about_what_comes() -> None:
    make_coalition()
    assert "Define the first one" in page(make_secretary())
    assert "When the chair defines one" in page(make_delegate("DE"))


def test_unassessed_condition_is_unknown_and_not_unmet(condition: Condition) -> None:
    germany = make_delegate("DE")
    assert "Ceasefire in force Nobody has assessed it yet. unknown no finding" in page(germany)
    assert "the state is unknown" in page(germany, condition)


def test_list_shows_finding_since_and_last_evidence(condition: Condition) -> None:
    make_finding(condition, Verdict.CLAIMED, DAY, evidence="Both sides say so.")
    make_finding(condition, Verdict.VERIFIED, LATER, evidence="Observers saw it.")
    make_assessment(condition, make_delegate("IT"), Verdict.BROKEN, DAY, evidence="One night.")
    words = page(make_delegate("DE"))
    assert "Ceasefire in force The coalition · 5 July 2025: Observers saw it." in words
    assert "Members: 1 broken voices differ verified since 5 July 2025" in words
    assert "partial" not in words


def test_page_as_of_a_day(condition: Condition) -> None:
    make_finding(condition, Verdict.CLAIMED, DAY)
    make_finding(condition, Verdict.VERIFIED, LATER)
    germany = make_delegate("DE")
    assert "Ceasefire in force verified The coalition’s finding since 5 July 2025" in page(germany, condition)
    then = page(germany, condition, "2025-07-04")
    assert "As of 4 July 2025, by what is known today. Ceasefire in force claimed" in then
    assert "The coalition’s finding since 1 July 2025" in then
    assert "the state is unknown" in page(germany, condition, "2025-06-30")
    assert "unknown no finding" in page(germany, at="2025-06-30")


@pytest.mark.parametrize("at", ["yesterday", "2025-02-30", "1999-12-31", "2025-07-12", "9999-99-99"])
def test_day_that_cannot_be_is_refused(condition: Condition, at: str) -> None:
    client = client_of(make_delegate("DE"))
    with clock.frozen(datetime(2025, 7, 10, 13, tzinfo=UTC)):
        for address in (reverse("situation:list"), reverse("situation:condition", args=[condition.pk])):
            answer = client.get(address, {"at": at})
            assert answer.status_code == 400
            assert b"Give a day from the year 2000 on" in answer.content


def test_restricted_assessment_shows_nowhere_to_others(condition: Condition) -> None:
    make_finding(condition, Verdict.VERIFIED, DAY)
    make_assessment(condition, make_delegate("IT"), Verdict.VERIFIED, DAY)
    secret = "Told in confidence."
    italy = Delegate.objects.get(member="IT")
    make_assessment(condition, italy, Verdict.BROKEN, LATER, audience=Audience.CHAIR, evidence=secret)
    make_assessment(
        condition, make_delegate("UA"), Verdict.NOT_MET, LATER, audience=Audience.MEMBERS, named=["IT"], evidence=secret
    )
    germany = make_delegate("DE")
    for words in (page(germany), page(germany, condition, is_whole=False)):
        assert "partial: 2 assessments are not for you" in words
        for leak in (secret, "broken", "voices differ", "5 July 2025", "Ukraine"):
            assert leak not in words
    seen = {code: page(make_delegate(code, Capacity.DELEGATE), condition).count(secret) for code in ("FR", "IT", "UA")}
    assert seen == {"FR": 1, "IT": 2, "UA": 1}
    assert "partial: 1 assessment is not for you" in page(Delegate.objects.get(member="FR"), condition)
    assert "partial" not in page(make_secretary(), condition)


def test_what_is_hidden_is_the_same_number_on_every_day(condition: Condition) -> None:
    make_assessment(condition, make_delegate("IT"), Verdict.BROKEN, LATER, audience=Audience.CHAIR)
    germany = make_delegate("DE")
    days = [DAY + timedelta(days=number) for number in range(10)]
    assert {conditions_for(germany, day)[0].hidden for day in days} == {1}
    sheets = [condition_for(germany, condition.pk, day) for day in days]
    assert {(sheet.line.hidden, tuple(sheet.voices)) for sheet in sheets if sheet} == {(1, ())}


def test_hidden_entries_move_nothing_that_a_reader_sees(condition: Condition) -> None:
    germany, italy = make_delegate("DE"), make_delegate("IT")
    make_assessment(condition, italy, Verdict.VERIFIED, LATER)
    day = LATER + timedelta(days=30)
    before = condition_for(germany, condition.pk, day)
    for verdict, start in ((Verdict.BROKEN, DAY), (Verdict.NOT_MET, LATER), (Verdict.CLAIMED, day)):
        make_assessment(condition, italy, verdict, start, audience=Audience.CHAIR)
    after = condition_for(germany, condition.pk, day)
    assert before
    assert after
    assert (after.voices, after.scale, after.line.opinions) == (before.voices, before.scale, before.line.opinions)
    assert (before.line.hidden, after.line.hidden) == (0, 3)


@pytest.mark.parametrize("status", [Status.INVITED, Status.LEFT])
def test_a_member_outside_the_coalition_sees_no_condition(condition: Condition, status: Status) -> None:
    poland = make_delegate("PL")
    Member.objects.filter(pk="PL").update(status=status)
    poland = Delegate.objects.select_related("member", "person").get(pk=poland.pk)
    assert conditions_for(poland, DAY) == []
    assert condition_for(poland, condition.pk, DAY) is None
    assert not may_follow(poland, f"condition:{condition.pk}")
    if status == Status.INVITED:
        address = reverse("situation:condition", args=[condition.pk])
        assert client_of(poland).get(address).status_code == 404


def test_delegates_follow_conditions(condition: Condition) -> None:
    germany = make_delegate("DE")
    assert may_follow(germany, "conditions")
    assert may_follow(germany, f"condition:{condition.pk}")
    assert not may_follow(germany, "condition:" + "0" * 32)


def test_page_shows_corrections_beside_what_they_correct(condition: Condition) -> None:
    italy = make_delegate("IT")
    make_correction(make_assessment(condition, italy, evidence="First word."), italy, Verdict.BROKEN)
    address = reverse("situation:condition", args=[condition.pk])
    content = client_of(italy).get(address).content.decode()
    assert content.count("is-corrected") == 1
    assert content.count('">Correct</a>') == 1
    assert '">Correct</a>' not in client_of(make_delegate("DE")).get(address).content.decode()


def test_page_says_which_words_were_assessed(condition: Condition) -> None:
    make_assessment(condition, make_delegate("IT"))
    other = {"en": "Fire has ceased for seven days.", "fr": "Le feu a cessé depuis sept jours."}
    reword_condition(by=None, condition_id=condition.pk, names=NAMES, words=other)
    words = page(make_delegate("DE"), condition)
    assert "about wording 1" in words
    assert other["en"] in words
    assert WORDS["en"] in words


def test_assessing_from_the_page(condition: Condition) -> None:
    germany = make_delegate("DE")
    address = reverse("situation:assess", args=[condition.pk])
    answer = client_of(germany).post(address, SENT)
    assert (answer.status_code, answer["Location"]) == (302, reverse("situation:condition", args=[condition.pk]))
    assert Assessment.objects.get().member_id == "DE"
    again = client_of(germany).post(address, SENT)
    assert again.status_code == 422
    assert "There is an assessment from this day" in again.content.decode()
    assert Assessment.objects.count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"verdict": ""},
        {"verdict": "withdrawn"},
        {"voice": "coalition"},
        {"evidence": " "},
        {"valid_from": "soon"},
        {"link": "javascript:alert(1)"},
        {"audience": "members"},
        {"audience": "members", "named": "XX"},
        {"audience": "everybody"},
    ],
)
def test_assessing_with_faults_shows_them_and_enters_nothing(condition: Condition, changes: dict[str, str]) -> None:
    germany = make_delegate("DE")
    answer = client_of(germany).post(reverse("situation:assess", args=[condition.pk]), {**SENT, **changes})
    assert answer.status_code == 422
    assert not Assessment.objects.exists()


def test_co_chair_chooses_for_whom_it_speaks(condition: Condition) -> None:
    client = client_of(make_delegate("FR"))
    address = reverse("situation:assess", args=[condition.pk])
    assert client.post(address, {**SENT, "voice": "coalition", "audience": "chair"}).status_code == 422
    assert client.post(address, {**SENT, "voice": "coalition"}).status_code == 302
    assert client.post(address, SENT).status_code == 302
    assert [row.member_id for row in Assessment.objects.all()] == [None, "FR"]


def test_secretariat_records_a_finding(condition: Condition) -> None:
    clerk = make_secretary()
    sent = {key: value for key, value in SENT.items() if key != "audience"}
    address = reverse("situation:assess", args=[condition.pk])
    assert client_of(clerk).post(address, {**sent, "voice": "coalition"}).status_code == 302
    assert Assessment.objects.get().by == clerk


def test_correcting_from_the_page(condition: Condition) -> None:
    germany = make_delegate("DE")
    old = make_assessment(condition, germany, audience=Audience.MEMBERS, named=["IT"])
    address = reverse("situation:correct", args=[old.pk])
    client = client_of(germany)
    form = client.get(address).content.decode()
    assert 'value="IT" checked' in " ".join(form.split()) or 'value="IT" id="id_named_3" checked' in form
    sent = {**SENT, "verdict": "withdrawn", "audience": "members", "named": ["IT"]}
    assert client.post(address, sent).status_code == 302
    assert Assessment.objects.latest("number").corrects == old
    assert client.post(address, sent).status_code == 422


def test_chair_defines_rewords_and_retires(condition: Condition) -> None:
    client = client_of(make_secretary())
    sent = {"name_en": "Mandate given", "words_en": "A mandate is given.", "name_fr": "Mandat donné", "words_fr": ""}
    made = client.post(reverse("situation:define"), sent)
    assert made.status_code == 302
    key = Condition.objects.latest("created_at").pk
    assert client.post(reverse("situation:define"), {"name_en": "No wording"}).status_code == 422
    assert client.post(reverse("situation:reword", args=[key]), sent).status_code == 422
    assert client.post(reverse("situation:reword", args=[key]), {**sent, "words_en": "By treaty."}).status_code == 302
    assert client.post(reverse("situation:retire", args=[key]), {"reason": "Given."}).status_code == 302
    assert client.get(reverse("situation:reword", args=[key])).status_code == 409
    words = page(make_delegate("DE"), Condition.objects.get(pk=key))
    assert "Retired on" in words
    assert "Given." in words
    assert "Record the assessment" not in words


def test_htmx_gets_the_fragment_alone(condition: Condition) -> None:
    client = client_of(make_delegate("DE"))
    for address, name in ((reverse("situation:list"), "conditions"), (page_of(condition), "condition")):
        content = client.get(address, headers={"HX-Request": "true"}).content.decode()
        assert content.strip().startswith(f'<div id="{name}"')
        assert "Record the assessment" not in content


def page_of(condition: Condition) -> str:
    """Return the address of a condition."""
    return reverse("situation:condition", args=[condition.pk])


def test_french_is_complete(condition: Condition) -> None:
    make_finding(condition)
    client = client_of(make_delegate("DE"))
    client.cookies["django_language"] = "fr"
    content = client.get(page_of(condition)).content.decode()
    assert "Cessez-le-feu en vigueur" in content
    assert "Constat de la coalition depuis le 1er juillet 2025" in content


def test_conditions_keep_the_order_in_which_they_were_defined() -> None:
    make_coalition()
    names = [f"Condition {number}" for number in range(12)]
    first, *_ = [make_condition(name) for name in names]
    germany = make_delegate("DE")
    assert [line.condition.name for line in conditions_for(germany, DAY)] == names
    assert [condition.name for condition, _found in findings_for(germany)] == names
    retire_condition(by=None, condition_id=first.pk)
    assert [line.condition.name for line in conditions_for(germany, DAY)] == [*names[1:], names[0]]
    assert [condition.name for condition, _found in findings_for(germany)] == names[1:]


@pytest.mark.parametrize("number", [1, 3, 60])
def test_the_list_costs_the_same_at_any_length(number: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    make_coalition()
    germany = make_delegate("DE")
    for _ in range(number):
        condition = make_condition()
        make_many(condition, number)
    client = client_of(germany)
    client.get(reverse("situation:list"))
    with django_assert_num_queries(6):
        assert client.get(reverse("situation:list")).status_code == 200


@pytest.mark.parametrize("number", [1, 3, 300])
def test_a_condition_costs_the_same_at_any_length(
    condition: Condition, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_many(condition, number)
    client = client_of(make_delegate("FR"))
    client.get(page_of(condition))
    with django_assert_num_queries(9):
        assert client.get(page_of(condition)).status_code == 200


def make_many(condition: Condition, number: int) -> None:
    """Assess `condition` many times, without the record."""
    members, by = ["FR", "GB", "UA", "DE", "IT"], make_delegate("IT", Capacity.DELEGATE)
    wording = Wording.objects.get(condition=condition)
    Assessment.objects.bulk_create(
        Assessment(
            condition=condition,
            number=place + 1,
            wording=wording,
            member_id=members[place % 5],
            by=by,
            verdict=list(Verdict)[place % 4],
            valid_from=DAY - timedelta(days=place),
            evidence="As announced.",
            audience=Audience.CHAIR if place % 3 == 2 else Audience.COALITION,
            readers=",FR,GB," if place % 3 == 2 else "",
            at=clock.now(),
        )
        for place in range(number)
    )


def test_fragment_costs_less_than_the_page(condition: Condition) -> None:
    client = client_of(make_delegate("DE"))
    make_member("PL", status=Status.OBSERVER)
    client.get(page_of(condition))
    with CaptureQueriesContext(connection) as queries:
        client.get(page_of(condition), headers={"HX-Request": "true"})
    assert len(queries) == 6
