"""The words for incidents, their places and times, what was found of them, and what could not be observed."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Family(models.TextChoices):
    """Kinds that two reporters may take for one another; only within one are near-duplicates looked for."""

    FIRE = "fire", _("fire from the ground")
    AIR = "air", _("attack from the air")
    GROUND = "ground", _("attack on the ground")
    FORCES = "forces", _("forces and weapons")
    CIVILIANS = "civilians", _("harm to civilians")
    MOVEMENT = "movement", _("movement and access")
    OTHER = "other", pgettext_lazy("kind of incident", "other")


class WherePrecision(models.TextChoices):
    """How exactly a place is known, from the best on."""

    EXACT = "exact", pgettext_lazy("place", "exact")
    SETTLEMENT = "settlement", pgettext_lazy("place", "settlement")
    DISTRICT = "district", pgettext_lazy("place", "district")
    REGION = "region", pgettext_lazy("place", "region")
    UNKNOWN = "unknown", pgettext_lazy("place", "unknown")


class WhenPrecision(models.TextChoices):
    """How exactly a time is known, from the best on."""

    MINUTE = "minute", pgettext_lazy("time", "minute")
    HOUR = "hour", pgettext_lazy("time", "hour")
    DAY = "day", pgettext_lazy("time", "day")
    WEEK = "week", pgettext_lazy("time", "week")
    MONTH = "month", pgettext_lazy("time", "month")


class Measure(models.TextChoices):
    """What is counted of an incident, each low, best and high, each of which may be unknown."""

    KILLED = "killed", _("killed")
    INJURED = "injured", _("injured")
    EXPLOSIONS = "explosions", _("explosions")


class Finding(models.TextChoices):
    """What a step says: reported → verified | unverifiable | rejected → attributed | undetermined → remedy.

    The last step of a stage counts; `reopened` and the two `…_withdrawn` take a stage back.
    """

    VERIFIED = "verified", pgettext_lazy("incident", "verified")
    UNVERIFIABLE = "unverifiable", pgettext_lazy("incident", "unverifiable")
    REJECTED = "rejected", pgettext_lazy("incident", "rejected")
    REOPENED = "reopened", pgettext_lazy("incident", "to be verified again")
    ATTRIBUTED = "attributed", pgettext_lazy("incident", "attributed")
    UNDETERMINED = "undetermined", pgettext_lazy("incident", "undetermined")
    UNATTRIBUTED = "attribution_withdrawn", pgettext_lazy("incident", "attribution withdrawn")
    REMEDY = "remedy", pgettext_lazy("incident", "remedy decided")
    NO_REMEDY = "remedy_withdrawn", pgettext_lazy("incident", "remedy withdrawn")


class State(models.TextChoices):
    """How far a report has come to be known; derived."""

    REPORTED = "reported", pgettext_lazy("incident", "reported")
    VERIFIED = "verified", pgettext_lazy("incident", "verified")
    UNVERIFIABLE = "unverifiable", pgettext_lazy("incident", "unverifiable")
    REJECTED = "rejected", pgettext_lazy("incident", "rejected")


class LimitKind(models.TextChoices):
    """Why something could not be observed, or only in part."""

    CLOSED = "closed", _("closed: nothing could be observed")
    RESTRICTED = "restricted", _("restricted: observed in part")
