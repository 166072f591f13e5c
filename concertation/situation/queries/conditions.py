"""Conditions as a reader sees them: derived from what that reader may read, with a word about what is left out."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Prefetch, QuerySet

from concertation.coalition.models import Delegate, Member
from concertation.core.days import latest_day
from concertation.situation.assessing import Fact, Span, disagree, spans, state_at
from concertation.situation.enums import Verdict
from concertation.situation.models import Assessment, Condition, Incident
from concertation.situation.queries.incidents import cited_by
from concertation.situation.rules import may_correct
from concertation.situation.timeline import Bar, Scale, Tick, percent


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one voice says on the day that is looked at, and its last assessment that says so."""

    member: Member | None  # None: the coalition's finding
    span: Span
    assessment: Assessment


@dataclass(frozen=True, slots=True)
class Line:
    """A condition on the day that is looked at."""

    condition: Condition
    opinions: list[Opinion]  # the finding first, then members in the order of protocol
    hidden: int  # assessments that are not for the reader, of any day

    @property
    def finding(self) -> Opinion | None:
        """What the coalition finds; the same for every reader."""
        return next((opinion for opinion in self.opinions if opinion.member is None), None)

    @property
    def members(self) -> list[Opinion]:
        """What members say beside it."""
        return [opinion for opinion in self.opinions if opinion.member]

    @property
    def tally(self) -> list[tuple[Verdict, int]]:
        """How many members say what, in the order of the verdicts; a count, which decides nothing."""
        said = Counter(opinion.span.verdict for opinion in self.members)
        return [(verdict, said[verdict]) for verdict in Verdict if said[verdict]]

    @property
    def differ(self) -> bool:
        """Whether not all voices say the same."""
        return disagree({str(number): opinion.span for number, opinion in enumerate(self.opinions)})

    @property
    def latest(self) -> Opinion | None:
        """The opinion with the most recent evidence."""
        return max(
            self.opinions,
            key=lambda opinion: (opinion.assessment.valid_from, opinion.assessment.number),
            default=None,
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One assessment in the table."""

    assessment: Assessment
    correction: Assessment | None  # what took its place, as far as the reader may read it
    counts: bool  # whether it is what its voice says on the day that is looked at
    can_correct: bool
    incidents: list[Incident]  # on which it rests


@dataclass(frozen=True, slots=True)
class VoiceHistory:
    """Everything that one voice said: the bars of the picture and the rows of the table, newest first."""

    member: Member | None
    opinion: Opinion | None
    bars: list[Bar]
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A condition with its whole history."""

    line: Line
    voices: list[VoiceHistory]
    scale: Scale
    ticks: list[Tick]
    mark: str  # where the day that is looked at stands in the picture


def conditions_for(reader: Delegate, day: date) -> list[Line]:
    """Return the conditions that `reader` may read as they are on `day`, retired ones last, in three queries."""
    rows = _with_assessments(Condition.objects.visible_to(reader), reader)
    ordered = sorted(rows, key=lambda condition: condition.retired_at is not None)
    return [_line(condition, _seen(condition), day) for condition in ordered]


def findings_for(reader: Delegate) -> list[tuple[Condition, Span | None]]:
    """Return the conditions that are watched, with what the coalition finds now, in three queries."""
    found = Prefetch("assessments", Assessment.objects.filter(member=None), to_attr="seen")
    watched = Condition.objects.visible_to(reader).filter(retired_at=None).prefetch_related("wordings", found)
    return [(condition, state_at(_facts(_seen(condition)), latest_day()).get(None)) for condition in watched]


def findings_at(day: date) -> dict[str, Span]:
    """Return what the coalition finds on `day` by the identifiers of conditions, retired ones too, in one query.

    A finding is for everybody, so that this asks for no reader.
    """
    found: dict[str, list[Assessment]] = {}
    for row in Assessment.objects.filter(member=None).order_by("number"):
        found.setdefault(str(row.condition_id), []).append(row)
    states = {key: state_at(_facts(rows), day).get(None) for key, rows in found.items()}
    return {key: span for key, span in states.items() if span}


def condition_for(reader: Delegate, condition_id: UUID, day: date) -> Sheet | None:
    """Return the history of a condition as `reader` may read it, None where there is none for that reader."""
    rows = _with_assessments(Condition.objects.visible_to(reader).filter(pk=condition_id), reader)
    condition = rows.first()
    return _sheet(condition, reader, day) if condition else None


def assessment_for(reader: Delegate, assessment_id: UUID) -> Assessment | None:
    """Return an assessment that `reader` may read, with its condition."""
    rows = Assessment.objects.visible_to(reader).filter(pk=assessment_id)
    return rows.select_related("condition", "member", "wording").first()


def _with_assessments(conditions: QuerySet[Condition], reader: Delegate) -> QuerySet[Condition]:
    """Add to each condition its wordings, what `reader` may read about it as `seen`, and how much there is."""
    seen = Assessment.objects.visible_to(reader).select_related("member", "by__person", "by__member", "wording")
    counted = conditions.annotate(total=Count("assessments"))
    ordered = counted.order_by("created_at", "pk")  # a count makes Django leave Meta.ordering out
    return ordered.prefetch_related("wordings", Prefetch("assessments", seen.order_by("number"), to_attr="seen"))


def _seen(condition: Condition) -> list[Assessment]:
    """Return what the reader may read, in the order of entry."""
    seen: list[Assessment] = condition.seen  # type: ignore[attr-defined]
    return seen


def _facts(seen: Iterable[Assessment]) -> list[Fact]:
    """Return the assessments as the derivation takes them."""
    rows = list(seen)
    number_of = {row.pk: row.number for row in rows}
    return [row.as_fact(number_of) for row in rows]


def _line(condition: Condition, seen: Sequence[Assessment], day: date) -> Line:
    """Return what `seen` says of a condition on `day`."""
    by_number = {row.number: row for row in seen}
    state = state_at(_facts(seen), day)
    opinions = [Opinion(by_number[span.number].member, span, by_number[span.number]) for span in state.values()]
    opinions.sort(key=lambda opinion: _protocol(opinion.member))
    total: int = condition.total  # type: ignore[attr-defined]
    return Line(condition, opinions, total - len(seen))


def _protocol(member: Member | None) -> tuple[bool, bool, int, str]:
    """Return what orders voices: the coalition, co-chairs, members."""
    return (False, False, 0, "") if member is None else (True, not member.is_co_chair, member.order, member.pk)


def _sheet(condition: Condition, reader: Delegate, day: date) -> Sheet:
    """Return the picture and the table of what the reader may read."""
    seen = _seen(condition)
    line = _line(condition, seen, day)
    said = spans(_facts(seen))
    scale = Scale.over([span.since for run in said.values() for span in run], latest_day())
    members = sorted({row.member for row in seen}, key=_protocol)
    cited = cited_by(reader, seen)
    voices = [
        VoiceHistory(
            member=member,
            opinion=next((opinion for opinion in line.opinions if opinion.member == member), None),
            bars=scale.bars(said.get(member.pk if member else None, [])),
            rows=_rows([row for row in seen if row.member == member], line, reader, cited),
        )
        for member in members
    ]
    return Sheet(line, voices, scale, scale.ticks(), percent(scale.place(day)))


def _rows(said: Sequence[Assessment], line: Line, reader: Delegate, cited: dict[UUID, list[Incident]]) -> list[Row]:
    """Return the rows of one voice, by validity and entry, the latest first."""
    correction_of = {row.corrects_id: row for row in said if row.corrects_id}
    counting = {opinion.assessment.pk for opinion in line.opinions}
    is_open = line.condition.retired_at is None
    ordered = sorted(said, key=lambda row: (row.valid_from, row.number), reverse=True)
    return [
        Row(
            assessment=row,
            correction=correction_of.get(row.pk),
            counts=row.pk in counting,
            can_correct=is_open and row.pk not in correction_of and may_correct(reader, row),
            incidents=cited.get(row.pk, []),
        )
        for row in ordered
    ]
