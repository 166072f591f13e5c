"""What is required and contributed loads once, changes where the file differs, and comes back from an export."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from concertation.commitments.domain.facts import Happening, correct_fact, record_delivery, withdraw_contribution
from concertation.commitments.domain.requirements import drop_requirement
from concertation.commitments.models import Capability, Caveat, Contribution, Fact, Rate, Requirement
from concertation.exchange.exporting import export_file
from concertation.exchange.faults import FileRefused
from concertation.exchange.loading import load_file
from concertation.exchange.parsing import parse, read_file
from concertation.exchange.rehearsal import from_now
from concertation.exchange.tests.test_exporting import EXAMPLE, loaded, plain
from concertation.exchange.tests.test_faults import FULL, refusal
from concertation.exchange.writing import write_toml
from concertation.record.models import Entry

pytestmark = pytest.mark.django_db
NOTHING = ["Nothing to do: everything is as the file says."]
WHOLE = f"""{FULL}
[catalogue]
usual = true

[[capabilities]]
code = "bridge-layers"
names = {{ en = "Bridge layers" }}
units = {{ en = "vehicles" }}
domain = "land"
form = "unit"

[[rates]]
currency = "GBP"
day = 2025-07-01
per_euro = 0.8563
sources = ["press"]

[[requirements]]
key = "ports"
names = {{ en = "Air defence of ports" }}
line = "deterrence"
phase = "presence"
capability = "air-defence"
quantity = 4
priority = "high"
essential = true
needed_from = 2026-03-01
needed_to = 2026-12-31
since = 2025-07-01
sources = ["press"]

[[contributions]]
key = "nato-fr"
title = "Two batteries"
members = ["NATO", "FR"]
announced = 2025-07-01
evidence = "As announced."
line = "deterrence"
capability = "air-defence"
low = 1
high = 2
available_from = 2026-03-01
readiness = 30
expires_on = 2025-12-31
approvals = ["parliament"]
conditions = ["ceasefire"]
earmark = "ports"

[[contributions.caveats]]
kind = "geographic"
areas = ["East"]
wording = "Not there."
audience = "members"
readers = ["FR"]

[[contributions.facts]]
kind = "joined"
day = 2025-07-02
member = "FR"

[[contributions.facts]]
kind = "approved"
day = 2025-07-03
approval = "parliament"
reference = "No. 1"

[[contributions.facts]]
kind = "delivered"
day = 2025-07-04
quantity = "undisclosed"

