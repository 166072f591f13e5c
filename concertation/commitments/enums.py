"""The words for what is required, what is contributed, and how far a contribution has come."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Line(models.TextChoices):
    """A line of effort."""

    SUPPORT = "support", pgettext_lazy("line of effort", "support")
    DETERRENCE = "deterrence", pgettext_lazy("line of effort", "deterrence")


class Phase(models.TextChoices):
    """When in the course of events something is needed."""

    NOW = "now", pgettext_lazy("phase", "before a ceasefire")
    DEPLOYMENT = "deployment", pgettext_lazy("phase", "deployment")
    PRESENCE = "presence", pgettext_lazy("phase", "lasting presence")


class Domain(models.TextChoices):
    """A field of capabilities."""

    LAND = "land", pgettext_lazy("domain", "land")
    AIR = "air", pgettext_lazy("domain", "air")
    SEA = "sea", pgettext_lazy("domain", "sea")
    CYBER = "cyber", pgettext_lazy("domain", "cyber")
    SPACE = "space", pgettext_lazy("domain", "space")
    COMMAND = "command", pgettext_lazy("domain", "command and intelligence")
    REGENERATION = "regeneration", pgettext_lazy("domain", "regeneration")
    LOGISTICS = "logistics", pgettext_lazy("domain", "logistics")
    MEDICAL = "medical", pgettext_lazy("domain", "medical")
    TRAINING = "training", pgettext_lazy("domain", "training")
    FINANCE = "finance", pgettext_lazy("domain", "finance")
    HUMANITARIAN = "humanitarian", pgettext_lazy("domain", "humanitarian")


class Form(models.TextChoices):
    """How a capability is counted: the forms of a plan, and money, which is a stock in a currency."""

    UNIT = "unit", _("indivisible units, in each month")
    POOL = "pool", _("a number in each month")
    STOCK = "stock", _("a quantity, once")
    MONEY = "money", _("money")


class Priority(models.IntegerChoices):
    """How much a requirement counts in the plan, beside the others of its kind."""

    LOW = 1, pgettext_lazy("priority", "low")
    MEDIUM = 2, pgettext_lazy("priority", "medium")
    HIGH = 4, pgettext_lazy("priority", "high")


class Stage(models.TextChoices):
    """How far a contribution has come. Stages may run ahead of each other; each rests on facts of its own."""

    ANNOUNCED = "announced", pgettext_lazy("stage", "announced")
    APPROVED = "approved", pgettext_lazy("stage", "approved")
    COMMITTED = "committed", pgettext_lazy("stage", "committed")
    AVAILABLE = "available", pgettext_lazy("stage", "available")
    DELIVERED = "delivered", pgettext_lazy("stage", "delivered")


class State(models.TextChoices):
    """What one word says of a contribution on a day: its furthest stage, unless it has ended or not begun."""

    PROPOSED = "proposed", pgettext_lazy("contribution", "proposed")
    ANNOUNCED = "announced", pgettext_lazy("stage", "announced")
    APPROVED = "approved", pgettext_lazy("stage", "approved")
    COMMITTED = "committed", pgettext_lazy("stage", "committed")
    AVAILABLE = "available", pgettext_lazy("stage", "available")
    DELIVERED = "delivered", pgettext_lazy("stage", "delivered")
    WITHDRAWN = "withdrawn", pgettext_lazy("contribution", "withdrawn")
    EXPIRED = "expired", pgettext_lazy("contribution", "expired")


class Approval(models.TextChoices):
    """Who must say yes at home, or above."""

    GOVERNMENT = "government", pgettext_lazy("approval", "government")
    PARLIAMENT = "parliament", pgettext_lazy("approval", "parliament")
    MANDATE = "mandate", pgettext_lazy("approval", "mandate")


class CaveatKind(models.TextChoices):
    """The class of a caveat, which may be known where its wording is not."""

    GEOGRAPHIC = "geographic", pgettext_lazy("caveat", "geographic")
    TASK = "task", pgettext_lazy("caveat", "task")
    RULES = "rules", pgettext_lazy("caveat", "rules of engagement")
    TIME = "time", pgettext_lazy("caveat", "time")
    PARTNER = "partner", pgettext_lazy("caveat", "partner")


class FactKind(models.TextChoices):
    """What happened to a contribution on a day."""

    ANNOUNCED = "announced", pgettext_lazy("fact", "announced")
    JOINED = "joined", pgettext_lazy("fact", "joined")
    APPROVED = "approved", pgettext_lazy("fact", "approval obtained")
    REFUSED = "refused", pgettext_lazy("fact", "approval refused")
    COMMITTED = "committed", pgettext_lazy("fact", "committed")
    AVAILABLE = "available", pgettext_lazy("fact", "reported available")
    DELIVERED = "delivered", pgettext_lazy("fact", "delivery")
    RENEWED = "renewed", pgettext_lazy("fact", "renewed")
    LIFTED = "lifted", pgettext_lazy("fact", "caveat lifted")
    WITHDRAWN = "withdrawn", pgettext_lazy("fact", "withdrawn")
    VOID = "void", pgettext_lazy("fact", "taken back")


class Counted(models.TextChoices):
    """Which contributions a plan may use: those that have come at least so far."""

    ANNOUNCED = "announced", pgettext_lazy("plan", "announced, approved or committed")
    APPROVED = "approved", pgettext_lazy("plan", "with all their approvals")
    COMMITTED = "committed", pgettext_lazy("plan", "committed")


class Ending(models.TextChoices):
    """How a run of the solver ended."""

    PROVEN = "proven", pgettext_lazy("run", "proven optimal")
    TIME = "time", pgettext_lazy("run", "time is up")
    CANCELLED = "cancelled", pgettext_lazy("run", "cancelled")
    FAILED = "failed", pgettext_lazy("run", "failed")


class Owed(models.TextChoices):
    """What a member owes by a day."""

    DELIVERY = "delivery", pgettext_lazy("owed", "delivery")
    RENEWAL = "renewal", pgettext_lazy("owed", "renewal")
    APPROVAL = "approval", pgettext_lazy("owed", "approval")


class When(models.TextChoices):
    """When a member is reminded of what it owes."""

    BEFORE = "before", pgettext_lazy("reminder", "a week before")
    DAY = "day", pgettext_lazy("reminder", "on the day")
    AFTER = "after", pgettext_lazy("reminder", "a week after")
