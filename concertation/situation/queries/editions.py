"""Collections as their editions left them, what a file would change, and the proof of each row."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from concertation.coalition.models import Delegate
from concertation.record import canonical, merkle
from concertation.record.canonical import Json
from concertation.record.models import Entry
from concertation.situation.incidents.editions import Difference, Held, difference
from concertation.situation.incidents.enums import Measure
from concertation.situation.incidents.events import IncidentAct
from concertation.situation.incidents.reading import KindOf, Row
from concertation.situation.models import Account, Collection, Edition, Incident, Kind
from concertation.situation.models.incidents import BOUNDS

COMPARED = (
    "kind_id",
    "place",
    "latitude",
    "longitude",
    "where_precision",
    "occurred_at",
    "when_precision",
    *(f"{measure}_{bound}" for measure in Measure for bound in BOUNDS),
    "summary",
)
FIELD_NAMES = {
    "kind_id": _("kind"),
    "place": _("place"),
    "latitude": _("latitude"),
    "longitude": _("longitude"),
    "where_precision": _("precision of the place"),
    "occurred_at": _("time"),
    "when_precision": _("precision of the time"),
    "summary": _("what is reported"),
    "sources": _("sources"),
    "links": _("links"),
}
Content = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A row that a newer edition tells otherwise: what it said, and says."""

    line: int
    key: str
    fields: list[tuple[str, object, object]]


def kind_finder() -> KindOf:
    """Return what finds the code of a kind by its code or by its name in any language, however it is written."""
    known: dict[str, str] = {}
    for kind in Kind.objects.filter(is_retired=False):
        known[kind.code] = kind.code
        known.update({name.casefold(): kind.code for name in kind.names.values()})
    return lambda words: known.get(words.strip().casefold())


def content_of(row: Row) -> Content:
    """Return what a row says, for comparison."""
    said = row.report.columns()
    said["summary"] = row.report.summary
    return (*(_plain(said[field]) for field in COMPARED), tuple(row.report.sources), tuple(row.report.links))


def held_in(collection: Collection | None) -> dict[str, Held[Content]]:
    """Return what the editions of a collection said last of each row."""
    if collection is None:
        return {}
    rows = Account.objects.filter(edition__collection=collection).order_by("edition__number")
    held: dict[str, Held[Content]] = {}
    for key, is_withdrawn, sources, links, *said in rows.values_list(
        "incident__source_key", "is_withdrawn", "sources", "links", *COMPARED
    ):
        held[key] = Held((*map(_plain, said), tuple(sources), tuple(links)), is_withdrawn)
    return held


def _plain(value: object) -> object:
    return str(value) if isinstance(value, str) else value


def changes_of(held: Mapping[str, Held[Content]], rows: Mapping[str, Row], found: Difference) -> list[Change]:
    """Return each changed row with the fields that differ."""
    names = (*COMPARED, "sources", "links")
    changes = []
    for key in found.changed:
        pairs = zip(names, held[key].content, content_of(rows[key]), strict=True)
        fields = [(_field_name(name), before, after) for name, before, after in pairs if before != after]
        changes.append(Change(rows[key].line, key, fields))
    return changes


def _field_name(name: str) -> str:
    """Name a field in the language in use."""
    if name in FIELD_NAMES:
        return str(FIELD_NAMES[name])
    measure, _underscore, bound = name.partition("_")
    return f"{Measure(measure).label} ({_bound_name(bound)})"


def _bound_name(bound: str) -> str:
    return str({"low": _("low"), "best": _("best"), "high": _("high")}[bound])


def difference_of(name: str, rows: Mapping[str, Row]) -> tuple[Difference, list[Change]]:
    """Return what a file would change in the collection called `name`, which may be a new one."""
    held = held_in(Collection.objects.filter(name=name).first())
    found = difference(held, {key: content_of(row) for key, row in rows.items()})
    return found, changes_of(held, rows, found)


def leaf_of(account: Account, source_key: str) -> bytes:
    """Return the canonical JSON of an imported row, which the tree of its edition holds."""
    said: dict[str, Json] = {
        "source_key": source_key,
        "is_withdrawn": account.is_withdrawn,
        "kind": account.kind_id,
        "place": account.place,
        "latitude": None if account.latitude is None else f"{account.latitude:.5f}",
        "longitude": None if account.longitude is None else f"{account.longitude:.5f}",
        "place_precision": str(account.where_precision),
        "time": canonical.time_text(account.occurred_at),
        "time_precision": str(account.when_precision),
        **{measure.value: list(account.bounds(measure)) for measure in Measure},
        "summary": account.summary,
        "sources": account.sources,
        "links": account.links,
    }
    return canonical.encode(said)


def leaves_of(edition: Edition) -> list[bytes]:
    """Return the rows of an edition in the order of their tree, from our rows."""
    accounts = edition.accounts.order_by("leaf").select_related("incident")
    return [leaf_of(account, account.incident.source_key) for account in accounts]


def proof_of_row(reader: Delegate, incident_id: UUID, number: int) -> dict[str, object] | None:
    """Return the proof that a row stands in the record: its leaf, its place, the hashes beside it, and the entry.

    None where `reader` may not read the incident, or the account does not come from an edition.
    """
    visible = Incident.objects.visible_to(reader).filter(pk=incident_id)
    account = Account.objects.filter(incident__in=visible, number=number, edition__isnull=False).first()
    if account is None or account.edition is None or account.leaf is None:
        return None
    leaves = leaves_of(account.edition)
    hashes = [merkle.leaf_hash(leaf) for leaf in leaves]
    beside = merkle.inclusion_ranges(account.leaf, len(leaves))
    entries = Entry.objects.filter(action=IncidentAct.IMPORTED, subject_id=str(account.edition.collection_id))
    ours = entries.order_by("sequence").values_list("sequence", flat=True)[account.edition.number - 1 :]
    return {
        "leaf": leaves[account.leaf].decode(),
        "index": account.leaf,
        "size": len(leaves),
        "hashes": [merkle.root_of(hashes[part.start : part.end]).hex() for part in beside],
        "root": account.edition.root,
        "record_entry": next(iter(ours[:1]), None),
    }


def collections_for(reader: Delegate) -> list[tuple[Collection, list[Edition]]]:
    """Return the collections of which `reader` may read anything, each with its editions, newest first."""
    visible = Incident.objects.visible_to(reader).filter(collection__isnull=False).order_by()
    shown = Collection.objects.filter(pk__in=visible.values("collection"))
    rows = shown.prefetch_related("editions__by__person").select_related("member")
    return [(row, sorted(row.editions.all(), key=lambda one: -one.number)) for row in rows]
