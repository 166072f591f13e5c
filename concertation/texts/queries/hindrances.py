"""What stands in the way of proposing a text for adoption."""

from concertation.texts.models import Text


def hindrances(text: Text) -> list[str]:
    """Return, in the reader's words, what has to be settled before `text` can be proposed: nothing yet."""
    return []
