"""Every act of this app that the record keeps."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Act(StrEnum):
    """Names of acts in the record; never renamed, because old entries keep them."""

    DEFINED = "condition.defined"
    REWORDED = "condition.reworded"
    RETIRED = "condition.retired"
    REOPENED = "condition.reopened"
    ASSESSED = "condition.assessed"
    FOUND = "condition.found"
    CORRECTED = "condition.assessment_corrected"
    FINDING_CORRECTED = "condition.finding_corrected"


SENTENCES: dict[str, str | Promise] = {
    Act.DEFINED: _("defined the condition “%(names)s”"),
    Act.REWORDED: _("changed the wording of the condition “%(names)s”"),
    Act.RETIRED: _("retired the condition “%(names)s”"),
    Act.REOPENED: _("took up the condition “%(names)s” again"),
    Act.ASSESSED: _("assessed the condition “%(names)s” for %(voice)s: %(verdict)s"),
    Act.FOUND: _("recorded the coalition’s finding on the condition “%(names)s”: %(verdict)s"),
    Act.CORRECTED: _("corrected an assessment of the condition “%(names)s” for %(voice)s: %(verdict)s"),
    Act.FINDING_CORRECTED: _("corrected the coalition’s finding on the condition “%(names)s”: %(verdict)s"),
}
FIELDS: dict[str, Promise] = {
    "names": _("name"),
    "words": _("wording"),
    "number": _("number of the wording"),
    "reason": _("reason"),
    "assessment": _("assessment"),
    "corrects": _("corrects"),
    "wording": _("number of the wording"),
    "voice": _("for"),
    "verdict": _("verdict"),
    "valid_from": _("valid from"),
    "evidence": _("evidence"),
    "link": _("source"),
    "clause": _("clause"),
    "incidents": _("incidents"),
    "shared_with": _("who may read it"),
    "readers": _("members that may read it"),
    "sources": _("sources"),
}
KINDS: dict[str, Promise] = {"condition": _("condition")}
