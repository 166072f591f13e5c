"""What a reader may read leaves as files, with what it rests on; the same file comes back and changes nothing."""

import io
import json
from datetime import date
from decimal import Decimal
from typing import Any

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from concertation.coalition.enums import Audience
from concertation.coalition.models import Delegate
from concertation.commitments.domain.facts import Happening, commit_contribution, record_delivery, state_caveat
from concertation.commitments.enums import Approval, CaveatKind, Line
from concertation.commitments.imports.carried import Carried
from concertation.commitments.imports.columns import Kind, known_headers
from concertation.commitments.imports.preview import preview_of
from concertation.commitments.imports.reading import head_and_rows, read_lines
from concertation.commitments.models import Contribution
from concertation.commitments.queries.briefs import brief_for
from concertation.commitments.queries.exporting import (
    Wanted,
    contributions_table,
    history_table,
    requirements_table,
)
from concertation.commitments.tests.factories import make_contribution, make_requirement
from concertation.core.briefs import page_of
from concertation.core.tables import Format, Table
from concertation.situation.tests.factories import make_condition
from tests.helpers.people import client_of, make_coalition, make_delegate, make_secretary

pytestmark = pytest.mark.django_db
SECRET = "Not within 100 km of the line."


def make_scene() -> tuple[Delegate, Contribution]:
    """Return the head of Germany, and what it offers: something open with a confined caveat, something confined."""
    make_coalition()
    head = make_delegate("DE")
    make_requirement(is_essential=True)
    condition = make_condition()
    offered = make_contribution(
        head, approvals=(Approval.PARLIAMENT,), conditions=[condition.pk], due_on=date(2025, 7, 20), details="=1+1"
    )
    commit_contribution(by=head, contribution_id=offered.pk, happening=Happening(date(2025, 7, 2)))
    record_delivery(
        by=head,
        contribution_id=offered.pk,
        quantity=Decimal(1),
        happening=Happening(date(2025, 7, 3), evidence="Sent."),
    )
    state_caveat(
        by=head,
        contribution_id=offered.pk,
        kind=CaveatKind.GEOGRAPHIC,
        areas=["East"],
        wording=SECRET,
        audience=Audience.MEMBERS,
        named=["FR"],
    )
    make_contribution(head, quantity=77, title="Hidden batteries", audience=Audience.MEMBERS, named=["FR"])
    return head, offered


def objects(table: Table) -> list[dict[str, Any]]:
    """Return the rows of a table as JSON has them."""
    return list(json.loads(table.written(Format.JSON))["rows"])


def partial(table: Table) -> str:
    """Return what the head says of what is left out."""
    return str(next(line.value for line in table.head if line.key == "partial"))


def test_requirements_as_a_table() -> None:
    make_scene()
    italy = make_delegate("IT")
    [row] = objects(requirements_table(italy, Wanted()))
    assert (row["name_en"], row["quantity"], row["unit"], row["essential"]) == (
        "Air defence of ports",
        4,
        "batteries",
        "yes",
    )
    assert objects(requirements_table(italy, Wanted(at=date(2025, 6, 30)))) == []
    assert objects(requirements_table(italy, Wanted(line=Line.SUPPORT))) == []


def test_contributions_as_a_table() -> None:
    make_scene()
    [row] = objects(contributions_table(make_delegate("IT"), Wanted()))
    assert {name: row[name] for name in ("members", "quantity", "state", "delivered", "caveats", "waiting")} == {
        "members": "DE",
        "quantity": 2,
        "state": "delivered",
        "delivered": 1,
        "caveats": "geographic",
        "waiting": "Ceasefire in force",
    }
    assert (row["is_approved"], row["is_committed"], row["approvals_missing"]) == ("no", "yes", "parliament")


def test_what_is_confined_leaves_with_nobody_else_and_the_head_says_so() -> None:
    make_scene()
    italy, france = make_delegate("IT"), make_delegate("FR")
    for table in (contributions_table, history_table):
        italian, french = table(italy, Wanted()), table(france, Wanted())
        assert b"Hidden batteries" not in italian.written(Format.CSV)
        assert SECRET.encode() not in italian.written(Format.CSV)
        assert b"Hidden batteries" in french.written(Format.CSV)
        assert partial(italian).startswith("Partial:")
        assert partial(french).startswith("Complete:")
    assert partial(contributions_table(italy, Wanted(line=Line.SUPPORT))).startswith("Complete:")
    assert SECRET.encode() in history_table(france, Wanted()).written(Format.CSV)


