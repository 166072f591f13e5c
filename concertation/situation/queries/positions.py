"""Where everybody stands, derived from what a reader may read, with what is left out counted."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Prefetch, QuerySet

from concertation.coalition.models import Delegate, Member
from concertation.core.days import latest_day
from concertation.situation.assessing import spans
from concertation.situation.enums import Stance
from concertation.situation.holding import STEPS, Holding, distance, holdings_at
from concertation.situation.models import Contact, Counterpart, Question, Statement
from concertation.situation.models.positions import facts_of
from concertation.situation.queries.parties import Party, parties_for, party_of
from concertation.situation.rules import may_correct_statement
from concertation.situation.spectrum import Spectrum, spectrum
from concertation.situation.timeline import Bar, Scale, Tick, percent


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a party stands on the day that is looked at, and the statement that says so last."""

    party: Party
    holding: Holding | None
    statement: Statement | None


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question on the day that is looked at, with a place for each party, in their order."""

    question: Question
    stands: list[Stand]
    hidden: int  # statements that are not for the reader, of any day

    @property
    def ours(self) -> list[Stand]:
        """Where members and partners stand."""
        return [stand for stand in self.stands if stand.party.is_ours]

    @property
    def others(self) -> list[Stand]:
        """Where those outside stand who said anything."""
        return [stand for stand in self.stands if not stand.party.is_ours and stand.holding]

    @property
    def silent(self) -> list[Stand]:
        """The members and partners of whom nothing is known to the reader."""
        return [stand for stand in self.ours if stand.holding is None]

    @property
    def tally(self) -> list[tuple[Stance, int]]:
        """How many of ours stand where; a count, which decides nothing."""
        said = Counter(stand.holding.stance for stand in self.ours if stand.holding)
        return [(Stance(step), said[step]) for step in STEPS]

    @property
    def distance(self) -> int | None:
        """How many steps lie between the two ends of ours."""
        return distance([stand.holding.stance for stand in self.ours if stand.holding])

    @property
    def picture(self) -> Spectrum:
        """Ours in four columns."""
        actors = [(stand.party.key, stand.party.letters, stand.party.name) for stand in self.ours]
        return spectrum(actors, {stand.party.key: stand.holding.stance for stand in self.ours if stand.holding})


@dataclass(frozen=True, slots=True)
class Matrix:
    """Questions and parties on a day."""

    parties: list[Party]
    lines: list[QuestionLine]

    @property
    def open(self) -> list[QuestionLine]:
        """The questions on which positions are taken."""
        return [line for line in self.lines if line.question.closed_at is None]

    @property
    def closed(self) -> list[QuestionLine]:
        """Those that are settled."""
        return [line for line in self.lines if line.question.closed_at]

    @property
    def hidden(self) -> int:
        """How many statements are not for the reader."""
        return sum(line.hidden for line in self.lines)


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One statement in the table."""

    statement: Statement
    correction: Statement | None
    counts: bool  # whether it is where its actor stands on the day that is looked at
    can_correct: bool
    contact: Contact | None  # in which it was heard, when the reader may know of it


@dataclass(frozen=True, slots=True)
class ActorHistory:
    """Everything that one actor said: the bars of the picture and the rows of the table, newest first."""

    party: Party
    holding: Holding | None
    bars: list[Bar]
    rows: list[StatementRow]


@dataclass(frozen=True, slots=True)
class QuestionSheet:
    """A question with its whole history."""

    line: QuestionLine
    actors: list[ActorHistory]
    scale: Scale
    ticks: list[Tick]
    mark: str


def matrix_for(reader: Delegate, day: date) -> Matrix:
    """Return who stands where on `day`, as `reader` may know it, in five queries; who never spoke comes last."""
    questions = list(_with_statements(Question.objects.visible_to(reader), reader))
    speaking = {row.actor for question in questions for row in seen_on(question)}
    parties = sorted(parties_for(reader), key=lambda party: party.is_ours and party.key not in speaking)
    return Matrix(parties, [_line(question, parties, day) for question in questions])


def question_for(reader: Delegate, question_id: UUID, day: date) -> QuestionSheet | None:
    """Return the history of a question as `reader` may read it, None where there is none for that reader."""
    rows = _with_statements(Question.objects.visible_to(reader).filter(pk=question_id), reader)
    question = rows.first()
    return _sheet(question, reader, day) if question else None


