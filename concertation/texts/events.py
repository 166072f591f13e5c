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
    CHANGE_PROPOSED = "text.change_proposed"
    PARAGRAPH_PROPOSED = "text.paragraph_proposed"
    DELETION_PROPOSED = "text.deletion_proposed"
    MOVE_PROPOSED = "text.move_proposed"
    CHANGES_PROPOSED = "text.changes_proposed"
    PROPOSAL_SUPPORTED = "text.proposal_supported"
    SUPPORT_WITHDRAWN = "text.support_withdrawn"
    PROPOSAL_ACCEPTED = "text.proposal_accepted"
    PROPOSAL_REJECTED = "text.proposal_rejected"
    PROPOSAL_WITHDRAWN = "text.proposal_withdrawn"


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
    Act.CHANGE_PROPOSED: _("proposed other words for a paragraph of the text “%(title)s”"),
    Act.PARAGRAPH_PROPOSED: _("proposed a new paragraph for the text “%(title)s”"),
    Act.DELETION_PROPOSED: _("proposed to delete a paragraph of the text “%(title)s”"),
    Act.MOVE_PROPOSED: _("proposed to move a paragraph of the text “%(title)s”"),
    Act.CHANGES_PROPOSED: _("made %(count)s proposals in the text “%(title)s”"),
    Act.PROPOSAL_SUPPORTED: _("supported a proposal in the text “%(title)s”"),
    Act.SUPPORT_WITHDRAWN: _("withdrew support for a proposal in the text “%(title)s”"),
    Act.PROPOSAL_ACCEPTED: _("accepted a proposal in the text “%(title)s”"),
    Act.PROPOSAL_REJECTED: _("rejected a proposal in the text “%(title)s”: %(reason)s"),
    Act.PROPOSAL_WITHDRAWN: _("withdrew a proposal in the text “%(title)s”"),
}
FIELDS: dict[str, Promise] = {
    "title": _("title"),
    "titles": _("titles"),
    "audience": _("audience"),
    "pen": _("who holds the pen"),
    "members": _("members"),
    "languages": _("authentic language"),
    "procedure": _("number of the procedure"),
    "sha256": _("SHA-256 of the text"),
    "reason": _("reason"),
    "symbol": _("symbol"),
    "note": _("note"),
    "proposal": _("number of the proposal"),
    "proposals": _("proposals"),
    "count": _("how many"),
    "language": _("language"),
    "paragraph": _("id of the paragraph"),
    "after": _("id of the paragraph before it"),
    "from": _("words as they stood"),
    "to": _("words as proposed"),
    "proposed_by": _("proposed by"),
}
