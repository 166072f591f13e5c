"""What loading a file did, in the words of the person who runs it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class Subject(StrEnum):
    """What a file can add or change, in the order of the report."""

    COALITION = "coalition"
    MEMBER = "member"
    PERSON = "person"
    MEETING = "meeting"
    ITEM = "item"
    TEXT = "text"
    CONDITION = "condition"
    ASSESSMENT = "assessment"
    CAPABILITY = "capability"
    RATE = "rate"
    REQUIREMENT = "requirement"
    CONTRIBUTION = "contribution"
    CAVEAT = "caveat"
    FACT = "fact"
    MEASURE = "measure"
    STATEMENT = "statement"
    PACKAGE = "package"
    STEP = "step"
    OTHER = "other"
    CONTACT = "contact"
    POINT = "point"
    READOUT = "readout"
    QUESTION = "question"
    POSITION = "position"
    AREA = "area"
    LIMIT = "limit"
    INCIDENT = "incident"


@dataclass(slots=True)
class Report:
    """Counts of what was added, changed and removed, and what was left as it is although the file differs."""

    added: Counter[Subject] = field(default_factory=Counter)
    changed: Counter[Subject] = field(default_factory=Counter)
    removed: Counter[Subject] = field(default_factory=Counter)
    left: list[str] = field(default_factory=list)

    def leave(self, names: Iterable[str]) -> None:
        """Note those whom the file does not name; they stay as they are."""
        if listed := ", ".join(sorted(names)):
            self.left.append(_("Not in the file and left as they are: %(names)s.") % {"names": listed})

    def __str__(self) -> str:
        counts = [
            *(_added(subject, self.added[subject]) for subject in Subject if self.added[subject]),
            *(_changed(subject, self.changed[subject]) for subject in Subject if self.changed[subject]),
            *(_removed(self.removed[subject]) for subject in Subject if self.removed[subject]),
        ]
        done = ", ".join(counts) + "." if counts else _("Nothing to do: everything is as the file says.")
        return "\n".join([done[0].upper() + done[1:], *self.left])


def _added(subject: Subject, count: int) -> str:
    """Say how many were added."""
    sentences = {
        Subject.COALITION: _("the coalition described"),
        Subject.MEMBER: ngettext("%(count)d member added", "%(count)d members added", count),
        Subject.PERSON: ngettext("%(count)d person added", "%(count)d people added", count),
        Subject.MEETING: ngettext("%(count)d meeting added", "%(count)d meetings added", count),
        Subject.ITEM: ngettext("%(count)d agenda item added", "%(count)d agenda items added", count),
        Subject.TEXT: ngettext("%(count)d text added", "%(count)d texts added", count),
        Subject.CONDITION: ngettext("%(count)d condition added", "%(count)d conditions added", count),
        Subject.ASSESSMENT: ngettext("%(count)d assessment added", "%(count)d assessments added", count),
        Subject.CAPABILITY: ngettext("%(count)d capability added", "%(count)d capabilities added", count),
        Subject.RATE: ngettext("%(count)d rate added", "%(count)d rates added", count),
        Subject.REQUIREMENT: ngettext("%(count)d requirement added", "%(count)d requirements added", count),
        Subject.CONTRIBUTION: ngettext("%(count)d contribution added", "%(count)d contributions added", count),
        Subject.CAVEAT: ngettext("%(count)d caveat added", "%(count)d caveats added", count),
        Subject.FACT: ngettext("%(count)d entry added", "%(count)d entries added", count),
        Subject.MEASURE: ngettext("%(count)d measure added", "%(count)d measures added", count),
        Subject.STATEMENT: ngettext("%(count)d statement added", "%(count)d statements added", count),
        Subject.PACKAGE: ngettext("%(count)d package added", "%(count)d packages added", count),
        Subject.STEP: ngettext("%(count)d step added", "%(count)d steps added", count),
        Subject.OTHER: ngettext("%(count)d actor outside added", "%(count)d actors outside added", count),
        Subject.CONTACT: ngettext("%(count)d contact added", "%(count)d contacts added", count),
        Subject.POINT: ngettext("%(count)d point added", "%(count)d points added", count),
        Subject.READOUT: ngettext("%(count)d readout added", "%(count)d readouts added", count),
        Subject.QUESTION: ngettext("%(count)d question added", "%(count)d questions added", count),
        Subject.POSITION: ngettext("%(count)d position added", "%(count)d positions added", count),
        Subject.AREA: ngettext("%(count)d area added", "%(count)d areas added", count),
        Subject.LIMIT: ngettext("%(count)d limit of observation added", "%(count)d limits of observation added", count),
        Subject.INCIDENT: ngettext("%(count)d incident added", "%(count)d incidents added", count),
    }
    return sentences[subject] % {"count": count}


def _changed(subject: Subject, count: int) -> str:
    """Say how many were changed."""
    sentences = {
        Subject.COALITION: _("the description of the coalition changed"),
        Subject.MEMBER: ngettext("%(count)d member changed", "%(count)d members changed", count),
        Subject.PERSON: ngettext("%(count)d person changed", "%(count)d people changed", count),
        Subject.MEETING: ngettext("%(count)d meeting changed", "%(count)d meetings changed", count),
        Subject.ITEM: ngettext("%(count)d agenda item changed", "%(count)d agenda items changed", count),
        Subject.TEXT: ngettext("%(count)d text changed", "%(count)d texts changed", count),
        Subject.CONDITION: ngettext("%(count)d condition changed", "%(count)d conditions changed", count),
        Subject.CAPABILITY: ngettext("%(count)d capability changed", "%(count)d capabilities changed", count),
        Subject.REQUIREMENT: ngettext("%(count)d requirement changed", "%(count)d requirements changed", count),
        Subject.CONTRIBUTION: ngettext("%(count)d contribution changed", "%(count)d contributions changed", count),
        Subject.MEASURE: ngettext("%(count)d measure changed", "%(count)d measures changed", count),
        Subject.PACKAGE: ngettext("%(count)d package changed", "%(count)d packages changed", count),
        Subject.STEP: ngettext("%(count)d step changed", "%(count)d steps changed", count),
        Subject.OTHER: ngettext("%(count)d actor outside changed", "%(count)d actors outside changed", count),
        Subject.CONTACT: ngettext("%(count)d contact changed", "%(count)d contacts changed", count),
        Subject.QUESTION: ngettext("%(count)d question changed", "%(count)d questions changed", count),
    }
    return sentences[subject] % {"count": count}


def _removed(count: int) -> str:
    """Say how many agenda items were removed; nothing else ever is."""
    return ngettext("%(count)d agenda item removed", "%(count)d agenda items removed", count) % {"count": count}
