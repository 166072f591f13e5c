"""A plan as files: what the pages show, with what the scenario assumes, how far the plan is, and for whom it is."""

import csv
import io
import json
from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from concertation.coalition.enums import Audience
from concertation.coalition.models import Delegate
from concertation.commitments.domain.plans import confirm_part, decline_part, propose_plan
from concertation.commitments.enums import Approval
from concertation.commitments.models import PlanRun
from concertation.commitments.tests.factories import make_contribution, make_requirement
from concertation.commitments.tests.plan_scenes import make_plan, make_run, make_scenario
from concertation.core import clock
from concertation.situation.enums import Verdict
from concertation.situation.tests.factories import make_condition, make_finding
from tests.helpers.people import client_of, make_delegate

pytestmark = pytest.mark.django_db
MONTHS = ("2025-09", "2025-10", "2025-11", "2025-12", "2026-01", "2026-02")


def address(name: str, run: PlanRun, *others: PlanRun) -> str:
    """Return the address of a page of runs."""
    if name == "plan_compare":
        return reverse(f"commitments:{name}") + "?" + "&".join(f"scenario={one.scenario_id}" for one in (run, *others))
    return reverse(f"commitments:{name}", args=[run.pk]) + "?"


def sent(reader: Delegate, name: str, *runs: PlanRun, form: str = "json") -> bytes:
    """Return a file."""
    answer = client_of(reader).get(f"{address(name, *runs)}&format={form}")
    assert answer.status_code == 200, answer.content
    assert answer["Content-Disposition"].startswith("attachment")
    return answer.content


def table(reader: Delegate, name: str, *runs: PlanRun) -> dict[str, Any]:
    """Return the table of a file, its head as pairs of a key and a value."""
    whole = json.loads(sent(reader, name, *runs))
    return {**whole, "head": [(line["key"], line["value"]) for line in whole["about"]]}


def test_services_have_a_row_for_each_span(clerk: Delegate, germany: Delegate) -> None:
    make_requirement(quantity=2, is_essential=True)
    make_contribution(germany, available_to=date(2025, 11, 30))
    make_requirement("ammunition-155", 1000, name="Shells")
    make_contribution(None, "ammunition-155", "400.5", members=["FR", "IT"], title="Shells of two")
    france, germans = table(clerk, "plan_services", make_plan(clerk))["rows"]
    assert germans == {
        "code": "DE",
        "members": "Germany",
        "contribution": "Two batteries",
        "requirement": "Air defence of ports",
        "essential": True,
        "capability": "Ground-based air defence",
        "quantity": 2,
        "unit": "batteries",
        "from": "2025-09",
        "to": "2025-11",
        "months": 3,
    }
    assert [france[key] for key in ("code", "members", "quantity", "unit", "from", "to")] == [
        "FR, IT",
        "France, Italy",
        400.5,
        "rounds",
        "2025-09",
        "2025-09",
    ]


def test_gaps_say_what_is_missing_and_what_would_close_it(clerk: Delegate, germany: Delegate) -> None:
    make_requirement(is_essential=True)
    make_contribution(germany)
    make_contribution(germany, quantity=1, title="One more", approvals=[Approval.PARLIAMENT])
    (row,) = table(germany, "plan_run", make_plan(clerk))["rows"]
    assert row == {
        "requirement": "Air defence of ports",
        "essential": True,
        "capability": "Ground-based air defence",
        "quantity": 4,
        "unit": "batteries",
        **dict.fromkeys(MONTHS, 50),
        "share": 50,
        "undisclosed_in": "",
        "short_in": 6,
        "missing": 12,
        "missing_unit": "batteries × months",
        "acts": "Germany: parliament approval · One more",
        "missing_after_acts": 6,
        "taken_from": "",
        "missing_after_moves": None,
        "not_offered": 6,
        "remarks": "",
    }


def test_gap_may_be_closed_from_elsewhere(clerk: Delegate, germany: Delegate) -> None:
    make_requirement(quantity=2, name="Port", is_essential=True)
    make_requirement(quantity=2, name="Bridge")
    make_contribution(germany)
    bridge = table(germany, "plan_run", make_plan(clerk))["rows"][1]
    names = ("requirement", "acts", "missing_after_acts", "taken_from", "missing_after_moves", "not_offered")
    assert [bridge[name] for name in names] == ["Bridge", "", None, "Port: 12 batteries × months", 0, 0]


