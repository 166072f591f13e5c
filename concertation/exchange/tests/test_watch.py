"""Positions and contacts of a file: faults with their places, and what loading a changed file does."""

from datetime import date

import pytest

from concertation.exchange.exporting import export_file
from concertation.exchange.faults import FileRefused
from concertation.exchange.loading import load_file
from concertation.exchange.parsing import parse
from concertation.exchange.tests.test_faults import FULL
from concertation.record.models import Entry
from concertation.situation.domain.statements import Position, correct_statement
from concertation.situation.enums import Stance
from concertation.situation.models import Contact, ContactPoint, Counterpart, Question, Statement

pytestmark = pytest.mark.django_db
WATCH = (
    FULL
    + """
[[others]]
key = "moscow"
names = { en = "Moscow" }
kind = "adversary"
country = "RU"

[[contacts]]
key = "call"
holder = "FR"
others = ["moscow"]
planned = 2025-07-02
channel = "call"
subject = "Ceasefire"

[[contacts.points]]
member = "NATO"
words = "Prisoners first."

[[contacts]]
key = "held"
holder = "FR"
others = ["moscow"]
held = 2025-07-01
time = 16:30:00
channel = "call"
subject = "Ceasefire"
audience = "chair"

[[contacts.readouts]]
words = { en = "Frank." }
audience = "members"
members = ["NATO"]

[[questions]]
key = "ceasefire"
names = { en = "Unconditional" }
words = { en = "Should fire cease?" }

[[questions.positions]]
member = "FR"
stance = "support"
said = 2025-07-01
reason = "As agreed."

[[questions.positions]]
other = "moscow"
stance = "oppose"
said = 2025-07-01
reason = "Heard."
contact = "held"
audience = "members"
members = ["FR"]
"""
)


def load(text: str) -> list[str]:
    """Load `text` and return the report, line by line."""
    return str(load_file(parse(text.encode(), name="file.toml"))).splitlines()


def changed(*pairs: tuple[str, str]) -> str:
    """Return WATCH with each first text replaced by the second."""
    text = WATCH
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def test_load_and_load_again() -> None:
    (line,) = load(WATCH)
    assert line.endswith(
        "1 actor outside added, 2 contacts added, 1 point added, 1 readout added, 1 question added, 2 positions added."
    )
    contact = Contact.objects.get(held_on=date(2025, 7, 1))
    assert (contact.reader_codes, str(contact.held_time)) == (["FR", "NATO"], "16:30:00")
    heard = Statement.objects.get(counterpart=Counterpart.objects.get())
    assert (heard.contact, heard.reader_codes, heard.by, heard.entered_for) == (contact, ["FR"], None, None)
    before = Entry.objects.count()
    assert load(WATCH) == ["Nothing to do: everything is as the file says."]
    assert Entry.objects.count() == before


def test_load_points_before_a_contact_and_what_became_of_them() -> None:
    secret = """
[[contacts.points]]
member = "NATO"
words = "The ports."
audience = "chair"
"""
    (line,) = load(changed(('words = "Prisoners first."\n', 'words = "Prisoners first."\n' + secret)))
    assert "2 points added" in line
    asked = list(ContactPoint.objects.order_by("number"))
    assert [(row.member_id, row.words, row.raised, row.by) for row in asked] == [
        ("NATO", "Prisoners first.", None, None),
        ("NATO", "The ports.", None, None),
    ]
    assert (asked[0].reader_codes, set(asked[1].reader_codes)) == ([], {"FR", "NATO"})
    assert load(export_file()) == ["Nothing to do: everything is as the file says."]
    raised = ('words = "Prisoners first."\n', 'words = "Prisoners first."\nraised = true\n')
    day = ("planned = 2025-07-02\n", "planned = 2025-07-02\nheld = 2025-07-03\n")
    assert load(changed(raised, day)) == ["1 contact changed."]
    assert [row.raised for row in ContactPoint.objects.order_by("number")] == [True, None]
    assert load(changed(raised, day)) == ["Nothing to do: everything is as the file says."]
    late = changed(raised, day, ("Prisoners first.", "Something else."))
    assert load(late)[1] == (
        "The contact “call” is planned no more; points of the file that are not there are left out."
    )


def test_a_contact_that_was_held_is_loaded_with_what_was_asked_before_it() -> None:
    raised = ('words = "Prisoners first."\n', 'words = "Prisoners first."\nraised = false\n')
    load(changed(raised, ("planned = 2025-07-02\n", "planned = 2025-07-02\nheld = 2025-07-03\n")))
    point = ContactPoint.objects.get()
    assert (point.contact.status, point.raised) == ("held", False)
    exported = export_file()
    assert load(exported) == ["Nothing to do: everything is as the file says."]
    assert 'member = "NATO"\nwords = "Prisoners first."\nraised = false\n' in exported


