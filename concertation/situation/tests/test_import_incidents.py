"""Imports: columns by their headers, faults by row, nothing saved before the confirmation, editions that differ."""

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from concertation.coalition.enums import Audience, Capacity
from concertation.core.errors import NotAllowed
from concertation.record import merkle
from concertation.record.models import Entry, Restricted
from concertation.situation.domain.incident_imports import ImportedFile, import_edition
from concertation.situation.domain.incidents import correct_incident
from concertation.situation.incidents.columns import mapped
from concertation.situation.incidents.errors import NothingToImport, NotYourCollection, StaleImport
from concertation.situation.incidents.reading import Reading, read_csv
from concertation.situation.models import Account, Collection, Edition, Incident
from concertation.situation.queries.editions import kind_finder, leaves_of, proof_of_row
from concertation.situation.tests.incident_factories import head_of, make_report
from tests.helpers.people import client_of, make_coalition, make_delegate
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db
ROW = {
    "id": "1",
    "type_of_violence": "1",
    "date_start": "2023-03-05 00:00:00.000",
    "date_prec": "1",
    "where_coordinates": "Bakhmut",
    "latitude": "48.595",
    "longitude": "38.0",
    "where_prec": "1",
    "low": "0",
    "best": "2",
    "high": "",
    "source_article": "Agency, <b>5 March</b>; Ministry",
    "adm_1": "Donetsk",
}
FILE = ImportedFile("ged.csv", "0" * 64)


@pytest.fixture(autouse=True)
def coalition() -> None:
    make_coalition()


