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
    "paragraphs": _("paragraphs"),
    "hashes": _("SHA-256 of each paragraph"),
    "authentic": _("authentic languages"),
    "deadline": _("deadline"),
    "former": _("deadline before"),
    "zone": _("time zone of the deadline"),
    "amendments": _("amendments"),
    "statement": _("statement"),
    "member": _("member"),
}
