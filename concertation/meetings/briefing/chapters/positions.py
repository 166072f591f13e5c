"""Where everybody stands on what is asked before the meeting, and on the other open questions."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concertation.core.briefs import Grid, Section
from concertation.core.words import in_language
from concertation.meetings.briefing.scene import Scene, day, partial
from concertation.meetings.question_queries import AskedLine, asked_for
from concertation.situation.enums import Stance
from concertation.situation.holding import STEPS
from concertation.situation.queries.positions import QuestionLine, Stand, matrix_for


def parts(scene: Scene) -> Iterator[Section]:
    """Yield a section for each question, those that are asked for this meeting first."""
    asked = [row.line for row in asked_for(scene.reader, scene.meeting)]
    known = {line.line.question.pk for line in asked}
    every = matrix_for(scene.reader, scene.today)
    outside = {line.question.pk: line.others for line in every.lines}
    others = [line for line in every.open if line.question.pk not in known]
    yield from (_asked(line, outside[line.line.question.pk]) for line in asked)
    yield from (_other(line) for line in others)
    if not asked and not others:
        yield Section(_("Questions"), [_("No question is open.")], level=2)


def _asked(line: AskedLine, outside: Sequence[Stand]) -> Section:
    """Return what was answered, by whom not, and where those outside stand."""
    silent = [stand.party.name for stand in line.open]
    said = [_words(line.line), f"{_tally(line.answers)} {_distance(line.distance)}"]
    if silent:
        said.append(_("No answer that the holder of this copy may read: %(who)s.") % {"who": ", ".join(silent)})
    return _section(line.line, said, [*line.answers, *outside])


def _other(line: QuestionLine) -> Section:
    """Return where those stand of whom anything is known."""
    ours = [stand for stand in line.ours if stand.holding]
    said = [_words(line), f"{_tally(ours)} {_distance(line.distance)}"]
    return _section(line, said, [*ours, *line.others])


def _section(line: QuestionLine, said: list[str], stands: Sequence[Stand]) -> Section:
    rows = [_row(stand) for stand in sorted(stands, key=_step)]
    headers = [_("Who"), _("Position"), _("Since"), _("Why"), _("What would move it")]
    grid = Grid(headers, rows) if rows else None
    return Section(line.question.name, [*said, *partial(line.hidden)], grid, level=2)


def _step(stand: Stand) -> tuple[bool, int]:
    """Return what orders stands: ours from support to opposition, then those outside."""
    assert stand.holding is not None  # only such are listed
    return not stand.party.is_ours, STEPS.index(stand.holding.stance)


def _row(stand: Stand) -> list[str]:
    assert stand.holding is not None
    assert stand.statement is not None  # which says what is held
    quote = f"“{stand.statement.quote}”" if stand.statement.quote else ""
    why = " ".join(filter(None, [stand.statement.reason, quote]))
    stance = str(Stance(stand.holding.stance).label)
    return [stand.party.name, stance, day(stand.holding.since), why or "–", stand.statement.moves or "–"]


def _words(line: QuestionLine) -> str:
    return in_language(line.question.wording.words)


def _tally(stands: Sequence[Stand]) -> str:
    """Name for each stance who takes it: a count, which decides nothing."""
    said = []
    for step in STEPS:
        who = [stand.party.name for stand in stands if stand.holding and stand.holding.stance == step]
        if who:
            said.append(
                _("%(stance)s (%(n)d): %(who)s.")
                % {"stance": str(Stance(step).label).capitalize(), "n": len(who), "who": ", ".join(who)}
            )
    return " ".join(said) or _("Nobody has answered.")


def _distance(steps: int | None) -> str:
    if steps is None:
        return ""
    if not steps:
        return _("All that answered say the same.")
    return ngettext("The ends are %(n)d step apart.", "The ends are %(n)d steps apart.", steps) % {"n": steps}
