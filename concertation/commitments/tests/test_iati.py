"""Money as IATI 2.03: its structure always, and against schema, code lists and rules where they are."""

import json
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from lxml import etree

from concertation.coalition.enums import Audience
from concertation.commitments.domain.facts import (
    Happening,
    commit_contribution,
    record_delivery,
    withdraw_contribution,
)
from concertation.commitments.exports.iati import Reporter, iati_of
from concertation.commitments.models import Contribution
from concertation.commitments.queries.exporting import Wanted
from concertation.commitments.queries.iati import activities_for, reporter
from concertation.commitments.tests.factories import make_contribution
from tests.helpers.people import make_coalition, make_delegate, make_secretary
from tests.helpers.shared import shared_data

pytestmark = pytest.mark.django_db
IATI = shared_data("iati")
NOW = datetime(2025, 12, 1, 12, tzinfo=UTC)
EUR = {"capability": "military-aid", "currency": "EUR", "title": "Aid"}
RULED_BY_REGISTRY = {"NOT_EXISTING_ORG_ID", "NOT_EXISTING_ORG_ID_PREFIX"}  # which identifiers are registered


def make_money() -> None:
    """Make contributions of money of every state, and one of something else."""
    make_coalition()
    head = make_delegate("DE")
    paid = make_contribution(head, quantity=500, link="https://press.example/1", **EUR)  # type: ignore[arg-type]
    commit_contribution(by=head, contribution_id=paid.pk, happening=Happening(date(2025, 7, 2)))
    for quantity in (Decimal(200), None, Decimal("300.50")):
        happening = Happening(date(2025, 7, 3), evidence="Paid.")
        record_delivery(by=head, contribution_id=paid.pk, quantity=quantity, happening=happening)
    make_contribution(head, quantity=None, **EUR)  # type: ignore[arg-type]
    make_contribution(None, quantity=90, members=["FR", "GB"], capability="humanitarian-aid", currency="GBP")
    gone = make_contribution(head, quantity=7, due_on=date(2026, 1, 1), **EUR)  # type: ignore[arg-type]
    withdraw_contribution(by=head, contribution_id=gone.pk, happening=Happening(date(2025, 8, 1)))
    make_contribution(head, capability="air-defence")


def exported(country: str = "") -> Any:
    """Return the root of the export of everything."""
    made = Reporter(reporter().ref, reporter().name, country)
    content = iati_of(made, activities_for(make_secretary(), Wanted(date(2025, 12, 1))), NOW)
    return etree.fromstring(content)


def test_every_contribution_of_money_is_an_activity() -> None:
    make_money()
    root = exported()
    assert root.get("version") == "2.03"
    said = [
        (
            one.findtext("title/narrative"),
            one.find("activity-status").get("code"),
            [
                (
                    made.find("transaction-type").get("code"),
                    made.findtext("value"),
                    made.find("value").get("value-date"),
                )
                for made in one.findall("transaction")
            ],
        )
        for one in root
    ]
    assert said == [
        (
            "Aid",
            "4",
            [
                ("12", "500.00", "2025-07-01"),
                ("2", "500.00", "2025-07-02"),
                ("3", "200.00", "2025-07-03"),
                ("3", "300.50", "2025-07-03"),
            ],
        ),
        ("Aid", "1", []),
        ("Two batteries", "1", [("12", "90.00", "2025-07-01")]),
        ("Aid", "5", [("12", "7.00", "2025-07-01")]),
    ]


def test_identifiers_claim_nothing_and_joint_money_counts_once() -> None:
    make_money()
    joint = exported()[2]
    host, identifier = reporter().ref, joint.findtext("iati-identifier")
    assert identifier == f"{host}-{Contribution.objects.get(terms__capability='humanitarian-aid').pk}"
    assert [(org.get("ref"), org.findtext("narrative")) for org in joint.findall("participating-org")] == [
        (None, "France"),
        (None, "United Kingdom"),
        (host, "Coalition of the willing"),
    ]
    assert (len(joint.findall("transaction")), joint.find("transaction/provider-org")) == (1, None)
    assert joint.get("humanitarian") == "1"


def test_what_is_for_some_members_only_is_not_exported_to_others() -> None:
    make_coalition()
    make_contribution(
        make_delegate("DE"),
        quantity=123_456,
        audience=Audience.MEMBERS,
        named=["FR"],
        **EUR,  # type: ignore[arg-type]
    )
    assert list(activities_for(make_delegate("IT"), Wanted())) == []
    assert len(list(activities_for(make_delegate("FR"), Wanted()))) == 1


@pytest.mark.skipif(not IATI.exists(), reason=f"the schema of IATI is not at {IATI}")
@pytest.mark.parametrize("country", ["", "UA"])
def test_export_is_valid_by_the_schema(country: str) -> None:
    make_money()
    schema = etree.XMLSchema(etree.parse(str(IATI / "schema" / "iati-activities-schema.xsd")))
    schema.assertValid(exported(country))


