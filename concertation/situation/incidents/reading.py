"""A CSV file of incidents becomes rows, faults and warnings; nothing here writes."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from statistics import median

from django.utils.translation import gettext as _

from concertation.core.errors import DomainError
from concertation.core.words import is_web_address, one_line
from concertation.situation.incidents import columns
from concertation.situation.incidents.enums import Measure, WhenPrecision, WherePrecision
from concertation.situation.incidents.report import (
    LINK_LENGTH,
    PLACE_LENGTH,
    SOURCE_LENGTH,
    SUMMARY_LENGTH,
    Report,
    checked,
    is_on_globe,
)

MOST_ROWS, MOST_FAULTS, KEY_LENGTH = 20_000, 200, 120
FAR = 6.0  # degrees from the middle of the file, beyond which a place may be swapped
WHENS, WHERES, MEASURES = frozenset(WhenPrecision.values), frozenset(WherePrecision.values), tuple(Measure.values)
Table = list[list[str]]
KindOf = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Row:
    """One incident of a file, with the line on which it stands."""

    line: int
    key: str
    report: Report


@dataclass(frozen=True, slots=True)
class Remark:
    """A fault or a warning; line 0 is about the file as a whole."""

    line: int
    words: str


@dataclass(slots=True)
class Reading:
    """What a file holds."""

    rows: list[Row] = field(default_factory=list)
    faults: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)
    mapping: dict[str, str] = field(default_factory=dict)  # our column -> the header that was taken for it
    ignored: list[str] = field(default_factory=list)
    table: Table = field(default_factory=list)  # our columns with their values, for the confirmation


def read_csv(data: bytes, kind_of: KindOf) -> Reading:
    """Return what is in a CSV file in UTF-8 with a line of headers; `kind_of` knows kinds by their words."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _refused(_("The file is not in UTF-8."))
    if "\0" in text:
        return _refused(_("The file is not a CSV file."))
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), _dialect(text), strict=True))
    except csv.Error:
        return _refused(_("The file is not a CSV file."))
    if not lines:
        return _refused(_("The file is empty."))
    found, ignored = columns.mapped(lines[0])
    if missing := [column for column in columns.REQUIRED if column not in found]:
        return _refused(_("These columns are missing: %(columns)s.") % {"columns": ", ".join(missing)})
    if len(lines) - 1 > MOST_ROWS:
        return _refused(_("The file has more than %(count)d rows.") % {"count": MOST_ROWS})
    rows = [[str(number), *_cells(line, found.values())] for number, line in enumerate(lines[1:], 2) if any(line)]
    table = [list(found), *rows]
    reading = read_table(table, kind_of)
    reading.mapping = {column: lines[0][place].strip() for column, place in found.items()}
    reading.ignored = ignored
    return reading


def read_table(table: Table, kind_of: KindOf) -> Reading:
    """Return what a table holds whose columns have our own names, each row after its number of line."""
    reading = Reading(table=table)
    names = table[0]
    seen: dict[str, int] = {}
    for line, *values in table[1:]:
        number = int(line)
        try:
            row = _row(number, dict(zip(names, values, strict=True)), kind_of)
            if row.key in seen:
                raise _Bad(_("The identifier stands on line %(line)d already.") % {"line": seen[row.key]})
            seen[row.key] = number
            reading.rows.append(row)
        except (_Bad, columns.BadValue, DomainError) as error:
            reading.faults.append(Remark(number, _why(error)))
    reading.warnings.extend(_swapped(reading.rows))
    return reading


class _Bad(ValueError):
    """A row that cannot be taken, with the reason."""


def _refused(why: str) -> Reading:
    return Reading(faults=[Remark(0, why)])


def _dialect(text: str) -> type[csv.Dialect]:
    """Return how the values are parted: by the sign that is most frequent in the headers."""

    class Found(csv.excel):
        delimiter = max(",;\t", key=text.partition("\n")[0].count)

    return Found


def _cells(line: Sequence[str], places: Iterable[int]) -> list[str]:
    return [line[place] if place < len(line) else "" for place in places]


def _why(error: Exception) -> str:
    """Return the reason for the person who reads the preview."""
    if isinstance(error, columns.BadValue):
        return _("The value of “%(column)s” cannot be read.") % {"column": error}
    return str(error.message) if isinstance(error, DomainError) else str(error)


def _row(line: int, values: Mapping[str, str], kind_of: KindOf) -> Row:
    """Return one row; raises _Bad, BadValue and the errors of a report."""
    key = one_line(values["id"])
    if not key or len(key) > KEY_LENGTH:
        raise columns.BadValue("id")
    told = values.get("kind", "").strip()
    kind = kind_of(columns.KIND.get(told, told) or "other")
    if kind is None:
        raise _Bad(_("“%(kind)s” is no kind of the catalogue.") % {"kind": told[:60]})
    moment, form = columns.moment(values)
    when = columns.word(values, "date_precision", columns.WHEN, WHENS, form)
    report = Report(
        kind=kind,
        occurred_at=moment,
        when_precision=WhenPrecision(when),
        place=one_line(values.get("place", ""))[:PLACE_LENGTH],
        figures={measure: _bounds(values, measure) for measure in MEASURES},
        summary=values.get("summary", "")[:SUMMARY_LENGTH],
        sources=[source[:SOURCE_LENGTH] for source in columns.split(values.get("sources", ""))][:30],
        links=_links(values.get("links", "")),
    )
    return Row(line, key, checked(_placed(report, values), needs_place=False))


def _placed(report: Report, values: Mapping[str, str]) -> Report:
    """Add the coordinates, which a place that is unknown has not; raises _Bad, BadValue."""
    latitude, longitude = columns.degrees(values, "latitude"), columns.degrees(values, "longitude")
    where = columns.word(values, "place_precision", columns.WHERE, WHERES, "settlement")
    if latitude is not None and longitude is not None and not is_on_globe(latitude, longitude):
        if is_on_globe(longitude, latitude):
            raise _Bad(_("The coordinates are off the globe; latitude and longitude seem to be swapped."))
        raise _Bad(_("The coordinates are off the globe."))
    if where == WherePrecision.UNKNOWN:
        return report
    return replace(report, latitude=latitude, longitude=longitude, where_precision=WherePrecision(where))


def _links(text: str) -> list[str]:
    """Return the addresses; a column of sources that are no addresses is no fault, but never becomes a link."""
    return [link for link in columns.split(text) if is_web_address(link) and len(link) <= LINK_LENGTH][:30]


def _bounds(values: Mapping[str, str], measure: str) -> tuple[int | None, int | None, int | None]:
    return (
        columns.number(values, f"{measure}_low"),
        columns.number(values, measure),
        columns.number(values, f"{measure}_high"),
    )


def _swapped(rows: Sequence[Row]) -> Iterator[Remark]:
    """Yield the rows whose place fits the rest of the file only with latitude and longitude exchanged."""
    places = [(row, row.report.latitude, row.report.longitude) for row in rows]
    known = [(row, lat, lon) for row, lat, lon in places if lat is not None and lon is not None]
    if len(known) < 3:
        return
    middle = median(lat for _row, lat, _lon in known), median(lon for _row, _lat, lon in known)
    for row, latitude, longitude in known:
        away = _away(middle, latitude, longitude)
        if away > FAR and _away(middle, longitude, latitude) < away / 3:
            yield Remark(row.line, _("Latitude and longitude may be swapped: the place is far from all others."))


def _away(middle: tuple[float, float], latitude: float, longitude: float) -> float:
    return max(abs(latitude - middle[0]), abs(longitude - middle[1]))