def test_contributions_as_of_a_past_day() -> None:
    make_scene()
    [row] = objects(contributions_table(make_delegate("IT"), Wanted(at=date(2025, 7, 2))))
    assert (row["state"], row["is_delivered"]) == ("committed", "no")


def test_history_has_every_entry() -> None:
    make_scene()
    rows = objects(history_table(make_delegate("IT"), Wanted(member="DE"), "Germany"))
    assert [(row["kind"], row["quantity"], row["wording"]) for row in rows] == [
        ("terms", 2, None),
        ("caveat: geographic", None, "not for you to read"),
        ("announced", None, None),
        ("committed", None, None),
        ("delivery", 1, None),
    ]


@pytest.mark.parametrize("into", [Format.CSV, Format.XLSX])
@pytest.mark.parametrize(
    ("kind", "table"), [(Kind.CONTRIBUTIONS, contributions_table), (Kind.REQUIREMENTS, requirements_table)]
)
def test_an_export_that_is_imported_changes_nothing(into: Format, kind: Kind, table: Any) -> None:
    make_scene()
    make_contribution(make_delegate("FR"), quantity=None, title="An undisclosed number")
    reader = make_delegate("IT")
    data = table(reader, Wanted()).written(into)
    head, lines = head_and_rows(read_lines(data), known_headers(kind))
    preview = preview_of(make_secretary(), Carried(kind, "file", "", head, lines))
    assert preview.wrong == []
    assert dict(preview.counts) == {"same": 2 if kind == Kind.CONTRIBUTIONS else 1}


def test_many_contributions_take_as_many_queries_as_few() -> None:
    head, _offered = make_scene()

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            contributions_table(head, Wanted()).written(Format.JSON)
        return len(seen)

    few = queries()
    for _number in range(3):
        make_contribution(head)
    assert queries() == few


def words_of(content: bytes) -> str:
    """Return all words of a Word document."""
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(line.text for line in document.paragraphs), *cells])


def brief(reader: Delegate, asked: str) -> bytes:
    """Return a brief as the page sends it."""
    answer = client_of(reader).get(f"/commit/files/brief/?{asked}")
    assert answer.status_code == 200
    return bytes(answer.content)


def test_brief_of_the_whole() -> None:
    make_scene()
    words = words_of(brief(make_delegate("IT"), "format=docx&at=2025-07-30"))
    for said in (
        "What is required and what is contributed",
        "Air defence of ports (essential)",
        "4 batteries",
        "2 batteries",
    ):
        assert said in words
    assert "Partial: something is for other members only" in words
    assert "20 July 2025 (10 days late)" in words
    assert ("not for you to read" in words, SECRET in words, "Hidden" in words) == (True, False, False)


def test_brief_of_a_member_in_french_for_who_may_read_it() -> None:
    make_scene()
    words = words_of(brief(make_delegate("FR"), "format=docx&member=DE&language=fr&at=2025-07-30"))
    for said in ("Allemagne", "30 juillet 2025", SECRET, "Hidden batteries"):
        assert said in words


def test_brief_as_pdf() -> None:
    make_scene()
    assert brief(make_delegate("IT"), "format=pdf&line=deterrence").startswith(b"%PDF")


def test_words_of_members_are_no_markup() -> None:
    make_scene()
    make_contribution(make_delegate("FR"), title="<script>alert(1)</script>")
    page = page_of(brief_for(make_delegate("IT"), Wanted()))
    assert ("<script" in page, "&lt;script&gt;" in page) == (False, True)


@pytest.mark.parametrize(
    "address",
    [
        "brief/?format=odt",
        "brief/?format=docx&language=xx",
        "brief/?format=docx&member=XX",
        "contributions/?format=exe",
        "contributions/?format=csv&line=war",
        "contributions/?format=csv&at=yesterday",
        "nothing/?format=csv",
        "iati/?member=XX",
    ],
)
def test_what_there_is_not_is_refused(address: str) -> None:
    make_scene()
    assert client_of(make_delegate("IT")).get(f"/commit/files/{address}").status_code == 400


@pytest.mark.parametrize("what", ["requirements", "contributions", "history"])
def test_files_are_sent_to_be_kept(what: str) -> None:
    make_scene()
    answer = client_of(make_delegate("IT")).get(f"/commit/files/{what}/?format=xlsx&at=2025-07-30")
    assert answer["Content-Disposition"] == f'attachment; filename="{what}-2025-07-30.xlsx"'
    assert answer["Cache-Control"] == "private, no-store"
