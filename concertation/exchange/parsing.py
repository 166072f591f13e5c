"""From a file to checked parts, or to every fault in it; nothing here touches the database."""

import re
import tomllib
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, TypeVar

from django.utils.translation import gettext as _
from pydantic import ValidationError

from concertation.exchange import references, schema
from concertation.exchange.contents import CoalitionFile, Finding, Found, Placed
from concertation.exchange.faults import Fault, FileRefused, dotted, reason
from concertation.exchange.lines import Path as KeyPath
from concertation.exchange.lines import line_of

MAX_BYTES = 2_000_000
T = TypeVar("T", bound=schema.Table)


def read_file(path: Path) -> CoalitionFile:
    """Read and check the file at `path`; raises FileRefused with every fault found."""
    return parse(_bytes(path), name=str(path))


def parse(data: bytes, *, name: str) -> CoalitionFile:
    """Check the content of a file called `name`; raises FileRefused with every fault found."""
    text = _text(data, name)
    try:
        raw = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise FileRefused(name, [_syntax(str(error))]) from None
    except (ValueError, RecursionError, InvalidOperation):  # the parser's own limits
        why = _("A value in this file is too long, or tables are nested too deeply.")
        raise FileRefused(name, [Fault(0, "", why)]) from None
    findings: list[Finding] = []
    outline = _table(schema.Outline, raw, (), findings)
    found = Found(
        members=_list(schema.MemberPart, raw, "members", findings),
        people=_list(schema.PersonPart, raw, "people", findings),
        meetings=_list(schema.MeetingPart, raw, "meetings", findings),
        texts=_list(schema.TextPart, raw, "texts", findings),
        conditions=_list(schema.ConditionPart, raw, "conditions", findings),
        capabilities=_list(schema.CapabilityPart, raw, "capabilities", findings),
        rates=_list(schema.RatePart, raw, "rates", findings),
        requirements=_list(schema.RequirementPart, raw, "requirements", findings),
        contributions=_list(schema.ContributionPart, raw, "contributions", findings),
    )
    findings += references.check(raw, found)
    if outline and not findings:
        return found.whole(name, text, outline)
    faults = {Fault(line_of(at, text), dotted(at), why) for at, why in findings}
    raise FileRefused(name, faults)


def _bytes(path: Path) -> bytes:
    """Return what is in the file; raises FileRefused when it cannot be read or is too big."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise _refused(path, _("There is no such file.")) from None
    except IsADirectoryError:
        raise _refused(path, _("This is a folder, not a file.")) from None
    except OSError as error:
        raise _refused(path, _("The file cannot be read (%(why)s).") % {"why": error.strerror}) from None
    if len(data) > MAX_BYTES:
        raise _refused(path, _("The file is bigger than 2 MB."))
    return data


def _refused(path: Path, why: str) -> FileRefused:
    """Return the refusal of a file as a whole."""
    return FileRefused(str(path), [Fault(0, "", why)])


def _text(data: bytes, name: str) -> str:
    """Decode the file; raises FileRefused with the line of the first byte that is not UTF-8."""
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FileRefused(name, [Fault(line, "", _("This is not text in UTF-8."))]) from None


def _syntax(message: str) -> Fault:
    """Return the fault for what the TOML parser says, with the line it names."""
    place = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", message)
    detail = message[: place.start()] if place else message
    why = _("This is not TOML: %(detail)s.") % {"detail": detail}
    if place and place[1]:
        why = _("This is not TOML, at column %(column)s: %(detail)s.") % {
            "column": place[2],
            "detail": detail,
        }
        return Fault(int(place[1]), "", why)
    return Fault(0, "", why)


def _list(table: type[T], raw: dict[str, Any], key: str, findings: list[Finding]) -> list[Placed[T]]:
    """Check each table of a list by itself and return the good ones with their place."""
    rows = raw.get(key)
    if not isinstance(rows, list):
        return []
    checked = (
        (at, _table(table, row, at, findings))
        for at, row in (((key, index), row) for index, row in enumerate(rows))
        if isinstance(row, dict)
    )
    return [Placed(at, part) for at, part in checked if part is not None]


def _table(table: type[T], raw: dict[str, Any], at: KeyPath, findings: list[Finding]) -> T | None:
    """Check one table; note what is wrong with it and return None, or return it checked."""
    try:
        return table.model_validate(raw)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            path = (*at, *(part for part in detail["loc"] if part != "[key]"))
            findings.append((path, reason(detail, keys=_keys_beside(path))))
        return None


def _keys_beside(path: KeyPath) -> list[str]:
    """Return the keys known in the table that holds the last key of `path`."""
    names = [part for part in path[:-1] if isinstance(part, str)]
    table = schema.TABLES.get(names[-1]) if names else schema.Outline
    return list(table.model_fields) if table else []
