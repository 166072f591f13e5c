"""Who may verify, attribute and decide, in which order, and what is found from the steps."""

from datetime import date
from random import Random
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from concertation.coalition.enums import Audience, Capacity
from concertation.core.days import latest_day
from concertation.core.errors import BadDay, NotAllowed
from concertation.record.models import Entry
from concertation.situation.domain.incident_joins import merge_incident, part_incident
from concertation.situation.domain.incident_steps import attribute_incident, decide_remedy, verify_incident
from concertation.situation.domain.incidents import correct_incident
from concertation.situation.incidents.enums import Finding, Measure
from concertation.situation.incidents.errors import (
    ActorMissing,
    AlreadyMerged,
    GroundsMissing,
    NarrowerLead,
    NoSuchIncident,
    NotAttributed,
    NotForAll,
    NothingToTakeBack,
    NotMerged,
    NotVerified,
    OwnReport,
    RingOfIncidents,
    SameIncident,
)
from concertation.situation.incidents.states import StepFact
from concertation.situation.incidents.totals import Fact, Joined, Taken, Told, totals
from concertation.situation.models import Account, Incident, Join, Step
from concertation.situation.tests.incident_factories import head_of, make_incident, make_report, make_verified
from tests.helpers.people import make_coalition, make_delegate, make_secretary
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db
FIRST = date(2025, 7, 1)


@pytest.fixture(autouse=True)
def coalition() -> None:
    make_coalition()


def stands(incident: Incident) -> tuple[str, str, str, bool]:
    """Return what is found of an incident."""
    incident.refresh_from_db()
    return incident.state, incident.attribution, incident.actor, incident.has_remedy


def test_from_report_to_remedy() -> None:
    incident, chair = make_incident(head_of("DE")), make_delegate("FR", Capacity.DELEGATE)
    topics = ("incidents", f"incident:{incident.pk}")
    facts = {"incident_id": incident.pk, "grounds": "As seen."}
    with assert_write("incident.stepped", *topics):
        verify_incident(by=head_of("IT"), finding=Finding.VERIFIED, **facts)  # type: ignore[arg-type]
    with assert_write("incident.stepped", *topics):
        attribute_incident(by=chair, finding=Finding.ATTRIBUTED, actor=" X \n Army ", **facts)  # type: ignore[arg-type]
    with assert_write("incident.stepped", *topics):
        decide_remedy(by=chair, finding=Finding.REMEDY, **facts)  # type: ignore[arg-type]
    assert stands(incident) == ("verified", "attributed", "X Army", True)
    assert list(incident.steps.values_list("number", "member")) == [(2, "IT"), (3, None), (4, None)]
    assert Entry.objects.get(sequence=3).content["data"]["attributed_to"] == "X Army"


def test_nobody_verifies_its_own_report() -> None:
    ours, theirs = make_incident(head_of("DE")), make_incident(make_secretary())
    facts = {"finding": Finding.VERIFIED, "grounds": "As seen."}
    same = make_delegate("DE", Capacity.DELEGATE)
    assert_refused(OwnReport, lambda: verify_incident(by=same, incident_id=ours.pk, **facts))  # type: ignore[arg-type]
    clerk = make_secretary()
    assert_refused(OwnReport, lambda: verify_incident(by=clerk, incident_id=theirs.pk, **facts))  # type: ignore[arg-type]
    verify_incident(by=clerk, incident_id=ours.pk, **facts)  # type: ignore[arg-type]
    verify_incident(by=head_of("DE"), incident_id=theirs.pk, **facts)  # type: ignore[arg-type]
    observer = make_delegate("IT", Capacity.OBSERVER)
    assert_refused(NotAllowed, lambda: verify_incident(by=observer, incident_id=ours.pk, **facts))  # type: ignore[arg-type]


def test_only_the_chair_decides_and_only_of_what_is_verified_and_read_by_all() -> None:
    germany, chair = head_of("DE"), head_of("FR")
    reported, verified = make_incident(germany), make_verified(germany)
    secret = make_verified(germany, audience=Audience.CHAIR)
    undetermined = {"finding": Finding.UNDETERMINED, "grounds": "Too far away."}

    def attribute(by: object, incident: Incident) -> None:
        attribute_incident(by=by, incident_id=incident.pk, **undetermined)  # type: ignore[arg-type]

    assert_refused(NotAllowed, lambda: attribute(head_of("IT"), verified))
    assert_refused(NotVerified, lambda: attribute(chair, reported))
    assert_refused(NotForAll, lambda: attribute(chair, secret))
    assert_refused(NoSuchIncident, lambda: attribute(head_of("IT"), secret))
    facts = {"incident_id": verified.pk, "grounds": "It is decided."}
    assert_refused(NotAttributed, lambda: decide_remedy(by=chair, finding=Finding.REMEDY, **facts))  # type: ignore[arg-type]
    assert_refused(ActorMissing, lambda: attribute_incident(by=chair, finding=Finding.ATTRIBUTED, actor=" ", **facts))  # type: ignore[arg-type]
    assert_refused(NotAllowed, lambda: attribute_incident(by=chair, finding=Finding.VERIFIED, **facts))  # type: ignore[arg-type]
    attribute(chair, verified)
    assert stands(verified) == ("verified", "undetermined", "", False)


