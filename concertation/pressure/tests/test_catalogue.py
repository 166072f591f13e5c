"""Importing a catalogue: exactly what differs, the same again nothing, and nothing coded that is not certain."""

import json
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from concertation.coalition.enums import Capacity, MemberKind, Status
from concertation.coalition.models import Member
from concertation.core import clock
from concertation.core.errors import NotAllowed
from concertation.pressure.aligning import Said
from concertation.pressure.cataloguing import Changes, fingerprint, read
from concertation.pressure.domain.catalogue import changes_by, import_catalogue
from concertation.pressure.domain.measures import edit_measure, retire_measure
from concertation.pressure.domain.statements import Word, correct_statement
from concertation.pressure.enums import Force, Stance
from concertation.pressure.errors import CatalogueMoved
from concertation.pressure.models import Measure, Statement
from concertation.pressure.queries.alignment import table_for
from concertation.pressure.reports import lines_of
from concertation.pressure.tests.factories import PROGRAMMES, make_plan, make_statement, programmes
from concertation.record.models import Entry
from tests.helpers.people import make_coalition, make_delegate, make_member, make_secretary
from tests.helpers.writes import assert_refused

pytestmark = pytest.mark.django_db
REAL = settings.ROOT.parent / "shared" / "data" / "sanctions" / "programs_261.json"
ELSEWHERE = settings.ROOT.parent.parent / "shared" / "data" / "sanctions" / "programs_261.json"


@pytest.fixture(autouse=True)
def coalition() -> None:
    """Five members, the European Union a partner, Poland only invited."""
    make_coalition()
    make_member("PL", status=Status.INVITED)
    make_member("EU", status=Status.PARTNER)
    Member.objects.filter(pk="EU").update(kind=MemberKind.ORGANISATION, names={"en": "European Union"})


def importing(*changes: dict[str, Any], without: list[str] | None = None) -> tuple[Changes, int]:
    """Import an edition of the small catalogue, as the command does."""
    return import_catalogue(by=None, programmes=programmes(*changes, without=without or []))


def measure(key: str) -> Measure:
    """Return the measure of a programme."""
    return Measure.objects.get(catalogue_key=key)


def facts_by_key() -> dict[str, dict[str, Any]]:
    """Return every fact of each measure."""
    return {row["catalogue_key"]: dict(row) for row in Measure.objects.values()}


def coded() -> list[tuple[str, str, str]]:
    """Return what is coded: programme, member, stance; in the order of entry."""
    rows = Statement.objects.order_by("at", "measure", "number")
    return [(row.measure.catalogue_key, row.member_id, row.stance) for row in rows]


def test_programmes_become_measures_and_issuers_apply_theirs() -> None:
    with clock.frozen(datetime(2025, 7, 10, 13, tzinfo=UTC)):
        changes, number = importing()
    assert (len(changes.added), number) == (3, 1)
    british = measure("GB-TEST")
    assert (british.names, british.summary) == (
        {"en": "Test programme of the United Kingdom"},
        {"en": "Freezes what it finds."},
    )
    assert (british.kinds, british.territories) == (["asset_freeze", "travel_ban"], ["ru", "ua-cri"])
    assert (british.issuer, british.link, british.force) == ("gb_office", "https://gb.example/test", Force.IN_FORCE)
    assert measure("FR-OLD").force == Force.ENDED
    (said,) = Statement.objects.all()
    assert (said.member_id, said.stance, said.origin, said.valid_from) == (
        "GB",
        "applies",
        "catalogue",
        date(2025, 7, 10),
    )
    assert said.link == "https://gb.example/test"


def test_all_others_stay_not_coded_and_none_of_them_is_a_no() -> None:
    importing()
    table = table_for(make_secretary(), clock.now().date())
    assert [row.measure.catalogue_key for row in table.rows] == ["GB-TEST", "EU-TEST"]
    british, european = table.rows
    assert {code for code, said in british.said.items() if said == Said.APPLIES} == {"GB"}
    assert set(european.said.values()) == {Said.NOT_CODED}
    assert table.tally[Said.NOT] == 0


