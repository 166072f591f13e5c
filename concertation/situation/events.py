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
    "shared_with": _("who may read it"),
    "readers": _("members that may read it"),
    "sources": _("sources"),
}
KINDS: dict[str, Promise] = {"condition": _("condition")}


class PositionAct(StrEnum):
    """Names of acts on actors, questions and statements; never renamed."""

    ACTOR_LISTED = "counterpart.listed"
    ACTOR_CHANGED = "counterpart.changed"
    POSED = "question.posed"
    REWORDED = "question.reworded"
    CLOSED = "question.closed"
    REOPENED = "question.reopened"
    STATED = "question.position_stated"
    CORRECTED = "question.position_corrected"


class ContactAct(StrEnum):
    """Names of acts on contacts; never renamed."""

    ANNOUNCED = "contact.announced"
    RECORDED = "contact.recorded"
    HELD = "contact.held"
    CANCELLED = "contact.cancelled"
    STRUCK = "contact.struck"
    POINT_ADDED = "contact.point_added"
    POINT_MARKED = "contact.point_marked"
    READOUT = "contact.readout_circulated"
    NOTED = "contact.readout_noted"


WATCH_SENTENCES: dict[str, str | Promise] = {
    PositionAct.ACTOR_LISTED: _("listed %(names)s among the actors outside the coalition"),
    PositionAct.ACTOR_CHANGED: _("changed what is known of %(names)s"),
    PositionAct.POSED: _("posed the question “%(names)s”"),
    PositionAct.REWORDED: _("changed the wording of the question “%(names)s”"),
    PositionAct.CLOSED: _("closed the question “%(names)s”"),
    PositionAct.REOPENED: _("took up the question “%(names)s” again"),
    PositionAct.STATED: _("entered a position on “%(names)s” of %(speaker)s: %(stance)s"),
    PositionAct.CORRECTED: _("corrected a position on “%(names)s” of %(speaker)s: %(stance)s"),
    ContactAct.ANNOUNCED: _("announced a contact of %(holder)s with %(spoken_to)s"),
    ContactAct.RECORDED: _("entered a contact of %(holder)s with %(spoken_to)s"),
    ContactAct.HELD: _("entered that a contact of %(holder)s with %(spoken_to)s was held"),
    ContactAct.CANCELLED: _("cancelled a contact of %(holder)s with %(spoken_to)s"),
    ContactAct.STRUCK: _("struck a contact of %(holder)s with %(spoken_to)s, entered in error"),
    ContactAct.POINT_ADDED: _("asked for a point to be raised in a contact of %(holder)s with %(spoken_to)s"),
    ContactAct.POINT_MARKED: _("said whether a point was raised in a contact of %(holder)s with %(spoken_to)s"),
    ContactAct.READOUT: _("circulated a readout of a contact of %(holder)s with %(spoken_to)s"),
    ContactAct.NOTED: _("took note of a readout of a contact of %(holder)s with %(spoken_to)s"),
}
WATCH_KINDS: dict[str, Promise] = {
    "counterpart": _("actor outside the coalition"),
    "question": _("question"),
    "contact": _("contact"),
}
WATCH_FIELDS: dict[str, dict[str, Promise]] = {
    "counterpart": {
        "names": _("name"),
        "counterpart_kind": _("kind"),
        "country": _("country"),
        "sources": _("sources"),
    },
    "question": {
        "names": _("title"),
        "words": _("wording"),
        "number": _("number of the wording"),
        "wording": _("number of the wording"),
        "reason": _("reason"),
        "statement": _("statement"),
        "corrects": _("corrects"),
        "speaker": _("of"),
        "actor": _("code of the actor"),
        "entered_for": _("entered for"),
        "stance": _("position"),
        "said_on": _("said on"),
        "quote": _("words"),
        "language": _("language"),
        "moves": _("what would move them"),
        "link": _("source"),
        "contact": _("contact"),
        "shared_with": _("who may read it"),
        "readers": _("members that may read it"),
        "sources": _("sources"),
    },
    "contact": {
        "holder": _("held by"),
        "own_parties": _("taking part"),
        "spoken_to": _("with"),
        "planned_on": _("planned on"),
        "held_on": _("held on"),
        "clock_time": _("time"),
        "zone": _("time zone"),
        "channel": _("channel"),
        "initiative": _("initiative"),
        "topic": _("subject"),
        "reason": _("reason"),
        "point": _("point"),
        "asked_by": _("asked by"),
        "was_raised": _("raised"),
        "readout": _("readout"),
        "words": _("words"),
        "link": _("source"),
        "shared_with": _("who may read it"),
        "readers": _("members that may read it"),
        "sources": _("sources"),
    },
}
