"""The pages of measures, packages and steps: what each reader sees, sends and gets."""

import csv
import html
import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from concertation.coalition.enums import Audience, Capacity
from concertation.core import clock
from concertation.pressure.enums import Stance
from concertation.pressure.models import Measure, Package, Statement, Step
from concertation.pressure.tests.factories import (
    DAY,
    NAMES,
    PROGRAMMES,
    make_coding,
    make_measure,
    make_package,
    make_statement,
    make_step,
)
from concertation.record.models import Entry
from concertation.situation.tests.factories import make_condition
from concertation.web.topics import may_follow
from tests.helpers.people import client_of, make_coalition, make_delegate, make_secretary

pytestmark = pytest.mark.django_db
SENT = {"stance": "applies", "valid_from": "2025-07-01", "reference": "Decree 1", "audience": "coalition"}


@pytest.fixture
def measure() -> Measure:
    """A measure of the five members."""
    make_coalition()
    return make_measure()


def address(name: str, *arguments: object, query: str = "") -> str:
    """Return the address of a page."""
    return reverse(f"pressure:{name}", args=arguments) + query


def words(who: Any, url: str, status: int = 200) -> str:
    """Return what a page says, its blanks as one."""
    answer = client_of(who).get(url)
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


def test_list_shows_the_alignment_of_each_measure(measure: Measure) -> None:
    make_statement(measure, make_delegate("DE"))
    make_statement(measure, make_delegate("IT"), Stance.NOT)
    make_coding(measure, "FR", Stance.PREPARED)
    said = words(make_secretary(), address("list"))
    assert "applies: 1, prepared: 1, does not apply: 1, unknown: 2" in said
    assert "import restrictions" in said
    assert "Russia" in said
    assert "does not apply: 1" not in words(make_secretary(), address("list", query="?at=2025-06-01"))


@pytest.mark.parametrize("query", ["?at=soon", "?at=1999-01-01", "?kind=x", "?package=1", "?territory=nowhere-at-all"])
@pytest.mark.parametrize("name", ["list", "matrix", "export", "alignment"])
def test_malformed_questions_are_refused(measure: Measure, name: str, query: str) -> None:
    assert client_of(make_secretary()).get(address(name, query=query)).status_code in {400, 404}


def test_matrix_says_each_cell_in_words(measure: Measure) -> None:
    make_statement(measure, make_delegate("DE"))
    make_coding(measure, "FR", Stance.NOT)
    catalogued = make_measure("<b>Bold</b>")
    Measure.objects.filter(pk=catalogued.pk).update(catalogue_key="X")
    said = words(make_secretary(), address("matrix"))
    assert '<td class="n k">does not apply (coded)</td><td class="u">unknown</td>' in said
    assert said.count('<td class="a">applies</td>') == 1
    assert said.count('<td class="c">not coded</td>') == 5
    assert "<b>Bold" not in said
    assert "&lt;b&gt;Bold" in said


def test_export_has_the_filters_and_the_day_and_no_formula(measure: Measure) -> None:
    make_statement(measure, make_delegate("DE"))
    make_statement(measure, make_delegate("IT"), Stance.NOT, audience=Audience.CHAIR)
    make_measure("=cmd|' /C calc'!A1", kinds=["travel_ban"], issuer="@issuer", basis="+1")
    reader = client_of(make_delegate("UA"))
    answer = reader.get(address("export", query="?at=2025-07-01"))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="members-and-measures-2025-07-01.csv"'
    title, day, _blank, *rows = answer.content.decode("utf-8-sig").splitlines()
    assert (title, day) == ("Members and measures", "As of,2025-07-01")
    first, second = csv.DictReader(rows)
    assert {code: first[code] for code in ("FR", "GB", "UA", "DE", "IT")} == {
        "FR": "unknown",
        "GB": "unknown",
        "UA": "unknown",
        "DE": "applies",
        "IT": "unknown",
    }
    assert first["Statements that are not for you"] == "1"
    assert (second["Measure"], second["Issuer"], second["Legal basis"]) == ("'=cmd|' /C calc'!A1", "'@issuer", "'+1")
    narrowed = reader.get(address("export", query="?kind=travel_ban")).content.decode("utf-8-sig")
    assert len(narrowed.splitlines()) == 5