@pytest.mark.skipif(not IATI.exists(), reason=f"the code lists of IATI are not at {IATI}")
def test_export_uses_codes_that_exist() -> None:
    make_money()
    root, checked = exported("UA"), 0
    mappings: Any = etree.parse(str(IATI / "codelists" / "_mapping.xml")).getroot()
    for mapping in mappings:
        file = IATI / "codelists" / f"{mapping.find('codelist').get('ref')}.xml"
        if not file.exists():
            continue
        items: Any = etree.parse(str(file)).xpath("//codelist-item/code/text()")
        known = set(map(str, items))
        condition = mapping.findtext("condition")
        path, _, attribute = mapping.findtext("path").rpartition("/")
        places = root.xpath(f"{path}[{condition}]/{attribute}" if condition else f"{path}/{attribute}")
        assert set(map(str, places)) <= known, mapping.findtext("path")
        checked += len(places)
    assert checked > 50


@pytest.mark.skipif(not IATI.exists(), reason=f"the rules of IATI are not at {IATI}")
@pytest.mark.parametrize("country", ["", "UA"])
def test_export_keeps_the_standard_rules(country: str) -> None:
    make_money()
    root = exported(country)
    rules = json.loads((IATI / "ruleset_standard.json").read_text())
    broken = [
        f"{name}: {case}"
        for path, kinds in rules.items()
        for element in root.getroottree().xpath(path)
        for name, rule in kinds.items()
        for case in rule["cases"]
        if not _holds(name, case, element)
    ]
    assert broken == []


def _holds(name: str, case: dict[str, Any], element: Any) -> bool:
    """Say whether a rule holds; those that need a registry of organisations are not asked."""
    if case.get("idCondition") in RULED_BY_REGISTRY:
        return True
    if case.get("condition") and not element.xpath(f"boolean({case['condition']})"):
        return True
    return bool(RULES[name](case, element))


def _texts(case: dict[str, Any], element: Any) -> list[str]:
    found = [item for path in case["paths"] for item in element.xpath(path)]
    return [item if isinstance(item, str) else (item.text or "") for item in found]


def _day(path: str, element: Any) -> str:
    if path == "NOW":
        return NOW.isoformat()[:10]
    return str(next(iter(element.xpath(path)), ""))[:10]


def _in_order(case: dict[str, Any], element: Any) -> bool:
    more = _day(case["more"], element)
    return all(not more or str(less)[:10] <= more for less in element.xpath(case["less"]))


def _starts(case: dict[str, Any], element: Any) -> bool:
    prefixes = [str(found) for path in case["prefix"] for found in element.xpath(path)]
    return all(
        any(text.startswith(prefix + case["separator"]) for prefix in prefixes) for text in _texts(case, element)
    )


def _if_then(case: dict[str, Any], element: Any) -> bool:
    return not element.xpath(f"boolean({case['if']})") or bool(element.xpath(f"boolean({case['then']})"))


def _loop(case: dict[str, Any], element: Any) -> bool:
    for value in {str(found) for found in element.xpath(case["foreach"])}:
        inner = json.loads(json.dumps(case["do"]).replace("$1", value))
        if not all(_holds(name, one, element) for name, rule in inner.items() for one in rule["cases"]):
            return False
    return True


def _one_or_all(case: dict[str, Any], element: Any) -> bool:
    if case["one"].startswith("@"):
        return bool(element.xpath(case["one"]))
    return bool(element.xpath("sector")) or all(one.xpath("sector") for one in element.xpath("transaction"))


def _sums(case: dict[str, Any], element: Any) -> bool:
    return bool(sum(map(Decimal, _texts(case, element))) == case["sum"])


RULES: dict[str, Any] = {
    "atleast_one": lambda case, element: any(element.xpath(path) for path in case["paths"]),
    "no_more_than_one": lambda case, element: sum(len(element.xpath(path)) for path in case["paths"]) <= 1,
    "unique": lambda case, element: len(set(_texts(case, element))) == len(_texts(case, element)),
    "startswith": _starts,
    "one_or_all": _one_or_all,
    "date_now": lambda case, element: str(element.xpath(case["date"])[0])[:10] <= NOW.isoformat()[:10],
    "date_order": _in_order,
    "regex_matches": lambda case, element: all(re.match(case["regex"], text) for text in _texts(case, element)),
    "no_spaces": lambda case, element: all(not re.search(r"^\s|\s$", text) for text in _texts(case, element)),
    "loop": _loop,
    "if_then": _if_then,
    "strict_sum": _sums,
    "range": lambda case, element: all(case["min"] <= float(text) <= case["max"] for text in _texts(case, element)),
}
