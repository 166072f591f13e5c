"""Names of exported files. No Django here."""

import re
import unicodedata
from collections.abc import Sequence


def file_name(title: str, *, state: str, languages: Sequence[str], suffix: str) -> str:
    """Return a name that every system takes, as in “joint-statement-rev2-en.pdf”."""
    parts = [slug(title)[:60].strip("-") or "text", slug(state), "-".join(languages)]
    return f"{'-'.join(part for part in parts if part)}.{suffix}"


def slug(words: str) -> str:
    """Return the letters and digits of `words` that ASCII has, parts joined by hyphens; empty for none."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall("[a-z0-9]+", plain))
