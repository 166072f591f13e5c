"""`concertation record …` as an administrator and a member use it."""

import stat
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from concertation.record.checkpoint import open_checkpoint
from concertation.record.queries import checkpoint_at, record_verifier
from concertation.record.tests.conftest import Append
from concertation.record.verification import verify

pytestmark = pytest.mark.django_db


def output(*words: str) -> str:
    out = StringIO()
    call_command("record", *words, stdout=out)
    return out.getvalue()


def test_export_writes_a_file_that_verifies(append: Append, tmp_path: Path) -> None:
    append(restricted={"position": "two battalions"}, audience=("FR",))
    file = tmp_path / "record.jsonl"
    output("export", "-o", str(file))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert verify(file.read_bytes().splitlines(keepends=True)).opened == 1
    output("export", "--member", "GB", "-o", str(file))
    assert verify(file.read_bytes().splitlines(keepends=True)).opened == 0
    assert b"battalions" not in file.read_bytes()


def test_export_goes_to_standard_output(append: Append, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    append()
    output("export")
    assert verify(capfdbinary.readouterr().out.splitlines(keepends=True)).checkpoint.size == 1


def test_export_to_a_place_that_cannot_be_written_says_so(append: Append, tmp_path: Path) -> None:
    append()
    with pytest.raises(CommandError, match="cannot be written: Is a directory"):
        output("export", "-o", str(tmp_path))


def test_checkpoint_and_key_belong_together(append: Append) -> None:
    append()
    append()
    key = output("key").strip()
    assert key == str(record_verifier())
    assert open_checkpoint(output("checkpoint"), record_verifier()).size == 2
    assert output("checkpoint", "--size", "1") == checkpoint_at(1)
    for size in ("3", "-1"):
        with pytest.raises(CommandError, match=f"has 2 entries, not {size}"):
            output("checkpoint", f"--size={size}")


def test_show_prints_the_leaf_and_its_checkpoint(append: Append) -> None:
    entry = append()
    assert output("show", "1") == f"{entry.leaf}\n{checkpoint_at(1)}"
    with pytest.raises(CommandError, match="no entry 2"):
        output("show", "2")


@pytest.mark.parametrize(
    "program",
    [
        ["-m", "concertation.record.verification"],
        ["-c", "from concertation.cli import main; main()", "record", "verify"],
    ],
)
def test_verify_needs_no_settings_database_or_django(append: Append, tmp_path: Path, program: list[str]) -> None:
    append()
    file = tmp_path / "record.jsonl"
    output("export", "-o", str(file))
    environment = {"DJANGO_SETTINGS_MODULE": "no.such.settings"}
    done = subprocess.run(
        [sys.executable, *program, str(file)], env=environment, cwd=tmp_path, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Proved: 1 entry, complete, unchanged and in order")
    file.write_bytes(file.read_bytes().replace(b"Joint", b"joint"))
    done = subprocess.run(
        [sys.executable, *program, str(file)], env=environment, cwd=tmp_path, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "Entry 1 fails" in done.stderr


def test_verification_imports_nothing_of_django() -> None:
    probe = "import sys, concertation.record.verification; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", probe]).returncode == 0
