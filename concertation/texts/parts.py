"""The parts of a text's page, each with a live topic of its own, and which of them an act can change.

A page fetches again only what an act can have changed: with thirty-five windows open, all of it would take the server
seconds. `text:<uuid>` is announced with every act, for pages that show the text among other things.
"""

from collections.abc import Collection, Mapping
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from concertation.texts.events import Act


class Part(StrEnum):
    """A part that is fetched by itself."""

    STATE = "state"  # bar, adoption, and whether there are editors
    BRACKETS = "brackets"
    PROPOSALS = "proposals"
    REMARKS = "remarks"
    AGREEMENT = "agreement"
    LANGUAGES = "languages"
    REUSE = "reuse"
    LAYER = "layer"  # what the editor draws over the words


EVERY = frozenset(Part)
WORDS = EVERY - {Part.STATE, Part.REUSE}  # what is derived from the words of the text
_BRACKETS = frozenset({Part.BRACKETS, Part.LAYER})
_REMARKS = frozenset({Part.REMARKS, Part.LAYER})
_PROPOSALS = frozenset({Part.PROPOSALS, Part.LAYER})
_AGREEMENT = frozenset({Part.AGREEMENT, Part.LAYER})
_LANGUAGES = frozenset({Part.LANGUAGES, Part.LAYER})

PARTS_OF: Mapping[Act, frozenset[Part]] = MappingProxyType(
    {
        Act.BRACKET_PLACED: _BRACKETS | _AGREEMENT | _LANGUAGES,
        Act.BRACKET_JOINED: _BRACKETS | _AGREEMENT | _LANGUAGES,
        Act.BRACKET_LEFT: _BRACKETS | _AGREEMENT | _LANGUAGES,
        Act.BRACKET_LIFTED: _BRACKETS | _AGREEMENT | _LANGUAGES,
        Act.BRACKET_ALTERNATIVE: _BRACKETS,
        Act.BRACKET_ALTERNATIVE_WITHDRAWN: _BRACKETS,
        Act.BRACKET_SUPPORTED: _BRACKETS,
        Act.BRACKET_DECIDED: WORDS,
        Act.COMMENTED: _REMARKS,
        Act.COMMENTS_IMPORTED: _REMARKS,
        Act.REPLIED: _REMARKS,
        Act.REMARK_RESOLVED: _REMARKS,
        Act.RESERVED: _REMARKS | _AGREEMENT,
        Act.RESERVATION_WITHDRAWN: _REMARKS | _AGREEMENT,
        Act.REMARK_REOPENED: _REMARKS | _AGREEMENT,
        Act.CHANGE_PROPOSED: _PROPOSALS,
        Act.PARAGRAPH_PROPOSED: _PROPOSALS,
        Act.DELETION_PROPOSED: _PROPOSALS,
        Act.MOVE_PROPOSED: _PROPOSALS,
        Act.CHANGES_PROPOSED: _PROPOSALS,
        Act.PROPOSAL_SUPPORTED: _PROPOSALS,
        Act.SUPPORT_WITHDRAWN: _PROPOSALS,
        Act.PROPOSAL_REJECTED: _PROPOSALS,
        Act.PROPOSAL_WITHDRAWN: _PROPOSALS,
        Act.PROPOSAL_ACCEPTED: WORDS,
        Act.PARAGRAPHS_AGREED: _AGREEMENT,
        Act.PARAGRAPHS_AGREED_AD_REFERENDUM: _AGREEMENT,
        Act.PARAGRAPH_NOT_AGREED: _AGREEMENT,
        Act.STEP_CONFIRMED: _LANGUAGES,
        Act.VERSION_CONFIRMED: _LANGUAGES,
        Act.DIFFERENCE_DISMISSED: _LANGUAGES,
        Act.COUNTERPART_ADDED: WORDS,
        Act.COUNTERPARTS_JOINED: WORDS,
        Act.COUNTERPART_PARTED: WORDS,
        Act.PARAGRAPHS_NAMED: WORDS,
        Act.REUSED: frozenset({Part.REUSE}),
    }
)


def parts_of(act: Act) -> frozenset[Part]:
    """Return the parts that `act` can change: all of them, unless fewer are named."""
    return PARTS_OF.get(act, EVERY)


def topics_of(text_id: UUID, parts: Collection[Part]) -> list[str]:
    """Return the live topics to announce when these parts of a text may have changed."""
    return [f"text:{text_id}", *(f"text:{text_id}:{part}" for part in sorted(parts))]
