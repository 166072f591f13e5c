"""The pages of a silence procedure: what each says to whom, before, at and after the deadline."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from concertation.coalition.models import Delegate
from concertation.core import clock
from concertation.core.waiting import Urgency, awaiting
from concertation.meetings.domain.texts import attach_text
from concertation.meetings.queries import conclusions
from concertation.texts.domain.silence import Proposed, agree_under_silence, break_silence, extend_silence
from concertation.texts.domain.texts import create_text
from concertation.texts.enums import Audience
from concertation.texts.models import AdoptedText, AdoptionProcedure
from concertation.texts.tests.factories import TITLES, draft, make_heads, make_proposed, make_silence, make_text
from tests.helpers.meetings import make_open_meeting
from tests.helpers.people import client_of, make_secretary

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
DEADLINE = datetime(2026, 11, 28, 17, tzinfo=UTC)
LOCAL = DEADLINE.replace(tzinfo=None)
SIX_IN_PARIS = {"day": "2026-11-28", "time": "18:00", "zone": "Europe/Paris"}


@pytest.fixture
def heads() -> list[Delegate]:
    return make_heads()


@pytest.fixture
def silence(heads: list[Delegate]) -> Iterator[AdoptionProcedure]:
    with clock.frozen(NOW):
        yield make_silence(local=LOCAL)


def words_of(html: str) -> str:
    """Return what a page says, without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def page(who: Delegate | None, name: str, *args: object) -> str:
    answer = client_of(who).get(reverse(f"texts:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_chair_sees_the_deadline_in_every_capital_before_it_counts(heads: list[Delegate]) -> None:
    text, chair = make_text(), client_of(heads[0])
    address = reverse("texts:start_silence", args=[text.pk])
    with clock.frozen(NOW):
        assert chair.get(address).status_code == 200
        shown = chair.post(address, SIX_IN_PARIS).content.decode()
        assert "18:00 Saturday Paris, Berlin, Rome 17:00 Saturday London 19:00 Saturday Kyiv" in words_of(shown)
        assert not AdoptionProcedure.objects.exists()
        (confirmed,) = re.findall(r'name="confirmed" value="([^"]+)"', shown)
        answer = chair.post(address, {**SIX_IN_PARIS, "confirmed": confirmed})
    assert answer["Location"] == reverse("texts:show", args=[text.pk])
    assert AdoptionProcedure.objects.get().silence.deadline == DEADLINE


def test_another_deadline_than_the_one_shown_is_not_started(heads: list[Delegate]) -> None:
    text, chair = make_text(), client_of(heads[0])
    address = reverse("texts:start_silence", args=[text.pk])
    with clock.frozen(NOW):
        answer = chair.post(address, {**SIX_IN_PARIS, "confirmed": (DEADLINE - timedelta(hours=1)).isoformat()})
    assert (answer.status_code, AdoptionProcedure.objects.count()) == (200, 0)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Give the deadline as a date and a time."),
        ({"day": "soon"}, "Give the deadline as a date and a time."),
        ({"zone": "Europe/Atlantis"}, "Give the deadline as a date and a time."),
        ({"day": "2026-11-24"}, "The deadline must lie at least one minute ahead."),
        ({"day": "2027-11-24"}, "The deadline must lie at most 90 days ahead."),
    ],
)
def test_a_deadline_that_cannot_be_is_said_on_the_form(
    typed: dict[str, str], sentence: str, heads: list[Delegate]
) -> None:
    address = reverse("texts:start_silence", args=[make_text().pk])
    with clock.frozen(NOW):
        answer = client_of(heads[0]).post(address, {**SIX_IN_PARIS, **typed} if typed else {"day": ""})
    assert (answer.status_code, sentence in answer.content.decode()) == (400, True)


def test_a_time_that_comes_twice_is_the_later_one_and_the_page_says_so(heads: list[Delegate]) -> None:
    address = reverse("texts:start_silence", args=[make_text().pk])
    twice = {"day": "2026-10-25", "time": "02:30", "zone": "Europe/Paris"}
    with clock.frozen(datetime(2026, 10, 20, tzinfo=UTC)):
        shown = client_of(heads[0]).post(address, twice).content.decode()
    assert "The later of the two is meant." in shown
    assert 'value="2026-10-25T01:30:00+00:00"' in shown


