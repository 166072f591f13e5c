"""How a day of the month is written where Django's own way is not the language's."""

from datetime import date
from typing import cast

from django.utils.dateformat import DateFormat
from django.utils.translation import get_language


def day_of_month(written: DateFormat) -> int | str:
    """Return the day for a date in words: a number, but “1er” for the first in French (Imprimerie nationale)."""
    day = cast(date, written.data).day
    return "1er" if day == 1 and get_language() == "fr" else day


def write_days_as_the_language_does() -> None:
    """Let every date in words, in pages, mails, files and the record, have its day by `day_of_month`.

    A format of Django's can name a month in another form, but has no sign for a day that is written otherwise.
    """
    DateFormat.j = day_of_month  # type: ignore[method-assign, assignment]  # its stub says: a number
