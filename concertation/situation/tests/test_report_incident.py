"""Incidents are reported by any delegation, corrected by who reported, and opened to the coalition."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from concertation.coalition.enums import Audience, Capacity
from concertation.coalition.errors import UnknownReaders
from concertation.core import clock
from concertation.core.errors import NotAllowed, NothingChanged
from concertation.record.models import Entry, Restricted
from concertation.situation.domain.assessments import assess_condition
from concertation.situation.domain.conditions import define_condition
from concertation.situation.domain.incident_joins import merge_incident
from concertation.situation.domain.incidents import Clause, correct_incident, report_incident, share_incident
from concertation.situation.enums import Verdict
from concertation.situation.errors import NoSuchCondition
from concertation.situation.incidents.clauses import count_of, lines_of
from concertation.situation.incidents.enums import WhenPrecision, WherePrecision
from concertation.situation.incidents.errors import (
    AlreadyShared,
    BadFigures,
    BadLinks,
    BadMoment,
    BadPlace,
    GroundsMissing,
    HiddenEvidence,
    IncidentTooLong,
    KindMissing,
    NarrowerLead,
    NoSuchClause,
    NoSuchIncident,
    PlaceMissing,
)
from concertation.situation.models import Account, Citation, Incident
from concertation.situation.tests.factories import judgement, make_condition
from concertation.situation.tests.incident_factories import NOON, head_of, make_incident, make_report
from tests.helpers.people import make_coalition, make_delegate, make_secretary
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db
CLAUSES = {"en": "1. No shelling.\n2. No drones.", "fr": "1. Pas d’artillerie.\n2. Pas de drones."}


def test_report_incident_keeps_what_was_told_and_finds_day_and_cell() -> None:
    make_coalition()
    germany = make_delegate("DE", Capacity.DELEGATE)
    incident = make_incident(germany, place="  Kharkiv \n city ")
    account = incident.accounts.get()
    assert account.place == "Kharkiv city"
    assert account.figures == [("killed", (1, 2, 4)), ("explosions", (None, 10, None))]
    incident.refresh_from_db()
    assert (incident.day, incident.last_day, incident.state) == (NOON.date(), NOON.date(), "reported")
    assert (incident.cell_x, incident.cell_y) == (int((36.23 + 180) * 128), int((49.99 + 90) * 128))
    data = Entry.objects.get().content["data"]
    assert (data["killed"], data["injured"], data["latitude"]) == ([1, 2, 4], [None, None, None], "49.99000")
    assert (data["links"], data["reported_for"]) == (["https://example.org/report"], "DE")


def test_a_restricted_report_is_sealed_for_its_readers() -> None:
    make_coalition()
    incident = make_incident(head_of("IT"), audience=Audience.MEMBERS, named=["DE"], summary="In confidence.")
    assert incident.reader_codes == ["DE", "IT"]
    assert Entry.objects.get().content["data"] == {}
    sealed = Restricted.objects.get()
    assert sealed.audience == ",DE,IT,"
    assert "In confidence." in sealed.content
    visible = {code: Incident.objects.visible_to(head_of(code)).count() for code in ("DE", "FR", "IT")}
    assert visible == {"DE": 1, "FR": 0, "IT": 1}


def test_the_monitoring_reports_too_and_others_do_not() -> None:
    make_coalition()
    assert make_incident(make_secretary()).member is None
    for capacity in (Capacity.OBSERVER, Capacity.INTERPRETER):
        by = make_delegate("DE", capacity)
        assert_refused(NotAllowed, lambda by=by: make_incident(by))  # type: ignore[misc]


@pytest.mark.parametrize(
    ("error", "facts"),
    [
        (KindMissing, {"kind": "rumour"}),
        (BadPlace, {"latitude": 91.0}),
        (BadPlace, {"longitude": -180.5}),
        (BadPlace, {"latitude": float("nan")}),
        (BadPlace, {"latitude": None}),
        (BadPlace, {"where_precision": WherePrecision.UNKNOWN}),
        (PlaceMissing, {"place": " ", "latitude": None, "longitude": None}),
        (BadMoment, {"occurred_at": NOON.replace(year=1999)}),
        (BadFigures, {"figures": {"killed": (3, 2, None)}}),
        (BadFigures, {"figures": {"killed": (-1, None, None)}}),
        (BadLinks, {"links": ["javascript:alert(1)"]}),
        (BadLinks, {"links": ["https://example.org", "data:text/html,x"]}),
        (IncidentTooLong, {"place": "x" * 201}),
        (IncidentTooLong, {"summary": "x" * 4_001}),
        (IncidentTooLong, {"sources": ["x"] * 31}),
    ],
)
def test_report_incident_refuses_what_cannot_be(error: type[Exception], facts: dict[str, object]) -> None:
    make_coalition()
    by = head_of("DE")
    assert_refused(error, lambda: make_incident(by, **facts))  # type: ignore[arg-type]
    assert not Incident.objects.exists()


def test_nothing_happens_in_the_future_but_a_day_may_have_begun() -> None:
    make_coalition()
    by = head_of("DE")
    with clock.frozen(datetime(2025, 7, 8, 10, tzinfo=UTC)):
        assert_refused(BadMoment, lambda: make_incident(by, occurred_at=NOON))
        make_incident(by, occurred_at=NOON, when_precision=WhenPrecision.DAY)
        later = NOON + timedelta(days=1)
        assert_refused(BadMoment, lambda: make_incident(by, occurred_at=later, when_precision=WhenPrecision.DAY))


def test_unknown_readers_are_refused() -> None:
    make_coalition()
    by = head_of("DE")
    assert_refused(UnknownReaders, lambda: make_incident(by, audience=Audience.MEMBERS, named=["XX"]))


def test_correct_incident_keeps_the_account_before() -> None:
    make_coalition()
    germany = head_of("DE")
    incident = make_incident(germany)
    later = make_report(figures={"killed": (2, 3, 4)}, occurred_at=NOON - timedelta(days=1))
    with assert_write("incident.corrected", "incidents", f"incident:{incident.pk}"):
        correct_incident(by=germany, incident_id=incident.pk, report=later, reason="The hospital says so.")
    incident.refresh_from_db()
    assert (incident.killed_best, incident.day) == (3, (NOON - timedelta(days=1)).date())
    assert list(incident.accounts.values_list("number", "killed_best")) == [(1, 2), (2, 3)]


def test_only_who_reported_corrects_and_says_why() -> None:
    make_coalition()
    germany = head_of("DE")
    incident, other = make_incident(germany), make_report(kind="small-arms")
    facts = {"incident_id": incident.pk, "report": other}
    assert_refused(NotAllowed, lambda: correct_incident(by=head_of("FR"), reason="So.", **facts))  # type: ignore[arg-type]
    assert_refused(GroundsMissing, lambda: correct_incident(by=germany, reason=" ", **facts))  # type: ignore[arg-type]
    same = make_report()
    assert_refused(
        NothingChanged, lambda: correct_incident(by=germany, incident_id=incident.pk, report=same, reason="So.")
    )
    hidden = make_incident(germany, audience=Audience.CHAIR)
    assert_refused(
        NoSuchIncident,
        lambda: correct_incident(by=head_of("IT"), incident_id=hidden.pk, report=other, reason="So."),
    )


def test_share_incident_opens_it_and_its_entry() -> None:
    make_coalition()
    italy = head_of("IT")
    incident = make_incident(italy, audience=Audience.CHAIR)
    assert_refused(NotAllowed, lambda: share_incident(by=head_of("FR"), incident_id=incident.pk))
    with assert_write("incident.shared", "incidents", f"incident:{incident.pk}"):
        share_incident(by=italy, incident_id=incident.pk)
    assert Entry.objects.latest("sequence").content["data"]["summary"] == "Heard at noon."
    assert_refused(AlreadyShared, lambda: share_incident(by=italy, incident_id=incident.pk))


def test_a_part_is_not_opened_wider_than_its_lead() -> None:
    make_coalition()
    italy = head_of("IT")
    lead, part = make_incident(italy, audience=Audience.CHAIR), make_incident(italy, audience=Audience.CHAIR)
    merge_incident(by=italy, incident_id=part.pk, into_id=lead.pk)
    assert_refused(NarrowerLead, lambda: share_incident(by=italy, incident_id=part.pk))
    share_incident(by=italy, incident_id=lead.pk)
    share_incident(by=italy, incident_id=part.pk)


def test_clauses_are_the_lines_of_the_wording_where_languages_agree() -> None:
    assert lines_of(" One.\n\n Two. ") == ["One.", "Two."]
    assert [count_of(words) for words in (CLAUSES, {"en": "One."}, {"en": "1\n2", "fr": "1"}, {})] == [2, 0, 0, 0]


def test_incidents_and_assessments_cite_a_clause() -> None:
    make_coalition()
    germany = head_of("DE")
    condition = define_condition(by=None, names={"en": "Ceasefire"}, words=CLAUSES)
    clause = Clause(condition.pk, 2)
    incident = report_incident(by=germany, report=make_report(), concerns=clause)
    assert Account.objects.filter(condition=condition, clause=2, incident=incident).exists()
    assert_refused(
        NoSuchClause, lambda: report_incident(by=germany, report=make_report(), concerns=Clause(condition.pk, 3))
    )
    assert_refused(
        NoSuchCondition, lambda: report_incident(by=germany, report=make_report(), concerns=Clause(uuid4(), None))
    )
    said = judgement(Verdict.BROKEN)
    cited = type(said)(said.verdict, said.valid_from, said.evidence, clause=2, incidents=(incident.pk,))
    made = assess_condition(by=germany, condition_id=condition.pk, judgement=cited)
    assert (made.clause, list(made.citations.values_list("incident", flat=True))) == (2, [incident.pk])
    data = Entry.objects.latest("sequence").content["data"]
    assert (data["clause"], data["incidents"]) == (2, [str(incident.pk)])


def test_evidence_is_for_whoever_reads_the_assessment() -> None:
    make_coalition()
    germany, condition = head_of("DE"), make_condition()
    secret = make_incident(germany, audience=Audience.MEMBERS, named=["FR"])
    said = judgement(Verdict.BROKEN)
    cited = type(said)(said.verdict, said.valid_from, said.evidence, incidents=(secret.pk,))

    def assess(**facts: object) -> None:
        assess_condition(by=germany, condition_id=condition.pk, judgement=cited, **facts)  # type: ignore[arg-type]

    assert_refused(HiddenEvidence, assess)
    assert_refused(HiddenEvidence, lambda: assess(audience=Audience.MEMBERS, named=["FR", "IT"]))
    assess(audience=Audience.MEMBERS, named=["FR"])
    assert Citation.objects.count() == 1
    hidden = type(said)(said.verdict, said.valid_from, said.evidence, incidents=(uuid4(),))
    assert_refused(NoSuchIncident, lambda: assess_condition(by=germany, condition_id=condition.pk, judgement=hidden))


def test_the_database_refuses_to_change_what_was_told() -> None:
    incident = make_incident()
    for change in (
        lambda: Account.objects.update(place="Elsewhere"),
        lambda: Account.objects.all().delete(),
        lambda: Incident.objects.filter(pk=incident.pk).update(source_key="x"),
        lambda: Incident.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
