"""The secretariat's forms: scheduling, changing, cancelling, the agenda and the texts."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from concertation.coalition.models import Delegate
from concertation.meetings.domain.texts import attach_text
from concertation.meetings.models import AgendaItem, Meeting, MeetingText
from concertation.record.events import Actor
from concertation.texts.domain.texts import create_text
from concertation.texts.enums import Audience
from concertation.texts.models import Text
from tests.helpers.meetings import START, make_meeting, make_open_meeting
from tests.helpers.people import client_of, make_coalition, make_delegate, make_secretary, make_visitors

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
FORM = {
    "words_en": "Leaders’ meeting",
    "words_fr": "Réunion des dirigeants",
    "level": "leaders",
    "day": "2027-07-10",
    "start": "15:00",
    "zone": "Europe/Paris",
    "minutes": "90",
    "languages": ["en", "fr"],
    "members": ["FR", "DE"],
}
ITEM = {"words_en": "Support", "words_fr": "Soutien", "minutes": "20", "lead": "UA"}


@pytest.fixture
def clerk() -> Delegate:
    make_coalition()
    return make_secretary()


def make_text(title: str, *members: str) -> Text:
    return create_text(
        by=make_secretary(),
        titles={"en": title},
        languages=["en"],
        audience=Audience.MEMBERS if members else Audience.COALITION,
        members=members,
    )


def test_schedule_form_makes_a_meeting_and_leads_to_its_agenda(clerk: Delegate) -> None:
    response = client_of(clerk).post(reverse("meetings:schedule"), FORM)
    meeting = Meeting.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"/meetings/{meeting.pk}/agenda/")
    assert meeting.starts_at == datetime(2027, 7, 10, 13, tzinfo=UTC)
    assert set(meeting.invitations.values_list("member", flat=True)) == {"FR", "DE"}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"words_en": "", "words_fr": " "}, "Write it in at least one language."),
        ({"day": "2027-02-30"}, "Enter a valid date."),
        ({"day": "1999-01-01"}, "This time does not exist."),
        ({"zone": "Europe/Atlantis"}, "Select a valid choice."),
        ({"minutes": "0"}, "greater than or equal to 1"),
        ({"members": []}, "This field is required."),
        ({"members": ["XX"]}, "Select a valid choice."),
        ({"languages": []}, "This field is required."),
        ({"day": "2027-03-28", "start": "02:30"}, "The clocks change in this zone at that hour."),
        ({"day": "2027-10-31", "start": "02:30"}, "The clocks change in this zone at that hour."),
    ],
)
def test_schedule_form_says_what_is_wrong(clerk: Delegate, changes: dict[str, object], sentence: str) -> None:
    response = client_of(clerk).post(reverse("meetings:schedule"), {**FORM, **changes})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Meeting.objects.exists()


def test_edit_form_begins_with_what_there_is_and_keeps_other_languages(clerk: Delegate) -> None:
    meeting = make_meeting(titles={"en": "Talks", "uk": "Переговори"})
    page = reverse("meetings:edit", args=[meeting.pk])
    content = client_of(clerk).get(page).content.decode()
    assert 'value="Talks"' in content
    assert 'value="2027-07-10"' in content
    assert 'value="15:00"' in content
    assert client_of(clerk).post(page, FORM).status_code == 302
    meeting.refresh_from_db()
    assert meeting.titles == {"en": "Leaders’ meeting", "fr": "Réunion des dirigeants", "uk": "Переговори"}
    assert meeting.sequence == 1
    response = client_of(clerk).post(page, FORM)
    assert (response.status_code, "Nothing was changed." in response.content.decode()) == (422, True)


def test_cancelled_and_open_meetings_are_not_edited(clerk: Delegate) -> None:
    meeting = make_meeting()
    assert client_of(clerk).post(reverse("meetings:cancel", args=[meeting.pk])).status_code == 302
    for other in (meeting, make_open_meeting(by=clerk)):
        assert client_of(clerk).get(reverse("meetings:edit", args=[other.pk])).status_code == 409
        assert client_of(clerk).post(reverse("meetings:cancel", args=[other.pk])).status_code == 409


def test_agenda_is_written_item_by_item(clerk: Delegate) -> None:
    meeting, client = make_meeting(items=1), client_of(clerk)
    first = AgendaItem.objects.get()
    response = client.post(reverse("meetings:add_item", args=[meeting.pk]), ITEM, headers=HTMX)
    assert response.status_code == 200
    assert "<html" not in response.content.decode()
    added = AgendaItem.objects.get(position=2)
    assert (added.titles, added.minutes, added.lead_id) == ({"en": "Support", "fr": "Soutien"}, 20, "UA")
    client.post(reverse("meetings:move_item", args=[meeting.pk, added.pk]), {"place": "0"}, headers=HTMX)
    assert list(AgendaItem.objects.filter(meeting=meeting)) == [added, first]
    edited = {**ITEM, "minutes": "5", "lead": ""}
    client.post(reverse("meetings:change_item", args=[meeting.pk, added.pk]), edited, headers=HTMX)
    added.refresh_from_db()
    assert (added.minutes, added.lead_id) == (5, None)
    client.post(reverse("meetings:remove_item", args=[meeting.pk, first.pk]), headers=HTMX)
    assert list(AgendaItem.objects.filter(meeting=meeting)) == [added]


def test_agenda_form_says_what_is_wrong(clerk: Delegate) -> None:
    meeting = make_meeting(items=1)
    item = AgendaItem.objects.get()
    for page in (
        reverse("meetings:add_item", args=[meeting.pk]),
        reverse("meetings:change_item", args=[meeting.pk, item.pk]),
    ):
        for changes in ({"minutes": "0"}, {"words_en": "", "words_fr": ""}, {"lead": "RU"}):
            response = client_of(clerk).post(page, {**ITEM, **changes}, headers=HTMX)
            assert response.status_code == 422
            assert 'class="errorlist"' in response.content.decode()
    assert AgendaItem.objects.get().titles == {"en": "Item 1", "fr": "Point 1"}


def test_texts_are_given_to_a_meeting_and_taken_away(clerk: Delegate) -> None:
    meeting, text = make_meeting(), make_text("Joint statement")
    edit = reverse("meetings:edit", args=[meeting.pk])
    assert "Joint statement" in client_of(clerk).get(edit).content.decode()
    assert (
        client_of(clerk).post(reverse("meetings:attach_text", args=[meeting.pk]), {"text": text.pk}).status_code == 302
    )
    assert MeetingText.objects.get().text == text
    assert (
        client_of(clerk).post(reverse("meetings:attach_text", args=[meeting.pk]), {"text": text.pk}).status_code == 409
    )
    assert (
        client_of(clerk).post(reverse("meetings:attach_text", args=[meeting.pk]), {"text": "none"}).status_code == 404
    )
    assert (
        client_of(clerk).post(reverse("meetings:detach_text", args=[meeting.pk]), {"text": text.pk}).status_code == 302
    )
    assert (
        client_of(clerk).post(reverse("meetings:detach_text", args=[meeting.pk]), {"text": text.pk}).status_code == 409
    )


def test_texts_are_shown_to_those_who_may_read_them() -> None:
    visitors = make_visitors()
    meeting = make_open_meeting()
    for title, members in [("Joint statement", ()), ("Confidential annex", ("FR", "DE"))]:
        attach_text(by=Actor.system(), meeting=meeting, text=make_text(title, *members))
    annex = Text.objects.get(titles={"en": "Confidential annex"})
    fragment = reverse("meetings:text", args=[meeting.pk, annex.pk])
    for visitor, reads in [(visitors.head, True), (visitors.interpreter, True), (visitors.other_delegate, False)]:
        client = client_of(visitor)
        for page in ("detail", "room"):
            content = client.get(reverse(f"meetings:{page}", args=[meeting.pk])).content.decode()
            assert "Joint statement" in content
            assert ("Confidential annex" in content) is reads
        assert client.get(fragment, headers=HTMX).status_code == (200 if reads else 404)
    look = "draft-True"
    assert client_of(visitors.head).get(f"{fragment}?shown={look}", headers=HTMX).status_code == 204


def test_planning_is_the_secretariats() -> None:
    visitors = make_visitors()
    meeting = make_meeting(items=1)
    item = AgendaItem.objects.get()
    pages = [
        ("schedule", [], FORM),
        ("edit", [meeting.pk], FORM),
        ("cancel", [meeting.pk], {}),
        ("agenda", [meeting.pk], None),
        ("add_item", [meeting.pk], ITEM),
        ("change_item", [meeting.pk, item.pk], ITEM),
        ("move_item", [meeting.pk, item.pk], {"place": "0"}),
        ("remove_item", [meeting.pk, item.pk], {}),
    ]
    for visitor in (visitors.co_chair, visitors.head, visitors.interpreter, visitors.observer):
        for name, arguments, data in pages:
            client, page = client_of(visitor), reverse(f"meetings:{name}", args=arguments)
            response = client.get(page) if data is None else client.post(page, data)
            assert response.status_code == 403, (visitor, name)
    meeting.refresh_from_db()
    assert (meeting.cancelled_at, meeting.starts_at, AgendaItem.objects.count()) == (None, START, 1)


def test_the_secretariats_buttons_are_not_shown_to_delegations() -> None:
    make_coalition()
    meeting = make_meeting()
    page = reverse("meetings:detail", args=[meeting.pk])
    for delegate, sees in [(make_secretary(), True), (make_delegate("FR"), False)]:
        content = client_of(delegate).get(page).content.decode()
        assert (reverse("meetings:cancel", args=[meeting.pk]) in content) is sees
        assert (reverse("meetings:agenda", args=[meeting.pk]) in content) is sees