def statement_for(reader: Delegate, statement_id: UUID) -> Statement | None:
    """Return a statement that `reader` may read, with its question."""
    rows = Statement.objects.visible_to(reader).filter(pk=statement_id)
    return rows.select_related("question", "member", "counterpart", "wording").first()


def lines_for(reader: Delegate, questions: Iterable[UUID], parties: Sequence[Party], day: date) -> list[QuestionLine]:
    """Return some questions on `day` for some parties only, in three queries."""
    rows = _with_statements(Question.objects.visible_to(reader).filter(pk__in=questions), reader)
    return [_line(question, parties, day) for question in rows]


def _with_statements(questions: QuerySet[Question], reader: Delegate) -> QuerySet[Question]:
    """Add to each question its wordings, what `reader` may read on it as `seen`, and how much there is."""
    seen = Statement.objects.visible_to(reader).select_related(
        "member", "counterpart", "by__person", "entered_for", "wording", "contact"
    )
    counted = questions.annotate(total=Count("statements")).order_by("created_at", "pk")
    return counted.prefetch_related("wordings", Prefetch("statements", seen.order_by("number"), to_attr="seen"))


def seen_on(question: Question) -> list[Statement]:
    """Return what the reader may read, in the order of entry."""
    seen: list[Statement] = question.seen  # type: ignore[attr-defined]
    return seen


def _line(question: Question, parties: Sequence[Party], day: date) -> QuestionLine:
    """Return who of `parties` stands where on a question on `day`."""
    seen = seen_on(question)
    by_number = {row.number: row for row in seen}
    held = holdings_at(facts_of(seen), day)
    stands = [_stand(party, held.get(party.key), by_number) for party in parties]
    total: int = question.total  # type: ignore[attr-defined]
    return QuestionLine(question, stands, total - len(seen))


def _stand(party: Party, holding: Holding | None, by_number: dict[int, Statement]) -> Stand:
    return Stand(party, holding, by_number[holding.number] if holding else None)


def _sheet(question: Question, reader: Delegate, day: date) -> QuestionSheet:
    """Return the picture and the table of what the reader may read."""
    seen = seen_on(question)
    parties = parties_for(reader)
    line = _line(question, parties, day)
    said = spans(facts_of(seen))
    scale = Scale.over([span.since for run in said.values() for span in run], latest_day())
    known = {str(pk) for pk in _known_contacts(reader, seen)}
    held = {stand.party.key: stand.holding for stand in line.stands}
    actors = [
        ActorHistory(party, held.get(party.key), scale.bars(said.get(party.key, [])), rows)
        for party in _speakers(seen, parties)
        if (rows := _rows([row for row in seen if row.actor == party.key], line, reader, known))
    ]
    return QuestionSheet(line, actors, scale, scale.ticks(), percent(scale.place(day)))


def _speakers(seen: Sequence[Statement], parties: Sequence[Party]) -> list[Party]:
    """Return who said anything: those that are followed now, then members that are not any more."""
    actors: dict[str, Member | Counterpart] = {}
    for row in seen:
        one = row.member or row.counterpart
        if one is not None:
            actors[row.actor] = one
    known = [party for party in parties if party.key in actors]
    gone = sorted(actors.keys() - {party.key for party in known})
    return [*known, *(party_of(actors[key]) for key in gone)]


def _known_contacts(reader: Delegate, seen: Sequence[Statement]) -> list[UUID]:
    """Return the contacts behind statements of which the reader may know."""
    wanted = {row.contact_id for row in seen if row.contact_id}
    if not wanted:
        return []
    return list(Contact.objects.visible_to(reader).filter(pk__in=wanted).values_list("pk", flat=True))


def _rows(said: Sequence[Statement], line: QuestionLine, reader: Delegate, known: set[str]) -> list[StatementRow]:
    """Return the rows of one actor, the latest first."""
    correction_of = {row.corrects_id: row for row in said if row.corrects_id}
    counting = {stand.statement.pk for stand in line.stands if stand.statement}
    is_open = line.question.closed_at is None
    ordered = sorted(said, key=lambda row: (row.said_on, row.number), reverse=True)
    return [
        StatementRow(
            statement=row,
            correction=correction_of.get(row.pk),
            counts=row.pk in counting,
            can_correct=is_open and row.pk not in correction_of and may_correct_statement(reader, row),
            contact=row.contact if str(row.contact_id) in known else None,
        )
        for row in ordered
    ]
