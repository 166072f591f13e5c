"""A catalogue of sanction programmes as a file: read, checked and compared with what there is; pure.

The form is that of a public list of programmes: a JSON list of objects with `key`, `title`, `url`, `summary`,
`issuer` (as in “gb_fcdo”: country and authority), `measures`, `target_territories` and `status`. Other keys are let be.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import urlsplit

LARGEST = 1_500_000  # bytes
MOST = 2_000  # programmes
LONGEST = {"key": 64, "title": 200, "url": 600, "summary": 2_000, "issuer": 64}
KINDS = {
    "Aid suspension": "aid_suspension",
    "Arms embargo": "arms_embargo",
    "Arms restrictions": "arms_restrictions",
    "Asset freeze": "asset_freeze",
    "Debarment": "debarment",
    "Export control": "export_control",
    "Financial restrictions": "financial_restrictions",
    "Import restrictions": "import_restrictions",
    "Investment ban": "investment_ban",
    "Prohibition to satisfy claims": "prohibition_to_satisfy_claims",
    "Sectoral sanctions": "sectoral_sanctions",
    "Services ban": "services_ban",
    "Transportation restrictions": "transportation_restrictions",
    "Travel ban": "travel_ban",
}
FORCES = {None: "in_force", "ended": "ended", "legacy": "legacy"}
TERRITORY = re.compile(r"[a-z]{2}(-[a-z0-9]{1,5}|[a-z]{2})?")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


class BadCatalogue(Exception):
    """The file cannot be taken: `fault` names why, `place` the programme (from 1), `value` what is wrong there."""

    def __init__(self, fault: str, place: int = 0, value: str = "") -> None:
        super().__init__(f"{fault} at {place}: {value}")
        self.fault, self.place, self.value = fault, place, value


@dataclass(frozen=True, slots=True)
class Programme:
    """One programme, as this edition of the catalogue has it."""

    key: str
    title: str
    link: str
    summary: str
    issuer: str
    kinds: list[str]
    territories: list[str]
    force: str

    @property
    def facts(self) -> dict[str, Any]:
        """What an edition says of the programme that it knows by its key."""
        return {name: value for name, value in asdict(self).items() if name != "key"}

    @property
    def country(self) -> str:
        """The first part of the issuer, in capitals: the code of its country, where it is one."""
        return self.issuer.split("_")[0].upper()


@dataclass(frozen=True, slots=True)
class Known:
    """What the last edition said of a programme, and whether it has disappeared since."""

    facts: Mapping[str, Any]
    is_gone: bool


@dataclass(frozen=True, slots=True)
class Change:
    """What differs between two editions of a programme, and nothing else."""

    programme: Programme
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Changes:
    """What an edition changes."""

    added: list[Programme] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    back: list[Programme] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    same: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether the edition says what is known already."""
        return not (self.added or self.changed or self.back or self.gone)


def read(data: bytes) -> list[Programme]:
    """Return the programmes of a file in its order; raises BadCatalogue at the first fault."""
    if len(data) > LARGEST:
        raise BadCatalogue("too_big")
    try:
        rows = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise BadCatalogue("not_json") from None
    if not isinstance(rows, list) or not rows:
        raise BadCatalogue("not_a_list")
    if len(rows) > MOST:
        raise BadCatalogue("too_many")
    programmes = [_programme(row, place) for place, row in enumerate(rows, 1)]
    seen: set[str] = set()
    for place, programme in enumerate(programmes, 1):
        if programme.key in seen:
            raise BadCatalogue("twice", place, programme.key)
        seen.add(programme.key)
    return programmes


def _programme(row: object, place: int) -> Programme:
    """Return one programme; raises BadCatalogue."""
    if not isinstance(row, dict):
        raise BadCatalogue("not_an_object", place)
    status = row.get("status")
    if status is not None and status not in [name for name in FORCES if name]:
        raise BadCatalogue("unknown_status", place, str(status)[:80])
    return Programme(
        key=_text(row, "key", place),
        title=_text(row, "title", place),
        link=_link(row, place),
        summary=_text(row, "summary", place, required=False),
        issuer=_text(row, "issuer", place),
        kinds=_kinds(row, place),
        territories=_territories(row, place),
        force=FORCES[status],
    )


