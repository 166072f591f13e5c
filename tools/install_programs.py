"""Makes sure that the tests find what PDFs need (Pango) and what opens exports: poppler and LibreOffice Writer.

Debian's packages are installed where this may be done; what cannot be had is named, and the tests that need it are
skipped aloud.
"""

import ctypes.util
import os
import shutil
import subprocess
import sys

LIBRARIES = {
    "pango-1.0": "libpango-1.0-0",
    "pangoft2-1.0": "libpangoft2-1.0-0",
    "harfbuzz-subset": "libharfbuzz-subset0",
}
PROGRAMS = {"pdftotext": "poppler-utils", "soffice": "libreoffice-writer-nogui"}


def missing() -> list[str]:
    """Return the packages of what is not there."""
    libraries = [package for name, package in LIBRARIES.items() if ctypes.util.find_library(name) is None]
    return libraries + [package for name, package in PROGRAMS.items() if shutil.which(name) is None]


def install(packages: list[str]) -> None:
    """Install the distribution's packages, each by itself so that one that fails keeps no other away."""
    elevate = [] if os.geteuid() == 0 else ["sudo", "-n"]
    subprocess.run([*elevate, "apt-get", "update"], capture_output=True, check=False)
    for package in packages:
        command = [*elevate, "apt-get", "install", "-y", "--no-install-recommends", package]
        subprocess.run(command, capture_output=True, check=False)


def main() -> int:
    """Return 0, unless Pango is missing: without it half of the exports are untested."""
    if (wanted := missing()) and shutil.which("apt-get"):
        print(f"Installing for the tests: {', '.join(wanted)}…")
        install(wanted)
    if still := missing():
        print(f"Not there, and could not be installed: {', '.join(still)}.")
    return 1 if set(missing()) & set(LIBRARIES.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
