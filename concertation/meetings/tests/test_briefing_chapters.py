"""What stands in a briefing book: every chapter as its reader may read it, and nothing of what is for others."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from concertation.coalition.enums import Audience, Capacity
from concertation.coalition.models import Delegate
from concertation.commitments.tests.factories import make_contribution, make_requirement
from concertation.core import clock
from concertation.core.briefs import Section
from concertation.meetings.briefing.chapters import CHAPTERS
from concertation.meetings.briefing.making import brief_of, sections_of
from concertation.meetings.briefing.scene import Scene
from concertation.meetings.domain.questions import ask_positions
from concertation.meetings.domain.session import close_meeting
from concertation.meetings.domain.texts import attach_text
from concertation.meetings.models import Meeting
from concertation.pressure.enums import Stance as Applied
from concertation.pressure.tests.factories import make_measure
from concertation.pressure.tests.factories import make_statement as make_application
from concertation.situation.enums import Stance
from concertation.situation.tests.factories import make_assessment, make_condition
from concertation.situation.tests.incident_factories import make_incident
from concertation.situation.tests.watching import (
    make_contact,
    make_counterpart,
    make_question,
    make_readout,
    make_statement,
)
from concertation.texts.domain.brackets import Passage, place_bracket
from concertation.texts.enums import Audience as TextAudience
from concertation.texts.tests.factories import FIRST, make_remark, make_text
from tests.helpers.meetings import make_meeting, make_open_meeting
from tests.helpers.people import make_coalition, make_delegate, make_secretary

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 7, 9, 12, 0, tzinfo=UTC)  # the day before the meeting
DAY = date(2027, 7, 8)
NOON = datetime(2027, 7, 8, 12, 0, tzinfo=UTC)
SECRET = "zibeline"  # stands in everything that is not for Italy
PLAIN = "osier"  # stands in everything that is for all


@pytest.fixture(autouse=True)
def _then() -> object:
    with clock.frozen(NOW - timedelta(days=1)):
        yield


@pytest.fixture
def clerk() -> Delegate:
    make_coalition()
    return make_secretary()


@pytest.fixture
def berlin(clerk: Delegate) -> Delegate:
    return make_delegate("DE", name="Ada")


@pytest.fixture
def rome(clerk: Delegate) -> Delegate:
    return make_delegate("IT", name="Bruno")


@pytest.fixture
def meeting(clerk: Delegate) -> Meeting:
    return make_meeting()


def scene_of(reader: Delegate, meeting: Meeting) -> Scene:
    return Scene(reader, meeting, NOW)


def chapters(reader: Delegate, meeting: Meeting) -> dict[str, str]:
    """Return all words of each chapter, by its heading."""
    scene = scene_of(reader, meeting)
    with clock.frozen(NOW):
        return {str(one.heading): "\n".join(map(words, sections_of(one, scene))) for one in CHAPTERS}


def words(section: Section) -> str:
    """Return all that stands in a section, cells between bars."""
    rows = [section.grid.headers, *section.grid.rows] if section.grid else []
    return "\n".join([section.heading, *section.sentences, *(" | ".join(row) for row in rows)])


def whole(reader: Delegate, meeting: Meeting) -> str:
    return "\n".join(chapters(reader, meeting).values())


def tell(berlin: Delegate, meeting: Meeting, word: str, audience: Audience) -> None:
    """Have Germany, or the secretariat with it, tell one of everything with `word` in it."""
    chair = Delegate.objects.get(capacity=Capacity.SECRETARIAT)
    question = make_question(f"Question {word}" if audience == Audience.COALITION else "Forces")
    ask_positions(by=chair, meeting=meeting, questions=[question.pk], due_at=meeting.starts_at)
    make_statement(question, berlin, Stance.OPPOSE, DAY, audience=audience, reason=f"Because of {word}.", moves=word)
    condition = make_condition(f"Condition {word}" if audience == Audience.COALITION else "Mandate")
    make_assessment(condition, berlin, audience=audience)
    make_incident(berlin, occurred_at=NOON, place=f"Place {word}", audience=audience)
    contact = make_contact(berlin, DAY, subject=f"Subject {word}", audience=audience)
    make_readout(contact, berlin, {"en": f"Readout {word}"}, audience=audience)
    make_contribution(berlin, quantity=2, title=f"Batteries {word}", audience=audience, due_on=date(2027, 7, 1))
    measure = make_measure(f"Measure {word}" if audience == Audience.COALITION else "Listing")
    make_application(measure, berlin, Applied.PREPARED, audience=audience)
    named: dict[str, Any] = {"audience": TextAudience.MEMBERS, "members": ("DE", "FR")}
    text = make_text(by=chair, words=f"We met {word}.", **(named if audience != Audience.COALITION else {}))
    attach_text(by=chair.actor, meeting=meeting, text=text)


def test_two_delegations_have_what_each_may_read_and_no_more(
    berlin: Delegate, rome: Delegate, meeting: Meeting
) -> None:
    tell(berlin, meeting, PLAIN, Audience.COALITION)
    tell(berlin, meeting, SECRET, Audience.CHAIR)
    own, other = chapters(berlin, meeting), chapters(rome, meeting)
    for heading in own.keys() - {"The meeting", "Coverage and gaps", "Measures and alignment"}:
        assert PLAIN in own[heading], heading
    told = {"Positions and distance", "Texts and open brackets", "Conditions and incidents", "Contacts", "What is owed"}
    for heading in told:
        assert SECRET in own[heading], heading
    assert SECRET not in "".join(other.values())
    for heading in told - {"What is owed", "Texts and open brackets"}:
        assert "Partial: " in other[heading], heading
        assert "Partial: " not in own[heading], heading
    assert "Partial: 1 entry is not for the holder" in other["Coverage and gaps"]
    assert "Partial: 1 entry is not for the holder" in other["Measures and alignment"]
    assert "Germany | 0 | 2 | 0 | 0 | 0" in own["Measures and alignment"]
    assert "Germany | 0 | 1 | 0 | 1 | 0" in other["Measures and alignment"]


def test_what_is_hidden_moves_no_figure(berlin: Delegate, rome: Delegate, meeting: Meeting) -> None:
    tell(berlin, meeting, PLAIN, Audience.COALITION)
    before = chapters(rome, meeting)
    make_incident(berlin, occurred_at=NOON, place="Elsewhere", audience=Audience.CHAIR)
    after = chapters(rome, meeting)
    partial = "Partial: 1 entry is not for the holder of this copy and is counted nowhere here.\n"
    changed = {heading for heading, said in after.items() if said != before[heading]}
    assert changed == {"Conditions and incidents"}
    assert after["Conditions and incidents"].replace(partial, "") == before["Conditions and incidents"]


def test_opening_says_when_who_and_what_about(berlin: Delegate, meeting: Meeting) -> None:
    said = chapters(berlin, meeting)["The meeting"]
    assert "Leaders’ meeting, 10 July 2027, 13:00 (UTC)" in said
    assert "10 July 2027, 15:00 | Paris, Berlin, Rome" in said
    assert "1 | Item 1 | – | 11" in said
    assert "0 accepted, 0 declined, 5 have not answered." in said
    assert "Germany | no answer yet | Ada (head of delegation)" in said
    assert "Not answered, and no delegate named: France, United Kingdom, " in said


def test_positions_say_distance_and_who_is_silent(
    berlin: Delegate, rome: Delegate, meeting: Meeting, clerk: Delegate
) -> None:
    question, moscow = make_question(), make_counterpart()
    ask_positions(by=clerk, meeting=meeting, questions=[question.pk], due_at=meeting.starts_at)
    make_statement(question, rome, Stance.SUPPORT, DAY)
    make_statement(question, berlin, Stance.OPPOSE, DAY, reason="No mandate.", moves="A mandate.")
    make_statement(question, berlin, Stance.OPPOSE, DAY, of=moscow, reason="Heard.")
    said = chapters(rome, meeting)["Positions and distance"]
    assert "Support (1): Italy. Oppose (1): Germany. The ends are 3 steps apart." in said
    assert "No answer that the holder of this copy may read: France, United Kingdom, Ukraine." in said
    rows = [line for line in said.splitlines() if line.count(" | ") == 4]
    assert [row.split(" | ")[0] for row in rows] == ["Who", "Italy", "Germany", "Moscow"]
    assert "Germany | oppose | 8 July 2027 | No mandate. | A mandate." in rows


def test_brackets_name_their_holders(berlin: Delegate, meeting: Meeting, clerk: Delegate) -> None:
    text = make_text(by=clerk)
    attach_text(by=clerk.actor, meeting=meeting, text=text)
    place_bracket(by=berlin, text_id=text.pk, key=uuid4(), passage=Passage("en", FIRST, 3, 6, "met"))
    make_remark(text, berlin)
    said = chapters(berlin, meeting)["Texts and open brackets"]
    assert "State: draft." in said
    assert " | met | – | Germany" in said
    assert " paragraphs are agreed by all. Nothing is agreed until everything is agreed." in said


def test_gaps_say_what_is_missing(berlin: Delegate, meeting: Meeting) -> None:
    dates: dict[str, Any] = {"needed_from": date(2027, 8, 1), "needed_to": date(2027, 12, 31)}
    make_requirement(name="Cover of ports", is_essential=True, **dates)
    make_contribution(berlin, quantity=1, available_from=date(2027, 8, 1))
    said = chapters(berlin, meeting)["Coverage and gaps"]
    assert "0 of 1 requirement is covered in the next twelve months. 1 essential requirement is not." in said
    assert "Cover of ports (essential) | 4 batteries | 1 August 2027 | 31 December 2027 | 3 batteries" in said
    assert "No plan that the holder of this copy may read has been made." in said


def test_news_is_told_since_the_last_meeting(berlin: Delegate, clerk: Delegate, meeting: Meeting) -> None:
    make_incident(berlin, occurred_at=NOON - timedelta(days=18), place="Before")
    make_incident(berlin, occurred_at=NOON, place="After")
    assert "No meeting was held before; since 9 June 2027." in whole(berlin, meeting)
    with clock.frozen(datetime(2027, 7, 1, 9, 0, tzinfo=UTC)):
        earlier = make_open_meeting(by=clerk)
        close_meeting(by=clerk, meeting=earlier)
    said = chapters(berlin, meeting)["Conditions and incidents"]
    assert "Since the last meeting, on 1 July 2027." in said
    assert "Before" not in said
    assert "8 July 2027 | Shelling | After | reported | –" in said


def test_measures_say_what_a_member_lacks(berlin: Delegate, rome: Delegate, meeting: Meeting) -> None:
    make_application(make_measure("Freeze"), rome, Applied.APPLIES)
    said = chapters(berlin, meeting)["Measures and alignment"]
    assert "Italy | 1 | 0 | 0 | 0 | 0" in said
    assert "Nothing is known of: France, United Kingdom, Ukraine, Germany." in said
    assert "Italy applies the most; 1 of these measures are not known to be applied here." in said
    assert "Freeze | unknown" in said
    assert "Nothing: no member applies more." in chapters(rome, meeting)["Measures and alignment"]


def test_contacts_say_what_was_heard(berlin: Delegate, meeting: Meeting) -> None:
    moscow, question = make_counterpart(), make_question()
    make_statement(question, berlin, Stance.OPPOSE, date(2027, 5, 12), of=moscow)
    contact = make_contact(berlin, DAY, moscow.pk)
    make_statement(question, berlin, Stance.OPPOSE, DAY, of=moscow, contact=contact)
    make_readout(contact, berlin, {"en": "A frank exchange."})
    said = chapters(berlin, meeting)["Contacts"]
    assert "8 July 2027 | Germany | Moscow | call | Ceasefire | " in said
    assert "Unconditional ceasefire: oppose, unchanged since 12 May 2027" in said
    assert "8 July 2027: Ceasefire\nA frank exchange." in said


def test_book_is_marked_with_audience_and_holder(berlin: Delegate, clerk: Delegate, meeting: Meeting) -> None:
    brief = brief_of(scene_of(berlin, meeting), [])
    assert brief.mark == "For Germany only · copy of Ada"
    assert ("As known on", "9 July 2027, 12:00 (UTC)") in brief.about
    assert brief_of(scene_of(clerk, meeting), []).mark == "For the secretariat only · copy of Clerk"


def test_empty_coalition_has_a_book_that_says_so(berlin: Delegate, meeting: Meeting) -> None:
    said = whole(berlin, meeting)
    for sentence in (
        "No question is open.",
        "The meeting works on no text that the holder of this copy may read.",
        "Nothing is required in the next twelve months.",
        "No measure is in force.",
        "No contact that the holder of this copy may know of.",
        "Nothing is owed.",
    ):
        assert sentence in said
