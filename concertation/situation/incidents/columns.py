"""The columns of an import and what their values mean: our own names, usual ones, and those of UCDP GED; pure."""

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime

REQUIRED = ("id", "date")
SYNONYMS: dict[str, tuple[str, ...]] = {
    "id": ("event_id", "event_id_cnty", "identifier", "source_id"),
    "kind": ("type", "event_type", "category", "type_of_violence"),
    "date": ("date_start", "event_date", "day", "occurred_at"),
    "date_precision": ("date_prec", "time_precision"),
    "place": ("where", "location", "where_description", "where_coordinates", "settlement"),
    "latitude": ("lat", "y"),
    "longitude": ("lon", "lng", "long", "x"),
    "place_precision": ("where_prec", "geo_precision"),
    "killed_low": ("low", "deaths_low"),
    "killed": ("best", "deaths", "deaths_best", "fatalities", "killed_best"),
    "killed_high": ("high", "deaths_high"),
    "injured_low": (),
    "injured": ("injured_best", "wounded"),
    "injured_high": (),
    "explosions_low": (),
    "explosions": ("explosions_best",),
    "explosions_high": (),
    "summary": ("notes", "description", "source_headline"),
    "sources": ("source", "source_article", "source_office"),
    "links": ("link", "url", "source_original"),
}
COLUMNS = tuple(SYNONYMS)
WHEN = {"1": "day", "2": "week", "3": "week", "4": "month", "5": "month"}  # date_prec of UCDP GED
WHERE = {"1": "exact", "2": "settlement", "3": "district", "4": "region", "5": "region", "6": "unknown", "7": "unknown"}
KIND = {"1": "violence", "2": "violence", "3": "civilian-harm"}  # type_of_violence of UCDP GED
UNKNOWN = {"", "-", "?", ".", "na", "n/a", "nan", "null", "none", "unknown"}


class BadValue(ValueError):
    """A value of a column that means nothing; the column is its argument."""


def mapped(headers: Iterable[str]) -> tuple[dict[str, int], list[str]]:
    """Return the place of each column that is known by its own name or, without that, a usual one; and the rest."""
    names = [_plain(header) for header in headers]
    found: dict[str, int] = {}
    for column, others in SYNONYMS.items():
        place = next((names.index(name) for name in (column, *others) if name in names), None)
        if place is not None:
            found[column] = place
    return found, [name for place, name in enumerate(names) if place not in found.values() and name]


def _plain(header: str) -> str:
    """Return a header in small letters with underscores."""
    return "_".join(unicodedata.normalize("NFKC", header).strip().lower().replace("-", " ").split())


def number(values: Mapping[str, str], column: str) -> int | None:
    """Return a whole number, None for unknown; raises BadValue."""
    text = values.get(column, "").strip()
    if text.lower() in UNKNOWN:
        return None
    if text.endswith(".0"):
        text = text[:-2]
    if not (text.isdecimal() and text.isascii() and len(text) < 10):
        raise BadValue(column)
    return int(text)


def degrees(values: Mapping[str, str], column: str) -> float | None:
    """Return degrees, None for unknown; raises BadValue."""
    text = values.get(column, "").strip()
    if text.lower() in UNKNOWN:
        return None
    try:
        return float(text.replace(",", ".") if "." not in text else text)
    except ValueError:
        raise BadValue(column) from None


def moment(values: Mapping[str, str]) -> tuple[datetime, str]:
    """Return the time in UTC, and how exactly its form tells it; raises BadValue."""
    text = values.get("date", "").strip().replace(" ", "T", 1).removesuffix("T00:00:00.000").removesuffix("T00:00:00")
    try:
        found = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        raise BadValue("date") from None
    found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    return found, "minute" if "T" in text else "day"


def word(values: Mapping[str, str], column: str, codes: Mapping[str, str], known: Collection[str], default: str) -> str:
    """Return the word of a precision, by itself or by a number of UCDP GED; raises BadValue."""
    text = values.get(column, "").strip().lower()
    if text in UNKNOWN - {"unknown"}:
        return default
    found = codes.get(text.removesuffix(".0"), text)
    if found not in known:
        raise BadValue(column)
    return found


def split(text: str) -> list[str]:
    """Return the items of a list within one value, between semicolons or lines."""
    return [item.strip() for item in text.replace("\n", ";").split(";") if item.strip()]
