"""The acts on members and delegates, as the record names them."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Act(StrEnum):
    """An act of this app."""

    COALITION_DESCRIBED = "coalition.described"
    MEMBER_INVITED = "member.invited"
    MEMBER_ADMITTED = "member.admitted"
    MEMBER_LEFT = "member.left"
    MEMBER_CORRECTED = "member.corrected"
    CO_CHAIR_NAMED = "member.co_chair_named"
    CO_CHAIR_ENDED = "member.co_chair_ended"
    DELEGATE_APPOINTED = "delegate.appointed"
    DELEGATE_CORRECTED = "delegate.corrected"
    DELEGATE_INVITED = "delegate.invited"
    LINK_ISSUED = "delegate.link_issued"
    CAPACITY_ENDED = "delegate.capacity_ended"
    FIGURES_PUBLISHED = "figures.published"
    FIGURES_WITHDRAWN = "figures.withdrawn"


SENTENCES: dict[str, Promise] = {
    Act.COALITION_DESCRIBED: _("described the coalition"),
    Act.MEMBER_INVITED: _("invited %(member)s"),
    Act.MEMBER_ADMITTED: _("admitted %(member)s"),
    Act.MEMBER_LEFT: _("took %(member)s out of the coalition"),
    Act.MEMBER_CORRECTED: _("corrected the facts about %(member)s"),
    Act.CO_CHAIR_NAMED: _("made %(member)s a co-chair"),
    Act.CO_CHAIR_ENDED: _("ended the co-chair of %(member)s"),
    Act.DELEGATE_APPOINTED: _("appointed %(name)s"),
    Act.DELEGATE_CORRECTED: _("corrected the facts about %(name)s"),
    Act.DELEGATE_INVITED: _("sent %(name)s a sign-in link"),
    Act.LINK_ISSUED: _("issued a sign-in link to %(name)s"),
    Act.CAPACITY_ENDED: _("ended the capacity of %(name)s"),
    Act.FIGURES_PUBLISHED: _("published figures: %(figures)s"),
    Act.FIGURES_WITHDRAWN: _("took published figures back: %(figures)s"),
}
FIELDS: dict[str, Promise] = {
    "names": _("names"),
    "summary": _("summary"),
    "capital": _("capital"),
    "kind": pgettext_lazy("member", "kind"),
    "time_zone": _("time zone"),
    "status": _("status"),
    "reason": _("reason"),
    "name": _("name"),
    "member": _("member"),
    "capacity": _("capacity"),
    "title": pgettext_lazy("person", "title"),
    "email": _("e-mail address"),
    "figures": _("figures"),
    "sha256": _("SHA-256"),
}
KINDS: dict[str, Promise] = {
    "coalition": _("coalition"),
    "member": _("member"),
    "delegate": _("delegate"),
    "figures": _("figures"),
}
