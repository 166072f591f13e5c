"""Why something cannot be done to members and delegates."""

from django.utils.translation import gettext_lazy as _

from concertation.core.errors import DomainError, InvalidInput


class AlreadyThere(DomainError):
    """The code is taken by a member that has not left."""

    message = _("This state or organisation is already in the coalition.")


class UnknownCountry(InvalidInput):
    """A state's code must be in ISO 3166-1."""

    message = _("This is not a country code of ISO 3166-1.")


class UnknownZone(InvalidInput):
    """A time zone must be in the IANA database."""

    message = _("This time zone does not exist. Write it like Europe/Paris.")


class NotPossibleNow(DomainError):
    """The member's status does not permit the step."""

    message = _("This step is not possible from the member’s present status.")


class LastCoChair(DomainError):
    """A coalition is never without somebody presiding."""

    message = _("The coalition would have no co-chair left. Name another one first.")


class HasCapacity(DomainError):
    """A person acts in one capacity at a time."""

    message = _("This person already has a capacity. End it before giving another.")


class HeadTaken(DomainError):
    """A delegation has one head."""

    message = _("This delegation already has a head. End that capacity first.")


class CapacityNeedsMember(InvalidInput):
    """Only the secretariat stands outside members."""

    message = _("This capacity belongs to a delegation; the secretariat stands outside members.")


class CapacityEnded(DomainError):
    """The capacity is over already."""

    message = _("This capacity has already ended.")


class UnknownReaders(InvalidInput):
    """An audience of named members names at least one, and only those who belong to the coalition."""

    message = _("Choose at least one member of the coalition who may read it.")


class NothingPublished(DomainError):
    """Only figures that stand in public are taken back."""

    message = _("No such figures are published.")