def test_alignment_shows_gaps_and_history(measure: Measure) -> None:
    make_statement(measure, make_delegate("DE"))
    said = words(make_secretary(), address("alignment"))
    assert "No member applies more of these measures than Germany." in said
    assert said.count("<svg x=") >= 2
    empty = words(make_secretary(), address("alignment", query="?kind=travel_ban"))
    assert "No measure in force is of this type, territory and package." in empty


def test_partial_figures_say_so_on_every_page(measure: Measure) -> None:
    make_statement(measure, make_delegate("IT"), Stance.NOT, audience=Audience.CHAIR, reference="Secret bill.")
    package = make_package(measure)
    pages = [
        *(address(name) for name in ("list", "matrix", "alignment")),
        address("measure", measure.pk),
        address("member", "IT"),
        address("package", package.pk),
    ]
    germany, france = make_delegate("DE"), make_delegate("FR")
    for page in pages:
        assert "partial: 1 statement is not for you" in words(germany, page)
        assert "Secret bill." not in words(germany, page)
        assert "partial:" not in words(france, page)


def test_page_of_a_member_shows_references(measure: Measure) -> None:
    make_statement(measure, make_delegate("DE"), reference="Decree <7>")
    said = words(make_secretary(), address("member", "DE"))
    assert "Decree &lt;7&gt;" in said
    assert client_of(make_secretary()).get(address("member", "XX")).status_code == 404


def test_stating_from_the_page(measure: Measure) -> None:
    client = client_of(make_delegate("DE"))
    answer = client.post(address("state", measure.pk), SENT)
    assert (answer.status_code, answer["Location"]) == (302, address("measure", measure.pk))
    assert Statement.objects.get().member_id == "DE"
    again = client.post(address("state", measure.pk), SENT)
    assert again.status_code == 422
    assert "There is a statement from this day" in again.content.decode()
    assert Statement.objects.count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"stance": ""},
        {"stance": "withdrawn"},
        {"stance": "unknown"},
        {"reference": " "},
        {"valid_from": "soon"},
        {"valid_from": (clock.now() + timedelta(days=3)).date().isoformat()},
        {"link": "javascript:alert(1)"},
        {"audience": "members"},
        {"audience": "members", "named": "XX"},
        {"audience": "everybody"},
    ],
)
def test_stating_with_faults_shows_them_and_enters_nothing(measure: Measure, changes: dict[str, str]) -> None:
    answer = client_of(make_delegate("DE")).post(address("state", measure.pk), {**SENT, **changes})
    assert answer.status_code == 422
    assert not Statement.objects.exists()


def test_coding_and_correcting_from_the_page(measure: Measure) -> None:
    client = client_of(make_secretary())
    sent = {**SENT, "member": "IT", "link": "https://gazette.example/1"}
    assert client.post(address("state", measure.pk), {**sent, "member": "XX"}).status_code == 422
    assert client.post(address("state", measure.pk), {**sent, "link": ""}).status_code == 422
    assert client.post(address("state", measure.pk), sent).status_code == 302
    old = Statement.objects.get()
    assert (old.member_id, old.origin) == ("IT", "coded")
    page = address("correct", old.pk)
    assert client.get(page).status_code == 200
    assert client.post(page, {**sent, "stance": "withdrawn"}).status_code == 302
    assert client.post(page, sent).status_code == 422
    said = words(make_delegate("DE"), address("measure", measure.pk))
    assert said.count("is-corrected") == 1
    assert '">Correct</a>' not in said


