"""The pages of an import: a file, a preview of what it would do, a confirmation; nothing is saved before."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from concertation.coalition.enums import Capacity
from concertation.coalition.models import Delegate
from concertation.commitments.models import Contribution, Requirement
from concertation.commitments.tests.factories import make_catalogue
from concertation.commitments.tests.tables import CONTRIBUTIONS, NEED, OFFER, REQUIREMENTS, as_workbook, csv_of
from concertation.commitments.tests.test_kiel import ROWS
from concertation.record.models import Entry
from tests.helpers.people import client_of, make_coalition, make_delegate, make_secretary

pytestmark = pytest.mark.django_db
SOURCE = "https://press.example/list"


@pytest.fixture(autouse=True)
def _scene() -> None:
    make_coalition()
    make_catalogue()


def sent(by: Delegate, data: bytes, kind: str = "requirements", name: str = "list.csv") -> Any:
    """Send a file and return the answer."""
    return client_of(by).post("/commit/files/import/", {"kind": kind, "file": SimpleUploadedFile(name, data)})


def form_of(answer: Any) -> dict[str, str]:
    """Return what the form of a preview would send."""
    page = answer.content.decode()
    fields = dict(re.findall(r'<input type="hidden" name="(carried)" value="([^"]*)"', page))
    for name, options in re.findall(r'<select[^>]*name="(at-\w+)">(.*?)</select>', page, re.S):
        chosen = re.search(r'<option value="(\d+)" selected', options)
        fields[name] = chosen[1] if chosen else ""
    return fields


def save(by: Delegate, answer: Any, **more: str) -> Any:
    """Confirm a preview and return the answer."""
    return client_of(by).post("/commit/files/import/save/", {**form_of(answer), **more})


@pytest.mark.parametrize("data", [csv_of(REQUIREMENTS, NEED), as_workbook(REQUIREMENTS, NEED)])
def test_requirements_are_previewed_then_saved(data: bytes) -> None:
    clerk = make_secretary()
    answer = sent(clerk, data)
    assert (
        answer.status_code,
        Requirement.objects.count(),
        Entry.objects.filter(action__contains="import").count(),
    ) == (
        200,
        0,
        0,
    )
    assert "Import these rows" in answer.content.decode()
    assert save(clerk, answer).url == "/commit/"  # where the requirements are seen
    assert Requirement.objects.get().key == "a"
    again = sent(clerk, data).content.decode()
    assert ("There is nothing to import." in again, "Import these rows" in again) == (True, False)


def test_every_cell_that_is_wrong_is_shown_and_nothing_can_be_saved() -> None:
    clerk = make_secretary()
    answer = sent(clerk, csv_of(REQUIREMENTS, NEED, NEED.replace("a,", "b,").replace("air-defence", "air")))
    page = answer.content.decode()
    assert re.search(r'<td class="num">3</td><td>F, capability</td><td>“air” is not known here: capability.</td>', page)
    assert "Import these rows" not in page
    refused = save(clerk, answer)
    assert (refused.status_code, Requirement.objects.count()) == (422, 0)
    assert "Some rows cannot be imported. Nothing was saved." in refused.content.decode()


def test_columns_can_be_chosen() -> None:
    clerk = make_secretary()
    head = REQUIREMENTS.replace("quantity", "how many").replace(",line", "")
    answer = sent(clerk, csv_of(head, NEED.replace(",deterrence", "")))
    assert "This must not be empty: quantity." in answer.content.decode()
    fields = {**form_of(answer), "at-quantity": "5", "all-line": "deterrence"}
    checked = client_of(clerk).post("/commit/files/import/check/", fields)
    assert "Import these rows" in checked.content.decode()
    assert (
        client_of(clerk)
        .post("/commit/files/import/save/", {**fields, "carried": form_of(checked)["carried"]})
        .status_code
        == 302
    )
    assert Requirement.objects.get().revision.quantity == 4


def test_a_newer_edition_says_what_it_changes() -> None:
    clerk = make_secretary()
    save(clerk, sent(clerk, csv_of(REQUIREMENTS, NEED)))
    page = sent(clerk, csv_of(REQUIREMENTS, NEED.replace(",4,", ",5000,"))).content.decode()
    assert "quantity: 4 → 5,000" in page


def test_the_secretariat_names_a_public_source() -> None:
    clerk = make_secretary()
    answer = sent(clerk, csv_of(CONTRIBUTIONS, OFFER), "contributions")
    assert save(clerk, answer).status_code == 422
    assert save(clerk, answer, link="ftp://nowhere").status_code == 422
    assert Contribution.objects.count() == 0
    assert save(clerk, answer, link=SOURCE).status_code == 302
    assert Contribution.objects.get().sources == [SOURCE]


def test_members_import_what_they_offer_themselves() -> None:
    head = make_delegate("DE")
    assert save(head, sent(head, csv_of(CONTRIBUTIONS, OFFER), "contributions")).status_code == 302
    other = sent(head, csv_of(CONTRIBUTIONS, OFFER.replace("a,DE", "b,FR")), "contributions")
    assert save(head, other).status_code == 403
    assert [one.codes for one in Contribution.objects.all()] == [["DE"]]
    assert sent(head, csv_of(REQUIREMENTS, NEED), "requirements").status_code == 422


def test_the_tracker_is_recognised() -> None:
    clerk = make_secretary()
    answer = sent(clerk, ROWS.read_bytes(), "contributions")
    page = answer.content.decode()
    assert "European Investment Bank" in page
    assert "Left out, because they are no members" in page
    assert save(clerk, answer).status_code == 302
    assert Contribution.objects.count() == 5


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7\x00", "This is neither a CSV file nor an Excel workbook"),
        (b"key,name,line\n1,=1+1,2\n", "Formulas stand in these cells: B2"),
        (b"", "This file has no rows"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(data: bytes, said: str) -> None:
    answer = sent(make_secretary(), data)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_preview_is_for_one_delegate_for_an_hour_and_cannot_be_forged() -> None:
    clerk = make_secretary()
    answer = sent(clerk, csv_of(REQUIREMENTS, NEED))
    assert save(make_secretary("Another"), answer).status_code == 400
    forged = form_of(answer)["carried"][:-2] + "xx"
    assert client_of(clerk).post("/commit/files/import/save/", {"carried": forged}).status_code == 400
    assert client_of(clerk).post("/commit/files/import/check/", {}).status_code == 400
    assert Requirement.objects.count() == 0


def test_who_may_not_import_is_told() -> None:
    observer = make_delegate("DE", Capacity.INTERPRETER)
    assert client_of(observer).get("/commit/files/import/").status_code == 403
    assert sent(observer, csv_of(REQUIREMENTS, NEED)).status_code == 403


def test_the_record_says_each_row_in_a_few_words() -> None:
    clerk = make_secretary()
    save(clerk, sent(clerk, csv_of(REQUIREMENTS, NEED)))
    save(clerk, sent(clerk, csv_of(CONTRIBUTIONS, OFFER), "contributions"), link=SOURCE)
    said = ["Ports · 4", "Two batteries · DE · 2"]
    for entry, words in zip(Entry.objects.filter(action__endswith="imported").order_by("sequence"), said, strict=True):
        page = client_of(clerk).get(f"/record/{entry.sequence}/").content.decode()
        assert words in page
