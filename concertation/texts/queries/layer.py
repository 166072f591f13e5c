"""What the editor draws over the words of a text: every part of negotiation adds its rows here, as JSON."""

from typing import Any

from concertation.coalition.models import Delegate
from concertation.texts.models import Text
from concertation.texts.rules import abilities


def layer_of(text: Text, delegate: Delegate) -> dict[str, Any]:
    """Return the rows of a text from `visible_to(delegate)`, as the delegate may see them."""
    return {
        "can": abilities(delegate, text),
        "member": delegate.member_id or "",
    }
