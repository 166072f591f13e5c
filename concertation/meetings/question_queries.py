"""Reads about the positions that are asked for before a meeting, as far as each reader may know them."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from concertation.coalition.enums import Audience
from concertation.coalition.models import Delegate
from concertation.core.days import latest_day
from concertation.meetings.models import Meeting, MeetingQuestion, MemberInvitation
from concertation.situation.domain.statements import STANDING
from concertation.situation.enums import Stance
from concertation.situation.holding import distance, holdings_at
from concertation.situation.models import Question, Statement
from concertation.situation.models.positions import facts_of
from concertation.situation.queries.parties import Party, party_of
from concertation.situation.queries.positions import QuestionLine, Stand, lines_for
from concertation.situation.spectrum import Spectrum, spectrum


@dataclass(frozen=True, slots=True)
class AskedLine:
    """What the invited delegations answered to one question, as far as a reader may know it."""

    asked: MeetingQuestion
    line: QuestionLine

    @property
    def answers(self) -> list[Stand]:
        """Those who answered, in the order of protocol."""
        return [stand for stand in self.line.stands if self._is_answer(stand)]

    @property
    def open(self) -> list[Stand]:
        """Those of whom the reader knows no answer; what they said before they were asked stands beside."""
        return [stand for stand in self.line.stands if not self._is_answer(stand)]

    @property
    def tally(self) -> list[tuple[Stance, int]]:
        """How many delegations answered what."""
        said = [stand.holding.stance for stand in self.answers if stand.holding]
        return [(stance, said.count(stance)) for stance in Stance if stance != Stance.WITHDRAWN]

    @property
    def distance(self) -> int | None:
        """How many steps lie between the two ends of the answers."""
        return distance([stand.holding.stance for stand in self.answers if stand.holding])

    @property
    def picture(self) -> Spectrum:
        """The answers in four columns."""
        actors = [(stand.party.key, stand.party.letters, stand.party.name) for stand in self.answers]
        return spectrum(actors, {stand.party.key: stand.holding.stance for stand in self.answers if stand.holding})

    def own(self, member: str | None) -> Stand | None:
        """Return the answer of the reader's delegation."""
        return next((stand for stand in self.answers if stand.party.key == member), None)

    def _is_answer(self, stand: Stand) -> bool:
        return stand.statement is not None and stand.statement.at >= self.asked.asked_at


@dataclass(frozen=True, slots=True)
class AskedRow:
    """A question in the list of a meeting, with the answer of the reader's delegation."""

    line: AskedLine
    own: Stand | None
    is_invited: bool  # whether the reader's delegation is one of those that are asked


def asked_for(reader: Delegate, meeting: Meeting) -> list[AskedRow]:
    """Return what is asked for `meeting` and how it was answered until it was closed, in six queries at any size."""
    asked = list(MeetingQuestion.objects.asked().filter(meeting=meeting).select_related("item", "text"))
    if not asked:
        return []
    parties = _invited(meeting)
    day = meeting.closed_at.date() if meeting.closed_at else latest_day()
    lines = {line.question.pk: line for line in lines_for(reader, [row.question_id for row in asked], parties, day)}
    is_invited = any(party.key == reader.member_id for party in parties)
    rows = [AskedLine(row, lines[row.question_id]) for row in asked if row.question_id in lines]
    return [AskedRow(row, row.own(reader.member_id), is_invited) for row in rows]


def asked_count(meeting: Meeting) -> int:
    """Return how many questions are asked for `meeting`."""
    return MeetingQuestion.objects.asked().filter(meeting=meeting).count()


def questions_to_ask(reader: Delegate, meeting: Meeting) -> list[Question]:
    """Return the open questions that are not asked for `meeting` yet."""
    asked = MeetingQuestion.objects.asked().filter(meeting=meeting).values("question")
    return list(Question.objects.visible_to(reader).open().exclude(pk__in=asked).prefetch_related("wordings"))


def unanswered_by(member: str) -> QuerySet[MeetingQuestion]:
    """Return what the delegation of `member` is asked and has not answered."""
    said = Statement.objects.filter(
        question=OuterRef("question"), member=member, at__gte=OuterRef("asked_at"), correction=None
    ).exclude(stance=Stance.WITHDRAWN)
    invited = MemberInvitation.objects.filter(meeting=OuterRef("meeting"), member=member, withdrawn_at=None)
    rows = MeetingQuestion.objects.asked().filter(Exists(invited), ~Exists(said))
    return rows.filter(question__closed_at=None, meeting__closed_at=None, meeting__cancelled_at=None)


def open_answers(asked: MeetingQuestion) -> list[Statement]:
    """Return for each invited delegation its last answer among those that the whole coalition may read, with a reason.

    It is derived from these alone, as if there were no others.
    """
    rows = Statement.objects.filter(question=asked.question_id, audience=Audience.COALITION, member__isnull=False)
    statements = list(rows.select_related("member").order_by("number"))
    held = holdings_at(facts_of(statements), latest_day())
    by_number = {row.number: row for row in statements}
    invited = _invited(asked.meeting)
    last = [by_number[held[party.key].number] for party in invited if party.key in held]
    return [row for row in last if row.at >= asked.asked_at]


def _invited(meeting: Meeting) -> Sequence[Party]:
    """Return the invited members and partners in the order of protocol; observers are asked nothing."""
    rows = MemberInvitation.objects.filter(meeting=meeting, withdrawn_at=None, member__status__in=STANDING)
    return [party_of(row.member) for row in rows.select_related("member")]


def asked_question(meeting: Meeting, asked_id: UUID) -> MeetingQuestion | None:
    """Return one question that is asked for `meeting`."""
    rows = MeetingQuestion.objects.asked().filter(meeting=meeting, pk=asked_id)
    return rows.select_related("question").first()
