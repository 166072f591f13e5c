"""The words around a text in a file, in the reader's language."""

from collections.abc import Iterable

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from concertation.texts.exports.frame import Labels
from concertation.texts.languages import RIGHT_TO_LEFT, own_name


def labels(languages: Iterable[str]) -> Labels:
    """Return the labels in the language in use, for a text in `languages`."""
    return Labels(
        language=get_language() or "en",
        names={language: own_name(language) for language in languages},
        rtl=RIGHT_TO_LEFT,
        state=_("State:"),
        audience=_("Audience:"),
        page=_("page {page} of {pages}"),
        authentic=pgettext("version", "authentic"),
        translation=pgettext("version", "translation"),
        adopted_by=_("Adopted by"),
        legend=_("How to read this text"),
        brackets=_("[Words in square brackets] are not agreed; the members named after a bracket hold it."),
        held=_("Words after ≠ are those that the members bracketed; others stand there now."),
        insertions=_("Underlined words, marked with +, are proposed for insertion."),
        deletions=_("Words struck through, marked with −, are proposed for deletion."),
        proposers=_("Proposals by:"),
        notes=_("Reservations and comments"),
        reservation=_("Reservation"),
        comment=_("Comment"),
        nothing=_("No words yet."),
    )
