"""What the canonical form refuses, in the reader's language; names of foreign nodes and marks stay as they are."""

from django.utils.translation import gettext as _


def in_words(what: str) -> str:
    """Return the words for what an `UnknownContent` names."""
    known = {
        "a version that the text does not have": _("a version that the text does not have"),
        "values outside the text": _("values outside the text"),
        "data that is not text": _("data that is not text"),
        "words outside a paragraph": _("words outside a paragraph"),
        "an attribute of words": _("an attribute of words"),
        "an object among words": _("an object among words"),
        "listItem without a paragraph": _("an entry of a list without a paragraph"),
        "empty bulletList": _("an empty list"),
        "empty orderedList": _("an empty list"),
    }
    return known.get(what, what)
