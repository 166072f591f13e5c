"""Every act about incidents that the record keeps."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class IncidentAct(StrEnum):
    """Names of acts in the record; never renamed, because old entries keep them."""

    REPORTED = "incident.reported"
    TOLD_AGAIN = "incident.corrected"
    SHARED = "incident.shared"
    STEPPED = "incident.stepped"
    JOINED = "incident.merged"
    PARTED = "incident.parted"
    IMPORTED = "incidents.imported"
    LIMIT_ENTERED = "observation.limited"
    LIMIT_CORRECTED = "observation.corrected"
    AREA_ADDED = "observation.area_added"
    AREA_ENDED = "observation.area_ended"
    KIND_ADDED = "incident_kind.added"
    KIND_RENAMED = "incident_kind.renamed"
    KIND_RETIRED = "incident_kind.retired"
    KIND_REOPENED = "incident_kind.reopened"


INCIDENT_SENTENCES: dict[str, str | Promise] = {
    IncidentAct.REPORTED: _("reported an incident: %(kind_names)s, %(place_name)s"),
    IncidentAct.TOLD_AGAIN: _("corrected the report of an incident: %(kind_names)s, %(place_name)s"),
    IncidentAct.SHARED: _("opened an incident to the coalition: %(kind_names)s, %(place_name)s"),
    IncidentAct.STEPPED: _("recorded of the incident %(kind_names)s, %(place_name)s: %(finding)s"),
    IncidentAct.JOINED: _("merged two reports of one incident: %(kind_names)s, %(place_name)s"),
    IncidentAct.PARTED: _("parted a report from an incident: %(kind_names)s, %(place_name)s"),
    IncidentAct.IMPORTED: _("imported edition %(edition)s of the collection “%(collection)s”"),
    IncidentAct.LIMIT_ENTERED: _("entered what could not be observed in %(area_names)s: %(limit_kind)s"),
    IncidentAct.LIMIT_CORRECTED: _("corrected what could not be observed in %(area_names)s: %(limit_kind)s"),
    IncidentAct.AREA_ADDED: _("added the area of observation “%(area_names)s”"),
    IncidentAct.AREA_ENDED: _("ended the area of observation “%(area_names)s”"),
    IncidentAct.KIND_ADDED: _("added the kind of incident “%(kind_names)s”"),
    IncidentAct.KIND_RENAMED: _("renamed the kind of incident “%(kind_names)s”"),
    IncidentAct.KIND_RETIRED: _("retired the kind of incident “%(kind_names)s”"),
    IncidentAct.KIND_REOPENED: _("took up the kind of incident “%(kind_names)s” again"),
}
INCIDENT_FIELDS: dict[str, Promise] = {
    "kind_names": _("kind"),
    "incident_kind": _("code of the kind"),
    "family": _("family"),
    "place_name": _("place"),
    "latitude": _("latitude"),
    "longitude": _("longitude"),
    "where_known": _("precision of the place"),
    "occurred_at": _("time"),
    "when_known": _("precision of the time"),
    "summary": _("what is reported"),
    "killed": _("killed: low, best, high"),
    "injured": _("injured: low, best, high"),
    "explosions": _("explosions: low, best, high"),
    "incident_sources": _("sources"),
    "links": _("links"),
    "condition_id": _("condition"),
    "clause": _("clause"),
    "account": _("number of the account"),
    "step": _("number of the step"),
    "finding": _("finding"),
    "as_of": _("as of"),
    "attributed_to": _("attributed to"),
    "grounds": _("grounds"),
    "into": _("merged into"),
    "reported_for": _("for"),
    "shared_with": _("who may read it"),
    "readers": _("members that may read it"),
    "reason": _("reason"),
    "collection": _("collection"),
    "edition": _("edition"),
    "file_name": _("file"),
    "sha256": _("SHA-256 of the file"),
    "rows_root": _("root of the tree of rows"),
    "rows": _("rows"),
    "added": _("added"),
    "changed": _("changed"),
    "withdrawn_rows": _("withdrawn"),
    "restored": _("restored"),
    "area": _("area"),
    "area_names": _("area"),
    "box": _("west, south, east, north"),
    "limit": _("entry"),
    "limit_kind": _("limit"),
    "since": _("since"),
    "until": _("until"),
    "why": _("why"),
    "limited_by": _("by whom"),
    "corrects": _("corrects"),
}
INCIDENT_KINDS: dict[str, Promise] = {
    "incident": _("incident"),
    "incident_kind": _("kind of incident"),
    "incident_collection": _("collection of incidents"),
    "observation": _("observation"),
}
