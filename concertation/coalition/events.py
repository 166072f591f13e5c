"""The acts on members and delegates, as the record names them."""

from enum import StrEnum


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
