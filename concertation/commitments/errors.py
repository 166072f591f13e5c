"""Why something cannot be done to what is required or contributed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from concertation.core.errors import DomainError, InvalidInput

if TYPE_CHECKING:
    from concertation.commitments.imports.result import Problem


class NoSuchCapability(InvalidInput):
    """The catalogue does not have it, or no longer."""

    message = _("The catalogue has no such capability.")


class NoSuchRequirement(DomainError):
    """The requirement does not exist, or not for this reader."""

    message = _("There is no such requirement.")
    status = 404


class NoSuchContribution(DomainError):
    """The contribution does not exist, or not for this reader."""

    message = _("There is no such contribution.")
    status = 404


class NoSuchFact(DomainError):
    """The entry does not exist, or not for this reader."""

    message = _("There is no such entry.")
    status = 404


class NoSuchCaveat(DomainError):
    """The caveat does not exist, or not on this contribution."""

    message = _("There is no such caveat.")
    status = 404


class WordsMissing(InvalidInput):
    """A thing has a name, in at least one language."""

    message = _("Write a name in at least one language.")


class TitleMissing(InvalidInput):
    """A contribution says in a few words what it is."""

    message = _("Say in a few words what is offered.")


class BadCode(InvalidInput):
    """A code is short and plain."""

    message = _("A code has 1 to 40 small letters, digits and hyphens.")


class CodeTaken(DomainError):
    """Two capabilities cannot have one code."""

    message = _("The catalogue has this code already.")


class BadQuantity(InvalidInput):
    """A quantity is a positive number with at most two decimals, below ten trillion."""

    message = _("Give a quantity above 0, with at most two decimals and below ten trillion.")


class BrokenUnit(InvalidInput):
    """Units cannot be divided."""

    message = _("This is counted in whole units: give a whole number.")


class ReversedRange(InvalidInput):
    """The smaller figure comes first."""

    message = _("The higher figure is below the lower one.")


class BadCurrency(InvalidInput):
    """Money has a currency, and nothing else has."""

    message = _("Name the currency of money by its three letters, as in EUR, and of nothing else.")


class OtherCurrency(InvalidInput):
    """What is required in money is counted in one currency, whatever is offered."""

    message = _("Requirements of money are stated in euro, in which totals are counted.")


class BadRate(InvalidInput):
    """A rate is a positive number from a day that has begun, with its source."""

    message = _("Give a rate above 0 from a day that has begun, with its source.")


class ReversedDates(InvalidInput):
    """The first day does not come after the last."""

    message = _("The last day comes before the first.")


class BadSpan(InvalidInput):
    """Needs and offers lie within the years that a plan can hold."""

    message = _("Give days between the years 2000 and 2100.")


class BadNotice(InvalidInput):
    """Notice to move, tours and rests have limits."""

    message = _("Give at most 3,650 days of notice, and tours and rests of at most 600 months.")


class SourceMissing(InvalidInput):
    """What is entered for a member by others says where it comes from."""

    message = _("What is entered for a member by somebody else needs its evidence or a public source.")


class UnknownMember(InvalidInput):
    """Contributions are made by members and partners of the coalition."""

    message = _("A contribution is made by members or partners of the coalition, each named once.")


class NotAParty(DomainError):
    """A member acts on its own contributions only."""

    message = _("Your delegation has no part in this contribution. A member commits only for itself.")
    status = 403


class UnknownCondition(InvalidInput):
    """A precondition is a condition that the coalition watches."""

    message = _("One of the conditions does not exist, or is retired.")


class InfeasibleEarmark(InvalidInput):
    """An earmark names a requirement that the offer can serve."""

    message = _("The requirement that it is earmarked for needs something else, or at another time.")


class Dropped(DomainError):
    """A requirement that was dropped is revised no more."""

    message = _("This requirement was dropped.")


class Ended(DomainError):
    """A withdrawn contribution takes no more entries but corrections."""

    message = _("This contribution was withdrawn. A correction can take that back.")


class AlreadySaid(DomainError):
    """A fact that happens once is entered once."""

    message = _("This was entered before. Correct that entry.")


class NotNeeded(InvalidInput):
    """Only an approval that the terms ask for is given or refused."""

    message = _("The terms of this contribution do not ask for this approval.")


class AlreadyCorrected(DomainError):
    """An entry is corrected once; the next correction corrects the correction."""

    message = _("This entry has been corrected in the meantime. Correct the correction.")


class BadCaveat(InvalidInput):
    """A caveat says what it excludes, or words it."""

    message = _("Name the areas or tasks that the caveat excludes, or word it.")


class BadExpiry(InvalidInput):
    """A renewal reaches further than the pledge did."""

    message = _("Renew the pledge to a day after that on which it expires.")


class RowsRefused(InvalidInput):
    """Rows of a file cannot be imported; `problems` says which and why."""

    message = _("Some rows cannot be imported. Nothing was saved.")

    def __init__(self, problems: "Sequence[Problem]" = ()) -> None:
        self.problems = list(problems)
        super().__init__()


class NothingToImport(DomainError):
    """A file brings something new."""

    message = _("Everything in this file is here already. Nothing was changed.")


class ImportExpired(InvalidInput):
    """A preview can be confirmed for an hour, by who made it."""

    message = _("This preview is too old, or somebody else’s. Choose the file again; nothing was saved.")


class NothingToExport(InvalidInput):
    """An export is asked for in a form and with filters that exist."""

    message = _("There is no such export.")


class NoSuchScenario(DomainError):
    """The scenario does not exist, or not for this reader."""

    message = _("There is no such scenario.")
    status = 404


class NoSuchRun(DomainError):
    """The plan does not exist, or not for this reader."""

    message = _("There is no such plan.")
    status = 404


class NameMissing(InvalidInput):
    """A scenario has a name."""

    message = _("Give the scenario a name.")


class ScenarioNameTaken(DomainError):
    """Two scenarios side by side need two names."""

    message = _("There is a scenario with this name already.")


class BadHorizon(InvalidInput):
    """A plan covers a span of months that can be planned."""

    message = _("A plan covers 1 to 60 months, and days between the years 2000 and 2100.")


class BadLimit(InvalidInput):
    """The time that a run may take is one of those offered."""

    message = _("Choose one of the times offered.")


class NothingToPlan(DomainError):
    """Without requirements there is nothing to plan."""

    message = _("No requirement lies within the months of this scenario.")


class RunEnded(DomainError):
    """What has ended cannot be cancelled."""

    message = _("This run has ended already.")


class NoPlanYet(DomainError):
    """Only a plan in which somebody serves, of a run that has ended, is proposed."""

    message = _("A plan can be proposed once its run has ended and somebody serves in it.")


class AlreadyProposed(DomainError):
    """A plan is proposed once."""

    message = _("This plan was proposed before.")


class NotProposed(DomainError):
    """Members answer to the plan that is proposed now."""

    message = _("This plan is not proposed, or another one has taken its place.")


class NoPart(DomainError):
    """A member confirms its own part only."""

    message = _("Your member has no part in this plan.")
    status = 403


class AlreadyAnswered(DomainError):
    """The same answer is given once."""

    message = _("Your member has given this answer already.")


class ReasonMissing(InvalidInput):
    """Who declines says why."""

    message = _("Say why, so that the next plan can take it into account.")
