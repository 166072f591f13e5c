"""The tables of coverage as files: the figures of the page, its filters, its day, and whether they are partial."""

import csv
import io
import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from concertation.coalition.enums import Audience
from concertation.coalition.models import Delegate
from concertation.commitments.tests.factories import make_contribution, make_requirement
from tests.helpers.people import client_of, make_coalition, make_delegate

pytestmark = pytest.mark.django_db


@pytest.fixture
def italy() -> Delegate:
    make_coalition()
    make_requirement(quantity=4, is_essential=True)
    make_contribution(None, members=["FR"], quantity=1, approvals=["parliament"])
    make_contribution(None, members=["DE"], quantity=None)
    make_contribution(None, members=["FR"], quantity=2, title="For the chair", audience=Audience.CHAIR)
    return make_delegate("IT")


def sent(reader: Delegate, query: str) -> bytes:
    """Return the file."""
    answer = client_of(reader).get(f"{reverse('commitments:coverage')}?first=2025-09&{query}")
    assert answer.status_code == 200, answer.content
    assert answer["Content-Disposition"].startswith("attachment")
    return answer.content


def as_json(reader: Delegate, query: str) -> dict[str, Any]:
    """Return the table as JSON, the head by its keys."""
    table = json.loads(sent(reader, f"format=json&{query}"))
    return {**table, "about": [(line["key"], line["value"]) for line in table["about"]]}


def test_requirements_have_a_column_for_each_month(italy: Delegate) -> None:
    table = as_json(italy, "table=requirements")
    (row,) = table["rows"]
    assert [
        row[key] for key in ("requirement", "essential", "quantity", "2025-09", "2026-02", "2026-03", "missing")
    ] == [
        "Air defence of ports",
        True,
        4,
        25,
        25,
        None,
        3,
    ]
    assert row["undisclosed_in"] == "2025-09, 2025-10, 2025-11, 2025-12, 2026-01, 2026-02"
    assert dict(table["about"])["measure"].endswith("announced")
    assert dict(table["about"])["filter"] == "First month: 2025-09"
    assert dict(table["about"])["partial"].startswith("Partial")
    assert "For the chair" not in json.dumps(table)


def test_who_reads_everything_gets_all_figures_and_is_told_so(italy: Delegate) -> None:
    table = as_json(make_delegate("GB"), "")
    assert table["rows"][0]["2025-09"] == 75
    assert dict(table["about"])["partial"].startswith("Complete")


def test_totals_have_every_stage(italy: Delegate) -> None:
    (row,) = as_json(italy, "table=totals")["rows"]
    names = ("required", "announced", "announced_at_most", "approved", "delivered", "missing", "undisclosed")
    assert [row[name] for name in names] == [4, 1, 1, 0, 0, 3, 1]


def test_progress_counts_requirements_by_month(italy: Delegate) -> None:
    rows = as_json(make_delegate("GB"), "table=progress")["rows"]
    assert [(row["month"], row["required"], row["announced"]) for row in rows[5:7]] == [
        ("2026-02", 1, 0),
        ("2026-03", 0, 0),
    ]


def test_filters_of_the_page_are_those_of_the_file(italy: Delegate) -> None:
    table = as_json(italy, "table=totals&line=deterrence&domain=air&member=DE&stage=committed&waiting=no&at=2025-07-02")
    assert [value for key, value in table["about"] if key == "filter"] == [
        "Line of effort: deterrence",
        "Domain: air",
        "Member: Germany",
        "First month: 2025-09",
        "What waits for a condition: does not count",
    ]
    assert ("date", "2025-07-02") in table["about"]
    assert [(row["announced"], row["undisclosed"]) for row in table["rows"]] == [(0, 1)]
    assert as_json(italy, "line=support")["rows"] == []


def test_csv_and_workbook_say_the_same(italy: Delegate) -> None:
    lines = list(csv.reader(io.StringIO(sent(italy, "format=csv&table=totals").decode("utf-8-sig"))))
    assert lines[0] == ["Totals"]
    assert lines[-1][4:6] == ["4.00", "1"]
    sheet = load_workbook(io.BytesIO(sent(italy, "format=xlsx&table=totals"))).active
    last = list(sheet.values)[-1]
    assert [Decimal(str(value)) for value in last[4:6]] == [4, 1]


@pytest.mark.parametrize(
    "query", ["format=exe", "format=csv&table=secrets", "format=csv&line=war", "format=csv&at=soon"]
)
def test_what_does_not_exist_is_refused(italy: Delegate, query: str) -> None:
    assert client_of(italy).get(f"{reverse('commitments:coverage')}?{query}").status_code == 400


def test_page_offers_its_tables(italy: Delegate) -> None:
    page = client_of(italy).get(reverse("commitments:coverage"), {"line": "deterrence"}).content.decode()
    for table in ("requirements", "totals", "progress"):
        for form in ("csv", "xlsx", "json"):
            assert f"?line=deterrence&amp;format={form}&amp;table={table}" in page


def test_months_are_days(italy: Delegate) -> None:
    assert date.fromisoformat(as_json(italy, "table=progress")["rows"][0]["month"] + "-01") == date(2025, 9, 1)


def test_french_file_says_its_measure_in_french(italy: Delegate) -> None:
    italy.person.language = "fr"
    italy.person.save()
    said = dict(as_json(italy, "table=requirements")["about"])
    assert said["measure"] == "Part du besoin couverte, en pour cent, de ce qui est au moins\u00a0: annoncé"
