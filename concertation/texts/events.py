"""The acts on texts, as the record names them."""

from datetime import datetime
from enum import StrEnum

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


def moment_in_words(value: str) -> str:
    """Return a time of the record as the reader writes it, in UTC."""
    return f"{formats.date_format(datetime.fromisoformat(value), 'DATETIME_FORMAT')} UTC"


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
    BRACKET_PLACED = "text.bracket_placed"
    BRACKET_JOINED = "text.bracket_joined"
    BRACKET_LEFT = "text.bracket_left"
    BRACKET_LIFTED = "text.bracket_lifted"
    BRACKET_ALTERNATIVE = "text.bracket_alternative"
    BRACKET_ALTERNATIVE_WITHDRAWN = "text.bracket_alternative_withdrawn"
    BRACKET_SUPPORTED = "text.bracket_supported"
    BRACKET_DECIDED = "text.bracket_decided"
    COMMENTED = "text.commented"
    COMMENTS_IMPORTED = "text.comments_imported"
    RESERVED = "text.reserved"
    REPLIED = "text.replied"
    REMARK_RESOLVED = "text.remark_resolved"
    RESERVATION_WITHDRAWN = "text.reservation_withdrawn"
    REMARK_REOPENED = "text.remark_reopened"
    STEP_CONFIRMED = "text.step-confirmed"
    VERSION_CONFIRMED = "text.version-confirmed"
    DIFFERENCE_DISMISSED = "text.difference-dismissed"
    COUNTERPART_ADDED = "text.counterpart-added"
    COUNTERPARTS_JOINED = "text.counterparts-joined"
    COUNTERPART_PARTED = "text.counterpart-parted"
    PARAGRAPHS_NAMED = "text.paragraphs-named"
    REUSED = "text.reused"
    PARAGRAPHS_AGREED = "text.paragraphs_agreed"
    PARAGRAPHS_AGREED_AD_REFERENDUM = "text.paragraphs_agreed_ad_referendum"
    PARAGRAPH_NOT_AGREED = "text.paragraph_not_agreed"
    SILENCE_STARTED = "text.silence_started"
    SILENCE_AGREED = "text.silence_agreed"
    SILENCE_EXTENDED = "text.silence_extended"
    SILENCE_BROKEN = "text.silence_broken"
    SILENCE_KEPT = "text.adopted_by_silence"
    SILENCE_DESERTED = "text.silence_deserted"
    ALIGNED = "text.aligned"
    EXPLAINED = "text.explained"
    IMPORTED = "text.imported"
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
    Act.IMPORTED: _("imported the %(language)s version of the text “%(title)s” from the file “%(file)s”"),
    Act.UNPUBLISHED: _("took the text “%(title)s” from public view"),
    Act.BRACKET_PLACED: _("put “%(words)s” in square brackets in the text “%(title)s”"),
    Act.BRACKET_JOINED: _("also holds the square brackets around “%(words)s” in the text “%(title)s”"),
    Act.BRACKET_LEFT: _("no longer holds the square brackets around “%(words)s” in the text “%(title)s”"),
    Act.BRACKET_LIFTED: _("lifted the square brackets around “%(words)s” in the text “%(title)s”"),
    Act.BRACKET_ALTERNATIVE: _("offered “%(alternative)s” for “%(words)s” in the text “%(title)s”"),
    Act.BRACKET_ALTERNATIVE_WITHDRAWN: _("withdrew “%(alternative)s” for “%(words)s” in the text “%(title)s”"),
    Act.BRACKET_SUPPORTED: _("said which words it supports for “%(words)s” in the text “%(title)s”: %(alternative)s"),
    Act.BRACKET_DECIDED: _(
        "decided for “%(alternative)s” in square brackets around “%(words)s” in the text “%(title)s”"
    ),
    Act.COMMENTED: _("commented on the text “%(title)s”: %(body)s"),
    Act.COMMENTS_IMPORTED: _("took %(count)s comments of a file over into the text “%(title)s”"),
    Act.RESERVED: _("made a reservation on the text “%(title)s”: %(body)s"),
    Act.REPLIED: _("replied to a remark on the text “%(title)s”: %(body)s"),
    Act.REMARK_RESOLVED: _("resolved a comment on the text “%(title)s”: %(body)s"),
    Act.RESERVATION_WITHDRAWN: _("withdrew a reservation on the text “%(title)s”: %(body)s"),
    Act.REMARK_REOPENED: _("opened a remark on the text “%(title)s” again: %(body)s"),
    Act.STEP_CONFIRMED: _("confirmed that a paragraph of “%(title)s” still says the same (%(language)s)"),
    Act.VERSION_CONFIRMED: _("confirmed that every paragraph of “%(title)s” says the same (%(language)s)"),
    Act.DIFFERENCE_DISMISSED: _("found a difference between the languages of “%(title)s” to be right"),
    Act.COUNTERPART_ADDED: _("added the counterpart of a paragraph of “%(title)s” (%(language)s)"),
    Act.COUNTERPARTS_JOINED: _("declared two paragraphs of “%(title)s” counterparts"),
    Act.COUNTERPART_PARTED: _("parted a paragraph of “%(title)s” from its counterparts (%(language)s)"),
    Act.PARAGRAPHS_NAMED: _("matched the paragraphs of “%(title)s” by their place"),
    Act.REUSED: _("put agreed language from “%(source_title)s” into the text “%(title)s”"),
    Act.PARAGRAPHS_AGREED: _("agreed %(paragraphs)s of the text “%(title)s”"),
    Act.PARAGRAPHS_AGREED_AD_REFERENDUM: _("agreed %(paragraphs)s of the text “%(title)s” ad referendum"),
    Act.PARAGRAPH_NOT_AGREED: _("no longer agrees %(paragraphs)s of the text “%(title)s”"),
    Act.SILENCE_STARTED: _("put the text “%(title)s” under silence until %(deadline)s"),
    Act.SILENCE_AGREED: _("agreed to the text “%(title)s” under silence"),
    Act.SILENCE_EXTENDED: _("extended the silence on the text “%(title)s” until %(deadline)s"),
    Act.SILENCE_BROKEN: _("broke the silence on the text “%(title)s”: %(reason)s"),
    Act.SILENCE_KEPT: _("noted that the silence on the text “%(title)s” was not broken by %(deadline)s: it is adopted"),
    Act.SILENCE_DESERTED: _("ended the silence on the text “%(title)s”: no member is left to decide"),
    Act.ALIGNED: _("aligned %(member)s with the text “%(title)s”"),
    Act.EXPLAINED: _("explained the position of %(member)s on the text “%(title)s”"),
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
    "language": _("language"),
    "other": _("other language"),
    "paragraph": _("paragraph"),
    "paragraphs": _("paragraphs"),
    "counterpart": _("counterpart"),
    "hashes": _("SHA-256 of the paragraph by language"),
    "kind": _("kind of difference"),
    "count": _("number"),
    "procedure": _("number of the procedure"),
    "sha256": _("SHA-256 of the text"),
    "reason": _("reason"),
    "bracket": _("square brackets"),
    "words": _("words in square brackets"),
    "alternative": _("alternative"),
    "holders": _("held by"),
    "ending": _("how the brackets ended"),
    "remark": _("remark"),
    "remarks": _("remarks"),
    "about": _("the words it is about"),
    "body": _("what was written"),
    "source": _("adopted text"),
    "source_title": _("title of the adopted text"),
    "based_on": _("text that it starts from"),
    "is_wider": _("its readers are more than those of the text it starts from, as was confirmed"),
    "file": _("file"),
    "symbol": _("symbol"),
    "note": _("note"),
    "proposal": _("number of the proposal"),
    "proposals": _("proposals"),
    "after": _("id of the paragraph before it"),
    "from": _("words as they stood"),
    "to": _("words as proposed"),
    "proposed_by": _("proposed by"),
    "authentic": _("authentic languages"),
    "deadline": _("deadline"),
    "former": _("deadline before"),
    "zone": _("time zone of the deadline"),
    "amendments": _("amendments"),
    "statement": _("statement"),
    "member": _("member"),
}