def _text(row: Mapping[str, Any], name: str, place: int, *, required: bool = True) -> str:
    """Return a text on one line; raises BadCatalogue."""
    value = row.get(name)
    if value is None and not required:
        return ""
    if not isinstance(value, str):
        raise BadCatalogue("no_text", place, name)
    line = " ".join(CONTROL.sub(" ", value).split())
    if not line and required:
        raise BadCatalogue("no_text", place, name)
    if len(line) > LONGEST[name]:
        raise BadCatalogue("too_long", place, name)
    try:
        line.encode()
    except UnicodeEncodeError:
        raise BadCatalogue("no_text", place, name) from None
    return line


def _link(row: Mapping[str, Any], place: int) -> str:
    """Return the address of a page of the web, or nothing; raises BadCatalogue."""
    link = _text(row, "url", place, required=False)
    try:
        parts = urlsplit(link)
    except ValueError:
        raise BadCatalogue("bad_link", place, link[:80]) from None
    if link and (parts.scheme not in {"http", "https"} or not parts.hostname or " " in link):
        raise BadCatalogue("bad_link", place, link[:80])
    return link


def _kinds(row: Mapping[str, Any], place: int) -> list[str]:
    """Return the types in the order of ours, each once; raises BadCatalogue."""
    given = _list(row, "measures", place)
    for name in given:
        if name not in KINDS:
            raise BadCatalogue("unknown_type", place, name[:80])
    return [kind for name, kind in KINDS.items() if name in given]


def _territories(row: Mapping[str, Any], place: int) -> list[str]:
    """Return the codes, sorted, so that another order is no other content; raises BadCatalogue."""
    codes = sorted({code.lower() for code in _list(row, "target_territories", place)})
    for code in codes:
        if not TERRITORY.fullmatch(code):
            raise BadCatalogue("unknown_territory", place, code[:80])
    return codes


def _list(row: Mapping[str, Any], name: str, place: int) -> list[str]:
    value = row.get(name)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(part, str) for part in value) or len(value) > 100:
        raise BadCatalogue("no_list", place, name)
    return value


def compare(known: Mapping[str, Known], programmes: Sequence[Programme]) -> Changes:
    """Return what `programmes`, a whole edition, change of what is `known` by key."""
    changes = Changes(gone=sorted(key for key, row in known.items() if not row.is_gone))
    same = 0
    for programme in programmes:
        row = known.get(programme.key)
        if row is None:
            changes.added.append(programme)
            continue
        if row.is_gone:
            changes.back.append(programme)
        else:
            changes.gone.remove(programme.key)
        after = {name: value for name, value in programme.facts.items() if row.facts.get(name) != value}
        if after:
            changes.changed.append(Change(programme, {name: row.facts.get(name) for name in after}, after))
        elif not row.is_gone:
            same += 1
    return Changes(changes.added, changes.changed, changes.back, changes.gone, same)


def carried(programmes: Sequence[Programme]) -> str:
    """Return a whole edition on one line, in the form of the file, so that a page can carry it to its confirmation."""
    names = {kind: name for name, kind in KINDS.items()}
    rows = [
        {
            "key": one.key,
            "title": one.title,
            "url": one.link,
            "summary": one.summary,
            "issuer": one.issuer,
            "measures": [names[kind] for kind in one.kinds],
            "target_territories": one.territories,
            **({"status": one.force} if one.force != "in_force" else {}),
        }
        for one in programmes
    ]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def digest(programmes: Sequence[Programme]) -> str:
    """Return the SHA-256 of an edition, whatever its order and layout in the file."""
    return hashlib.sha256(carried(sorted(programmes, key=lambda one: one.key)).encode()).hexdigest()


def fingerprint(changes: Changes) -> str:
    """Return the SHA-256 of what would be changed, so that a confirmation can be held to what was previewed."""
    facts = {
        "added": [one.key for one in changes.added],
        "changed": [[one.programme.key, one.before, one.after] for one in changes.changed],
        "back": [one.key for one in changes.back],
        "gone": changes.gone,
    }
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()
