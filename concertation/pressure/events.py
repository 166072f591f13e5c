"""Every act of this app that the record keeps."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Act(StrEnum):
    """Names of acts in the record; never renamed, because old entries keep them."""

    DEFINED = "measure.defined"
    EDITED = "measure.edited"
    RETIRED = "measure.retired"
    REOPENED = "measure.reopened"
    STATED = "measure.stated"
    CODED = "measure.coded"
    CORRECTED = "measure.statement_corrected"
    CODING_CORRECTED = "measure.coding_corrected"
    IMPORTED = "catalogue.imported"
    MADE = "package.made"
    PACKAGE_EDITED = "package.edited"
    PACKAGE_RETIRED = "package.retired"
    PACKAGE_REOPENED = "package.reopened"
    PLANNED = "step.planned"
    STEP_EDITED = "step.edited"
    TABLED = "step.tabled"
    DONE = "step.done"
    DISMISSED = "step.dismissed"


SENTENCES: dict[str, str | Promise] = {
    Act.DEFINED: _("entered the measure “%(names)s”"),
    Act.EDITED: _("changed the measure “%(names)s”"),
    Act.RETIRED: _("retired the measure “%(names)s”"),
    Act.REOPENED: _("took up the measure “%(names)s” again"),
    Act.STATED: _("stated for %(voice)s of the measure “%(names)s”: %(applied)s"),
    Act.CODED: _("coded for %(voice)s, of the measure “%(names)s”: %(applied)s"),
    Act.CORRECTED: _("corrected a statement for %(voice)s of the measure “%(names)s”: %(applied)s"),
    Act.CODING_CORRECTED: _("corrected what was coded for %(voice)s, of the measure “%(names)s”: %(applied)s"),
    Act.IMPORTED: _("imported a catalogue of measures"),
    Act.MADE: _("made the package “%(names)s”"),
    Act.PACKAGE_EDITED: _("changed the package “%(names)s”"),
    Act.PACKAGE_RETIRED: _("retired the package “%(names)s”"),
    Act.PACKAGE_REOPENED: _("took up the package “%(names)s” again"),
    Act.PLANNED: _("planned the step “%(names)s”"),
    Act.STEP_EDITED: _("changed the step “%(names)s”"),
    Act.TABLED: _("put the step “%(names)s” on an agenda"),
    Act.DONE: _("marked the step “%(names)s” as done"),
    Act.DISMISSED: _("dismissed the step “%(names)s”"),
}
FIELDS: dict[str, Promise] = {
    "names": _("name"),
    "summary": _("summary"),
    "kinds_of_measure": _("types"),
    "territories": _("territories"),
    "group": _("group"),
    "basis": _("legal basis"),
    "issuer": _("issuer"),
    "link": _("source"),
    "force": _("in force"),
    "catalogue_key": _("identifier in the catalogue"),
    "gone": _("not in the catalogue any more"),
    "sources": _("sources"),
    "reason": _("reason"),
    "statement": _("statement"),
    "corrects": _("corrects"),
    "voice": _("for"),
    "applied": _("application"),
    "told_from": _("origin"),
    "valid_from": _("valid from"),
    "reference": _("reference"),
    "shared_with": _("who may read it"),
    "readers": _("members that may read it"),
    "measures": pgettext_lazy("record", "measures"),
    "package": _("package"),
    "trigger": _("falls due"),
    "condition": _("condition"),
    "finding": pgettext_lazy("step", "finding"),
    "day": _("day"),
    "after": _("after the step"),
    "drafts": _("draft decision"),
    "item": _("agenda item"),
    "edition_sha256": _("SHA-256 of the edition"),
    "added": pgettext_lazy("catalogue", "added"),
    "changed": pgettext_lazy("catalogue", "changed"),
    "gone_keys": _("not in the catalogue any more"),
    "back": _("in the catalogue again"),
}
KINDS: dict[str, Promise] = {
    "measure": _("measure"),
    "package": _("package"),
    "step": _("step"),
    "catalogue": _("catalogue"),
}
