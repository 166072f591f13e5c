"""The acts on texts, as the record names them."""

from enum import StrEnum


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