def test_the_same_file_twice_changes_nothing() -> None:
    importing()
    entries = Entry.objects.count()
    changes, number = importing()
    assert (changes.is_empty, number, changes.same) == (True, 0, 3)
    assert Entry.objects.count() == entries
    assert lines_of(changes, number) == ["Nothing to do: the catalogue is as the file says."]


def test_a_newer_edition_changes_exactly_what_differs_and_says_what() -> None:
    importing()
    before = facts_by_key()
    changes, number = importing({"key": "GB-TEST", "title": "Renamed", "measures": ["Asset freeze"]})
    assert lines_of(changes, number) == [
        "1 programme differs.",
        "2 programmes are unchanged.",
        "GB-TEST, title: Test programme of the United Kingdom → Renamed",
        "GB-TEST, types: asset freeze, travel ban → asset freeze",
    ]
    after = facts_by_key()
    differing = {(key, name) for key, row in after.items() for name, value in row.items() if before[key][name] != value}
    assert differing == {("GB-TEST", name) for name in ("names", "kinds", "edition", "entries")}
    *_, edited, imported = Entry.objects.order_by("sequence")
    assert edited.content["data"] == {"names": {"en": "Renamed"}, "kinds_of_measure": ["asset_freeze"]}
    assert imported.content["data"]["changed"] == ["GB-TEST"]


def test_what_disappeared_is_marked_and_comes_back() -> None:
    importing()
    changes, _number = importing(without=["GB-TEST"])
    assert changes.gone == ["GB-TEST"]
    assert measure("GB-TEST").gone_at is not None
    assert coded() == [("GB-TEST", "GB", "applies")]
    assert importing(without=["GB-TEST"])[0].is_empty
    changes, number = importing()
    assert ([one.key for one in changes.back], number) == (["GB-TEST"], 0)
    assert measure("GB-TEST").gone_at is None


def test_what_the_chair_changed_stays_unless_the_edition_changes_the_same() -> None:
    importing()
    own = make_plan(names={"en": "Ours", "fr": "Le nôtre"}, kinds=["travel_ban"], basis="Act 1")
    edit_measure(by=None, measure_id=measure("GB-TEST").pk, plan=own)
    assert importing()[0].is_empty
    importing({"key": "GB-TEST", "title": "Renamed"})
    row = measure("GB-TEST")
    assert (row.names, row.kinds, row.basis) == ({"en": "Renamed", "fr": "Le nôtre"}, ["travel_ban"], "Act 1")


def test_a_programme_that_ends_is_not_applied_any_more() -> None:
    with clock.frozen(datetime(2025, 7, 10, 13, tzinfo=UTC)):
        importing()
    with clock.frozen(datetime(2025, 9, 10, 13, tzinfo=UTC)):
        importing({"key": "GB-TEST", "status": "ended"})
    assert coded() == [("GB-TEST", "GB", "applies"), ("GB-TEST", "GB", "not")]
    with clock.frozen(datetime(2025, 9, 11, 13, tzinfo=UTC)):
        importing({"key": "GB-TEST", "status": "legacy"})
    assert coded()[2:] == [("GB-TEST", "GB", "withdrawn"), ("GB-TEST", "GB", "withdrawn")]


def test_another_issuer_takes_back_what_was_coded_of_the_first() -> None:
    importing()
    importing({"key": "GB-TEST", "issuer": "it_office"})
    assert coded() == [("GB-TEST", "GB", "applies"), ("GB-TEST", "GB", "withdrawn"), ("GB-TEST", "IT", "applies")]


def test_a_member_that_came_since_is_coded_by_the_next_import() -> None:
    polish = {"key": "PL-NEW", "title": "Polish", "issuer": "pl_office"}
    importing(polish)
    assert [row[0] for row in coded()] == ["GB-TEST"]
    Member.objects.filter(pk="PL").update(status=Status.MEMBER)
    changes, number = importing(polish)
    assert (changes.is_empty, number) == (True, 1)
    assert importing(polish) == (changes, 0)


