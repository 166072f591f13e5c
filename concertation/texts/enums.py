"""The words for a text and for what becomes of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Audience(models.TextChoices):
    """Who may read a text; `public` texts are for the coalition until a chair publishes the adopted text."""

    PUBLIC = "public", _("the coalition, and the public once published")
    COALITION = "coalition", _("the coalition")
    MEMBERS = "members", _("named members only")


class State(models.TextChoices):
    """Where a text stands; derived from its procedures, never stored.

    draft → proposed (frozen) → adopted; proposed → draft by an objection, a broken silence or a withdrawal. A silence
    that was not broken is adopted from its deadline on, whether or not anything has run since.
    """

    DRAFT = "draft", pgettext_lazy("text", "draft")
    PROPOSED = "proposed", pgettext_lazy("text", "proposed for adoption")
    ADOPTED = "adopted", pgettext_lazy("text", "adopted")


class Ending(models.TextChoices):
    """How a bracket ends: open → lifted by its last holder | by the chair | with the choice of an alternative."""

    OPEN = "open", pgettext_lazy("bracket", "open")
    RELEASED = "released", pgettext_lazy("bracket", "lifted by its holders")
    LIFTED = "lifted", pgettext_lazy("bracket", "lifted by the chair")
    CHOSEN = "chosen", pgettext_lazy("bracket", "an alternative was chosen")


class Outcome(models.TextChoices):
    """How a procedure of adoption ends: running → adopted | objected (also: silence broken) | withdrawn.

    `running` with a silence whose deadline passed is adopted too: ask `AdoptionProcedureQuerySet`, not this.
    """

    RUNNING = "running", pgettext_lazy("procedure", "running")
    ADOPTED = "adopted", pgettext_lazy("procedure", "adopted")
    OBJECTED = "objected", pgettext_lazy("procedure", "objected to")
    WITHDRAWN = "withdrawn", pgettext_lazy("procedure", "withdrawn")


class Notice(models.TextChoices):
    """What participants are told about a silence procedure by mail."""

    STARTED = "started", _("silence procedure started")
    EXTENDED = "extended", _("deadline extended")
    DAY_LEFT = "day_left", _("one day left")
    HOURS_LEFT = "hours_left", _("two hours left")
    BROKEN = "broken", _("silence broken")
    ENDED = "ended", _("procedure ended without adoption")
    ADOPTED = "adopted", _("text adopted")


class RemarkKind(models.TextChoices):
    """What a remark is: open → closed (a comment resolved, a reservation withdrawn) → open again."""

    COMMENT = "comment", pgettext_lazy("remark", "comment")
    RESERVATION = "reservation", pgettext_lazy("remark", "reservation")


class Stance(models.TextChoices):
    """What a delegation says of one paragraph; *ad referendum* until its capital, that is its head, confirms."""

    AGREED = "agreed", pgettext_lazy("paragraph", "agreed")
    AD_REFERENDUM = "ad_referendum", pgettext_lazy("paragraph", "agreed ad referendum")
    NOT_AGREED = "not_agreed", pgettext_lazy("paragraph", "not agreed")


class Standing(models.TextChoices):
    """Where a member stands on a paragraph now; derived from its words, its brackets and reservations, and hashes."""

    AGREED = "agreed", pgettext_lazy("paragraph", "agreed")
    AD_REFERENDUM = "referendum", pgettext_lazy("paragraph", "ad referendum")
    BRACKETED = "bracketed", pgettext_lazy("paragraph", "holds brackets")
    RESERVED = "reserved", pgettext_lazy("paragraph", "reserved")
    REOPENED = "reopened", pgettext_lazy("paragraph", "re-opened")
    OPEN = "open", pgettext_lazy("paragraph", "open")


class Pen(models.TextChoices):
    """Who holds the pen of a draft: whose typing changes its words."""

    FREE = "free", _("everybody who drafts edits freely")
    PROPOSALS = "proposals", _("the chair edits, delegations propose")
    SECRETARIAT = "secretariat", _("the secretariat alone edits")


class Wish(models.TextChoices):
    """What a proposal asks for."""

    CHANGE = "change", _("other words")
    INSERT = "insert", _("a new paragraph")
    DELETE = "delete", _("no such paragraph")
    MOVE = "move", _("another place")


class Fate(models.TextChoices):
    """What becomes of a proposal: open → accepted | rejected | withdrawn."""

    OPEN = "open", pgettext_lazy("proposal", "open")
    ACCEPTED = "accepted", pgettext_lazy("proposal", "accepted")
    REJECTED = "rejected", pgettext_lazy("proposal", "rejected")
    WITHDRAWN = "withdrawn", pgettext_lazy("proposal", "withdrawn")
