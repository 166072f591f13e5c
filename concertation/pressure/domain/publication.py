"""The chair publishes the measures, and how many members apply them by what the whole coalition may read."""

from concertation.coalition.domain.publications import publish_figures
from concertation.coalition.enums import Figures
from concertation.coalition.models import Delegate, Publication
from concertation.core import clock
from concertation.pressure.queries.alignment import rows_for_all
from concertation.record.canonical import Json


def publish_measures(*, by: Delegate) -> Publication:
    """Publish each measure that counts with the number of members by what is said of them; raises NotAllowed.

    Unknown and not coded are counted as such, never as a no.
    """
    today = clock.now().date()
    measures: list[Json] = [
        {"names": row.measure.names, "said": {str(said): number for said, number in row.tally.items()}}
        for row in rows_for_all(by, today)
    ]
    return publish_figures(by=by, kind=Figures.MEASURES, figures={"as_of": today.isoformat(), "measures": measures})
