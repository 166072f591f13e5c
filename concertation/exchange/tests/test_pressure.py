"""Measures, packages and steps in a file: loaded, exported, refused."""

import tomllib

import pytest

from concertation.exchange.exporting import export_file
from concertation.exchange.faults import FileRefused
from concertation.exchange.loading import load_file
from concertation.exchange.parsing import parse
from concertation.exchange.tests.test_faults import FULL
from concertation.pressure.domain.statements import Word, correct_statement
from concertation.pressure.enums import Stance
from concertation.pressure.models import Measure, Package, Statement, Step
from concertation.pressure.queries.steps import steps_for

pytestmark = pytest.mark.django_db
NOTHING = "Nothing to do: everything is as the file says."
PRESSURE = """
[[measures]]
key = "cap"
names = { en = "Cap", fr = "Plafond" }
kinds = ["import_restrictions"]
territories = ["ru", "ua-cri"]
group = { en = "Tankers" }
basis = "Act 1"
catalogue = "EU-1"

[[measures.statements]]
member = "FR"
stance = "applies"
since = 2025-07-01
reference = "Decree 1"
audience = "chair"

[[measures.statements]]
member = "FR"
stance = "prepared"
since = 2025-07-01
reference = "As published."
link = "https://gazette.example/1"
origin = "coded"

[[measures.statements]]
member = "FR"
stance = "not"
since = 2025-07-02
reference = "As listed."
origin = "catalogue"

[[measures]]
key = "old"
names = { en = "Old" }
force = "ended"
retired = true

[[packages]]
key = "b"
names = { en = "B" }
measures = ["old", "cap"]
retired = true

[[steps]]
key = "second"
names = { en = "Second" }
draft = { en = "Adopted." }
package = "b"
trigger = "on"
day = 2025-09-01
after = "first-step"

[[steps]]
key = "first-step"
names = { en = "First" }
draft = { en = "Adopted." }
package = "b"
trigger = "unless"
condition = "ceasefire"
finding = "verified"
day = 2025-09-01
outcome = "dismissed"
reason = "Overtaken."
"""


def load(text: str) -> list[str]:
    """Load a file and return what the command says."""
    return str(load_file(parse(text.encode(), name="file.toml"))).splitlines()


def changed(good: str, bad: str) -> str:
    """Return the whole file with one change."""
    assert good in PRESSURE
    return FULL + PRESSURE.replace(good, bad, 1)


def test_load_measures_packages_and_steps() -> None:
    said = load(FULL + PRESSURE)
    assert said[0].endswith("2 measures added, 3 statements added, 1 package added, 2 steps added.")
    rows = Statement.objects.order_by("number").values_list("origin", "stance", "audience", "readers")
    assert list(rows) == [
        ("own", "applies", "chair", ",FR,"),
        ("coded", "prepared", "coalition", ""),
        ("catalogue", "not", "coalition", ""),
    ]
    assert [item.measure.name for item in Package.objects.get().items.all()] == ["Old", "Cap"]
    assert {line.step.name: line.state for line in steps_for()} == {"First": "dismissed", "Second": "waiting"}
    assert Measure.objects.get(catalogue_key="EU-1").edition["kinds"] == ["import_restrictions"]
    assert load(FULL + PRESSURE) == [NOTHING]


def test_export_loads_back() -> None:
    load(FULL + PRESSURE)
    exported = export_file()
    ours, theirs = tomllib.loads(FULL + PRESSURE), tomllib.loads(exported)
    assert {row["key"]: row for row in theirs["steps"]} == {row["key"]: row for row in ours["steps"]}
    assert [theirs[name] for name in ("measures", "packages")] == [ours[name] for name in ("measures", "packages")]
    assert load(exported) == [NOTHING]


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        ('basis = "Act 1"', 'basis = "Act 2"', "1 measure changed."),
        ("retired = true\n\n[[packages]]", "\n[[packages]]", "1 measure changed."),
        ('measures = ["old", "cap"]\nretired = true', 'measures = ["cap", "old"]', "1 package changed."),
        ("day = 2025-09-01\nafter", "day = 2025-10-01\nafter", "1 step changed."),
    ],
)
def test_load_changes_what_differs(good: str, bad: str, said: str) -> None:
    load(FULL + PRESSURE)
    assert load(changed(good, bad)) == [said]
    assert load(changed(good, bad)) == [NOTHING]


def test_load_leaves_what_was_corrected_since() -> None:
    load(FULL + PRESSURE)
    own = Statement.objects.get(origin="own")
    correct_statement(by=None, statement_id=own.pk, word=Word(Stance.NOT, own.valid_from, "On second thoughts."))
    left = "What is said of “cap” is not what the file says; only those who said it correct it."
    assert load(FULL + PRESSURE) == [NOTHING, left]
    assert Statement.objects.standing().get(origin="own").stance == Stance.NOT


def test_load_refuses_a_day_ahead_and_keeps_nothing() -> None:
    with pytest.raises(FileRefused) as refused:
        load(changed("since = 2025-07-01", "since = 2999-01-01"))
    assert "measures[1].statements[1]: Give a day from the year 2000 on" in str(refused.value)
    assert not Measure.objects.exists()
    assert not Step.objects.exists()


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        ('"import_restrictions"', '"nuisance"', "“nuisance” is not possible here"),
        ('"ua-cri"', '"Crimea"', "“Crimea” is no code of a territory"),
        ('stance = "prepared"', 'stance = "withdrawn"', "choose one of: applies, prepared, not."),
        ('member = "FR"\nstance', 'member = "FX"\nstance', "“FX” is no member in this file."),
        ('link = "https://gazette.example/1"', 'link = "javascript:x"', "A link must begin with https://"),
        ('link = "https://gazette.example/1"\n', "", "needs its “link”"),
        ('audience = "chair"', 'audience = "members"', "“members” names who may read a statement"),
        ('audience = "chair"', 'audience = "chair"\norigin = "catalogue"', "is for the whole coalition."),
        (
            'since = 2025-07-02\nreference = "As listed."\norigin = "catalogue"',
            'since = 2025-07-01\nreference = "As listed."\nlink = "https://x.example"\norigin = "coded"',
            "“2025-07-01” stands here for the second time.",
        ),
        (
            'measures = ["old", "cap"]',
            'measures = ["old", "cup"]',
            "“cup” is no measure in this file. Did you mean",
        ),
        ('measures = ["old", "cap"]', 'measures = ["old", "old"]', "“old” stands here for the second time."),
        ('measures = ["old", "cap"]', "measures = []", "This needs at least one entry."),
        ('package = "b"\ntrigger = "on"', 'package = "c"\ntrigger = "on"', "“c” is no package in this file."),
        ('condition = "ceasefire"', 'condition = "fire"', "“fire” is no condition in this file."),
        ('condition = "ceasefire"\n', "", "“unless” needs “condition”"),
        ('finding = "verified"\n', "", "“unless” needs “condition”"),
        ('trigger = "on"\nday = 2025-09-01', 'trigger = "on"', "“on” only “day”."),
        ('after = "first-step"', 'after = "third"', "“third” is no step in this file."),
        ('after = "first-step"', 'after = "second"', "A step cannot wait for itself"),
        ('outcome = "dismissed"', 'after = "second"\noutcome = "dismissed"', "A step cannot wait for itself"),
        ('reason = "Overtaken."', "", "A step that is dismissed has a “reason”."),
    ],
)
def test_parse_refuses_faults(good: str, bad: str, said: str) -> None:
    with pytest.raises(FileRefused) as refused:
        parse(changed(good, bad).encode(), name="file.toml")
    assert said in str(refused.value)
