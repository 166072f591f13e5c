"""The tracker's row-level file: what its rows become, and that their sums are the published ones."""

import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from concertation.coalition.enums import MemberKind
from concertation.coalition.models import Member
from concertation.commitments.imports.kiel import DONORS, LINK
from concertation.commitments.models import Capability, Contribution
from concertation.commitments.queries.imported import is_intact, sums_by_member
from concertation.commitments.tests.factories import make_catalogue
from concertation.record.models import Entry
from tests.helpers.people import make_member
from tests.helpers.shared import shared_data

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parent / "data"
ROWS, SUMMARY = DATA / "kiel_rows.csv", DATA / "kiel_summary.csv"
REAL = shared_data("kiel")
REAL_SUMMARY = REAL / "r16ish_2024-02_country_summary.csv"


def run(file: Path, **options: Any) -> list[str]:
    """Run the command and return the lines that it printed."""
    out = io.StringIO()
    call_command("import-kiel", file, stdout=out, **options)
    return out.getvalue().splitlines()


def make_donors(*codes: str) -> None:
    """Make members of the donors with these codes."""
    make_catalogue()
    for code in codes:
        make_member(code)
    organisations = Member.objects.filter(code__in=["EU", "EIB", "EPF"])
    organisations.update(kind=MemberKind.ORGANISATION, names={"en": "An organisation"})


def test_rows_become_contributions() -> None:
    make_donors("DE", "FR", "EU")
    assert run(ROWS) == [
        "6 new, 0 changed, 0 as they were.",
        "2 rows have no value of their own and count as undisclosed.",
        "1 row has no date; the last day of the file stands for it.",
        "Left out, no member: European Investment Bank, 1 row, 7,000,000 EUR.",
    ]
    rows = [
        (one.codes, one.title, one.current.capability_id, one.current.low, str(one.current.available_from))
        for one in Contribution.objects.order_by("terms__available_from", "terms__id")
    ]
    assert rows == [
        (["DE"], "4 × Howitzer of an exercise (military)", "military-aid", Decimal("2000000.00"), "2025-01-10"),
        (["DE"], "4 × Howitzer of an exercise (military)", "military-aid", None, "2025-01-10"),
        (["DE"], "Howitzer of an exercise (military)", "military-aid", None, "2025-01-20"),
        (["DE"], "Loan (financial)", "financial-aid", Decimal(-500_000), "2025-02-01"),
        (["FR"], "Assistance (humanitarian)", "humanitarian-aid", Decimal(1_250_000), "2025-02-02"),
        (["EU"], "Assistance (humanitarian)", "humanitarian-aid", Decimal(3_000_000), "2025-02-03"),
    ]
    facts = Contribution.objects.order_by("pk")[0].facts.all()
    assert [(str(fact.kind), fact.by, fact.link) for fact in facts] == [
        ("announced", None, LINK),
        ("committed", None, LINK),
    ]
    assert sums_by_member("kiel:") == {"DE": Decimal(1_500_000), "FR": Decimal(1_250_000), "EU": Decimal(3_000_000)}


def test_a_second_time_nothing_and_a_newer_edition_what_differs(tmp_path: Path) -> None:
    make_donors("DE", "FR")
    run(ROWS)
    assert run(ROWS)[0] == "0 new, 0 changed, 5 as they were."
    newer = tmp_path / "newer.csv"
    newer.write_text(
        ROWS.read_text().replace("1250000", "1300000") + "France,2025-03-01,Military,Aid,EUR,Commitment,,,,,5,0,1,1\n"
    )
    assert run(newer)[0] == "1 new, 1 changed, 4 as they were."
    assert sums_by_member("kiel:")["FR"] == Decimal(1_300_005)


def test_comparison_with_what_was_published() -> None:
    make_donors("DE", "FR", "EU")
    lines = run(ROWS, compare=SUMMARY)[-5:]
    assert [line.split() for line in lines[:3]] == [
        ["EU", "(Commission", "and", "Council)", "10,000,000", "3,000,000", "-7,000,000", "←"],
        ["France", "1,250,000", "1,250,000", "0"],
        ["Germany", "1,500,000", "1,500,000", "0"],
    ]
    assert lines[3:] == [
        "2 of 3 donors are equal within 1 million EUR.",
        "The file has the European Investment Bank as a donor of its own: 7,000,000 EUR, the difference.",
    ]


def test_others_are_compared_when_wanted_and_a_dry_run_writes_nothing() -> None:
    make_donors("DE")
    assert run(ROWS, compare=SUMMARY, dry_run=True)[-1] == "1 of 1 donors are equal within 1 million EUR."
    assert run(ROWS, compare=SUMMARY, dry_run=True, count_others=True)[-2] == (
        "2 of 3 donors are equal within 1 million EUR."
    )
    assert (Contribution.objects.count(), Entry.objects.filter(action="contribution.imported").count()) == (0, 0)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "2000000.005",
            "=1+1",
            "Formulas are not evaluated here. Save the values alone. Formulas stand in these cells: K2",
        ),
        ("2000000.005", "many", "row 2: “many” is no number."),
        (
            "2025-01-10,Military",
            "2025-13-10,Military",
            "row 2: “2025-13-10” is no day. Write it as 2026-03-31 or 31/03/2026.",
        ),
        ("eur_value", "usd_value", "The file lacks these columns: eur_value."),
    ],
)
def test_what_is_wrong_writes_nothing(tmp_path: Path, old: str, new: str, said: str) -> None:
    make_donors("DE")
    file = tmp_path / "rows.csv"
    file.write_text(ROWS.read_text().replace(old, new, 1))
    with pytest.raises(CommandError) as refused:
        run(file)
    assert str(refused.value) == said
    assert not Contribution.objects.exists()


def test_a_coalition_without_donors_or_without_the_catalogue(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="None of the donors"):
        run(ROWS)
    make_donors("DE")
    Capability.objects.all().delete()
    with pytest.raises(CommandError, match="Add the usual capabilities"):
        run(ROWS)
    with pytest.raises(CommandError, match="cannot be read"):
        run(tmp_path / "nowhere.csv")
    with pytest.raises(CommandError, match="is not the summary by country"):
        run(ROWS, compare=ROWS)


@pytest.mark.skipif(not REAL.exists(), reason=f"the tracker's own files are not at {REAL}")
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_real_sums_are_the_published_ones_of_41_of_42_donors(suffix: str) -> None:
    make_donors(*sorted(set(DONORS.values()) - {"EIB", "EPF"}))
    lines = run(REAL / f"r16ish_2024-02_allocations_rowlevel.{suffix}", compare=REAL_SUMMARY)
    assert lines[:3] == [
        "3162 new, 0 changed, 0 as they were.",
        "2109 rows have no value of their own and count as undisclosed.",
        "1 row has no date; the last day of the file stands for it.",
    ]
    assert lines[-2:] == [
        "41 of 42 donors are equal within 1 million EUR.",
        "The file has the European Investment Bank as a donor of its own: 2,360,500,000 EUR, the difference.",
    ]
    assert lines[-44].split()[-2:] == ["-2,360,500,000", "←"]
    assert is_intact(Entry.objects.latest("sequence"))


@pytest.mark.skipif(not REAL.exists(), reason=f"the tracker's own files are not at {REAL}")
def test_the_real_workbook_says_what_the_real_csv_says() -> None:
    make_donors(*sorted(set(DONORS.values())))
    run(REAL / "r16ish_2024-02_allocations_rowlevel.csv")
    assert run(REAL / "r16ish_2024-02_allocations_rowlevel.xlsx")[0] == "0 new, 0 changed, 3176 as they were."
