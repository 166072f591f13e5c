"""How long a briefing book takes: `python -m benchmarks.briefing`.

A coalition of 35 at work: a text of 180 paragraphs with 40 brackets, 18 questions on which most have taken a position,
261 measures, 40 requirements, 120 contributions, 200 incidents and 30 contacts with readouts since the last meeting. On
a fresh SQLite database; by the clock, as the holder of the copy waits, and CPU time, with that of the process that sets
the PDF.
"""

import os
import random
import resource
import statistics
import subprocess
import tempfile
import time
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from benchmarks.alignment import make_measures
from benchmarks.pages import MEMBERS

if TYPE_CHECKING:
    from concertation.coalition.models import Delegate
    from concertation.meetings.models import Meeting

ROUNDS = 3
PARAGRAPHS, BRACKETS, QUESTIONS, INCIDENTS, CONTACTS, NEEDS, OFFERS = 180, 40, 18, 200, 30, 40, 120
WORDS = "The leaders stand ready to deploy, as soon as a ceasefire is in force, a force on land and at sea. "
REASON = "It is what our parliament was told, and what was agreed at the last meeting; another date would need a vote. "


def main() -> None:
    """Make the data, make the book a few times, print how long each part took."""
    with tempfile.TemporaryDirectory(prefix="concertation-benchmark-") as folder:
        os.environ["CONCERTATION_VAR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "concertation.settings"
        import django  # settings read the folder when they are imported

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        _print(*_make(random.Random(1)))


def _print(reader: "Delegate", meeting: "Meeting") -> None:
    rounds = [_round(reader, meeting) for _ in range(ROUNDS)]
    print(f"{'part':<28}{'seconds, median':>16}{'CPU':>8}")
    for name in rounds[0]:
        wall, cpu = (statistics.median(one[name][place] for one in rounds) for place in (0, 1))
        print(f"{name:<28}{wall:>16.2f}{cpu:>8.2f}")
    whole = [statistics.median(sum(took[place] for took in one.values()) for one in rounds) for place in (0, 1)]
    print(f"{'the whole book':<28}{whole[0]:>16.2f}{whole[1]:>8.2f}")


def _round(reader: "Delegate", meeting: "Meeting") -> dict[str, tuple[float, float]]:
    """Make a book, and return the seconds and the CPU seconds of each part."""
    from concertation.core import clock
    from concertation.core.briefs import Section
    from concertation.meetings.briefing.chapters import CHAPTERS
    from concertation.meetings.briefing.making import brief_of, files_of, sections_of
    from concertation.meetings.briefing.scene import Scene

    took: dict[str, tuple[float, float]] = {}
    scene, sections = Scene(reader, meeting, clock.now()), list[Section]()
    for chapter in CHAPTERS:
        began = _now()
        sections += sections_of(chapter, scene)
        took[str(chapter.heading)] = _since(began)
    brief = brief_of(scene, sections)
    began = _now()
    _word, made = files_of(brief)
    spent = _since(began)
    took[f"Word, and PDF of {_pages(made or b'')} pages"] = spent
    return took


def _now() -> tuple[float, float]:
    """Return the clock, and the CPU seconds that this process and those it waited for have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.perf_counter(), time.process_time() + used.ru_utime + used.ru_stime


def _since(began: tuple[float, float]) -> tuple[float, float]:
    wall, cpu = _now()
    return wall - began[0], cpu - began[1]


def _pages(made: bytes) -> str:
    """Return how many pages a PDF has, by poppler's pdfinfo, which `make programs` installs."""
    told = subprocess.run(["pdfinfo", "-"], input=made, capture_output=True, check=True).stdout.decode()
    return next(line.split()[-1] for line in told.splitlines() if line.startswith("Pages:"))


def _make(chance: random.Random) -> "tuple[Delegate, Meeting]":
    """Make all that the book is about, and return its reader with the meeting."""
    from concertation.coalition.models import Delegate
    from concertation.commitments.domain.catalogue import take_usual_catalogue
    from tests.helpers.meetings import make_meeting
    from tests.helpers.people import make_secretary

    make_measures()  # which makes members and their delegates too
    chair, people = make_secretary(), list(Delegate.objects.filter(member__in=MEMBERS.split()))
    meeting = make_meeting(items=8)
    take_usual_catalogue(by=None)
    _draft(chair, people, meeting)
    _ask(chance, chair, people, meeting)
    _watch(chance, people)
    _commit(chance, people)
    return next(one for one in people if one.member_id == "IT"), meeting


def _draft(chair: "Delegate", people: "list[Delegate]", meeting: "Meeting") -> None:
    """Put a text on the agenda, with brackets in some of its paragraphs."""
    from concertation.meetings.domain.texts import attach_text
    from concertation.texts.blocks import Block, run
    from concertation.texts.domain.brackets import Passage, place_bracket
    from concertation.texts.domain.texts import create_text
    from concertation.texts.seeding import identified

    blocks: list[Block] = [
        {"type": "paragraph", "numbered": True, "runs": [run(f"{WORDS}{number}")]} for number in range(PARAGRAPHS)
    ]
    draft = identified({"en": blocks})
    text = create_text(by=None, titles={"en": "Joint statement"}, languages=["en"], draft=draft)
    attach_text(by=chair.actor, meeting=meeting, text=text)
    for number in range(BRACKETS):
        passage = Passage("en", str(draft["en"][number * 4]["id"]), 4, 11, WORDS[4:11])
        place_bracket(by=people[number % len(people)], text_id=text.pk, key=uuid4(), passage=passage)


def _ask(chance: random.Random, chair: "Delegate", people: "list[Delegate]", meeting: "Meeting") -> None:
    """Ask questions, and have most delegations answer."""
    from concertation.core import clock
    from concertation.meetings.domain.questions import ask_positions
    from concertation.situation.enums import Stance
    from concertation.situation.tests.watching import make_question, make_statement

    questions = [make_question(f"Question {number}") for number in range(QUESTIONS)]
    ask_positions(by=chair, meeting=meeting, questions=[one.pk for one in questions], due_at=meeting.starts_at)
    stances, today = [Stance.SUPPORT, Stance.TOLERATE, Stance.RESERVE, Stance.OPPOSE], clock.now().date()
    for question in questions:
        for person in chance.sample(people, len(people) * 4 // 5):
            make_statement(question, person, chance.choice(stances), today, reason=REASON, moves=REASON[:40])


def _watch(chance: random.Random, people: "list[Delegate]") -> None:
    """Report incidents of the last days, and contacts with their readouts."""
    from concertation.core import clock
    from concertation.situation.tests.incident_factories import make_incident
    from concertation.situation.tests.watching import make_contact, make_readout

    now = clock.now()
    for number in range(INCIDENTS):
        at = now - timedelta(days=20 * chance.random())
        make_incident(chance.choice(people), occurred_at=at, place=f"Place {number}")
    for _number in range(CONTACTS):
        person = chance.choice(people)
        contact = make_contact(person, now.date() - timedelta(days=chance.randrange(20)))
        make_readout(contact, person, {"en": REASON * 6})


def _commit(chance: random.Random, people: "list[Delegate]") -> None:
    """Require capabilities from now on, and have members offer some of them."""
    from concertation.commitments.models import Capability
    from concertation.commitments.tests.factories import make_contribution, make_requirement
    from concertation.core import clock

    today = clock.now().date()
    codes = list(Capability.objects.filter(form="unit").values_list("pk", flat=True))
    for number in range(NEEDS):
        until = today + timedelta(days=300)
        quantity = chance.randint(2, 12)
        make_requirement(
            codes[number % len(codes)], quantity, name=f"Need {number}", needed_from=today, needed_to=until
        )
    for number in range(OFFERS):
        person, day = chance.choice(people), today - timedelta(days=chance.randrange(60))
        make_contribution(
            person, codes[number % len(codes)], 1, title=f"Offer {number}", available_from=today, due_on=day
        )


if __name__ == "__main__":
    main()
