"""The pages with pictures: what stands on them, what they leave out, and their files."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from concertation.coalition.enums import Audience
from concertation.coalition.models import Delegate
from concertation.commitments.domain.facts import commit_contribution, join_contribution, record_approval
from concertation.commitments.enums import Approval, Line, Phase, Stage
from concertation.commitments.queries.coverage import Filter, coverage_for
from concertation.commitments.queries.lines import lines_for
from concertation.commitments.queries.timeline import timeline_for
from concertation.commitments.tests.factories import HAPPENED, make_contribution, make_requirement
from concertation.core import clock
from tests.helpers.people import client_of, make_coalition, make_delegate, make_secretary

pytestmark = pytest.mark.django_db
NOW = datetime(2025, 10, 1, 2, tzinfo=UTC)
PAGES = ("/commit/timeline/", "/commit/delivered/", "/commit/burden/")


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    make_coalition()
    with clock.frozen(NOW):
        yield


def page(reader: Delegate, path: str) -> str:
    answer = client_of(reader).get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html.split("<main", 1)[-1]).split())


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_there_before_anything_is_announced(path: str) -> None:
    html = page(make_delegate("DE"), path)
    assert "<data-chart" not in html
    assert "announced" in words(html)


@pytest.mark.parametrize("path", PAGES)
def test_pages_say_what_is_left_out_and_name_nothing_of_it(path: str) -> None:
    germany, italy = make_delegate("DE"), make_delegate("IT")
    make_contribution(germany, "military-aid", 100, currency="EUR", title="For everybody", line=Line.SUPPORT)
    hidden = {"title": "Hidden thing", "line": Line.SUPPORT, "audience": Audience.MEMBERS, "named": ["FR"]}
    make_contribution(germany, "financial-aid", 4_321, currency="EUR", **hidden)  # type: ignore[arg-type]
    own, others = words(page(germany, path)), words(page(italy, path))
    assert "partial: 1 contribution to support is not visible to you" in others
    assert "partial" not in own
    for secret in ("Hidden thing", "4,321", "4,421", "Financial aid 4"):
        assert secret not in others
    assert page(germany, path) != page(italy, path)


@pytest.mark.parametrize("query", ["line=pressure", "format=pdf", "at=yesterday"])
def test_bad_filters_are_refused(query: str) -> None:
    client = client_of(make_delegate("DE"))
    assert client.get(f"/commit/delivered/?{query}").status_code == 400
    assert client.get("/commit/burden/?stage=approved").status_code == 400
    assert client.get("/commit/burden/?view=moon").status_code == 400
    assert client.get("/commit/timeline/?line=pressure").status_code == 400


@pytest.mark.parametrize("path", PAGES)
def test_tables_are_files_too(path: str) -> None:
    germany, italy = make_delegate("DE"), make_delegate("IT")
    make_contribution(germany, "military-aid", 100, currency="EUR", title="For everybody")
    make_contribution(germany, "military-aid", 77, currency="EUR", title="Hidden", audience=Audience.CHAIR)
    client = client_of(italy)
    answer = client.get(f"{path}?format=csv")
    text = answer.content.decode("utf-8-sig")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"].endswith('.csv"')
    assert "Partial: something is for other members only" in text
    assert "Hidden" not in text
    assert "177" not in text
    assert client.get(f"{path}?format=xlsx").content[:2] == b"PK"
    assert client.get(f"{path}?format=json").json()["rows"]


def test_timeline_has_the_bars_and_the_days_of_each_contribution() -> None:
    germany = make_delegate("DE")
    battalion = make_contribution(
        germany,
        title="Battalion",
        available_from=date(2026, 1, 1),
        available_to=date(2026, 12, 31),
        readiness=30,
        tour=3,
        rest=3,
        due_on=date(2025, 9, 15),
        expires_on=date(2026, 6, 30),
        approvals=["government", "parliament"],
    )
    record_approval(by=germany, contribution_id=battalion.pk, approval=Approval.GOVERNMENT, happening=HAPPENED)
    timeline = timeline_for(germany)
    (row,) = timeline.rows
    assert [piece.kind for piece in row.pieces] == ["notice", "there", "rest", "there", "rest"]
    assert [(mark.kind, mark.day) for mark in row.marks] == [
        ("late", date(2025, 9, 15)),
        ("expires", date(2026, 6, 30)),
    ]
    assert (timeline.scale.first, timeline.scale.last) == (date(2025, 9, 1), date(2027, 1, 1))
    assert [(line.approval, line.is_given) for line in row.approvals] == [
        (Approval.GOVERNMENT, True),
        (Approval.PARLIAMENT, False),
    ]
    seen = words(page(germany, "/commit/timeline/"))
    for said in (
        "1 January 2026 – 31 December 2026",
        "parliament: missing",
        "15 September 2025 overdue",
        "30 June 2026",
    ):
        assert said in seen


def test_timeline_is_by_line_and_by_each_of_several_members() -> None:
    france, germany = make_delegate("FR"), make_delegate("DE")
    joint = make_contribution(france, title="Together", members=["FR", "DE"])
    make_contribution(germany, title="Alone", line=Line.SUPPORT)
    assert [row.entry.terms.title for row in timeline_for(france).rows] == ["Alone"]  # one has not joined yet
    join_contribution(by=germany, contribution_id=joint.pk, happening=HAPPENED)
    assert [row.entry.terms.title for row in timeline_for(france).rows] == ["Together", "Alone"]
    assert [row.entry.terms.title for row in timeline_for(france, member="FR").rows] == ["Together"]
    assert [row.entry.terms.title for row in timeline_for(france, Line.SUPPORT).rows] == ["Alone"]
    assert timeline_for(france, member="IT").rows == []


def test_timeline_queries_do_not_grow() -> None:
    germany, counts = make_delegate("DE"), []
    for number in (1, 3):
        for _ in range(number):
            make_contribution(germany)
        timeline_for(germany)
        with CaptureQueriesContext(connection) as captured:
            timeline_for(germany)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 11


def test_coverage_over_time_counts_requirements_covered_at_each_stage() -> None:
    germany = make_delegate("DE")
    make_requirement(quantity=2, is_essential=True)
    make_requirement(quantity=2, needed_from=date(2025, 11, 1))
    bound = make_contribution(germany, quantity=3)
    commit_contribution(by=germany, contribution_id=bound.pk, happening=HAPPENED)
    make_contribution(germany, quantity=1, approvals=["parliament"])
    coverage = coverage_for(make_secretary(), Filter())
    ((line, months),) = coverage.progress
    assert line == Line.DETERRENCE
    assert [(one.month.month, one.needed) for one in months[:6]] == [(10, 1), (11, 2), (12, 2), (1, 2), (2, 2), (3, 0)]
    november = months[1].covered
    assert november == {"announced": 2, "approved": 1, "committed": 1, "available": 1, "delivered": 0}
    for stage in Stage:
        rows = coverage_for(make_secretary(), Filter(stage=stage)).rows
        assert [sum(row.cells[at].share >= 100 for row in rows if row.cells[at].needed) for at in range(12)] == [
            one.covered[stage] for one in months
        ]


def test_coverage_over_time_leaves_out_what_the_reader_may_not_see_and_other_phases() -> None:
    make_requirement(quantity=2)
    make_contribution(make_delegate("DE"), quantity=2, audience=Audience.CHAIR)
    ((_, months),) = coverage_for(make_delegate("IT"), Filter()).progress
    assert {one.covered["announced"] for one in months} == {0}
    assert coverage_for(make_secretary(), Filter(phase=Phase.NOW)).progress == []


def test_home_tells_how_far_the_contributions_to_each_line_have_come() -> None:
    germany, italy = make_delegate("DE"), make_delegate("IT")
    commit_contribution(by=germany, contribution_id=make_contribution(germany).pk, happening=HAPPENED)
    make_contribution(germany)
    make_contribution(germany, audience=Audience.CHAIR)
    ((bar),) = lines_for(germany)
    assert [(part.stage, part.count) for part in bar.parts] == [("delivered", 0), ("committed", 1), ("announced", 2)]
    assert bar.parts[2].left == "33.33%"
    ((bar),) = lines_for(italy)
    assert ([part.count for part in bar.parts], bar.hidden) == ([0, 1, 1], 1)
    home = words(page(italy, "/"))
    assert "Deterrence 0 delivered 1 committed 1 announced" in home
    assert "partial: 1 contribution is not visible to you" in home
    assert 'hx-get="/committed/"' in page(italy, "/committed/")
