"""Plans as their readers see them: what a run came to, why gaps stay, who serves when, and scenarios side by side."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from django.utils.formats import date_format

from concertation.coalition.models import Delegate, Member
from concertation.commitments.models import Contribution, PlanAnswer, PlanRun, PlanScenario, Requirement
from concertation.commitments.plan.measure import Stage, StageResult
from concertation.commitments.plan.model import Plan, Problem
from concertation.commitments.plan.model import Requirement as Need
from concertation.commitments.planning.gaps import Gap, gaps_of
from concertation.commitments.planning.history import differing
from concertation.commitments.planning.reading import Line, Service, lines_of, parts_of, services_of
from concertation.commitments.planning.stored import plan_from, problem_from
from concertation.commitments.queries.planning import last_answers
from concertation.situation.models import Condition

MOST_COMPARED = 4


@dataclass(frozen=True)
class Tiles:
    """The figures above a plan."""

    covered: int
    needed: int
    essential_gaps: int
    waiting: int  # contributions that lack an approval
    depending: int  # contributions that wait for a condition that is not found to hold


@dataclass(frozen=True)
class Part:
    """A member that serves in a plan, and its answer to the proposal."""

    member: Member
    answer: PlanAnswer | None


@dataclass(frozen=True)
class Names:
    """The rows that a page speaks of, by id."""

    requirements: Mapping[str, Requirement]
    contributions: Mapping[str, Contribution]
    conditions: Mapping[str, Condition]
    members: Mapping[str, Member]


@dataclass(frozen=True)
class Sheet:
    """A run with all that its page shows."""

    run: PlanRun
    problem: Problem | None
    plan: Plan | None
    names: Names

    @cached_property
    def lines(self) -> list[Line]:
        """The coverage of each requirement, essential first."""
        if self.problem is None:
            return []
        return lines_of(self.problem, self.plan or Plan(), self.run.unknown)

    @property
    def fault(self) -> dict[str, str]:
        """Why the run failed: the kind, of what, and what that names."""
        return {"kind": "", "subject": "", "about": "", **self.run.fault}

    @property
    def needs(self) -> dict[str, Need]:
        """What is needed, by requirement."""
        return {line.requirement.id: line.requirement for line in self.lines}

    @cached_property
    def months(self) -> list[date]:
        """The first day of each month."""
        return [self.run.day_of(month) for month in range(self.run.months)]

    @cached_property
    def labels(self) -> list[str]:
        """The name of each month with its year."""
        return [date_format(month, "M Y") for month in self.months]

    @cached_property
    def links(self) -> dict[str, str]:
        """What was drawn for a requirement before, by id: a page names few of them often."""
        return {}

    @cached_property
    def stages(self) -> list[StageResult]:
        """What is known of the five stages."""
        return [StageResult(Stage(item["stage"]), item["value"], item["bound"]) for item in self.run.results]

    @property
    def is_proven(self) -> bool:
        """Whether no plan is better."""
        return bool(self.stages) and all(stage.proven for stage in self.stages)

    @property
    def open_stage(self) -> StageResult | None:
        """The first stage that is not proven."""
        return next((stage for stage in self.stages if not stage.proven), None)

    @cached_property
    def tiles(self) -> Tiles:
        """The figures above."""
        offers = self.problem.contributions if self.problem else ()
        unmet = set(self.run.unmet)
        return Tiles(
            covered=sum(line.is_covered for line in self.lines),
            needed=len(self.lines),
            essential_gaps=sum(line.requirement.essential and not line.is_covered for line in self.lines),
            waiting=sum(bool(offer.approvals_missing) for offer in offers),
            depending=sum(not unmet.isdisjoint(offer.conditions) for offer in offers),
        )

    @cached_property
    def gaps(self) -> list[Gap]:
        """Why what is missing is missing: essential first, then by the number of acts."""
        return gaps_of(self.run.gaps, self.lines)

    @cached_property
    def changes(self) -> tuple[int, int]:
        """How many of the contributions that were confirmed do something else here, and of how many."""
        return differing(self.problem, self.plan) if self.problem and self.plan else (0, 0)

    @cached_property
    def since(self) -> list[tuple[Condition, date | None]]:
        """The conditions that something here waits for, and from which month the scenario lets them hold."""
        if self.problem is None:
            return []
        holds = self.problem.scenario.holds
        known = [self.names.conditions.get(condition.id) for condition in self.problem.conditions]
        rows = [row for row in known if row]
        return [(row, self.run.day_of(holds[str(row.pk)]) if str(row.pk) in holds else None) for row in rows]

    @cached_property
    def parts(self) -> list[Part]:
        """The members that serve, with their answers."""
        if self.run.proposed_at:
            codes = set(self.run.part_codes)
        else:
            codes = parts_of(self.problem, self.plan) if self.problem and self.plan else set()
        answers = last_answers(self.run.answers.all()) if self.run.proposed_at else {}
        return [Part(member, answers.get(code)) for code, member in self.names.members.items() if code in codes]

    @cached_property
    def services(self) -> list[tuple[Contribution, list[Service]]]:
        """Who serves what when, by member."""
        if self.problem is None or self.plan is None:
            return []
        found = services_of(self.problem, self.plan)
        place = {code: number for number, code in enumerate(self.names.members)}
        rows = [
            (self.names.contributions[name], doing) for name, doing in found.items() if name in self.names.contributions
        ]
        return sorted(rows, key=lambda row: (place.get(row[0].codes[0], 0), row[0].title))


@dataclass(frozen=True)
class ScenarioLine:
    """A scenario in the list, with the last run that the reader may read."""

    scenario: PlanScenario
    sheet: Sheet | None


def scenarios_for(reader: Delegate) -> list[ScenarioLine]:
    """Return every scenario with its last run, the newest scenario first, in a fixed number of queries."""
    scenarios = list(PlanScenario.objects.visible_to(reader).order_by("-created_at", "pk"))
    rows = PlanRun.objects.visible_to(reader).order_by("asked_at", "pk")
    last: dict[UUID, UUID] = dict(rows.values_list("scenario", "pk"))
    runs = {run.scenario_id: run for run in PlanRun.objects.visible_to(reader).filter(pk__in=last.values())}
    nobody = Names({}, {}, {}, {})
    return [
        ScenarioLine(scenario, _sheet(runs[scenario.pk], nobody) if scenario.pk in runs else None)
        for scenario in scenarios
    ]


def scenario_for(reader: Delegate, scenario_id: UUID) -> tuple[PlanScenario, list[PlanRun]] | None:
    """Return a scenario and its runs, the latest first, None where there is none for the reader."""
    scenario = PlanScenario.objects.visible_to(reader).filter(pk=scenario_id).first()
    if scenario is None:
        return None
    runs = PlanRun.objects.visible_to(reader).filter(scenario=scenario).light().select_related("asked_by__person")
    return scenario, list(runs.order_by("-asked_at", "-pk")[:50])


def assumed_conditions(reader: Delegate, scenario: PlanScenario) -> list[tuple[Condition, date | None, bool]]:
    """Return each condition that is watched or named, the day from which it holds, and whether that is as found."""
    rows = Condition.objects.visible_to(reader).prefetch_related("wordings")
    said = {name: date.fromisoformat(day) if day else None for name, day in scenario.holds.items()}
    known = [row for row in rows if row.retired_at is None or str(row.pk) in said]
    return [(row, said.get(str(row.pk)), str(row.pk) not in said) for row in known]


def run_for(reader: Delegate, run_id: UUID) -> Sheet | None:
    """Return a run with all that its page shows, None where there is none for the reader."""
    run = PlanRun.objects.visible_to(reader).select_related("asked_by__person").filter(pk=run_id).first()
    if run is None:
        return None
    return _sheet(run, _names(reader, _mentioned(run)))


def compared(reader: Delegate, scenario_ids: Sequence[UUID]) -> list[Sheet]:
    """Return the last plans of some scenarios as far as the reader may read them, in the order asked for."""
    found: dict[UUID, PlanRun] = {}
    rows = PlanRun.objects.visible_to(reader).filter(scenario__in=scenario_ids, plan__isnull=False)
    wanted: dict[UUID, UUID] = dict(rows.order_by("asked_at", "pk").values_list("scenario", "pk"))
    for run in PlanRun.objects.visible_to(reader).filter(pk__in=wanted.values()):
        found[run.scenario_id] = run
    runs = [found[key] for key in dict.fromkeys(scenario_ids) if key in found][:MOST_COMPARED]
    needed = {need["id"] for run in runs for need in run.problem["requirements"]}
    awaited = {condition["id"] for run in runs for condition in run.problem.get("conditions", ())}
    names = _names(reader, Mentioned(requirements=needed, conditions=awaited))
    return [_sheet(run, names) for run in runs]


@dataclass
class Mentioned:
    """The ids of what a page speaks of."""

    requirements: Iterable[str] = ()
    contributions: Iterable[str] = ()
    conditions: Iterable[str] = ()


def _mentioned(run: PlanRun) -> Mentioned:
    """Return what the page of a run speaks of: what is planned, what is proposed to change, what is left out."""
    fault = {run.fault[key] for key in ("subject", "about") if run.fault.get(key)}
    serving = {part["contribution"] for kind in ("tours", "shares") for part in (run.plan or {}).get(kind, ())}
    acts = [act for gap in run.gaps if "by_acts" in gap for act in gap["by_acts"]["acts"]]
    asked = {act["whose"] or act["what"].partition(":")[0] for act in acts}
    left_out = {name for names in run.left_out.values() for name in names}
    problem = run.problem
    return Mentioned(
        requirements={need["id"] for need in problem.get("requirements", ())} | fault | left_out,
        contributions=serving | asked | fault | left_out,
        conditions={condition["id"] for condition in problem.get("conditions", ())} | fault,
    )


def _names(reader: Delegate, said: Mentioned) -> Names:
    """Return the rows of what is mentioned, each by what the reader may read."""
    needs = Requirement.objects.visible_to(reader).filter(pk__in=_uuids(said.requirements))
    offers = Contribution.objects.visible_to(reader).filter(pk__in=_uuids(said.contributions))
    conditions = Condition.objects.visible_to(reader).filter(pk__in=_uuids(said.conditions))
    return Names(
        requirements={str(row.pk): row for row in needs.prefetch_related("revisions__capability")},
        contributions={str(row.pk): row for row in offers.prefetch_related("parties", "terms__capability")},
        conditions={str(row.pk): row for row in conditions.prefetch_related("wordings")},
        members={row.pk: row for row in Member.objects.all()},
    )


def _uuids(names: Iterable[str]) -> list[UUID]:
    """Return those that are identifiers of rows."""
    found = []
    for name in sorted(names):
        try:
            found.append(UUID(name))
        except ValueError:
            continue
    return found


def _sheet(run: PlanRun, names: Names) -> Sheet:
    is_made = bool(run.problem.get("months"))
    return Sheet(run, problem_from(run.problem) if is_made else None, plan_from(run.plan), names)


@dataclass(frozen=True)
class Compared:
    """A requirement under each scenario; None where it is not part of the plan."""

    requirement: Requirement
    is_essential: bool
    lines: list[Line | None]

    @property
    def differs(self) -> bool:
        """Whether the scenarios come to different shares."""
        return len({line.average for line in self.lines if line}) > 1


@dataclass(frozen=True)
class Comparison:
    """The last plans of some scenarios side by side."""

    sheets: list[Sheet]

    @cached_property
    def rows(self) -> list[Compared]:
        """The requirements of all of them, essential first, in the order of the first plan that has them."""
        by_sheet = [{line.requirement.id: line for line in sheet.lines} for sheet in self.sheets]
        first: dict[str, Line] = {}
        for lines in by_sheet:
            for name, line in lines.items():
                first.setdefault(name, line)
        names = self.sheets[0].names.requirements if self.sheets else {}
        rows = [
            Compared(names[name], line.requirement.essential, [lines.get(name) for lines in by_sheet])
            for name, line in first.items()
            if name in names
        ]
        return sorted(rows, key=lambda row: not row.is_essential)