def test_steps_are_taken_back_by_steps() -> None:
    incident, chair = make_verified(head_of("DE")), make_secretary()
    facts = {"incident_id": incident.pk, "grounds": "New facts."}
    assert_refused(
        NothingToTakeBack,
        lambda: attribute_incident(by=chair, finding=Finding.UNATTRIBUTED, **facts),  # type: ignore[arg-type]
    )
    attribute_incident(by=chair, finding=Finding.ATTRIBUTED, actor="X", **facts)  # type: ignore[arg-type]
    assert_refused(NothingToTakeBack, lambda: decide_remedy(by=chair, finding=Finding.NO_REMEDY, **facts))  # type: ignore[arg-type]
    attribute_incident(by=chair, finding=Finding.UNATTRIBUTED, **facts)  # type: ignore[arg-type]
    assert stands(incident) == ("verified", "", "", False)
    verify_incident(by=chair, finding=Finding.REOPENED, **facts)  # type: ignore[arg-type]
    assert stands(incident)[0] == "reported"
    assert_refused(NothingToTakeBack, lambda: verify_incident(by=chair, finding=Finding.REOPENED, **facts))  # type: ignore[arg-type]
    assert incident.steps.count() == 4


@pytest.mark.parametrize(
    ("error", "facts"),
    [
        (GroundsMissing, {"grounds": " \n "}),
        (BadDay, {"grounds": "So.", "on": date(1999, 12, 31)}),
        (BadDay, {"grounds": "So.", "on": date(9999, 1, 1)}),
    ],
)
def test_a_step_has_grounds_and_a_day(error: type[Exception], facts: dict[str, object]) -> None:
    incident, by = make_incident(head_of("DE")), head_of("FR")
    assert_refused(error, lambda: verify_incident(by=by, incident_id=incident.pk, finding=Finding.VERIFIED, **facts))  # type: ignore[arg-type]


def test_merge_and_part_move_whole_groups() -> None:
    germany = head_of("DE")
    one, two, three = (make_incident(germany) for _ in range(3))
    with assert_write("incident.merged", "incidents", f"incident:{one.pk}"):
        merge_incident(by=germany, incident_id=one.pk, into_id=two.pk, reason="The same shell.")
    merge_incident(by=germany, incident_id=two.pk, into_id=three.pk)
    assert leads(one, two, three) == [three.pk, three.pk, None]
    assert Incident.objects.counted().count() == 1
    with assert_write("incident.parted", "incidents", f"incident:{two.pk}"):
        part_incident(by=germany, incident_id=two.pk)
    assert leads(one, two, three) == [two.pk, None, None]
    assert list(Join.objects.values_list("incident", "into")) == [
        (one.pk, two.pk),
        (two.pk, three.pk),
        (two.pk, None),
    ]


def leads(*incidents: Incident) -> list[UUID | None]:
    """Return who leads each report."""
    return [Incident.objects.get(pk=one.pk).lead_id for one in incidents]


def test_merge_refuses_itself_rings_and_a_second_lead() -> None:
    germany = head_of("DE")
    one, two, three = (make_incident(germany) for _ in range(3))

    def merge(report: Incident, into: Incident) -> None:
        merge_incident(by=germany, incident_id=report.pk, into_id=into.pk)

    assert_refused(SameIncident, lambda: merge(one, one))
    merge(one, two)
    merge(two, three)
    assert_refused(RingOfIncidents, lambda: merge(three, one))
    assert_refused(RingOfIncidents, lambda: merge(three, two))
    assert_refused(AlreadyMerged, lambda: merge(one, three))
    assert_refused(NotMerged, lambda: part_incident(by=germany, incident_id=three.pk))


