"""The words for conditions and for what is said of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Verdict(models.TextChoices):
    """What an assessment says of a condition. Any may follow any; `withdrawn` only corrects: nothing is left said."""

    NOT_MET = "not_met", pgettext_lazy("condition", "not met")
    CLAIMED = "claimed", pgettext_lazy("condition", "claimed")
    VERIFIED = "verified", pgettext_lazy("condition", "verified")
    BROKEN = "broken", pgettext_lazy("condition", "broken")
    WITHDRAWN = "withdrawn", pgettext_lazy("assessment", "withdrawn")


class CounterpartKind(models.TextChoices):
    """What an actor outside the coalition is to it."""

    ADVERSARY = "adversary", _("adversary")
    MEDIATOR = "mediator", _("mediator")
    STATE = "other_state", _("other state")
    ORGANISATION = "other_organisation", _("other organisation")


class Stance(models.TextChoices):
    """Where somebody stands on a question, from support to opposition; `withdrawn` only corrects."""

    SUPPORT = "support", pgettext_lazy("stance", "support")
    TOLERATE = "tolerate", pgettext_lazy("stance", "can live with")
    RESERVE = "reserve", pgettext_lazy("stance", "reserve")
    OPPOSE = "oppose", pgettext_lazy("stance", "oppose")
    WITHDRAWN = "withdrawn", pgettext_lazy("statement", "withdrawn")


class Channel(models.TextChoices):
    """How one spoke to somebody outside the coalition."""

    CALL = "call", pgettext_lazy("channel", "call")
    VIDEO = "video", pgettext_lazy("channel", "video")
    VISIT = "visit", pgettext_lazy("channel", "visit")
    ELSEWHERE = "elsewhere", pgettext_lazy("channel", "meeting elsewhere")
    LETTER = "letter", pgettext_lazy("channel", "letter")
    MEDIATOR = "mediator", pgettext_lazy("channel", "through a mediator")


class Initiative(models.TextChoices):
    """Who wanted a contact."""

    OURS = "ours", pgettext_lazy("initiative", "ours")
    THEIRS = "theirs", pgettext_lazy("initiative", "theirs")
    THIRD = "third", pgettext_lazy("initiative", "a third party’s")
    UNKNOWN = "unknown", pgettext_lazy("initiative", "unknown")


class ContactStatus(models.TextChoices):
    """Where a contact stands: planned → held | cancelled; held → struck, when it was entered in error."""

    PLANNED = "planned", pgettext_lazy("contact", "planned")
    HELD = "held", pgettext_lazy("contact", "held")
    CANCELLED = "cancelled", pgettext_lazy("contact", "cancelled")
    STRUCK = "struck", pgettext_lazy("contact", "entered in error")
