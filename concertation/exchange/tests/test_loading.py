"""Loading writes by the domain functions, once, and nothing when anything is wrong."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from concertation.accounts.models import Person
from concertation.coalition.enums import Capacity, Status
from concertation.coalition.models import Coalition, Delegate, Member
from concertation.exchange.faults import FileRefused
from concertation.exchange.loading import load_file
from concertation.exchange.markup import blocks_of
from concertation.exchange.parsing import parse, read_file
from concertation.exchange.tests.test_faults import FULL
from concertation.meetings.errors import NoSuchTime
from concertation.meetings.models import AgendaItem, Meeting, MeetingText, MemberInvitation
from concertation.record.models import Entry
from concertation.situation.domain.assessments import Judgement, correct_assessment
from concertation.situation.domain.conditions import retire_condition
from concertation.situation.enums import Verdict
from concertation.situation.models import Assessment, Condition, ContactPoint, Wording
from concertation.texts.models import Text, TextUpdate

pytestmark = pytest.mark.django_db
EXAMPLE = settings.ROOT / "examples" / "coalition-of-the-willing.toml"
ROWS = (
    Coalition,
    Member,
    Person,
    Delegate,
    Meeting,
    AgendaItem,
    MemberInvitation,
    Text,
    TextUpdate,
    MeetingText,
    Condition,
    Wording,
    Assessment,
    Entry,
)


def load(text: str) -> list[str]:
    """Load `text` and return the report, line by line."""
    return str(load_file(parse(text.encode(), name="file.toml"))).splitlines()


def rows() -> list[list[Any]]:
    """Return every row that loading could touch."""
    return [list(model.objects.order_by("pk").values()) for model in ROWS]


def changed(*pairs: tuple[str, str]) -> str:
    """Return FULL with each first text replaced by the second."""
    text = FULL
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def refused(text: str) -> str:
    """Load `text`, which must be refused without a trace, and return what was said."""
    before = rows()
    with pytest.raises(FileRefused) as error:
        load(text)
    assert rows() == before
    return str(error.value)


def test_load_empty_server() -> None:
    assert load(FULL) == [
        "The coalition described, 2 members added, 2 people added, 1 meeting added, 1 agenda item added, 1 text added,"
        " 1 condition added, 2 assessments added."
    ]
    assert list(Member.objects.values_list("code", "status", "is_co_chair")) == [
        ("FR", Status.MEMBER, True),
        ("NATO", Status.PARTNER, False),
    ]
    assert Coalition.objects.get().sources == ["The Press, A meeting, 5 July 2025"]
    assert list(Meeting.objects.get().invitations.values_list("member_id", flat=True)) == ["FR"]
    assert Text.objects.get().meeting_link.meeting == Meeting.objects.get()
    assert Entry.objects.filter(action="meeting.scheduled").count() == 1


def test_load_twice_changes_nothing() -> None:
    load(FULL)
    before = rows()
    assert load(FULL) == ["Nothing to do: everything is as the file says."]
    assert rows() == before


def test_load_changed_file_says_what_it_did() -> None:
    load(FULL)
    text = changed(
        ('capital = "Paris"', 'capital = "Lutetia"'),
        ('status = "partner"', 'status = "observer"'),
        ('name = "Clerk"', 'name = "First clerk"'),
        ("start = 2025-07-10T14:30:00", "start = 2025-07-10T15:00:00"),
        ("minutes = 30", "minutes = 20"),
        ('titles = { en = "Statement" }', 'titles = { en = "Joint statement" }'),
        ('{ en = "Two Banks" }', '{ en = "Two Banks", fr = "Deux Rives" }'),
    )
    assert load(text) == [
        "The description of the coalition changed, 2 members changed, 1 person changed, 1 meeting changed,"
        " 1 agenda item changed, 1 text changed."
    ]
    assert Member.objects.get(code="FR").capital == "Lutetia"
    assert Meeting.objects.get().minutes == 60
    assert Text.objects.get().titles == {"en": "Joint statement"}
    assert load(text) == ["Nothing to do: everything is as the file says."]


def test_load_moves_a_person_to_another_capacity() -> None:
    load(FULL)
    text = changed(('capacity = "head"', 'capacity = "delegate"'), ('name = "Head of France"', 'name = "Ana"'))
    head = text.index("[[people]]")
    successor = '[[people]]\nmember = "FR"\ncapacity = "head"\nname = "Zoé"\nemail = "zoe@france.example"\n\n'
    assert load(text[:head] + successor + text[head:]) == ["1 person added, 1 person changed."]
    assert set(Delegate.objects.active().values_list("person__name", "capacity")) == {
        ("Zoé", Capacity.HEAD),
        ("Ana", Capacity.DELEGATE),
        ("Clerk", Capacity.SECRETARIAT),
    }
    assert Delegate.objects.exclude(ended_at=None).count() == 1


def test_load_matches_the_agenda_by_titles() -> None:
    load(FULL)
    support = AgendaItem.objects.get().pk
    before = '[[meetings.agenda]]\ntitles = { en = "Opening" }\nminutes = 5\n\n'
    assert load(FULL.replace("[[meetings.agenda]]", before + "[[meetings.agenda]]", 1)) == ["1 agenda item added."]
    assert [item.title for item in Meeting.objects.get().items.all()] == ["Opening", "Support"]
    assert Meeting.objects.get().items.get(position=2).pk == support
    assert load(FULL) == ["1 agenda item removed."]
    assert AgendaItem.objects.get().pk == support


def test_load_puts_the_agenda_in_the_order_of_the_file() -> None:
    def agenda(*titles: str) -> str:
        items = "".join(f'[[meetings.agenda]]\ntitles = {{ en = "{title}" }}\nminutes = 5\n\n' for title in titles)
        return FULL[: FULL.index("[[meetings.agenda]]")] + items

    load(agenda("A", "B", "C"))
    rows = {item.title: item.pk for item in AgendaItem.objects.all()}
    assert load(agenda("A", "C", "B")) == ["1 agenda item changed."]
    assert {item.title: item.pk for item in AgendaItem.objects.all()} == rows
    assert [item.title for item in Meeting.objects.get().items.all()] == ["A", "C", "B"]


def test_load_keeps_the_sources_of_a_meeting() -> None:
    load(FULL)
    text = changed(("minutes = 30\n", 'minutes = 30\nsources = ["press"]\n'))
    assert load(text.replace('level = "leaders"\n', 'level = "leaders"\nsources = ["press"]\n')) == [
        "Nothing to do: everything is as the file says."
    ]
    assert (Meeting.objects.get().sources, AgendaItem.objects.get().sources) == ([], [])


def test_load_leaves_what_the_file_does_not_name() -> None:
    load(FULL)
    start, end = FULL.index('[[members]]\ncode = "NATO"'), FULL.index("[[people]]")
    meetings, texts = FULL.index("[[meetings]]"), FULL.index("[[texts]]")
    assert load(FULL[:start] + FULL[end:meetings]) == [
        "Nothing to do: everything is as the file says.",
        "Not in the file and left as they are: NATO.",
    ]
    assert (Member.objects.count(), Meeting.objects.count(), Text.objects.count()) == (2, 1, 1)
    assert texts > meetings


def test_load_leaves_the_words_of_a_text_to_the_editor() -> None:
    load(FULL)
    updates = TextUpdate.objects.count()
    assert load(changed(("1. We met.", "1. We parted."))) == [
        "Nothing to do: everything is as the file says.",
        "The words of “statement” are not those of the file; only the editor changes them.",
    ]
    assert TextUpdate.objects.count() == updates


def test_load_lets_a_member_leave_and_come_back() -> None:
    load(FULL)
    load(changed(('status = "partner"', 'status = "left"')))
    assert Member.objects.get(code="NATO").status == Status.LEFT
    assert load(FULL) == ["1 member changed."]
    assert Member.objects.get(code="NATO").status == Status.PARTNER


def test_load_hands_the_chair_over() -> None:
    load(FULL)
    text = changed(
        ('status = "member"\nco_chair = true', 'status = "member"'),
        ('status = "partner"', 'status = "member"\nco_chair = true'),
    )
    assert load(text) == ["2 members changed."]
    assert list(Member.objects.filter(is_co_chair=True).values_list("code", flat=True)) == ["NATO"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'status = "partner"',
            'status = "invited"',
            "line 17: members[2]: NATO has joined; a file cannot make it invited again.",
        ),
        (
            "head@france.example",
            "other@france.example",
            "line 25: people[1]: This delegation already has a head. End that capacity first.",
        ),
        (
            'status = "member"\nco_chair = true',
            'status = "member"',
            "line 10: members[1]: The coalition would have no co-chair left. Name another one first.",
        ),
    ],
)
def test_load_refuses_what_the_rules_forbid(old: str, new: str, said: str) -> None:
    load(FULL)
    assert refused(changed((old, new))) == f"file.toml: {said}"


def test_load_keeps_nothing_when_the_last_table_is_refused() -> None:
    text = FULL.replace("2025-07-10T", "1999-07-10T")
    assert refused(text) == f"file.toml: line 37: meetings[1]: {NoSuchTime.message}"


def test_load_example() -> None:
    file = read_file(EXAMPLE)
    assert str(load_file(file)) == (
        "The coalition described, 34 members added, 16 people added, 1 meeting added,"
        " 4 agenda items added, 1 text added, 3 conditions added, 1 assessment added,"
        " 26 capabilities added, 2 rates added, 15 requirements added, 20 contributions added, 3 caveats added,"
        " 17 entries added, 3 measures added, 10 statements added, 1 package added, 1 step added,"
        " 1 actor outside added, 2 contacts added, 3 points added, 1 readout added, 1 question added,"
        " 2 positions added,"
        " 1 area added, 1 limit of observation added, 2 incidents added."
    )
    statuses = {status: Member.objects.filter(status=status).count() for status in Status}
    assert statuses == {"invited": 0, "member": 5, "partner": 28, "observer": 1, "left": 0}
    assert list(Member.objects.filter(is_co_chair=True).values_list("code", flat=True)) == ["FR", "GB"]
    capacities = {capacity: Delegate.objects.filter(capacity=capacity).count() for capacity in Capacity}
    assert capacities == {"head": 5, "delegate": 6, "interpreter": 2, "observer": 2, "secretariat": 1}
    assert Member.objects.filter(sources=[]).count() == Delegate.objects.filter(sources=[]).count() == 0
    assert all(person.email.endswith(".example") for person in Person.objects.all())
    assert Meeting.objects.get().invitations.count() == 34
    points = ContactPoint.objects.order_by("number")
    assert [(row.member_id, row.raised) for row in points] == [("UA", True), ("DE", False), ("IT", None)]
    assert all(row.words.startswith("Exercise: ") for row in points)
    assert str(load_file(file)) == "Nothing to do: everything is as the file says."


def shape(block: Any) -> tuple[Any, ...]:
    """Return what two parallel blocks have in common."""
    return block["type"], block.get("level"), block.get("numbered"), len(block.get("items", []))


def test_versions_of_the_example_are_parallel() -> None:
    versions = read_file(EXAMPLE).texts[0].versions
    shapes = [[shape(block) for block in blocks_of(version.body)] for version in versions]
    assert shapes[0] == shapes[1]
    assert [numbered for _type, _level, numbered, _items in shapes[0]].count(True) == 10


def test_load_minimal_example() -> None:
    file = read_file(Path(settings.ROOT / "examples" / "minimal.toml"))
    assert str(load_file(file)) == "The coalition described, 2 members added, 3 people added."
    assert str(load_file(file)) == "Nothing to do: everything is as the file says."


def test_load_condition_with_what_is_said_of_it() -> None:
    load(FULL)
    facts = ("member_id", "verdict", "audience", "readers")
    rows = Assessment.objects.filter(by=None).order_by("number").values_list(*facts)
    assert list(rows) == [("FR", "claimed", "chair", ",FR,"), (None, "not_met", "coalition", "")]
    assert Condition.objects.get().wording.words == {"en": "Fire has ceased."}


def test_load_other_words_are_a_new_wording() -> None:
    load(FULL)
    text = changed(('{ en = "Fire has ceased." }', '{ en = "Fire has ceased at sea." }'))
    assert load(text) == ["1 condition changed."]
    assert [wording.number for wording in Wording.objects.all()] == [1, 2]
    assert load(text) == ["Nothing to do: everything is as the file says."]


def test_load_adds_what_nobody_said_and_leaves_what_was_said_otherwise() -> None:
    load(FULL)
    of_france = Assessment.objects.get(member="FR")
    said = Judgement(Verdict.BROKEN, date(2025, 7, 3), "On second thoughts.")
    correct_assessment(by=None, assessment_id=of_france.pk, judgement=said)
    added = '\n[[conditions.assessments]]\nverdict = "claimed"\nsince = 2025-07-02\nevidence = "Both said so."\n'
    left = "What is said of “ceasefire” is not what the file says; only those who said it correct it."
    assert load(FULL + added) == ["1 assessment added.", left]
    assert Assessment.objects.standing().get(member="FR").verdict == Verdict.BROKEN
    assert load(FULL + added) == ["Nothing to do: everything is as the file says.", left]


def test_load_retires_a_condition_and_takes_it_up_again() -> None:
    retired = changed(('key = "ceasefire"', 'key = "ceasefire"\nretired = true'))
    load(retired)
    assert Condition.objects.get().retired_at is not None
    assert load(retired) == ["Nothing to do: everything is as the file says."]
    assert load(FULL) == ["1 condition changed."]
    retire_condition(by=None, condition_id=Condition.objects.get().pk)
    assert load(FULL) == ["1 condition changed."]
    assert Condition.objects.get().retired_at is None


def test_load_refuses_a_day_ahead_with_its_place() -> None:
    said = refused(changed(("since = 2025-07-01", "since = 2999-01-01")))
    assert "conditions[1].assessments[1]: Give a day from the year 2000 on" in said