def test_merge_is_for_who_reported_and_the_chair_and_never_hides_the_lead() -> None:
    germany, italy, chair = head_of("DE"), head_of("IT"), head_of("GB")
    ours, theirs = make_incident(germany), make_incident(italy)
    secret = make_incident(italy, audience=Audience.MEMBERS, named=["GB"])
    facts = {"incident_id": ours.pk, "into_id": theirs.pk}
    assert_refused(NotAllowed, lambda: merge_incident(by=italy, **facts))  # type: ignore[arg-type]
    assert_refused(NarrowerLead, lambda: merge_incident(by=chair, incident_id=ours.pk, into_id=secret.pk))
    assert_refused(NoSuchIncident, lambda: merge_incident(by=germany, incident_id=ours.pk, into_id=secret.pk))
    merge_incident(by=chair, **facts)  # type: ignore[arg-type]
    merge_incident(by=italy, incident_id=secret.pk, into_id=theirs.pk)
    visible = {who.member_id: Incident.objects.visible_to(who).counted().count() for who in (germany, italy, chair)}
    assert visible == {"DE": 1, "IT": 1, "GB": 1}


def test_the_database_refuses_to_change_steps_and_joins() -> None:
    incident, other = make_verified(), make_incident()
    merge_incident(by=None, incident_id=other.pk, into_id=incident.pk)
    for change in (
        lambda: Step.objects.update(grounds="Otherwise."),
        lambda: Step.objects.all().delete(),
        lambda: Join.objects.update(into=None),
        lambda: Join.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


@pytest.mark.parametrize("seed", range(6))
def test_what_is_found_equals_the_totals_over_the_facts(seed: int) -> None:
    """The columns that pages count by say what the pure totals say of the rows, after any acts in any order."""
    random = Random(seed)
    incidents = [make_incident(member=random.choice(["DE", "IT", None])) for _ in range(5)]
    for _ in range(25):
        one, other = random.sample(incidents, 2)
        try:
            with transaction.atomic():
                random.choice([_verify, _attribute, _correct, _merge, _part])(random, one.pk, other.pk)
        except (NotVerified, NothingToTakeBack, AlreadyMerged, RingOfIncidents, NotMerged, OwnReport):
            continue
    found = totals(_facts(), latest_day(), FIRST, latest_day(), Measure.values)
    counted = Incident.objects.counted()
    rows = list(counted)
    assert found.count == len(rows)
    assert found.states == {state: counted.filter(state=state).count() for state in {row.state for row in rows}}
    said = {row.attribution for row in rows if row.attribution}
    assert found.attributions == {one: counted.filter(attribution=one).count() for one in said}
    assert found.figures["killed"].best == sum(row.killed_best or 0 for row in rows)
    assert found.figures["killed"].unknown[1] == sum(row.killed_best is None for row in rows)


def _verify(random: Random, key: UUID, _other: UUID) -> None:
    finding = random.choice([Finding.VERIFIED, Finding.VERIFIED, Finding.REJECTED, Finding.UNVERIFIABLE])
    on = date(2025, 8, random.randint(1, 9))
    verify_incident(by=None, incident_id=key, finding=finding, grounds="So.", on=on, member="GB")


def _attribute(random: Random, key: UUID, _other: UUID) -> None:
    finding = random.choice([Finding.ATTRIBUTED, Finding.UNDETERMINED, Finding.UNATTRIBUTED])
    attribute_incident(by=None, incident_id=key, finding=finding, grounds="So.", actor="X")


def _correct(random: Random, key: UUID, _other: UUID) -> None:
    best = random.choice([None, *range(9)])
    report = make_report(figures={"killed": (None, best, None)}, summary=str(random.random()))
    correct_incident(by=None, incident_id=key, report=report, reason="So.")


def _merge(_random: Random, key: UUID, other: UUID) -> None:
    merge_incident(by=None, incident_id=key, into_id=other)


def _part(_random: Random, key: UUID, _other: UUID) -> None:
    part_incident(by=None, incident_id=key)


def _facts() -> list[Fact]:
    """Return the rows as the pure totals take them."""
    told = [
        Told(
            row.pk,
            str(row.incident_id),
            row.at.date(),
            row.occurred_at.date(),
            row.kind_id,
            {measure: row.bounds(measure) for measure in Measure.values},
            row.is_withdrawn,
        )
        for row in Account.objects.all()
    ]
    steps = [
        Taken(str(row.incident_id), StepFact(row.number, row.finding, row.on, row.actor)) for row in Step.objects.all()
    ]
    joins = [
        Joined(row.pk, str(row.incident_id), str(row.into_id) if row.into_id else None, row.at.date())
        for row in Join.objects.all()
    ]
    return [*told, *steps, *joins]
