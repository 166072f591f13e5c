"""Programs outside Python that open what we export; a test that needs one that is not there says so aloud."""

import shutil
import subprocess
from pathlib import Path

import pytest


def program(name: str, package: str) -> str:
    """Return the path of a program, or skip the test and name the package that has it."""
    path = shutil.which(name)
    if path is None:
        pytest.skip(f"{name} is not installed: apt-get install {package} (make test does it where it may)")
    return path


def poppler(name: str, file: Path, *options: str) -> str:
    """Return what a program of poppler says about a PDF."""
    command = [program(name, "poppler-utils"), *options, str(file), *(["-"] if name == "pdftotext" else [])]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout


def office(file: Path, into: str, folder: Path) -> Path:
    """Return the file that LibreOffice makes of `file`; its profile is of this test alone."""
    command = [
        program("soffice", "libreoffice-writer-nogui"),
        "--headless",
        f"-env:UserInstallation=file://{folder}/profile",
        "--convert-to",
        into,
        "--outdir",
        str(folder),
        str(file),
    ]
    done = subprocess.run(command, capture_output=True, check=False, text=True, timeout=180)
    made = folder / f"{file.stem}.{into.partition(':')[0]}"
    assert made.exists(), done.stderr or done.stdout
    return made