def test_the_choices_of_the_form_are_shown_like_any_deadline(heads: list[Delegate]) -> None:
    address = reverse("texts:start_silence", args=[make_text().pk])
    with clock.frozen(NOW):
        shown = client_of(heads[0]).post(address, {"zone": "Europe/Paris", "choice": "three"}).content.decode()
    assert f'value="{DEADLINE.isoformat()}"' in shown


def test_the_card_counts_down_and_says_until_when_and_who_agreed(
    silence: AdoptionProcedure, heads: list[Delegate]
) -> None:
    agree_under_silence(by=heads[0], procedure_id=silence.pk)
    shown = page(heads[4], "show", silence.text_id)
    assert '<count-down until="2026-11-28T17:00:00+00:00">' in shown
    said = words_of(shown)
    assert "until Saturday 28 November, 18:00 Paris, Berlin, Rome · 17:00 London · 19:00 Kyiv" in said
    assert "1 agreed 4 silent" in said
    assert "Break silence…" in said
    assert [name in shown for name in ("/silence/extend/", "/withdraw/")] == [False, False]
    assert "Break silence…" not in page(heads[0], "show", silence.text_id), "France has answered"
    chair = page(make_secretary(), "show", silence.text_id)
    assert [name in chair for name in ("/silence/extend/", "/withdraw/", "/silence/break/")] == [True, True, False]


def test_breaking_takes_amendments_from_the_form_and_shows_them(
    silence: AdoptionProcedure, heads: list[Delegate]
) -> None:
    shown = page(heads[4], "show", silence.text_id)
    assert re.findall(r'<option value="([^"]+)"', shown) == ["en:0", "fr:0"] * 3
    answer = client_of(heads[4]).post(
        reverse("texts:break_silence", args=[silence.pk]),
        {
            "reason": "Too <vague>.",
            "paragraph": ["en:0", "fr:0", "fr:0"],
            "words": ["We met in Rome.", "  ", "Réunis à Rome."],
        },
    )
    assert answer.status_code == 302
    said = words_of(page(heads[0], "show", silence.text_id))
    assert "Procedure 1: silence broken" in said
    assert "Italy (head of delegation of IT) broke the silence Too &lt;vague&gt;." in said
    assert "English, paragraph 1 instead of: We met. proposed: We met in Rome." in said
    assert "Français, paragraph 1 instead of: Nous nous sommes réunis. proposed: Réunis à Rome." in said


@pytest.mark.parametrize("place", ["", "en", "en:x", "en:-1", "en:99999999999999999999", "xx:0", "en:7"])
def test_amendments_of_nothing_are_refused(place: str, silence: AdoptionProcedure, heads: list[Delegate]) -> None:
    body = {"reason": "No.", "paragraph": place, "words": "Other words."}
    answer = client_of(heads[4]).post(reverse("texts:break_silence", args=[silence.pk]), body)
    assert (answer.status_code, silence.responses.count()) == (400, 0)


def test_after_the_deadline_every_page_says_adopted_though_nothing_ran(heads: list[Delegate]) -> None:
    with clock.frozen(NOW):
        silence = make_silence(make_text(audience=Audience.PUBLIC), local=LOCAL)
    with clock.frozen(DEADLINE):
        said = words_of(page(heads[4], "show", silence.text_id))
        assert "By silence, which nobody broke. Equally authentic in: English, French" in said
        assert "Break silence" not in said
        assert "Adopted on 28 November 2026, 17:00 UTC" in page(heads[4], "print", silence.text_id)
        listed = words_of(page(heads[4], "list"))
        assert "Adopted Joint statement" in listed
        assert "under silence" not in listed
        sent = client_of(heads[4]).get(reverse("texts:bytes", args=[silence.text_id]))
        assert sent.content.decode() == silence.content
        assert client_of(None).get(reverse("texts:public", args=[silence.text_id])).status_code == 404
        late = client_of(heads[4]).post(reverse("texts:break_silence", args=[silence.pk]), {"reason": "No."})
        assert late.status_code == 409
        assert "The silence ended at 28 November 2026, 17:00 (UTC) without being broken" in late.content.decode()
        extend = client_of(heads[0]).get(reverse("texts:extend_silence", args=[silence.pk]))
        assert extend.status_code == 409
        assert not AdoptedText.objects.exists()


