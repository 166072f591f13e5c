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