[[contributions.facts]]
kind = "lifted"
day = 2025-07-04
caveat = 1
"""


def load(text: str) -> list[str]:
    """Load `text` and return the report, line by line."""
    return str(load_file(parse(text.encode(), name="file.toml"))).splitlines()


def changed(old: str, new: str) -> str:
    """Return the whole file with one text replaced."""
    assert old in WHOLE
    return WHOLE.replace(old, new, 1)


def test_load_enters_everything() -> None:
    assert load(WHOLE)[0].endswith(
        "2 assessments added, 27 capabilities added, 1 rate added, 1 requirement added, 1 contribution added,"
        " 1 caveat added, 4 entries added."
    )
    row, need = Contribution.objects.get(), Requirement.objects.get()
    assert (row.key, row.codes, row.current.amount.low, row.current.amount.high) == (
        "nato-fr",
        ["NATO", "FR"],
        Decimal(1),
        Decimal(2),
    )
    assert [str(condition) for condition in row.current.conditions.all()] == ["Ceasefire"]
    assert row.current.earmark == need
    assert [(fact.kind, fact.member_id, fact.quantity) for fact in row.facts.all()] == [
        ("announced", "NATO", None),
        ("joined", "FR", None),
        ("approved", None, None),
        ("delivered", None, None),
        ("lifted", None, None),
    ]
    assert [(caveat.areas, caveat.readers) for caveat in Caveat.objects.all()] == [(["East"], ",FR,NATO,")]
    assert [(rate.currency, rate.per_euro, rate.source) for rate in Rate.objects.all()] == [
        ("GBP", Decimal("0.8563"), "The Press, A meeting, 5 July 2025")
    ]
    assert need.revision.valid_from == date(2025, 7, 1)


def test_load_twice_changes_nothing() -> None:
    load(WHOLE)
    before = Entry.objects.count()
    assert load(WHOLE) == NOTHING
    assert Entry.objects.count() == before


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("quantity = 4", "quantity = 5", "1 requirement changed."),
        ("readiness = 30", "readiness = 20", "1 contribution changed."),
        ('{ en = "Bridge layers" }', '{ en = "Bridges" }', "1 capability changed."),
        ("0.8563", "0.8", "1 rate added."),
        ('day = 2025-07-04\nquantity = "undisclosed"', "day = 2025-07-04\nquantity = 1", "1 entry added."),
        ('areas = ["East"]', 'areas = ["North"]', "1 caveat added, 1 entry added."),
    ],
)
def test_load_changed_file_says_what_it_did(old: str, new: str, said: str) -> None:
    load(WHOLE)
    text = changed(old, new)
    assert load(text)[0].lower() == said
    assert load(text) == NOTHING


def test_what_somebody_entered_otherwise_stays() -> None:
    load(WHOLE)
    assert load(changed("No. 1", "No. 2")) == [
        "Nothing to do: everything is as the file says.",
        "What was entered on “nato-fr” is not what the file says; only those who entered it correct it.",
    ]


def test_members_that_did_not_join_are_not_bound() -> None:
    load(WHOLE.replace('kind = "joined"\nday = 2025-07-02\nmember = "FR"', 'kind = "committed"\nday = 2025-07-02'))
    assert list(Fact.objects.filter(kind__in=["announced", "joined"]).values_list("member_id", flat=True)) == ["NATO"]


def test_a_dropped_requirement_stays_dropped() -> None:
    load(WHOLE)
    drop_requirement(by=None, requirement_id=Requirement.objects.get().pk, reason="Accepted.")
    assert load(changed("quantity = 4", "quantity = 5"))[-1] == "The requirement “ports” was dropped and stays so."
    assert loaded(export_file()).requirements == []
    assert loaded(export_file()).contributions[0].earmark is None


def test_a_withdrawn_contribution_is_revised_no_more() -> None:
    load(WHOLE)
    withdraw_contribution(by=None, contribution_id=Contribution.objects.get().pk, happening=Happening(date(2025, 7, 9)))
    assert load(changed("readiness = 30", "readiness = 20")) == [
        *NOTHING,
        "What stands of “nato-fr” is not what the file says, and cannot become so; it is left as it is.",
    ]
    assert loaded(export_file()).contributions[0].facts[-1].kind == "withdrawn"


def test_a_corrected_entry_is_exported_as_corrected() -> None:
    load(WHOLE)
    contribution = Contribution.objects.get()
    happening = Happening(date(2025, 7, 5), evidence="Counted.")
    fact = record_delivery(by=None, contribution_id=contribution.pk, quantity=Decimal(2), happening=happening)
    correct_fact(by=None, fact_id=fact.pk, happening=happening, quantity=Decimal(1))
    assert [(one.kind, one.quantity) for one in loaded(export_file()).contributions[0].facts[2:]] == [
        ("delivered", "undisclosed"),
        ("lifted", None),
        ("delivered", Decimal(1)),
    ]


def test_a_retired_capability_comes_back_retired() -> None:
    text = WHOLE.replace('form = "unit"\n', 'form = "unit"\nretired = true\n')
    load(text)
    assert Capability.objects.get(pk="bridge-layers").retired_at
    assert load(text) == NOTHING
    assert [part.retired for part in loaded(export_file()).capabilities] == [True]


def test_a_rule_of_the_coalition_is_told_with_its_line() -> None:
    text = changed("quantity = 4", "quantity = 4.5")
    with pytest.raises(FileRefused) as error:
        load(text)
    line = text.split("\n").index("[[requirements]]") + 1
    assert str(error.value) == (
        f"file.toml: line {line}: requirements[1]: This is counted in whole units: give a whole number."
    )
    assert not Requirement.objects.exists()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('code = "bridge-layers"', 'code = "Bridge"', "is no code; use 1 to 40 small letters"),
        ('currency = "GBP"', 'currency = "XYZ"', "rates[1].currency: “XYZ” is no code of a currency."),
        ("per_euro = 0.8563", 'per_euro = "much"', "rates[1].per_euro: This must be a number."),
        ("quantity = 4", "quantity = true", "requirements[1].quantity: This must be a number."),
        (
            'priority = "high"',
            'priority = "urgent"',
            "“urgent” is not possible here; choose one of: low, medium, high.",
        ),
        ('capability = "air-defence"\nq', 'capability = "air-defense"\nq', "Did you mean “air-defence”?"),
        ('earmark = "ports"', 'earmark = "port"', "“port” is no requirement in this file. Did you mean “ports”?"),
        ('conditions = ["ceasefire"]', 'conditions = ["cease"]', "“cease” is no condition in this file."),
        ('members = ["NATO", "FR"]', 'members = ["NATO", "XX"]', "“XX” is no member in this file."),
        ('members = ["NATO", "FR"]', 'members = ["NATO", "NATO"]', "“NATO” stands here for the second time."),
        ("low = 1\n", "", "Give either “quantity”, a number or “undisclosed”, or “low” and “high”."),
        ("low = 1\n", "low = 1\nquantity = 1\n", "Give either “quantity”, a number or “undisclosed”"),
        ('quantity = "undisclosed"', 'quantity = "unknown"', "This must be a number, or “undisclosed”."),
        ('quantity = "undisclosed"\n', "", "contributions[1].facts[3]: The key “quantity” is missing."),
        ('reference = "No. 1"', "quantity = 1", "An entry of the kind “approved” has no “quantity”."),
        ("caveat = 1", "caveat = 2", "There is no caveat of this number."),
        ('member = "FR"\n\n[[contributions.facts', 'member = "NATO"\n\n[[contributions.facts', "that may join."),
        ('kind = "delivered"', 'kind = "void"', "“void” is not possible here; choose one of: joined,"),
        ('areas = ["East"]\nwording = "Not there."\n', "", "Name the areas or tasks that the caveat excludes"),
        ('readers = ["FR"]\n', "", "“readers” names who may read what has the audience “members”, and only there."),
    ],
)
def test_faults_have_their_sentence(old: str, new: str, said: str) -> None:
    assert said in refusal(changed(old, new))


def test_from_now_moves_what_was_invented_and_leaves_what_has_a_source() -> None:
    file = read_file(EXAMPLE)
    moved = from_now(file, datetime(2026, 11, 26, 12, tzinfo=UTC))
    before = {part.key: part for part in file.contributions}
    after = {part.key: part for part in moved.contributions}
    assert [after[key] for key in ("gb-lmm", "fr-two-billion")] == [before["gb-lmm"], before["fr-two-billion"]]
    assert (before["fr-missiles"].due_on, after["fr-missiles"].due_on) == (date(2025, 7, 1), date(2026, 11, 1))
    assert [fact.day for fact in after["fr-missiles"].facts] == [date(2026, 10, 12), date(2026, 10, 28)]
    assert {(part.needed_from, part.needed_to) for part in moved.requirements[:10]} == {
        (date(2027, 7, 1), date(2028, 4, 30))
    }


days = st.dates(date(2025, 1, 1), date(2025, 6, 30))
words = st.text("aé’“”«» #\\'=[]", min_size=1, max_size=12).map(lambda text: " ".join(text.split())).filter(bool)
amounts: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.just({"quantity": "undisclosed"}),
    st.decimals("0.01", 10**12, places=2).map(lambda figure: {"quantity": figure}),
    st.integers(1, 10**6).map(lambda figure: {"low": Decimal(figure), "high": Decimal(figure + 1)}),
)


@st.composite
def needs(draw: st.DrawFn, key: str) -> dict[str, Any]:
    """Any requirement of money or stocks."""
    first = draw(days)
    money = draw(st.booleans())
    return {
        "key": key,
        "names": {"en": draw(words)},
        "line": draw(st.sampled_from(["support", "deterrence"])),
        "phase": draw(st.sampled_from(["now", "deployment", "presence"])),
        "capability": "military-aid" if money else "drones",
        "quantity": draw(st.decimals("0.01", 10**12, places=2)),
        "currency": "GBP" if money else "",
        "priority": draw(st.sampled_from(["low", "medium", "high"])),
        "essential": draw(st.booleans()),
        "area": draw(st.sampled_from(["", "West"])),
        "needed_from": first,
        "needed_to": first + timedelta(days=draw(st.integers(0, 900))),
        "since": draw(days),
        "sources": draw(st.sampled_from([[], ["press"]])),
    }


@st.composite
def offers(draw: st.DrawFn, key: str) -> dict[str, Any]:
    """Any contribution, with what happened to it."""
    members = draw(st.sampled_from([["FR"], ["NATO"], ["FR", "NATO"]]))
    first = draw(days)
    delivered = draw(st.lists(st.tuples(days, st.integers(1, 9)), max_size=2))
    facts: list[dict[str, Any]] = [{"kind": "delivered", "day": day, "quantity": number} for day, number in delivered]
    if draw(st.booleans()):
        facts.append({"kind": "committed", "day": draw(days), "evidence": draw(words)})
    if len(members) > 1 and draw(st.booleans()):
        facts.append({"kind": "joined", "day": draw(days), "member": "NATO"})
    if draw(st.booleans()):
        facts.append({"kind": "withdrawn", "day": draw(days)})
    return {
        "key": key,
        "title": draw(words),
        "members": members,
        "announced": draw(days),
        "evidence": draw(st.sampled_from(["", "Said."])),
        **draw(st.sampled_from([{}, {"audience": "members", "readers": ["FR"]}, {"audience": "chair"}])),
        "line": "support",
        "capability": "drones",
        **draw(amounts),
        "available_from": first,
        "available_to": draw(st.sampled_from([None, first + timedelta(days=40)])),
        "readiness": draw(st.integers(0, 90)),
        "conditions": draw(st.sampled_from([[], ["ceasefire"]])),
        "caveats": draw(st.sampled_from([[], [{"kind": "task", "tasks": ["patrol"]}]])),
        "facts": facts,
    }


@given(st.tuples(needs("n-1"), needs("Row 2")), st.tuples(offers("o-1"), offers("Row 4")))
@hypothesis(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_export_loads_back_to_the_same(needed: Any, offered: Any) -> None:
    rows: dict[str, Any] = {"catalogue": {"usual": True}, "requirements": list(needed), "contributions": list(offered)}
    with transaction.atomic():
        file = loaded(FULL + "\n" + write_toml(rows))
        load_file(file)
        exported = export_file()
        assert plain(loaded(exported)) == plain(file)
        assert str(load_file(loaded(exported))).splitlines() == NOTHING
        transaction.set_rollback(True)
