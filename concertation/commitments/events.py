"""Every act of this app that the record keeps."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concertation.coalition.apps import member_name
from concertation.commitments.enums import Approval, CaveatKind, Counted, Domain, Form, Line, Phase, Priority
from concertation.core.days import day_in_words
from concertation.core.words import in_language


class Act(StrEnum):
    """Names of acts in the record; never renamed, because old entries keep them."""

    CAPABILITY_DEFINED = "capability.defined"
    CAPABILITY_CHANGED = "capability.changed"
    CAPABILITY_RETIRED = "capability.retired"
    CATALOGUE_TAKEN = "capability.catalogue_taken"
    RATES_ENTERED = "rates.entered"
    REQUIRED = "requirement.stated"
    REVISED = "requirement.revised"
    DROPPED = "requirement.dropped"
    ANNOUNCED = "contribution.announced"
    TERMS_REVISED = "contribution.revised"
    JOINED = "contribution.joined"
    APPROVED = "contribution.approved"
    REFUSED = "contribution.refused"
    COMMITTED = "contribution.committed"
    AVAILABLE = "contribution.available"
    DELIVERED = "contribution.delivered"
    RENEWED = "contribution.renewed"
    CAVEAT_STATED = "contribution.caveat_stated"
    CAVEAT_LIFTED = "contribution.caveat_lifted"
    WITHDRAWN = "contribution.withdrawn"
    CORRECTED = "contribution.corrected"
    REQUIREMENTS_IMPORTED = "requirement.imported"
    CONTRIBUTIONS_IMPORTED = "contribution.imported"
    SCENARIO_DEFINED = "scenario.defined"
    SCENARIO_CHANGED = "scenario.changed"
    PLAN_PROPOSED = "plan.proposed"
    PART_CONFIRMED = "plan.part_confirmed"
    PART_DECLINED = "plan.part_declined"


SENTENCES: dict[str, str | Promise] = {
    Act.CAPABILITY_DEFINED: _("added “%(names)s” to the catalogue of capabilities"),
    Act.CAPABILITY_CHANGED: _("changed “%(names)s” in the catalogue of capabilities"),
    Act.CAPABILITY_RETIRED: _("retired “%(names)s” from the catalogue of capabilities"),
    Act.CATALOGUE_TAKEN: _("took the usual catalogue of capabilities"),
    Act.RATES_ENTERED: _("entered rates of exchange"),
    Act.REQUIRED: _("stated the requirement “%(names)s”"),
    Act.REVISED: _("revised the requirement “%(names)s”"),
    Act.DROPPED: _("dropped the requirement “%(names)s”"),
    Act.ANNOUNCED: _("announced the contribution “%(title)s” of %(parties)s"),
    Act.TERMS_REVISED: _("revised the terms of the contribution “%(title)s”"),
    Act.JOINED: _("joined the contribution “%(title)s”"),
    Act.APPROVED: _("recorded the approval of the contribution “%(title)s”: %(approval)s"),
    Act.REFUSED: _("recorded that the contribution “%(title)s” was refused an approval: %(approval)s"),
    Act.COMMITTED: _("committed the contribution “%(title)s”"),
    Act.AVAILABLE: _("reported the contribution “%(title)s” available"),
    Act.DELIVERED: _("recorded a delivery of the contribution “%(title)s”"),
    Act.RENEWED: _("renewed the contribution “%(title)s”"),
    Act.CAVEAT_STATED: _("stated a caveat on the contribution “%(title)s”"),
    Act.CAVEAT_LIFTED: _("lifted a caveat on the contribution “%(title)s”"),
    Act.WITHDRAWN: _("withdrew the contribution “%(title)s”"),
    Act.CORRECTED: _("corrected an entry on the contribution “%(title)s”"),
    Act.REQUIREMENTS_IMPORTED: _("imported requirements from the file “%(file_name)s”: %(imported_count)s rows"),
    Act.CONTRIBUTIONS_IMPORTED: _("imported contributions from the file “%(file_name)s”: %(imported_count)s rows"),
    Act.SCENARIO_DEFINED: _("defined the scenario “%(scenario_name)s”"),
    Act.SCENARIO_CHANGED: _("changed the scenario “%(scenario_name)s”"),
    Act.PLAN_PROPOSED: _("proposed the plan under “%(scenario_name)s”"),
    Act.PART_CONFIRMED: _("confirmed its part of the plan under “%(scenario_name)s”"),
    Act.PART_DECLINED: _("declined its part of the plan under “%(scenario_name)s”"),
}
FIELDS: dict[str, Promise] = {
    "names": _("name"),
    "title": _("what is offered"),
    "parties": pgettext_lazy("contribution", "offered by"),
    "own_word": _("by the member itself"),
    "units": _("counted in"),
    "domain": _("domain"),
    "form": _("how it is counted"),
    "codes": _("codes"),
    "rates": _("rates of exchange"),
    "number": _("number"),
    "effective_from": _("in force from"),
    "line": _("line of effort"),
    "phase": _("phase"),
    "capability": _("capability"),
    "quantity": _("quantity"),
    "low": _("at least"),
    "high": _("at most"),
    "currency": _("currency"),
    "priority": _("priority"),
    "essential": _("essential"),
    "area": _("area"),
    "task": _("task"),
    "needed_from": _("needed from"),
    "needed_to": _("needed to"),
    "is_dropped": _("dropped"),
    "reason": _("reason"),
    "details": _("details"),
    "available_from": _("available from"),
    "available_to": _("available to"),
    "readiness": _("notice to move, in days"),
    "tour": _("tour, in months"),
    "rest": _("rest, in months"),
    "due_on": _("to be delivered by"),
    "expires_on": _("pledge expires on"),
    "approvals_needed": _("approvals needed"),
    "preconditions": _("only if"),
    "earmark": _("earmarked for"),
    "approval": _("approval"),
    "happened_on": _("day"),
    "until": _("until"),
    "caveat": _("caveat"),
    "caveat_kind": _("class of the caveat"),
    "areas": _("not in these areas"),
    "tasks": _("not for these tasks"),
    "wording": _("wording"),
    "reference": _("reference"),
    "evidence": _("evidence"),
    "link": _("source"),
    "fact": _("entry"),
    "corrects": _("corrects"),
    "shared_with": _("who may read it"),
    "readers": _("members that may read it"),
    "sources": _("sources"),
    "key": _("key in the file"),
    "file_name": _("file"),
    "file_sha256": _("SHA-256 of the file"),
    "imported_count": _("rows imported"),
    "rows_new": _("rows that were new"),
    "rows_changed": _("rows that changed something"),
    "rows_root": _("hash of the tree of rows"),
    "imported_at": _("moment of the import"),
    "imported_rows": _("rows"),
    "scenario_name": _("scenario"),
    "from_month": _("first month"),
    "months": _("number of months"),
    "assumed_conditions": _("conditions assumed"),
    "assumed_approvals": _("approvals assumed"),
    "counted": _("contributions that count"),
    "parts_of": _("members that serve"),
    "problem_hash": _("hash of what was planned"),
    "plan_hash": _("hash of the plan"),
    "is_proven": _("proven optimal"),
}
KINDS: dict[str, Promise] = {
    "capability": _("capability"),
    "rates": _("rates of exchange"),
    "requirement": _("requirement"),
    "contribution": _("contribution"),
    "import": pgettext_lazy("record", "import"),
    "scenario": _("scenario"),
    "plan": _("plan"),
}


def _row(text: str) -> str:
    """Return a row of an import in a few words: what, by whom, how much; all of it is in the entry."""
    row = json.loads(text)
    if revision := row.get("revision"):
        return " · ".join([in_language(revision["names"]), revision["quantity"], revision["currency"]]).rstrip(" ·")
    terms = row.get("terms") or {}
    low = terms.get("low") or _("undisclosed")
    amount = f"{low} {terms['currency']}".strip() if terms else ""
    return " · ".join(filter(None, [terms.get("title", row["key"]), ", ".join(row["parties"]), amount]))


def _moment(value: str) -> str:
    """Return a moment of the record as the reader writes it."""
    return date_format(localtime(datetime.fromisoformat(value)), "DATETIME_FORMAT")


VALUES: Mapping[str, Callable[[Any], object]] = {
    "parties": member_name,
    "line": dict(Line.choices).get,
    "phase": dict(Phase.choices).get,
    "domain": dict(Domain.choices).get,
    "form": dict(Form.choices).get,
    "priority": dict(Priority.choices).get,
    "approval": dict(Approval.choices).get,
    "approvals_needed": dict(Approval.choices).get,
    "caveat_kind": dict(CaveatKind.choices).get,
    "assumed_approvals": dict(Approval.choices).get,
    "counted": dict(Counted.choices).get,
    "parts_of": member_name,
    **dict.fromkeys(
        (
            "from_month",
            "effective_from",
            "happened_on",
            "needed_from",
            "needed_to",
            "available_from",
            "available_to",
            "due_on",
        ),
        day_in_words,
    ),
    "expires_on": day_in_words,
    "until": day_in_words,
    "imported_rows": _row,
    "imported_at": _moment,
}
