"""The first words of a text, drawn from questions and from the answers that the whole coalition may read."""

from collections.abc import Sequence

from django.utils import translation
from django.utils.translation import gettext as _

from concertation.meetings.models import Meeting
from concertation.situation.enums import Stance
from concertation.situation.models import Question, Statement
from concertation.texts.blocks import Block, run

LONGEST_TITLE = 200


def languages_of(meeting: Meeting, questions: Sequence[Question]) -> list[str]:
    """Return the languages of the meeting in which every question is worded; without one, those of the first."""
    common = set.intersection(*(set(question.wording.words) for question in questions))
    chosen = [code for code in meeting.languages if code in common]
    return chosen or sorted(common)[:1] or [next(iter(questions[0].wording.words))]


def draft_titles(meeting: Meeting, languages: Sequence[str]) -> dict[str, str]:
    """Return the title of the draft in each language."""
    titles = {}
    for code in languages:
        with translation.override(code):
            titles[code] = (_("First draft: %(meeting)s") % {"meeting": meeting.title})[:LONGEST_TITLE]
    return titles


def first_draft(
    asked: Sequence[tuple[Question, Sequence[Statement]]], languages: Sequence[str]
) -> dict[str, list[Block]]:
    """Return the paragraphs in each language, the same number in all: reasons stand as they were given."""
    return {code: [block for one in asked for block in _blocks(*one, code)] for code in languages}


def _blocks(question: Question, answers: Sequence[Statement], code: str) -> list[Block]:
    """Return a heading, the wording as a numbered paragraph, and a line for each delegation that gave a reason."""
    wording = question.wording
    with translation.override(code):
        heading: Block = {"type": "heading", "level": 2, "runs": [run(wording.name)]}
        words = wording.words.get(code) or next(iter(wording.words.values()))
        asked: Block = {"type": "paragraph", "numbered": True, "runs": [run(_flat(words))]}
        return [heading, asked, *(_line(answer) for answer in answers)]


def _line(answer: Statement) -> Block:
    """Return where a delegation stands and why."""
    assert answer.member is not None  # answers are of members
    who = _("%(member)s (%(stance)s):") % {"member": answer.member.name, "stance": Stance(answer.stance).label}
    return {
        "type": "paragraph",
        "numbered": False,
        "runs": [run(who, bold=True), run(f" {_flat(answer.reason or answer.quote)}")],
    }


def _flat(text: str) -> str:
    """Return `text` on one line, as a paragraph of a text holds it."""
    return " ".join(text.split())
