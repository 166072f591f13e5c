"""The acts on texts, as the record names them."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Act(StrEnum):
    """An act of this app. Typing is not one: each procedure enters the hash of all that was typed."""

    CREATED = "text.created"
    CHANGED = "text.changed"
    PROPOSED = "text.proposed"
    AGREED = "text.agreed"
    OBJECTED = "text.objected"
    WITHDRAWN = "text.withdrawn"
    ADOPTED = "text.adopted"
    PUBLISHED = "text.published"
    UNPUBLISHED = "text.unpublished"
    CIRCULATED = "text.circulated"


SENTENCES: dict[str, str | Promise] = {
    Act.CREATED: _("opened the text “%(title)s”"),
    Act.CHANGED: _("changed the settings of the text “%(title)s”"),
    Act.PROPOSED: _("proposed the text “%(title)s” for adoption"),
    Act.AGREED: _("agreed to the text “%(title)s”"),
    Act.OBJECTED: _("objected to the text “%(title)s”: %(reason)s"),
    Act.WITHDRAWN: _("withdrew the proposal to adopt the text “%(title)s”"),
    Act.ADOPTED: _("gave the last agreement: the text “%(title)s” is adopted"),
    Act.PUBLISHED: _("published the text “%(title)s”"),
    Act.UNPUBLISHED: _("took the text “%(title)s” from public view"),
    Act.CIRCULATED: _("circulated %(symbol)s of the text “%(title)s”"),
}
FIELDS: dict[str, Promise] = {
    "title": _("title"),
    "titles": _("titles"),
    "audience": _("audience"),
    "members": _("members"),
    "languages": _("authentic language"),
    "procedure": _("number of the procedure"),
    "sha256": _("SHA-256 of the text"),
    "reason": _("reason"),
    "symbol": _("symbol"),
    "note": _("note"),
}