def test_chair_enters_changes_and_retires_a_measure() -> None:
    make_coalition()
    client = client_of(make_delegate("GB"))
    sent = {"name_en": "Cap", "territories": "RU, BY", "kinds": ["travel_ban"], "force": "in_force"}
    assert client.post(address("define"), {**sent, "name_en": ""}).status_code == 422
    assert client.post(address("define"), {**sent, "link": "javascript:x"}).status_code == 422
    assert client.post(address("define"), {**sent, "territories": "Russia"}).status_code == 422
    assert client.post(address("define"), sent).status_code == 302
    (made,) = Measure.objects.all()
    assert (made.names, made.territories, made.kinds) == ({"en": "Cap"}, ["ru", "by"], ["travel_ban"])
    edit = address("edit", made.pk)
    assert client.post(edit, sent).status_code == 422
    assert client.post(edit, {**sent, "basis": "Act 1"}).status_code == 302
    assert client.post(address("retire", made.pk), {"reason": "Replaced."}).status_code == 302
    assert client.get(edit).status_code == 409
    said = words(make_delegate("DE"), address("measure", made.pk))
    assert "Retired on" in said
    assert "Replaced." in said
    assert "State for" not in said
    assert client.post(address("reopen", made.pk)).status_code == 302


def test_chair_makes_orders_and_retires_a_package(measure: Measure) -> None:
    other = make_measure("Other")
    client = client_of(make_secretary())
    assert client.post(address("make_package"), {"name_en": "B"}).status_code == 422
    sent = {"name_en": "B", "measures": [str(measure.pk), str(other.pk)]}
    assert client.post(address("make_package"), sent).status_code == 302
    (package,) = Package.objects.all()
    move = address("move_measure", package.pk)
    assert client.post(move, {"measure": str(other.pk)}).status_code == 302
    assert [item.measure for item in package.items.all()] == [other, measure]
    assert client.post(move, {"measure": "first"}).status_code == 400
    third = make_measure("Third")
    edited = {"name_en": "B", "measures": [str(third.pk), str(measure.pk), str(other.pk)]}
    assert client.post(address("edit_package", package.pk), edited).status_code == 302
    assert [item.measure for item in package.items.all()] == [other, measure, third]
    assert client.post(address("retire_package", package.pk)).status_code == 302
    assert client.get(address("edit_package", package.pk)).status_code == 409
    assert client.post(address("reopen_package", package.pk)).status_code == 302


def test_chair_plans_and_settles_a_step(measure: Measure) -> None:
    condition, package = make_condition(), make_package(measure)
    client = client_of(make_secretary())
    sent = {
        "name_en": "B",
        "draft_en": "Adopted.",
        "package": str(package.pk),
        "trigger": "unless",
        "condition": str(condition.pk),
        "verdict": "verified",
        "day": "2025-07-01",
    }
    for fault in ({"day": ""}, {"condition": ""}, {"draft_en": ""}, {"package": ""}, {"trigger": "x"}):
        assert client.post(address("plan_step"), {**sent, **fault}).status_code == 422
    assert client.post(address("plan_step"), sent).status_code == 302
    (step,) = Step.objects.all()
    assert client.post(address("edit_step", step.pk), {**sent, "after": str(step.pk)}).status_code == 422
    said = words(make_delegate("DE"), address("step", step.pk))
    assert "If “Ceasefire in force” is not found verified by July 1, 2025" in said or "by 1 July 2025" in said
    assert "Adopted." in said
    assert "Put it on an agenda" not in said
    assert "Put it on an agenda" in words(make_secretary(), address("step", step.pk))
    assert client.post(address("dismiss_step", step.pk)).status_code == 400
    assert client.post(address("dismiss_step", step.pk), {"reason": "Overtaken."}).status_code == 302
    assert client.post(address("settle_step", step.pk)).status_code == 409
    assert client.get(address("edit_step", step.pk)).status_code == 409
    assert "Overtaken." in words(make_delegate("IT"), address("step", step.pk))


def upload(data: bytes) -> dict[str, SimpleUploadedFile]:
    """Return a file as a form sends it."""
    return {"file": SimpleUploadedFile("programmes.json", data, "application/json")}