def test_a_meeting_that_closes_after_the_deadline_names_the_text_as_adopted(heads: list[Delegate]) -> None:
    with clock.frozen(NOW):
        silence, later = make_silence(local=LOCAL), make_silence(local=LOCAL + timedelta(days=1))
    with clock.frozen(DEADLINE - timedelta(hours=1)):
        chair = make_secretary()
        meeting = make_open_meeting(by=chair)
        for one in (silence, later):
            attach_text(by=chair.actor, meeting=meeting, text=one.text)
    with clock.frozen(DEADLINE + timedelta(minutes=1)):
        assert [adopted.text_id for adopted in conclusions(meeting).adopted] == [silence.text_id]


def test_extending_shows_the_new_deadline_first_and_refuses_an_earlier_one(
    silence: AdoptionProcedure, heads: list[Delegate]
) -> None:
    chair, address = client_of(heads[0]), reverse("texts:extend_silence", args=[silence.pk])
    later = {"day": "2026-11-29", "time": "17:00", "zone": "UTC"}
    shown = chair.post(address, later).content.decode()
    assert "18:00 Sunday Paris, Berlin, Rome" in words_of(shown)
    (confirmed,) = re.findall(r'name="confirmed" value="([^"]+)"', shown)
    assert chair.post(address, {**later, "confirmed": confirmed}).status_code == 302
    silence.silence.refresh_from_db()
    assert silence.silence.deadline == DEADLINE + timedelta(days=1)
    earlier = chair.post(address, {**later, "day": "2026-11-28"})
    assert (earlier.status_code, "A deadline can only be extended" in earlier.content.decode()) == (400, True)


def test_home_says_how_soon_a_silence_ends_until_one_has_answered(
    silence: AdoptionProcedure, heads: list[Delegate]
) -> None:
    def line(before: timedelta) -> tuple[str, Urgency]:
        with clock.frozen(DEADLINE - before):
            (thing,) = awaiting(heads[4])
        return thing.title.removeprefix("Silence on “Joint statement” "), thing.urgency

    assert line(timedelta(days=3)) == ("ends on 28 November", Urgency.SOON)
    assert line(timedelta(hours=20)) == ("ends tomorrow", Urgency.TODAY)
    assert line(timedelta(hours=10)) == ("ends today", Urgency.TODAY)
    heads[4].person.time_zone = "Europe/Rome"
    assert line(timedelta(hours=2)) == ("ends tonight", Urgency.NOW)
    agree_under_silence(by=heads[4], procedure_id=silence.pk)
    assert awaiting(heads[4]) == []
    with clock.frozen(DEADLINE):
        assert awaiting(heads[3]) == []


@pytest.mark.parametrize("many", [1, 4])
def test_the_page_takes_a_fixed_number_of_queries(
    many: int, silence: AdoptionProcedure, heads: list[Delegate], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    text = silence.text
    chair = make_secretary()
    for number in range(many):
        extend_silence(by=chair, procedure_id=silence.pk, local=LOCAL + timedelta(days=1 + number))
        break_silence(
            by=heads[number], procedure_id=silence.pk, reason="No.", amendments=[Proposed("en", 0, "Yes.")] * many
        )
        silence = make_silence(text, local=LOCAL)
        agree_under_silence(by=heads[0], procedure_id=silence.pk)
    client = client_of(heads[4])
    with django_assert_num_queries(13):
        client.get(reverse("texts:show", args=[text.pk]))


def test_the_list_says_until_when_a_text_is_under_silence(silence: AdoptionProcedure, heads: list[Delegate]) -> None:
    make_proposed()
    listed = page(heads[4], "list")
    assert listed.count("under silence until") == 1
    assert '<time datetime="2026-11-28T17:00:00+00:00">' in listed


def test_a_text_with_one_authentic_language_says_so(heads: list[Delegate]) -> None:
    text = create_text(
        by=make_secretary(), titles=TITLES, languages=["en", "fr"], authentic=["en"], draft=draft("We met.")
    )
    with clock.frozen(NOW):
        silence = make_silence(text, local=LOCAL)
    with clock.frozen(DEADLINE):
        assert "Authentic in: English" in words_of(page(heads[4], "show", silence.text_id))
