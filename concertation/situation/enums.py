"""The words for conditions and for what is said of them."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Verdict(models.TextChoices):
    """What an assessment says of a condition. Any may follow any; `withdrawn` only corrects: nothing is left said."""

    NOT_MET = "not_met", pgettext_lazy("condition", "not met")
    CLAIMED = "claimed", pgettext_lazy("condition", "claimed")
    VERIFIED = "verified", pgettext_lazy("condition", "verified")
    BROKEN = "broken", pgettext_lazy("condition", "broken")
    WITHDRAWN = "withdrawn", pgettext_lazy("assessment", "withdrawn")
