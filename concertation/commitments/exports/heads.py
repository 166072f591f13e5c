"""The head that every exported table carries: what is measured, at which date, in which currency, what was left out."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from concertation.core.tables import Line


def head_of(
    *,
    measure: str,
    day: date,
    currency: str = "",
    rate_day: date | None = None,
    filters: Sequence[tuple[str, str]] = (),
    is_partial: bool = False,
) -> list[Line]:
    """Return the lines; `rate_day` is that of the oldest rate used, `filters` are pairs of a label and its choice.

    Whether the figures are partial is always said, yes or no.
    """
    lines = [Line("measure", _("Measure"), measure), Line("date", pgettext("head of a table", "As of"), day)]
    if currency:
        lines.append(Line("currency", _("Currency"), currency))
    if rate_day:
        lines.append(Line("rate_date", _("Rates of"), rate_day))
    lines += [Line("filter", _("Filter"), f"{label}: {choice}") for label, choice in filters]
    if not filters:
        lines.append(Line("filter", _("Filter"), pgettext("filter", "none")))
    partial = _("Partial: something is for other members only and is not counted here.")
    lines.append(
        Line(
            "partial",
            pgettext("head of a table", "Extent"),
            partial if is_partial else _("Complete: nothing was left out."),
        )
    )
    return lines