def test_what_the_secretariat_took_back_is_not_coded_again() -> None:
    importing()
    row = Statement.objects.get()
    word = Word(Stance.WITHDRAWN, row.valid_from, "The list is not the government’s.")
    correct_statement(by=make_secretary(), statement_id=row.pk, word=word)
    assert importing()[1] == 0


def test_the_members_own_word_outranks_the_catalogue() -> None:
    importing()
    britain = make_delegate("GB")
    make_statement(measure("GB-TEST"), britain, Stance.NOT)
    (british, _european) = table_for(britain, clock.now().date()).rows
    assert british.said["GB"] == Said.NOT


def test_a_retired_measure_is_kept_in_step_and_not_coded() -> None:
    importing(without=["GB-TEST"])
    importing()
    retire_measure(by=None, measure_id=measure("EU-TEST").pk)
    importing({"key": "EU-TEST", "issuer": "de_office"})
    assert measure("EU-TEST").issuer == "de_office"
    assert [row[0] for row in coded()] == ["GB-TEST"]


@pytest.mark.parametrize(("code", "capacity"), [("FR", Capacity.HEAD), ("DE", Capacity.HEAD)])
def test_only_the_secretariat_imports(code: str, capacity: Capacity) -> None:
    by = make_delegate(code, capacity)
    assert_refused(NotAllowed, lambda: import_catalogue(by=by, programmes=programmes()))


def test_a_confirmation_is_held_to_what_was_previewed() -> None:
    clerk = make_secretary()
    seen = fingerprint(changes_by(programmes()))
    assert not Measure.objects.exists()
    importing(without=["EU-TEST"])
    assert_refused(CatalogueMoved, lambda: import_catalogue(by=clerk, programmes=programmes(), previewed=seen))
    assert Measure.objects.count() == 2


def test_command_imports_and_says_what_it_did(tmp_path: Path) -> None:
    file = tmp_path / "programmes.json"
    file.write_text(json.dumps(PROGRAMMES), encoding="utf-8")
    said = StringIO()
    call_command("import-measures", str(file), stdout=said)
    call_command("import-measures", str(file), stdout=said)
    assert said.getvalue().splitlines() == [
        "3 programmes are new.",
        "1 statement was coded for members.",
        "Nothing to do: the catalogue is as the file says.",
    ]


@pytest.mark.parametrize("content", [None, "{", '[{"key": "A"}]'])
def test_command_refuses_bad_files_and_saves_nothing(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "programmes.json"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    with pytest.raises(CommandError) as refused:
        call_command("import-measures", str(file))
    assert refused.value.returncode == 2
    assert str(refused.value).startswith(str(file))
    assert not Measure.objects.exists()


def test_example_of_the_documentation_is_read() -> None:
    page = (settings.ROOT / "docs" / "measures.md").read_text(encoding="utf-8")
    (one,) = read(page.partition("```json\n")[2].partition("```")[0].encode())
    assert (one.key, one.country, one.kinds) == ("GB-X", "GB", ["asset_freeze", "travel_ban"])


def test_real_catalogue_of_261_programmes() -> None:
    path = next((path for path in (REAL, ELSEWHERE) if path.exists()), None)
    if path is None:
        pytest.skip("the public list of 261 programmes is not at ../shared/data/sanctions/programs_261.json")
    edition = read(path.read_bytes())
    changes, number = import_catalogue(by=None, programmes=edition)
    assert (len(changes.added), number) == (261, 43)
    assert import_catalogue(by=None, programmes=edition)[0].is_empty
    newer = [one for one in edition if one.key != "GB-DPRK"]
    assert import_catalogue(by=None, programmes=newer)[0].gone == ["GB-DPRK"]
    kinds = {kind for row in Measure.objects.all() for kind in row.kinds}
    assert len(kinds) == 14
    table = table_for(make_secretary(), clock.now().date())
    assert (len(table.rows), table.tally[Said.NOT]) == (255, 0)
    assert table.tally[Said.APPLIES] == sum(
        row.measure.issuer[:2] in {"fr", "gb", "ua", "de", "it"} for row in table.rows
    )
    assert table.best() == "GB"
