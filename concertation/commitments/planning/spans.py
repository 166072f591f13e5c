"""Days and months of a plan; pure. A month counts as a whole from the day on which something begins or ends in it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Horizon:
    """The months that a plan covers: `months` of them from that of the day `first` on."""

    first: date
    months: int

    def month_of(self, day: date) -> int:
        """Return the month of `day`, counted from the first of the plan; negative before it."""
        return (day.year - self.first.year) * 12 + day.month - self.first.month

    def span(self, first: date, last: date | None) -> tuple[int, int] | None:
        """Return [start, end) of what lasts from `first` to `last` within the plan, None where that is nothing."""
        start = max(self.month_of(first), 0)
        end = self.months if last is None else min(self.month_of(last) + 1, self.months)
        return (start, end) if start < end else None

    def since(self, day: date) -> int | None:
        """Return the month of the plan from which something holds since `day`, None where it does so after the plan."""
        month = max(self.month_of(day), 0)
        return month if month < self.months else None
