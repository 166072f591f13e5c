"""The words for measures, for what members say of them, and for steps."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What a measure does; the fourteen types of public catalogues, by the words that those use."""

    AID_SUSPENSION = "aid_suspension", _("aid suspension")
    ARMS_EMBARGO = "arms_embargo", _("arms embargo")
    ARMS_RESTRICTIONS = "arms_restrictions", _("arms restrictions")
    ASSET_FREEZE = "asset_freeze", _("asset freeze")
    DEBARMENT = "debarment", _("debarment")
    EXPORT_CONTROL = "export_control", _("export control")
    FINANCIAL_RESTRICTIONS = "financial_restrictions", _("financial restrictions")
    IMPORT_RESTRICTIONS = "import_restrictions", _("import restrictions")
    INVESTMENT_BAN = "investment_ban", _("investment ban")
    CLAIMS = "prohibition_to_satisfy_claims", _("prohibition to satisfy claims")
    SECTORAL_SANCTIONS = "sectoral_sanctions", _("sectoral sanctions")
    SERVICES_BAN = "services_ban", _("services ban")
    TRANSPORTATION_RESTRICTIONS = "transportation_restrictions", _("transportation restrictions")
    TRAVEL_BAN = "travel_ban", _("travel ban")


class Force(models.TextChoices):
    """Whether a measure is in force at all; only those in force count in the alignment."""

    IN_FORCE = "in_force", pgettext_lazy("measure", "in force")
    ENDED = "ended", pgettext_lazy("measure", "ended")
    LEGACY = "legacy", pgettext_lazy("measure", "superseded")


class Stance(models.TextChoices):
    """What is said of a member and a measure. Any may follow any; `withdrawn` only corrects: nothing is left said."""

    APPLIES = "applies", pgettext_lazy("measure", "applies")
    PREPARED = "prepared", pgettext_lazy("measure", "prepared")
    NOT = "not", pgettext_lazy("measure", "does not apply")
    WITHDRAWN = "withdrawn", pgettext_lazy("statement", "withdrawn")


class Origin(models.TextChoices):
    """From whom a statement is; the member's own outranks whatever was coded."""

    OWN = "own", pgettext_lazy("statement", "the member’s own statement")
    CODED = "coded", pgettext_lazy("statement", "coded from a public source")
    CATALOGUE = "catalogue", pgettext_lazy("statement", "coded from a catalogue")


class Trigger(models.TextChoices):
    """What makes a step due; nothing else than that it waits for people follows from it."""

    UNLESS = "unless", _("if the coalition has not found the condition so by a day")
    WHEN = "when", _("when the coalition finds the condition so")
    ON = "on", _("on a day")


class Verdict(models.TextChoices):
    """The findings on which a step can wait; the words are those of conditions."""

    NOT_MET = "not_met", pgettext_lazy("condition", "not met")
    CLAIMED = "claimed", pgettext_lazy("condition", "claimed")
    VERIFIED = "verified", pgettext_lazy("condition", "verified")
    BROKEN = "broken", pgettext_lazy("condition", "broken")


class Outcome(models.TextChoices):
    """What people did with a step: tabled → done | dismissed, or either of these at once; tabled → tabled again."""

    TABLED = "tabled", pgettext_lazy("step", "on an agenda")
    DONE = "done", pgettext_lazy("step", "done")
    DISMISSED = "dismissed", pgettext_lazy("step", "dismissed")
