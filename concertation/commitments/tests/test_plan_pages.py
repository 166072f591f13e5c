"""The pages of plans: what each reader sees of them, what nobody else learns, and what they cost."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from concertation.coalition.enums import Audience
from concertation.coalition.models import Delegate
from concertation.commitments.domain.facts import state_caveat
from concertation.commitments.domain.plans import confirm_part, decline_part, propose_plan
from concertation.commitments.domain.requirements import revise_requirement
from concertation.commitments.enums import Approval, CaveatKind
from concertation.commitments.models import PlanRun, PlanScenario
from concertation.commitments.tests.factories import make_contribution, make_requirement, need
from concertation.commitments.tests.plan_scenes import make_plan, make_run, make_scenario
from concertation.core import clock
from concertation.situation.enums import Verdict
from concertation.situation.tests.factories import make_condition, make_finding
from concertation.web.topics import may_follow
from tests.helpers.people import client_of, make_delegate

pytestmark = pytest.mark.django_db


def page(reader: Delegate, name: str, *args: object, query: str = "", status: int = 200) -> str:
    """Return the words that `reader` sees."""
    answer = client_of(reader).get(reverse(f"commitments:{name}", args=args) + query)
    assert answer.status_code == status
    words = re.sub(r"<[^>]+>", " ", answer.content.decode().split("<main", 1)[-1])
    return " ".join(words.split())


def send(reader: Delegate, address: str, /, *args: object, **said: object) -> int:
    """Send a form as `reader` and return the status."""
    return client_of(reader).post(reverse(f"commitments:{address}", args=args), said).status_code


def test_list_is_empty_with_a_word_about_what_comes(clerk: Delegate, germany: Delegate) -> None:
    assert "Name the first one" in page(clerk, "plans")
    assert "When the chair names a scenario and plans it" in page(germany, "plans")


def test_plan_shows_figures_coverage_and_what_closes_gaps(clerk: Delegate, germany: Delegate) -> None:
    make_requirement(is_essential=True)
    make_contribution(germany)
    make_contribution(germany, title="Two more", approvals=[Approval.PARLIAMENT])
    words = page(germany, "plan_run", make_plan(clerk).pk)
    assert "0 / 1 requirements covered 1 essential gap 1 contribution waits for an approval" in words
    assert "proven optimal" in words
    assert "Air defence of ports × 4 essential 50 % 50 % 50 % 50 % 50 % 50 %" in words
    assert "short in 6 of 6 months Germany: parliament approval · Two more (1 act) : closes it" in words
    assert "partial" not in words


def test_undisclosed_offers_leave_cells_open(clerk: Delegate, germany: Delegate) -> None:
    make_requirement("ammunition-155", 1000, needed_to=date(2025, 10, 31), name="Shells")
    make_contribution(germany, "ammunition-155", 400)
    make_contribution(germany, "ammunition-155", None, title="More shells", available_from=date(2025, 10, 1))
    words = page(germany, "plan_run", make_plan(clerk).pk)
    assert "Shells 1,000 rounds 40 % ≥ 40 % at least; undisclosed offers could add to it not needed" in words
    assert "Quantity undisclosed 1 More shells" in words


def test_acts_are_said_in_words(clerk: Delegate, germany: Delegate) -> None:
    condition = make_condition("Mandate given")
    lifted = make_contribution(germany, title="With a caveat")
    state_caveat(by=germany, contribution_id=lifted.pk, kind=CaveatKind.GEOGRAPHIC, areas=["Odesa"], wording="Secret.")
    make_contribution(germany, "artillery", 1, title="With a condition", conditions=[condition.pk])
    make_contribution(germany, "logistics", 1, title="Slow", readiness=400)
    for capability, quantity, area in (("air-defence", 2, "Odesa"), ("artillery", 1, ""), ("logistics", 1, "")):
        make_requirement(capability, quantity, area=area)
    words = page(germany, "plan_run", make_plan(clerk).pk)
    assert "Germany: lifts the caveat “geographic” · With a caveat" in words
    assert "condition met from the first month: “Mandate given”" in words
    assert "Germany: ready 400 days earlier, at once · Slow" in words
    assert "1 depends on a condition that is not met" in words
    assert "Secret" not in words


def test_condition_found_to_hold_counts(clerk: Delegate, germany: Delegate) -> None:
    condition = make_condition("Mandate given")
    make_finding(condition, Verdict.VERIFIED)
    make_requirement(quantity=2)
    make_contribution(germany, conditions=[condition.pk])
    run = make_plan(clerk)
    assert "1 / 1 requirements covered" in page(germany, "plan_run", run.pk)
    never = make_plan(clerk, make_scenario(clerk, name="Without", holds={condition.pk: None}))
    assert "0 / 1 requirements covered" in page(germany, "plan_run", never.pk)
    compared = page(germany, "plan_compare", query=f"?scenario={run.scenario_id}&scenario={never.scenario_id}")
    assert "Requirements covered 1 / 1 0 / 1" in compared
    assert "Air defence of ports differs 100 % 0 %" in compared


def test_comparison_without_plans_says_what_to_do(clerk: Delegate) -> None:
    scenario = make_scenario(clerk)
    assert "Choose scenarios that were planned" in page(clerk, "plan_compare")
    assert "Choose scenarios that were planned" in page(clerk, "plan_compare", query=f"?scenario={scenario.pk}")
    assert client_of(clerk).get(reverse("commitments:plan_compare") + "?scenario=x").status_code == 404


def test_impossible_earmark_is_said_in_words(clerk: Delegate, germany: Delegate) -> None:
    needed = make_requirement()
    make_contribution(germany, earmark=needed.pk, title="For the port")
    revise_requirement(by=None, requirement_id=needed.pk, need=need("artillery"))
    words = page(germany, "plan_run", make_run(clerk).pk)
    assert "No plan can be made from this. For the port is earmarked for a requirement that it can never serve" in words
    assert "Air defence of ports . Change the earmark" in words


def test_interrupted_run_says_so_and_keeps_its_plan(clerk: Delegate, germany: Delegate) -> None:
    make_requirement()
    make_contribution(germany)
    run = make_run(clerk)
    PlanRun.objects.filter(pk=run.pk).update(ended_at=clock.now(), ending="failed", fault={"kind": "interrupted"})
    words = page(germany, "plan_run", run.pk)
    assert "The run was interrupted. The plan below is the last one that it found." in words
    assert "50 % 50 %" in words


def test_restricted_contribution_moves_nothing_that_others_see(clerk: Delegate, germany: Delegate) -> None:
    make_requirement()
    secret = make_contribution(germany, title="Secret batteries", audience=Audience.CHAIR)
    run = make_plan(clerk)
    assert str(secret.pk) not in str(run.problem)
    for reader in (clerk, germany, make_delegate("IT")):
        words = page(reader, "plan_run", run.pk)
        assert "0 / 1 requirements covered" in words
        assert "partial: 1 contribution is not in this plan" in words
        assert "Secret" not in words + page(reader, "plan_services", run.pk)


def test_restricted_plan_does_not_exist_for_others(clerk: Delegate, germany: Delegate) -> None:
    make_requirement(quantity=2)
    make_contribution(germany, title="Secret batteries", audience=Audience.MEMBERS, named=["FR"])
    make_contribution(
        make_delegate("GB"), title="For France and Ukraine", audience=Audience.MEMBERS, named=["FR", "UA"]
    )
    run = make_plan(clerk, with_restricted=True)
    france, italy, ukraine = make_delegate("FR"), make_delegate("IT"), make_delegate("UA")
    assert run.reader_codes == ["FR"]
    for reader in (clerk, france):
        assert "1 / 1 requirements covered" in page(reader, "plan_run", run.pk)
        assert "these members see that it exists: France." in page(reader, "plan_run", run.pk)
        assert may_follow(reader, f"plan:{run.pk}")
    for reader in (germany, italy, ukraine):
        page(reader, "plan_run", run.pk, status=404)
        page(reader, "plan_services", run.pk, status=404)
        assert not may_follow(reader, f"plan:{run.pk}")
        assert "not planned yet" in page(reader, "plans")
        assert "Nothing was planned yet" in page(reader, "plan_scenario", run.scenario_id)
        assert "Choose scenarios" in page(reader, "plan_compare", query=f"?scenario={run.scenario_id}")
        assert send(reader, "plan_confirm", run.pk) == 404


def test_plan_that_nobody_but_the_secretariat_may_read_whole(clerk: Delegate, germany: Delegate) -> None:
    make_requirement()
    make_contribution(germany, audience=Audience.MEMBERS, named=["FR"])
    make_contribution(make_delegate("IT"), audience=Audience.MEMBERS, named=["UA"])
    run = make_plan(clerk, with_restricted=True)
    assert (run.audience, run.readers) == ("members", "")
    page(clerk, "plan_run", run.pk)
    page(make_delegate("FR"), "plan_run", run.pk, status=404)


def test_chair_of_a_member_plans_with_what_it_may_read(clerk: Delegate, germany: Delegate) -> None:
    make_requirement()
    make_contribution(germany, audience=Audience.MEMBERS, named=["FR"])
    make_contribution(germany, audience=Audience.MEMBERS, named=["IT"])
    run = make_plan(make_delegate("FR"), make_scenario(clerk), with_restricted=True)
    assert (run.reader_codes, run.hidden, len(run.problem["contributions"])) == (["DE", "FR"], 1, 1)


def test_proposal_is_answered_from_the_page(clerk: Delegate, germany: Delegate) -> None:
    make_requirement()
    make_contribution(germany)
    italy = make_delegate("IT")
    make_contribution(italy)
    run = make_plan(clerk)
    assert "Propose this plan" in page(clerk, "plan_run", run.pk)
    assert "Propose this plan" not in page(germany, "plan_run", run.pk)
    assert send(clerk, "plan_propose", run.pk) == 302
    assert "Confirm our part" in page(germany, "plan_run", run.pk)
    assert "Confirm our part" not in page(make_delegate("FR"), "plan_run", run.pk)
    assert send(germany, "plan_confirm", run.pk) == 302
    assert send(italy, "plan_decline", run.pk, reason="Not before spring.") == 302
    assert "Germany confirmed Italy declined Not before spring." in page(germany, "plan_run", run.pk)


def test_changes_from_what_was_confirmed_are_counted(clerk: Delegate, germany: Delegate) -> None:
    make_requirement(quantity=2)
    make_contribution(germany)
    run = make_plan(clerk)
    propose_plan(by=clerk, run_id=run.pk)
    confirm_part(by=germany, run_id=run.pk)
    again = make_plan(clerk, run.scenario)
    assert "Changes from the plan members already confirmed: 0 of 1" in page(germany, "plan_run", again.pk)


def test_services_name_who_serves_when_and_mark_the_own(clerk: Delegate, germany: Delegate) -> None:
    make_requirement(quantity=2)
    make_contribution(germany, available_to=date(2025, 11, 30))
    run = make_plan(clerk)
    assert "Germany Two batteries Air defence of ports × 2 Sep 2025 – Nov 2025" in page(
        germany, "plan_services", run.pk
    )
    assert 'id="own"' in client_of(germany).get(reverse("commitments:plan_services", args=[run.pk])).content.decode()


def test_chair_defines_changes_plans_and_stops_from_the_pages(clerk: Delegate, germany: Delegate) -> None:
    condition = make_condition("Ceasefire in force")
    make_requirement()
    holds, day = f"holds_{condition.pk}", f"from_{condition.pk}"
    month = clock.now().date().replace(day=1).isoformat()
    said = {"name": "March", "first_month": month, "months": "12", "counted": "announced", holds: "from"}
    assert send(clerk, "plan_scenario_new", **said) == 422
    assert send(clerk, "plan_scenario_new", **said, **{day: "2026-03-01"}) == 302
    scenario = PlanScenario.objects.get()
    assert scenario.holds == {str(condition.pk): "2026-03-01"}
    assert "Ceasefire in force from 1 March 2026" in page(germany, "plan_scenario", scenario.pk)
    assert send(clerk, "plan_scenario_change", scenario.pk, **{**said, holds: "never"}) == 302
    assert send(clerk, "plan_scenario_change", scenario.pk, **{**said, holds: "never"}) == 422
    assert send(clerk, "plan_start", scenario.pk, limit="x") == 400
    make_requirement(needed_from=clock.now().date(), needed_to=clock.now().date())
    assert send(clerk, "plan_start", scenario.pk, limit="20") == 302
    run = PlanRun.objects.get()
    assert "This plan gets better while you watch." in page(germany, "plan_run", run.pk)
    assert send(clerk, "plan_cancel", run.pk) == 302
    assert "cancelled" in page(germany, "plan_scenario", scenario.pk)


def test_pages_ask_a_fixed_number_of_queries(clerk: Delegate, germany: Delegate) -> None:
    counts = []
    for size in (1, 3):
        for n in range(size):
            condition = make_condition(f"Condition {size} {n}")
            make_requirement(quantity=4, name=f"Need {size} {n}")
            make_contribution(germany, title=f"Offer {size} {n}")
            make_contribution(germany, approvals=[Approval.MANDATE], conditions=[condition.pk])
            make_contribution(germany, quantity=None)
        run = make_plan(clerk, make_scenario(clerk, name=f"Scenario {size}"))
        propose_plan(by=clerk, run_id=run.pk)
        decline_part(by=germany, run_id=run.pk, reason="No.")
        counts.append([asked(germany, address) for address in addresses(run)])
    assert counts[0] == counts[1]


def addresses(run: PlanRun) -> list[str]:
    """Return the addresses of the pages and files that show a run."""
    compared = reverse("commitments:plan_compare") + f"?scenario={run.scenario_id}"
    own = [reverse(f"commitments:{name}", args=[run.pk]) for name in ("plan_run", "plan_services")]
    files = [f"{compared}&format=csv", *(f"{page}?format=csv" for page in own)]
    lists = [reverse("commitments:plans"), reverse("commitments:plan_scenario", args=[run.scenario_id])]
    return [*lists, compared, *own, *files]


def asked(reader: Delegate, address: str) -> int:
    """Return how many queries a page takes."""
    client = client_of(reader)
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_run_starts_with_a_fixed_number_of_queries(clerk: Delegate, germany: Delegate) -> None:
    counts = []
    for size in (1, 3):
        for _ in range(size):
            make_requirement()
            row = make_contribution(germany)
            state_caveat(by=germany, contribution_id=row.pk, kind=CaveatKind.TASK, tasks=["patrol"])
        scenario = make_scenario(clerk, name=f"Scenario {size}")
        with CaptureQueriesContext(connection) as queries:
            make_run(clerk, scenario)
        counts.append(len(queries))
    assert counts[0] == counts[1]
