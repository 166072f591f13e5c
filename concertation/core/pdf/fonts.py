"""Our own letters for a PDF, from the built front end. No Django here.

The files come one for each script, all under one name; WeasyPrint would take the glyphs of one for those of another, so
each gets a family of its own, and the page names them all.
"""

import re
from collections.abc import Mapping
from pathlib import Path

SCRIPTS = ("latin", "latin-ext", "cyrillic", "cyrillic-ext", "greek", "vietnamese")
FILE = re.compile(r"source-serif-4-(?P<script>[a-z-]+)-wght-(?P<style>normal|italic)(-[\w-]+)?\.woff2")
FAMILIES = ", ".join([*(f'"Concertation {script}"' for script in SCRIPTS), "serif"])


def font_files(folder: Path) -> dict[tuple[str, str], Path]:
    """Return the files by script and style, as far as they are in `folder`."""
    found: dict[tuple[str, str], Path] = {}
    for path in sorted(folder.glob("source-serif-4-*.woff2")):
        if (match := FILE.fullmatch(path.name)) and match["script"] in SCRIPTS:
            found[match["script"], match["style"]] = path
    return found


def faces(files: Mapping[tuple[str, str], Path]) -> str:
    """Return the style sheet that declares them, at addresses that only our own fetcher knows."""
    return "\n".join(
        f'@font-face {{ font-family: "Concertation {script}"; font-style: {style}; font-weight: {weight}; '
        f'src: url("concertation-font:{script}-{style}"); }}'
        for script, style in files
        for weight in (400, 700)
    )
