"""concertation load and concertation export, as somebody runs them."""

import stat
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction

from concertation.coalition.models import Coalition, Member
from concertation.core import clock
from concertation.exchange.parsing import parse
from concertation.exchange.rehearsal import from_now
from concertation.exchange.tests.test_faults import FULL
from concertation.meetings.models import Meeting
from concertation.record.models import Entry

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, 7, tzinfo=UTC)


def run(*words: str, **options: Any) -> str:
    """Run a command and return what it prints."""
    out = StringIO()
    call_command(*words, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def full(tmp_path: Path) -> Path:
    """A good file."""
    path = tmp_path / "full.toml"
    path.write_text(FULL, encoding="utf-8")
    return path


def test_load_tells_what_it_did(full: Path) -> None:
    assert run("load", str(full)) == (
        "The coalition described, 2 members added, 2 people added, 1 meeting added, 1 agenda item added,"
        " 1 text added, 1 condition added, 2 assessments added.\n"
    )
    assert run("load", str(full)) == "Nothing to do: everything is as the file says.\n"
    assert run("load", str(full), verbosity=0) == ""


def test_load_of_a_bad_file_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(FULL.replace("Europe/Paris", "Paris").replace('lead = "FR"', 'lead = "IT"'), encoding="utf-8")
    with pytest.raises(CommandError) as error:
        run("load", str(path))
    assert str(error.value).splitlines() == [
        f"{path}: line 13: members[1].zone: “Paris” is no time zone of the IANA database.",
        f"{path}: line 49: meetings[1].agenda[1].lead: “IT” is no member in this file.",
    ]
    assert error.value.returncode == 2
    assert (Coalition.objects.count(), Member.objects.count(), Entry.objects.count()) == (0, 0, 0)


def test_commands_on_a_database_that_is_not_there(full: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE coalition_coalition RENAME TO elsewhere")
    for words in (["load", str(full)], ["export"]):
        with pytest.raises(CommandError) as error, transaction.atomic():
            run(*words)
        assert str(error.value).startswith("The database cannot be used (")
        assert str(error.value).endswith("). “concertation migrate” brings it up to date.")


def test_load_from_now_moves_the_meeting(full: Path) -> None:
    with clock.frozen(NOW):
        run("load", str(full), "--from-now")
    meeting = Meeting.objects.get()
    assert (meeting.starts_at, meeting.minutes) == (datetime(2026, 11, 23, 9, 15, tzinfo=UTC), 90)


def test_from_now_keeps_the_distance_between_meetings() -> None:
    later = FULL[FULL.index("[[meetings]]") : FULL.index("[[texts]]")].replace("2025-07-10", "2025-07-12")
    file = parse((FULL + later.replace('"first"', '"second"')).encode(), name="file.toml")
    moved = from_now(file, NOW)
    assert [meeting.starts_at for meeting in moved.meetings] == [
        datetime(2026, 11, 23, 9, 15, tzinfo=UTC),
        datetime(2026, 11, 25, 9, 15, tzinfo=UTC),
    ]
    assert [meeting.minutes for meeting in moved.meetings] == [90, 90]


def test_export_to_standard_output(full: Path) -> None:
    run("load", str(full))
    assert run("export").startswith('format = "concertation/1"\n\n[coalition]\n')


def test_export_to_a_file_that_only_its_owner_reads(full: Path, tmp_path: Path) -> None:
    run("load", str(full))
    path = tmp_path / "new.toml"
    assert run("export", str(path)) == ""
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert run("load", str(path)) == "Nothing to do: everything is as the file says.\n"


def test_export_overwrites_nothing(full: Path) -> None:
    run("load", str(full))
    with pytest.raises(CommandError) as error:
        run("export", str(full))
    assert str(error.value) == f"{full} is there already; choose another name."
    assert full.read_text(encoding="utf-8") == FULL


def test_export_to_a_folder_that_is_not_there(full: Path, tmp_path: Path) -> None:
    run("load", str(full))
    with pytest.raises(CommandError) as error:
        run("export", str(tmp_path / "no" / "new.toml"))
    assert str(error.value) == f"{tmp_path}/no/new.toml cannot be written (No such file or directory)."


def test_export_of_an_empty_server() -> None:
    with pytest.raises(CommandError) as error:
        run("export")
    assert str(error.value) == "There is no coalition to export; load one first."


def test_export_tells_what_would_not_load(full: Path, tmp_path: Path) -> None:
    run("load", str(full))
    Member.objects.filter(code="FR").update(time_zone="Mars/Olympus")
    path = tmp_path / "new.toml"
    with pytest.raises(CommandError) as error:
        run("export", str(path))
    assert str(error.value) == (
        "Written, but it does not load as it is:\n"
        f"{path}: line 13: members[1].zone: “Mars/Olympus” is no time zone of the IANA database."
    )
    assert path.exists()
