"""The words for belonging to a coalition and for acting in it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MemberKind(models.TextChoices):
    """What a member of the coalition is."""

    STATE = "state", _("state")
    ORGANISATION = "organisation", _("organisation")


class Status(models.TextChoices):
    """How a state or organisation stands to the coalition.

    invited → member | partner | observer; each of these → another of them, or → left; left → invited.
    """

    INVITED = "invited", pgettext_lazy("status", "invited")
    MEMBER = "member", pgettext_lazy("status", "member")
    PARTNER = "partner", pgettext_lazy("status", "partner")
    OBSERVER = "observer", pgettext_lazy("status", "observer")
    LEFT = "left", pgettext_lazy("status", "left")


class Capacity(models.TextChoices):
    """In which capacity a delegate acts; the secretariat stands outside members."""

    HEAD = "head", _("head of delegation")
    DELEGATE = "delegate", _("delegate")
    INTERPRETER = "interpreter", _("interpreter")
    OBSERVER = "observer", pgettext_lazy("capacity", "observer")
    SECRETARIAT = "secretariat", _("secretariat")


class Figures(models.TextChoices):
    """What the coalition publishes in figures; each publication takes the place of the one before."""

    TOTALS = "totals", _("totals of commitments")
    MEASURES = "measures", _("measures and their alignment")


class Audience(models.TextChoices):
    """Who may read what one member tells; that member and the secretariat always do."""

    COALITION = "coalition", _("the coalition")
    MEMBERS = "members", _("named members only")
    CHAIR = "chair", _("the co-chairs only")
