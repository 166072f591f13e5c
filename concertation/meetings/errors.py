"""Why something cannot be done in a meeting."""

from django.utils.translation import gettext_lazy as _

from concertation.core.errors import DomainError, InvalidInput


class TitleMissing(InvalidInput):
    """Titles and sentences are given in at least one language."""

    message = _("Write it in at least one language.")


class UnknownZone(InvalidInput):
    """A time zone must be in the IANA database."""

    message = _("This time zone does not exist. Write it like Europe/Paris.")


class NoSuchTime(InvalidInput):
    """Moments are aware, and lie in years that calendars agree on."""

    message = _("This time does not exist.")


class LengthOutOfBounds(InvalidInput):
    """A meeting lasts from a minute to a day, an agenda item up to that."""

    message = _("The length must be from 1 minute to 24 hours.")


class UnknownLanguage(InvalidInput):
    """Languages are named by their code, and there is at least one."""

    message = _("Choose at least one language.")


class NobodyInvited(InvalidInput):
    """A meeting is for at least one present member."""

    message = _("Invite at least one member of the coalition.")


class MeetingNotScheduled(DomainError):
    """The act needs a meeting that was neither opened nor cancelled."""

    message = _("This meeting has already been opened or cancelled.")


class MeetingNotOpen(DomainError):
    """The act needs a meeting in session."""

    message = _("This meeting is not in session.")


class MeetingOver(DomainError):
    """The act needs a meeting that was neither closed nor cancelled."""

    message = _("This meeting is over.")


class ItemNotThere(DomainError):
    """The agenda item is gone."""

    message = _("This item is no longer on the agenda.")


class ItemBegun(DomainError):
    """What was discussed stays on the agenda as it was."""

    message = _("This item has already been opened.")


class ItemRunning(DomainError):
    """The item is under discussion already."""

    message = _("This item is already under discussion.")


class ItemNotRunning(DomainError):
    """The item is not under discussion."""

    message = _("This item is not under discussion.")


class AgendaFull(DomainError):
    """An agenda has a limit."""

    message = _("The agenda is full.")


class AlreadyAsked(DomainError):
    """A delegation stands once in the speaking list, and once more for a point of order."""

    message = _("Your delegation is already on the speaking list.")


class NotWaiting(DomainError):
    """The request was heard or withdrawn."""

    message = _("This request is no longer on the speaking list.")


class FloorMoved(DomainError):
    """Somebody else gave or took the floor in the meantime."""

    message = _("The floor has moved in the meantime. Look again before you decide.")


class NotSpeaking(DomainError):
    """The intervention is over."""

    message = _("This intervention has already ended.")


class AlreadyAnswered(DomainError):
    """The delegation gave this answer before."""

    message = _("Your delegation has already given this answer.")


class NotInRoom(DomainError):
    """Nobody leaves a room in which they are not."""

    message = _("You are not in the room.")


class TextTaken(DomainError):
    """A text belongs to one meeting at most."""

    message = _("This text already belongs to a meeting.")


class TextNotThere(DomainError):
    """The text does not belong to this meeting."""

    message = _("This text does not belong to this meeting.")


class NothingOnList(InvalidInput):
    """A list on screen has requirements."""

    message = _("Nothing is required by this choice. Choose another line, phase or domain.")


class ListTooLong(InvalidInput):
    """A list on screen can be walked through."""

    message = _("More than 500 requirements would be on the list. Choose a line, a phase or a domain.")


class NoList(DomainError):
    """No list of requirements is on screen."""

    message = _("No list of requirements is on screen.")


class NotOnList(DomainError):
    """The requirement is not on the list."""

    message = _("This requirement is not on the list.")
    status = 404


class NoSuchIntervention(DomainError):
    """The meeting has no such intervention of the delegation."""

    message = _("This delegation has not had the floor in this intervention.")
    status = 404


class ReasonMissing(InvalidInput):
    """A gap is accepted for a reason."""

    message = _("Say why the gap is accepted.")


class AnswerDayMissing(InvalidInput):
    """Who is asked again knows by when to answer."""

    message = _("Say by which day the members are to answer, at most a year ahead.")


class NobodyAsked(InvalidInput):
    """Members that are asked again are invited to the meeting."""

    message = _("Name members that are invited to the meeting, or ask all of them.")


class NothingAsked(InvalidInput):
    """The chair asks about open questions that it has not asked about yet."""

    message = _("Choose open questions that this meeting has not been asked about.")


class DeadlineOutOfBounds(InvalidInput):
    """A position is wanted before the meeting."""

    message = _("Give a moment between now and the start of the meeting.")


class NotAsked(DomainError):
    """The question was taken back, or never asked for this meeting."""

    message = _("This question is no longer asked for this meeting.")
    status = 404


class OnAgenda(DomainError):
    """A question becomes one item."""

    message = _("This question is on the agenda already.")


class NothingToDraft(DomainError):
    """A first draft is made of questions that have none."""

    message = _("Every question of this meeting has its first draft already.")


class NoSuchMeeting(DomainError):
    """The meeting does not exist for the delegate."""

    message = _("This meeting is not there.")
    status = 404


class NoSuchBook(DomainError):
    """The copy does not exist, or is somebody else’s."""

    message = _("This briefing book is not there.")
    status = 404


class BookEnded(DomainError):
    """What has ended cannot be stopped."""

    message = _("This briefing book is not being made any more.")
