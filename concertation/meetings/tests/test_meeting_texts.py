"""Which texts a meeting works on."""

import pytest

from concertation.coalition.enums import Capacity
from concertation.core.errors import NotAllowed
from concertation.meetings.domain.texts import attach_text, detach_text
from concertation.meetings.errors import TextNotThere, TextTaken
from concertation.meetings.queries import texts_of
from concertation.record.events import Actor
from concertation.texts.domain.texts import create_text
from tests.helpers.meetings import make_meeting
from tests.helpers.people import make_coalition, make_delegate, make_secretary
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db


def test_attach_text_gives_it_to_one_meeting() -> None:
    make_coalition()
    clerk = make_secretary()
    meeting, other = make_meeting(), make_meeting()
    first, second = (create_text(by=clerk, titles={"en": title}, languages=["en"]) for title in ("B", "A"))
    with assert_write("meeting.text_attached", f"meeting:{meeting.pk}", f"text:{first.pk}"):
        attach_text(by=clerk.actor, meeting=meeting, text=first)
    attach_text(by=clerk.actor, meeting=meeting, text=second)
    assert texts_of(meeting, clerk) == [first, second]
    assert_refused(TextTaken, lambda: attach_text(by=clerk.actor, meeting=other, text=first))


def test_detach_text_takes_it_away_once() -> None:
    make_coalition()
    clerk, meeting = make_secretary(), make_meeting()
    text = create_text(by=clerk, titles={"en": "A"}, languages=["en"])
    attach_text(by=clerk.actor, meeting=meeting, text=text)
    with assert_write("meeting.text_detached", f"meeting:{meeting.pk}", f"text:{text.pk}"):
        detach_text(by=clerk.actor, meeting=meeting, text=text)
    assert_refused(TextNotThere, lambda: detach_text(by=clerk.actor, meeting=meeting, text=text))


@pytest.mark.parametrize("capacity", [c for c in Capacity if c != Capacity.SECRETARIAT])
def test_texts_are_given_by_the_secretariat(capacity: Capacity) -> None:
    make_coalition()
    meeting, actor = make_meeting(), make_delegate("FR", capacity).actor
    text = create_text(by=None, titles={"en": "A"}, languages=["en"])
    assert_refused(NotAllowed, lambda: attach_text(by=actor, meeting=meeting, text=text))
    attach_text(by=Actor.system(), meeting=meeting, text=text)
    assert_refused(NotAllowed, lambda: detach_text(by=actor, meeting=meeting, text=text))