def test_undisclosed_offers_and_stocks(clerk: Delegate, germany: Delegate) -> None:
    make_requirement("ammunition-155", 1000, needed_to=date(2025, 10, 31), name="Shells")
    make_contribution(germany, "ammunition-155", 400)
    make_contribution(germany, "ammunition-155", None, title="More shells", available_from=date(2025, 10, 1))
    told = table(germany, "plan_run", make_plan(clerk))
    (row,) = told["rows"]
    assert [row[month] for month in MONTHS] == [40, 40, None, None, None, None]
    names = ("undisclosed_in", "missing", "missing_unit", "not_offered", "remarks")
    assert [row[name] for name in names] == [
        "2025-10",
        600,
        "rounds",
        600,
        "Undisclosed offers could add to it; how much is not known.",
    ]
    assert ("left_out", 1) in told["head"]


def test_head_says_what_is_assumed_and_how_far_the_plan_is(clerk: Delegate, germany: Delegate) -> None:
    condition, other = make_condition("Mandate given"), make_condition("Ceasefire in force")
    make_finding(condition, Verdict.VERIFIED)
    make_requirement(quantity=2)
    make_contribution(germany, conditions=[condition.pk, other.pk])
    scenario = make_scenario(clerk, approvals=[Approval.PARLIAMENT], holds={other.pk: date(2025, 11, 1)})
    run = make_plan(clerk, scenario)
    propose_plan(by=clerk, run_id=run.pk)
    decline_part(by=germany, run_id=run.pk, reason="Not before spring.")
    run.refresh_from_db()
    today = clock.now().date().isoformat()
    expected = [
        ("measure", "What each contribution does in each month; of money and stocks, once"),
        ("date", today),
        ("currency", "EUR"),
        ("filter", "none"),
        ("partial", "Complete: nothing was left out."),
        ("scenario", "Ceasefire in autumn"),
        ("first_month", "2025-09"),
        ("months", 6),
        ("counted", "announced, approved or committed"),
        ("condition", "from 2025-11"),
        ("condition", "from 2025-09"),
        ("approvals", "parliament"),
        ("state", "proven optimal"),
        ("seconds", round(run.seconds, 1)),
        ("stage", "0.00, proven optimal"),
        ("stage", "4.00, proven optimal"),
        ("stage", "0.00, proven optimal"),
        ("stage", "0.66, proven optimal"),
        ("stage", "0.00, proven optimal"),
        ("proposed", today),
        ("answer", "declined · Not before spring."),
    ]
    assert table(germany, "plan_services", run)["head"] == expected
    assert table(germany, "plan_run", run)["head"][1:] == expected[1:]


def test_head_says_what_is_not_proven(clerk: Delegate, germany: Delegate) -> None:
    make_requirement()
    make_contribution(germany)
    run = make_plan(clerk)
    results = [{"stage": stage, "value": 4, "bound": 3} for stage in (1, 2, 3, 4, 5)]
    PlanRun.objects.filter(pk=run.pk).update(results=results, ending="time", gaps=[])
    told = table(germany, "plan_run", run)
    assert ("state", "time is up") in told["head"]
    assert ("stage", "4.00, no plan goes below 3.00, left to gain: 25.0 %") in told["head"]
    assert told["rows"][0]["remarks"].startswith("The run was stopped before its gaps were explained.")


def test_run_that_still_works_says_so(clerk: Delegate, germany: Delegate) -> None:
    make_requirement()
    make_contribution(germany)
    told = table(germany, "plan_run", make_run(clerk))
    assert ("state", "planning") in told["head"]
    assert told["rows"][0]["remarks"] == "Gaps are explained when the plan is found."


def test_restricted_contribution_is_in_no_file_but_said_to_be_missing(clerk: Delegate, germany: Delegate) -> None:
    make_requirement()
    make_contribution(germany, title="Secret batteries", audience=Audience.CHAIR)
    run = make_plan(clerk)
    for reader in (clerk, germany, make_delegate("IT")):
        for name in ("plan_run", "plan_services"):
            told = table(reader, name, run)
            assert "Secret" not in json.dumps(told)
            assert [value for key, value in told["head"] if key in {"partial", "hidden"}] == [
                "Partial: something is for other members only and is not counted here.",
                1,
            ]
        compared = table(reader, "plan_compare", run)
        assert "Secret" not in json.dumps(compared)
        assert dict(compared["head"])["partial"].startswith("Partial")
    assert [row["share"] for row in table(germany, "plan_run", run)["rows"]] == [0]


