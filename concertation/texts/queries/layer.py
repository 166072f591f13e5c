"""What the editor draws over the words of a text: every part of negotiation adds its rows here, as JSON."""

from typing import Any

from concertation.coalition.models import Delegate
from concertation.texts.models import Text
from concertation.texts.queries.proposal_card import proposals_layer
from concertation.texts.rules import abilities


def layer_of(text: Text, delegate: Delegate) -> dict[str, Any]:
    """Return the rows of a text from `visible_to(delegate)`, as the delegate may see them."""
    can = abilities(delegate, text)
    return {
        "state": text.state,
        "can": can,
        "member": delegate.member_id or "",
        "proposals": proposals_layer(text, delegate, can),
    }