def hidden(page: str, name: str) -> str:
    """Return the value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found
    return html.unescape(found[1])


def test_import_previews_before_it_saves() -> None:
    make_coalition()
    client = client_of(make_secretary())
    page = client.post(address("import"), upload(json.dumps(PROGRAMMES).encode())).content.decode()
    assert "3 programmes are new." in page
    assert (Measure.objects.count(), Entry.objects.count()) == (0, 0)
    sent = {name: hidden(page, name) for name in ("carried", "fingerprint")}
    assert client.post(address("confirm_import"), {**sent, "fingerprint": "x"}).status_code == 409
    assert not Measure.objects.exists()
    done = client.post(address("confirm_import"), sent, follow=True).content.decode()
    assert "3 programmes are new." in done
    assert Measure.objects.count() == 3
    assert client.post(address("confirm_import"), sent).status_code == 409
    newer = json.dumps([{**PROGRAMMES[0], "title": "Renamed <b>"}, *PROGRAMMES[1:2]]).encode()
    again = client.post(address("import"), upload(newer)).content.decode()
    assert "<ins>Renamed &lt;b&gt;</ins>" in again
    assert "FR-OLD" in again
    assert Measure.objects.filter(names__en="Renamed <b>").count() == 0


@pytest.mark.parametrize("data", [b"{", b"[]", b'[{"key": "A"}]', b" " * 1_500_001, b"[" * 100_000])
def test_import_refuses_bad_files(data: bytes) -> None:
    make_coalition()
    client = client_of(make_secretary())
    assert client.post(address("import"), upload(data)).status_code == 422
    assert client.post(address("confirm_import"), {"carried": data[:100].decode()}).status_code == 400
    assert not Measure.objects.exists()


def test_delegates_follow_measures(measure: Measure) -> None:
    germany = make_delegate("DE")
    assert may_follow(germany, "measures")
    assert may_follow(germany, f"measure:{measure.pk}")
    assert not may_follow(germany, "measure:" + "0" * 32)


def test_htmx_gets_the_fragment_alone(measure: Measure) -> None:
    package, step = make_package(measure), make_step()
    client = client_of(make_delegate("DE"))
    pages = {
        "measures": address("list"),
        "alignment": address("alignment"),
        "measure": address("measure", measure.pk),
        "packages": address("packages"),
        "package": address("package", package.pk),
        "steps": address("steps"),
        "step": address("step", step.pk),
    }
    make_statement(measure, make_delegate("IT"))
    for name, url in pages.items():
        content = client.get(url, headers={"HX-Request": "true"}).content.decode().strip()
        assert content.startswith(f'<div id="{name}"')
    assert client.get(address("matrix"), headers={"HX-Request": "true"}).content.decode().strip().startswith("<section")


def test_french_is_complete(measure: Measure) -> None:
    make_statement(measure, make_delegate("DE"))
    client = client_of(make_delegate("IT"))
    client.cookies["django_language"] = "fr"
    with translation.override("en"):  # what the request leaves active is no other test's
        content = client.get(address("measure", measure.pk)).content.decode()
    assert NAMES["fr"] in content
    assert "applique\u00a0: 1, inconnu\u00a0: 4" in content


@pytest.mark.parametrize("number", [1, 3, 40])
def test_pages_cost_the_same_at_any_size(number: int) -> None:
    make_coalition()
    germany, reader = make_delegate("DE"), make_delegate("IT", Capacity.DELEGATE)
    made = [make_measure(f"Measure {place}") for place in range(number)]
    for one in made:
        make_statement(one, germany)
        make_statement(one, germany, Stance.NOT, DAY + timedelta(days=1), audience=Audience.CHAIR)
    package = make_package(*made)
    client = client_of(reader)
    costs = {
        address("list"): 11,
        address("matrix"): 11,
        address("alignment"): 11,
        address("measure", made[0].pk): 11,
        address("member", "DE"): 12,
        address("package", package.pk): 11,
    }
    found = {}
    for url in costs:
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        found[url] = len(queries)
    assert found == costs