def test_restricted_plan_is_a_file_for_its_readers_only(clerk: Delegate, germany: Delegate) -> None:
    make_requirement(quantity=2)
    make_contribution(germany, title="Secret batteries", audience=Audience.MEMBERS, named=["FR"])
    run = make_plan(clerk, with_restricted=True)
    for reader in (clerk, make_delegate("FR")):
        told = table(reader, "plan_services", run)
        assert [row["contribution"] for row in told["rows"]] == ["Secret batteries"]
        assert ("audience", "Germany, France") in told["head"]
    italy = make_delegate("IT")
    for name in ("plan_run", "plan_services"):
        assert client_of(italy).get(f"{address(name, run)}format=csv").status_code == 404
    hidden = table(italy, "plan_compare", run)
    assert [column["key"] for column in hidden["columns"]] == ["measure", "requirement", "essential", "differs"]
    assert "Ceasefire in autumn" not in json.dumps(hidden)


def test_comparison_has_a_column_for_each_plan(clerk: Delegate, germany: Delegate) -> None:
    condition = make_condition("Mandate given")
    make_finding(condition, Verdict.VERIFIED)
    make_requirement(quantity=2, is_essential=True)
    make_contribution(germany, conditions=[condition.pk])
    run = make_plan(clerk)
    propose_plan(by=clerk, run_id=run.pk)
    confirm_part(by=germany, run_id=run.pk)
    never = make_plan(clerk, make_scenario(clerk, name="Without", holds={condition.pk: None}))
    told = table(germany, "plan_compare", run, never)
    assert [column["label"] for column in told["columns"][4:]] == ["Ceasefire in autumn", "Without"]
    rows = {row["measure"]: (row["differs"], row["plan_1"], row["plan_2"]) for row in told["rows"]}
    said = {
        "Scenario": (True, "Ceasefire in autumn", "Without"),
        "Number of months": (False, 6, 6),
        "Condition · Mandate given": (True, "from 2025-09", "does not hold"),
        "State": (False, "proven optimal", "proven optimal"),
        "Answer · Germany": (True, "confirmed", None),
        "Requirements covered": (True, 1, 0),
        "Requirements in the plan": (False, 1, 1),
        "Essential gaps": (True, 0, 1),
        "Changes from what was confirmed": (True, None, 1),
        "Contributions that were confirmed": (True, 0, 1),
        "Share of the whole need met, in percent": (True, 100, 0),
    }
    assert {measure: rows[measure] for measure in said} == said
    assert told["rows"][-1]["requirement"] == "Air defence of ports"
    assert told["rows"][-1]["essential"] is True


def test_csv_and_workbook_say_the_same(clerk: Delegate, germany: Delegate) -> None:
    make_requirement(quantity=2)
    make_contribution(germany)
    run = make_plan(clerk)
    lines = list(csv.reader(io.StringIO(sent(germany, "plan_services", run, form="csv").decode("utf-8-sig"))))
    assert lines[0] == ["Who serves when"]
    assert lines[-1][:4] == ["DE", "Germany", "Two batteries", "Air defence of ports"]
    sheet = load_workbook(io.BytesIO(sent(germany, "plan_services", run, form="xlsx"))).active
    assert list(sheet.values)[-1][6:11] == (2, "batteries", "2025-09", "2026-02", 6)


def test_french_file_is_french(clerk: Delegate, germany: Delegate) -> None:
    make_requirement()
    make_contribution(germany, title="Deux", approvals=[Approval.PARLIAMENT], conditions=[make_condition("Mandat").pk])
    make_contribution(germany, quantity=None)
    run = make_plan(clerk)
    germany.person.language = "fr"
    germany.person.save()
    whole = json.loads(sent(germany, "plan_run", run))
    assert whole["rows"][0]["acts"] == (
        "Allemagne\u00a0: approbation à obtenir\u00a0: parlement · Deux\u00a0; "
        "condition remplie dès le premier mois\u00a0: «\u00a0Mandat\u00a0»"
    )
    labels = [line["label"] for line in whole["about"] if line["key"] in {"condition", "left_out"}]
    assert labels == ["Condition · Mandat", "Absent de ce plan · Quantité non divulguée"]


@pytest.mark.parametrize("name", ["plan_run", "plan_services", "plan_compare"])
def test_pages_offer_their_files(name: str, clerk: Delegate, germany: Delegate) -> None:
    make_requirement()
    make_contribution(germany)
    run = make_plan(clerk)
    page = client_of(germany).get(address(name, run)).content.decode()
    before = f"?scenario={run.scenario_id}&amp;" if name == "plan_compare" else "?"
    for form in ("csv", "xlsx", "json"):
        assert f'"{before}format={form}"' in page
    assert client_of(germany).get(f"{address(name, run)}&format=exe").status_code == 400
