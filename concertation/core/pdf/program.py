"""Turns HTML on standard input into a tagged PDF on standard output: a program of its own, run by `making.py`.

By itself it can be stopped, can fail, and holds up nobody. It opens no address but those of our own fonts. The first
line of input is JSON: {"fonts": {"latin-normal": path}, "style": CSS}; the rest is the page. Status 3: no Pango here.
"""

import contextlib
import json
import os
import resource
import sys
from pathlib import Path
from typing import Any

NO_PANGO = 3
MEMORY = 2_000_000_000
SECONDS = 90  # of work, not of waiting


def main() -> int:
    """Return 0 when the PDF was written."""
    for kind, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS)):
        resource.setrlimit(kind, (most, most))
    facts: dict[str, Any] = json.loads(sys.stdin.buffer.readline())
    page = sys.stdin.buffer.read().decode()
    try:
        from weasyprint import CSS, HTML
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher, URLFetcherResponse
    except OSError:  # it opens Pango when it is imported
        return NO_PANGO

    class OwnFonts(URLFetcher):  # type: ignore[misc]
        """Opens our own fonts and nothing else."""

        def fetch(self, url: str, headers: object = None) -> Any:
            scheme, _, name = url.partition(":")
            if scheme != "concertation-font" or name not in facts["fonts"]:
                raise ValueError("This page may open nothing.")
            return URLFetcherResponse(url, Path(facts["fonts"][name]).read_bytes(), {"Content-Type": "font/woff2"})

    fetcher, fonts = OwnFonts(), FontConfiguration()
    sheet = CSS(string=facts["style"], font_config=fonts, url_fetcher=fetcher)
    with contextlib.redirect_stdout(sys.stderr):
        made = HTML(string=page, url_fetcher=fetcher).write_pdf(
            font_config=fonts, stylesheets=[sheet], pdf_variant="pdf/ua-1"
        )
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    os.nice(5)
    sys.exit(main())
