"""The reservations that are kept with a text when it is adopted."""

from concertation.texts.canonical import Reservation
from concertation.texts.models import Text


def open_reservations(text: Text) -> list[Reservation]:
    """Return the reservations on `text` that nobody has withdrawn: none, as long as none can be made."""
    return []