def test_load_what_became_of_a_contact() -> None:
    load(WATCH)
    held = changed(("planned = 2025-07-02\n", "planned = 2025-07-02\nheld = 2025-07-03\n"))
    assert load(held) == ["1 contact changed."]
    row = Contact.objects.get(planned_on=date(2025, 7, 2))
    assert (row.status, row.held_on) == ("held", date(2025, 7, 3))
    ended = held.replace('subject = "Ceasefire"\n', 'subject = "Ceasefire"\nended = "Another day."\n', 1)
    assert load(ended) == ["1 contact changed."]
    assert Contact.objects.get(pk=row.pk).status == "struck"
    assert load(ended) == ["Nothing to do: everything is as the file says."]


def test_what_was_entered_of_a_contact_stays() -> None:
    load(WATCH)
    report = load(changed(('subject = "Ceasefire"', 'subject = "Prisoners"')))
    assert report == [
        "Nothing to do: everything is as the file says.",
        "The contact “call” is not what the file says; what was entered of it stays.",
    ]
    assert not Contact.objects.filter(subject="Prisoners").exists()


def test_load_changed_words_and_a_newer_position() -> None:
    load(WATCH)
    text = changed(("Should fire cease?", "Should it cease?"), ('stance = "support"', 'stance = "reserve"'))
    assert load(text) == ["1 position added, 1 question changed."]
    assert load(changed(('kind = "adversary"', 'kind = "mediator"'))) == [
        "1 actor outside changed, 1 question changed."
    ]
    closed = changed(("[[questions.positions]]\nmember", 'closed = "Settled."\n\n[[questions.positions]]\nmember'))
    load(closed)
    assert Question.objects.get().reason == "Settled."
    assert load(closed) == ["Nothing to do: everything is as the file says."]


def test_what_was_corrected_is_not_said_again() -> None:
    load(WATCH)
    old = Statement.objects.get(member="FR")
    new = Position(Stance.WITHDRAWN, date(2025, 7, 1), reason="Entered in error.")
    correct_statement(by=None, statement_id=old.pk, position=new)
    assert load(WATCH) == ["Nothing to do: everything is as the file says."]


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        ('country = "RU"', 'country = "QQ"', "others[1].country: “QQ” is no country of ISO 3166-1."),
        ('holder = "FR"', 'holder = "DE"', "contacts[1].holder: “DE” is no member in this file."),
        ('others = ["moscow"]', 'others = ["mosow"]', "contacts[1].others[1]: “mosow” is nobody of “others”"),
        ("planned = 2025-07-02\n", "", "contacts[1]: A contact needs the day"),
        ("planned = 2025-07-02\n", "held = 2025-07-02\n", "Only for a contact that was “planned” are points asked."),
        (
            'member = "NATO"\nwords',
            'member = "FR"\nwords',
            "The holder raises points and asks for none.",
        ),
        ("held = 2025-07-01\n", "planned = 2025-07-01\n", "Only of a contact that was held is there a readout."),
        (
            '"Ceasefire"\naudience = "chair"',
            '"Ceasefire"\naudience = "members"',
            "contacts[2]: “members” names who may read what has the audience",
        ),
        ('member = "FR"\nstance', "stance", "questions[1].positions[1]: A position is that of a “member”"),
        ('other = "moscow"\nstance', 'other = "mosow"\nstance', "positions[2].other: “mosow” is nobody of “others”"),
        ('contact = "held"', 'contact = "hold"', "positions[2].contact: “hold” is no contact in this file."),
        ('stance = "support"', 'stance = "withdrawn"', "Only a statement that was made can be withdrawn."),
        ('stance = "support"', 'stance = "maybe"', "“maybe” is not possible here"),
        ("time = 16:30:00", 'time = "16:30"', "contacts[2].time: This must be a time such as 14:30:00"),
        ('key = "held"', 'key = "call"', "contacts[2].key: “call” stands here for the second time."),
        ("held = 2025-07-01", "held = 2999-07-01", "contacts[2]: Give a day from the year 2000 on"),
        ('reason = "As agreed."', "", "questions[1].positions[1]: Write the words that were said, or the reason."),
        ('contact = "held"', 'contact = "call"', "There is no such contact."),
        ("said = 2025-07-01", "said = 2999-07-01", "questions[1].positions[1]: Give a day from the year 2000 on"),
    ],
)
def test_faults_are_told_with_their_place_and_nothing_is_loaded(good: str, bad: str, said: str) -> None:
    with pytest.raises(FileRefused) as error:
        load(changed((good, bad)))
    assert said in str(error.value)
    assert not Entry.objects.exists()
