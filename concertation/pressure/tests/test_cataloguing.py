"""A catalogue as a file: what is read, what is refused, and what differs between editions."""

import json
from typing import Any

import pytest

from concertation.pressure.cataloguing import (
    LARGEST,
    BadCatalogue,
    Known,
    carried,
    compare,
    digest,
    fingerprint,
    read,
)
from concertation.pressure.faults import sentence_of
from concertation.pressure.tests.factories import PROGRAMMES, programmes


def test_a_programme_is_read() -> None:
    first, second, third = programmes()
    assert (first.key, first.title, first.country) == ("GB-TEST", "Test programme of the United Kingdom", "GB")
    assert (first.kinds, first.territories) == (["asset_freeze", "travel_ban"], ["ru", "ua-cri"])
    assert (second.summary, second.kinds, second.territories, second.force) == ("", ["export_control"], [], "in_force")
    assert (third.force, third.link) == ("ended", "https://fr.example")


@pytest.mark.parametrize(
    ("fault", "change"),
    [
        ("no_text", {"key": ""}),
        ("no_text", {"title": 3}),
        ("no_text", {"title": "\ud800"}),
        ("no_text", {"issuer": None}),
        ("too_long", {"title": "x" * 201}),
        ("too_long", {"summary": "x" * 2_001}),
        ("bad_link", {"url": "javascript:alert(1)"}),
        ("bad_link", {"url": "https://[bad"}),
        ("bad_link", {"url": "data:text/html,x"}),
        ("unknown_type", {"measures": ["Nuisance"]}),
        ("no_list", {"measures": "Asset freeze"}),
        ("no_list", {"target_territories": [1]}),
        ("unknown_territory", {"target_territories": ["Russia"]}),
        ("unknown_status", {"status": "perhaps"}),
    ],
)
def test_a_faulty_programme_is_refused_with_its_place(fault: str, change: dict[str, Any]) -> None:
    rows = [PROGRAMMES[1], {**PROGRAMMES[0], **change}]
    with pytest.raises(BadCatalogue) as refused:
        read(json.dumps(rows).encode())
    assert (refused.value.fault, refused.value.place) == (fault, 2)
    assert sentence_of(refused.value).startswith("Programme 2: ")


@pytest.mark.parametrize(
    ("fault", "data"),
    [
        ("not_json", b"{"),
        ("not_json", b"\xff\xfe"),
        ("not_json", b"[" * 200_000),
        ("not_a_list", b"{}"),
        ("not_a_list", b"[]"),
        ("not_an_object", b"[1]"),
        ("too_big", b" " * (LARGEST + 1)),
        ("too_many", json.dumps([{}] * 2_001).encode()),
        ("twice", json.dumps([PROGRAMMES[0], PROGRAMMES[0]]).encode()),
    ],
)
def test_a_file_that_is_no_catalogue_is_refused(fault: str, data: bytes) -> None:
    with pytest.raises(BadCatalogue) as refused:
        read(data)
    assert refused.value.fault == fault
    assert sentence_of(refused.value)


def test_carried_reads_as_the_same_edition() -> None:
    assert read(carried(programmes()).encode()) == programmes()


def test_digest_knows_no_order() -> None:
    assert digest(programmes()) == digest(programmes()[::-1]) != digest(programmes(without=["FR-OLD"]))


def test_compare_names_exactly_what_differs() -> None:
    known = {one.key: Known(one.facts, is_gone=False) for one in programmes()}
    assert compare(known, programmes()).is_empty
    newer = programmes(
        {"key": "GB-TEST", "title": "Renamed", "measures": ["Asset freeze"]},
        {"key": "IT-NEW", "title": "New", "url": "", "issuer": "it_office"},
        without=["EU-TEST"],
    )
    changes = compare(known, newer)
    (changed,) = changes.changed
    assert changed.after == {"title": "Renamed", "kinds": ["asset_freeze"]}
    assert changed.before["kinds"] == ["asset_freeze", "travel_ban"]
    assert ([one.key for one in changes.added], changes.gone, changes.same) == (["IT-NEW"], ["EU-TEST"], 1)
    gone = {**known, "EU-TEST": Known(known["EU-TEST"].facts, is_gone=True)}
    again = compare(gone, programmes())
    assert ([one.key for one in again.back], again.gone, again.changed) == (["EU-TEST"], [], [])
    assert fingerprint(again) != fingerprint(changes)
