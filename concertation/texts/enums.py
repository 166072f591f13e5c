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

    draft → proposed (frozen) → adopted; proposed → draft by an objection or a withdrawal.
    """

    DRAFT = "draft", pgettext_lazy("text", "draft")
    PROPOSED = "proposed", pgettext_lazy("text", "proposed for adoption")
    ADOPTED = "adopted", pgettext_lazy("text", "adopted")


class Outcome(models.TextChoices):
    """How a procedure of adoption ends: running → adopted | objected | withdrawn."""

    RUNNING = "running", pgettext_lazy("procedure", "running")
    ADOPTED = "adopted", pgettext_lazy("procedure", "adopted")
    OBJECTED = "objected", pgettext_lazy("procedure", "objected to")
    WITHDRAWN = "withdrawn", pgettext_lazy("procedure", "withdrawn")


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
