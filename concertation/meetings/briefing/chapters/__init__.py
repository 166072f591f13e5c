"""The chapters of a book, in their order; each is drawn from what its reader may read and from nothing else."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from concertation.core.briefs import Section
from concertation.meetings.briefing.chapters import (
    contacts,
    gaps,
    incidents,
    measures,
    opening,
    owed,
    positions,
    wordings,
)
from concertation.meetings.briefing.scene import Scene


class Chapter(NamedTuple):
    """A heading, and what stands below it."""

    heading: str | Promise
    parts: Callable[[Scene], Iterable[Section]]


CHAPTERS = (
    Chapter(_("The meeting"), opening.parts),
    Chapter(_("Positions and distance"), positions.parts),
    Chapter(_("Texts and open brackets"), wordings.parts),
    Chapter(_("Coverage and gaps"), gaps.parts),
    Chapter(_("Measures and alignment"), measures.parts),
    Chapter(_("Conditions and incidents"), incidents.parts),
    Chapter(_("Contacts"), contacts.parts),
    Chapter(_("What is owed"), owed.parts),
)
