"""The lock, the entry and the signals that every act on a scenario or a run shares."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import F

from concertation.coalition.enums import Audience
from concertation.coalition.models import Delegate
from concertation.commitments.errors import NoSuchRun, NoSuchScenario
from concertation.commitments.events import Act
from concertation.commitments.models import PlanRun, PlanScenario
from concertation.core import live
from concertation.record.canonical import Json
from concertation.record.domain.entries import append_entry
from concertation.record.events import Subject


def taken_scenario(by: Delegate, scenario_id: UUID) -> PlanScenario:
    """Return a scenario that nobody else changes until the transaction ends; raises NoSuchScenario."""
    visible = PlanScenario.objects.visible_to(by).filter(pk=scenario_id)
    if not visible.exists():
        raise NoSuchScenario
    PlanScenario.objects.filter(pk=scenario_id).update(entries=F("entries") + 1)
    return PlanScenario.objects.get(pk=scenario_id)


def taken_run(by: Delegate, run_id: UUID) -> PlanRun:
    """Return a run that no other person acts on until the transaction ends; raises NoSuchRun."""
    if not PlanRun.objects.visible_to(by).filter(pk=run_id).exists():
        raise NoSuchRun
    PlanRun.objects.filter(pk=run_id).update(entries=F("entries") + 1)
    return PlanRun.objects.get(pk=run_id)


def note_scenario(by: Delegate, act: Act, scenario: PlanScenario, facts: Mapping[str, Json]) -> None:
    """Append the entry of `act` on a scenario and tell the pages that show it."""
    subject = Subject("scenario", str(scenario.pk))
    append_entry(actor=by.actor, action=act, subject=subject, data={"scenario_name": scenario.name, **facts})
    live.announce("plans")


def note_run(by: Delegate, act: Act, run: PlanRun, facts: Mapping[str, Json]) -> None:
    """Append the entry of `act` on a proposed plan, sealed for its readers where it is not for all."""
    subject = Subject("plan", str(run.pk))
    whole: dict[str, Json] = {"scenario_name": run.name, **facts}
    if run.audience == Audience.COALITION:
        append_entry(actor=by.actor, action=act, subject=subject, data=whole)
    else:
        append_entry(actor=by.actor, action=act, subject=subject, data={}, restricted=whole, audience=run.reader_codes)
    announce_run(run)


def announce_run(run: PlanRun) -> None:
    """Tell the pages that show a run; of one that is not for all nobody else hears anything."""
    live.announce(f"plan:{run.pk}", *(["plans"] if run.audience == Audience.COALITION else []))
