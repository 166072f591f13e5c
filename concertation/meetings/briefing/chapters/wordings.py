"""The texts of the meeting: how far each is agreed, which brackets are open and who holds them."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concertation.core.briefs import Grid, Section
from concertation.meetings.briefing.scene import Scene, names
from concertation.meetings.queries import texts_of
from concertation.texts.enums import State
from concertation.texts.models import Text
from concertation.texts.queries.agreement import Held, Line, Matrix, matrix_of
from concertation.texts.queries.brackets import BracketNow, open_brackets
from concertation.texts.queries.proposals import proposals_open

SHORT = 160  # signs of a paragraph, enough to know it by


def parts(scene: Scene) -> Iterator[Section]:
    """Yield the sections of each text."""
    texts = texts_of(scene.meeting, scene.reader)
    for text in texts:
        yield from _text(text, scene)
    if not texts:
        yield Section(_("Texts"), [_("The meeting works on no text that the holder of this copy may read.")], level=2)


def _text(text: Text, scene: Scene) -> Iterator[Section]:
    state = str(State(text.state).label)
    if text.state == State.ADOPTED:
        yield Section(text.title, [_("State: %(state)s.") % {"state": state}], level=2)
        return
    matrix = matrix_of(text, scene.reader)
    said = [_("State: %(state)s.") % {"state": state}, *_progress(text, matrix)]
    yield Section(text.title, said, _brackets(open_brackets(text), matrix), level=2)
    rows = [_reservation(line, held) for line in matrix.lines for held in line.held if held.is_reservation]
    if rows:
        headers = [_("Paragraph"), _("Delegation"), _("Reservation")]
        yield Section(_("Reservations on “%(text)s”") % {"text": text.title}, (), Grid(headers, rows), level=2)
    if matrix.waiting:
        waiting = [["–" if line.number is None else str(line.number), _short(line.words)] for line in matrix.waiting]
        heading = _("Paragraphs of “%(text)s” that wait for this delegation") % {"text": text.title}
        yield Section(heading, (), Grid([_("Paragraph"), _("Words")], waiting), level=2)


def _progress(text: Text, matrix: Matrix) -> Iterator[str]:
    """Yield how far the text is agreed, and what is proposed."""
    yield _("%(agreed)d of %(all)d paragraphs are agreed by all. Nothing is agreed until everything is agreed.") % {
        "agreed": matrix.agreed,
        "all": len(matrix.lines),
    }
    proposals = proposals_open(text)
    if proposals:
        words = ngettext("%(n)d proposal waits for a decision.", "%(n)d proposals wait for a decision.", proposals)
        yield words % {"n": proposals}


def _brackets(brackets: list[BracketNow], matrix: Matrix) -> Grid | None:
    """Return the open brackets in the order of the text."""
    if not brackets:
        return None
    places = {line.id: number for number, line in enumerate(matrix.lines)}
    numbers = {line.id: _number(line) for line in matrix.lines}
    ordered = sorted(brackets, key=lambda one: (places.get(_place(one), len(places)), one.row.placed_at))
    rows = [
        [numbers.get(_place(one), "–"), one.choices[0].words, _alternatives(one), names(one.holders)] for one in ordered
    ]
    return Grid([_("Paragraph"), _("Words in brackets"), _("Alternatives"), _("Held by")], rows)


def _place(one: BracketNow) -> str:
    return one.span.paragraph if one.span else one.row.paragraph


def _alternatives(one: BracketNow) -> str:
    """Write the other words that are offered, each with who supports it."""
    return (
        " / ".join(
            f"{choice.words} ({names(choice.supporters)})" if choice.supporters else choice.words
            for choice in one.choices[1:]
        )
        or "–"
    )


def _reservation(line: Line, held: Held) -> list[str]:
    return [_number(line), held.member.name, held.words]


def _number(line: Line) -> str:
    return str(line.number) if line.number is not None else line.label or _short(line.words)


def _short(words: str) -> str:
    return words if len(words) <= SHORT else f"{words[:SHORT].rsplit(' ', 1)[0]} …"
