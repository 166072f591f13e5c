"""What is being done of a book at a moment, in words."""

from django.utils.translation import gettext as _

from concertation.meetings.briefing.chapters import CHAPTERS


def step_of(parts: int) -> str:
    """Return what follows after `parts` are done."""
    if parts < len(CHAPTERS):
        return str(CHAPTERS[parts].heading)
    return _("PDF and Word")
