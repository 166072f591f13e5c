"""Why something cannot be done: a text: who may see it, whether it may change now, what its settings may be."""

from django.utils.translation import gettext_lazy as _

from concertation.core.errors import DomainError, InvalidInput


class NoSuchText(DomainError):
    """There is no such text, or it is not for this delegate: both look the same."""

    message = _("There is no such text for you.")
    status = 404


class Frozen(DomainError):
    """The text is proposed for adoption, or adopted."""

    message = _("The text is frozen: nobody can change it now.")


class KeyTaken(DomainError):
    """The id that a browser chose names something else in the text already."""

    message = _("The id of this act is already used in the text, so it was not done. Discard it and do it anew.")


class BadTitle(InvalidInput):
    """A text has a title in one language at least."""

    message = _("Give the text a title of at most 200 characters.")


class BadLanguages(InvalidInput):
    """A text has one to ten versions, one of them authentic."""

    message = _("Choose one to ten languages, each once, one of them authentic.")


class LanguageInUse(DomainError):
    """Words are never hidden by taking their language away."""

    message = _("A language version that holds words cannot be taken away. Empty it first.")


class BadAudience(InvalidInput):
    """Named members are members of the coalition, one's own among them."""

    message = _("Name the members that may read the text, your own among them.")


class NotForPublic(DomainError):
    """Publishing needs the audience “public”, so that nothing confidential leaves by one wrong click."""

    message = _("This text is not meant for the public. Change its audience first.")


class NotPossibleNow(DomainError):
    """The state of the text does not permit the step."""

    message = _("This step is not possible in the present state of the text.")