def as_csv(*rows: Mapping[str, str]) -> bytes:
    """Return rows as a file."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def read(*rows: Mapping[str, str]) -> Reading:
    """Return what a file of rows holds."""
    return read_csv(as_csv(*rows), kind_finder())


def row(key: str, **facts: str) -> dict[str, str]:
    """Return a row with other values."""
    return {**ROW, "id": key, **facts}


def bring(rows: Sequence[Mapping[str, str]], code: str = "GB", **facts: object) -> Edition:
    """Import rows for a member."""
    return import_edition(by=head_of(code), name="GED", file=FILE, rows=read(*rows).rows, **facts)  # type: ignore[arg-type]


def test_columns_of_ucdp_ged_are_understood() -> None:
    reading = read(ROW)
    report = reading.rows[0].report
    assert reading.faults == []
    assert reading.mapping["killed"] == "best"
    assert reading.ignored == ["adm_1"]
    assert (report.kind, report.place, report.when_precision, report.where_precision) == (
        "violence",
        "Bakhmut",
        "day",
        "exact",
    )
    assert report.figures == {"killed": (0, 2, None)}
    assert report.sources == ["Agency, <b>5 March</b>", "Ministry"]


def test_own_names_come_before_usual_ones() -> None:
    assert mapped(["best", "Killed", "ID"])[0] == {"id": 2, "killed": 1}


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"latitude": "191"}, "The coordinates are off the globe."),
        ({"latitude": "138.0", "longitude": "48.5"}, "latitude and longitude seem to be swapped"),
        ({"latitude": "x"}, "The value of “latitude” cannot be read."),
        ({"longitude": ""}, "both or neither"),
        ({"date_start": "2999-01-01"}, "does not lie ahead"),
        ({"date_start": "5 March"}, "The value of “date” cannot be read."),
        ({"best": "-1"}, "The value of “killed” cannot be read."),
        ({"low": "3"}, "low ≤ best ≤ high"),
        ({"type_of_violence": "rumour"}, "“rumour” is no kind of the catalogue."),
        ({"where_prec": "9"}, "The value of “place_precision” cannot be read."),
        ({"id": " "}, "The value of “id” cannot be read."),
        ({"id": "1"}, "The identifier stands on line 2 already."),
    ],
)
def test_faults_are_told_by_row(facts: dict[str, str], said: str) -> None:
    reading = read(row("1"), {**row("2"), **facts})
    assert [(fault.line, said in fault.words) for fault in reading.faults] == [(3, True)]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty."),
        (b"\xff\xfe", "not in UTF-8"),
        (b"a,b\n1,2\n", "These columns are missing: id, date."),
        (b"PK\x03\x04\x00", "not a CSV file"),
    ],
)
def test_what_is_no_such_file_is_refused(data: bytes, said: str) -> None:
    reading = read_csv(data, kind_finder())
    assert [(fault.line, said in fault.words) for fault in reading.faults] == [(0, True)]


def test_likely_swapped_coordinates_are_warned_of() -> None:
    rows = [row(str(number)) for number in range(4)]
    reading = read(*rows, row("9", latitude="38.0", longitude="48.595"))
    assert reading.faults == []
    assert [warning.line for warning in reading.warnings] == [6]


def test_a_place_known_to_the_country_only_has_no_coordinates() -> None:
    assert read(row("1", where_prec="6")).rows[0].report.latitude is None


def test_import_adds_and_the_same_file_changes_nothing() -> None:
    with assert_write("incidents.imported", "incidents"):
        edition = bring([row("1"), row("2")])
    assert edition.counts == {"added": 2, "changed": 0, "withdrawn": 0, "restored": 0, "unchanged": 0}
    assert_refused(NothingToImport, lambda: bring([row("2"), row("1")]))
    assert Incident.objects.filter(collection__name="GED", member="GB").count() == 2
    assert (Edition.objects.count(), Collection.objects.get().editions_count) == (1, 1)


def test_a_newer_edition_changes_what_differs_withdraws_and_restores() -> None:
    bring([row("1"), row("2"), row("3")])
    second = bring([row("1"), row("2", best="9", high="12")])
    assert second.counts == {"added": 0, "changed": 1, "withdrawn": 1, "restored": 0, "unchanged": 1}
    by_key = {one.source_key: one for one in Incident.objects.all()}
    assert (by_key["2"].killed_best, by_key["3"].is_withdrawn) == (9, True)
    assert Incident.objects.counted().count() == 2
    third = bring([row("1"), row("2", best="9", high="12"), row("3")])
    assert third.counts == {"added": 0, "changed": 0, "withdrawn": 0, "restored": 1, "unchanged": 2}
    assert Incident.objects.counted().count() == 3
    assert list(Account.objects.filter(incident=by_key["3"]).values_list("is_withdrawn", flat=True)) == [
        False,
        True,
        False,
    ]


def test_a_correction_stays_until_the_collection_says_something_new() -> None:
    bring([row("1")])
    incident = Incident.objects.get()
    correct_incident(by=head_of("GB"), incident_id=incident.pk, report=make_report(), reason="Seen on the spot.")
    assert_refused(NothingToImport, lambda: bring([row("1")]))
    incident.refresh_from_db()
    assert incident.place == "Kharkiv"
    bring([row("1", best="3")])
    incident.refresh_from_db()
    assert (incident.place, incident.killed_best) == ("Bakhmut", 3)
    assert incident.accounts.count() == 3


def test_the_record_proves_each_row() -> None:
    bring([row(str(number)) for number in range(5)])
    edition = bring([row(str(number), best="5") for number in range(4)])
    entry = Entry.objects.latest("sequence")
    hashes = [merkle.leaf_hash(leaf) for leaf in leaves_of(edition)]
    assert entry.content["data"]["rows_root"] == merkle.root_of(hashes).hex() == edition.root
    incident = Incident.objects.get(source_key="2")
    proof = proof_of_row(make_delegate("DE"), incident.pk, incident.accounts.latest("number").number)
    assert proof is not None
    leaf, path = str(proof["leaf"]).encode(), [bytes.fromhex(one) for one in proof["hashes"]]  # type: ignore[attr-defined]
    index, size = int(str(proof["index"])), int(str(proof["size"]))
    assert proof["record_entry"] == entry.sequence
    assert merkle.proves_inclusion(merkle.leaf_hash(leaf), index, size, path, bytes.fromhex(edition.root))
    changed = merkle.leaf_hash(leaf.replace(b"Bakhmut", b"Kharkiv"))
    assert not merkle.proves_inclusion(changed, index, size, path, bytes.fromhex(edition.root))


def test_restricted_imports_are_sealed() -> None:
    bring([row("1")], audience=Audience.MEMBERS, named=["DE"])
    assert Entry.objects.get().content["data"] == {}
    assert Restricted.objects.get().audience == ",DE,GB,"
    assert Incident.objects.visible_to(make_delegate("IT")).count() == 0
    assert proof_of_row(make_delegate("FR"), Incident.objects.get().pk, 1) is None


def test_a_collection_is_kept_by_who_began_it_and_read_before() -> None:
    bring([row("1")])
    assert_refused(NotYourCollection, lambda: bring([row("2")], "IT"))
    stale = ImportedFile("ged.csv", "0" * 64, editions_seen=0)
    rows = read(row("2")).rows
    assert_refused(StaleImport, lambda: import_edition(by=head_of("GB"), name="GED", file=stale, rows=rows))
    observer = make_delegate("IT", Capacity.OBSERVER)
    assert_refused(NotAllowed, lambda: import_edition(by=observer, name="X", file=FILE, rows=rows))


def send(client: Client, data: bytes) -> str:
    """Send a file and return the page that answers."""
    file = SimpleUploadedFile("ged.csv", data, content_type="text/csv")
    answer = client.post("/watch/incidents/import/", {"collection": "GED", "file": file, "audience": "coalition"})
    return answer.content.decode()


def carried_in(page: str) -> str:
    """Return what the browser would carry."""
    return page.split('name="carried" value="')[1].split('"')[0]


def test_preview_saves_nothing_and_confirmation_saves_what_was_shown() -> None:
    client = client_of(make_delegate("GB"))
    data = as_csv(row("1", where_coordinates="<script>alert(1)</script>"), row("2"))
    page = send(client, data)
    assert "Nothing is saved yet." in page
    assert not Incident.objects.exists()
    answer = client.post("/watch/incidents/import/confirm/", {"carried": carried_in(page)})
    assert answer.status_code == 200
    edition = Edition.objects.get()
    assert (edition.file_name, edition.sha256) == ("ged.csv", hashlib.sha256(data).hexdigest())
    listed = client.get("/watch/incidents/?first=2000-01-01").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in listed
    assert "<script>alert" not in listed
    assert "There is nothing to change." in send(client, data)
    changed = send(client, as_csv(row("1", where_coordinates="Bakhmut")))
    assert "<del>&lt;script&gt;alert(1)&lt;/script&gt;</del> → <ins>Bakhmut</ins>" in changed
    assert "What the file no longer holds" in changed


def test_faulty_files_cannot_be_confirmed_nor_can_what_was_not_seen() -> None:
    client = client_of(make_delegate("GB"))
    page = send(client, as_csv(row("1"), row("2", latitude="95")))
    assert "line 3" in page
    assert 'name="carried"' not in page
    good = carried_in(send(client, as_csv(row("1"))))
    other = client_of(make_delegate("DE"))
    assert other.post("/watch/incidents/import/confirm/", {"carried": good}).status_code == 409
    assert client.post("/watch/incidents/import/confirm/", {"carried": good[:-2]}).status_code == 409
    assert not Incident.objects.exists()
