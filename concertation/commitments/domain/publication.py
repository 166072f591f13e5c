"""The chair publishes the totals of what the whole coalition may read."""

from concertation.coalition.domain.publications import publish_figures
from concertation.coalition.enums import Figures
from concertation.coalition.models import Delegate, Publication
from concertation.commitments.domain.entries import as_json
from concertation.commitments.models.catalogue import BASE
from concertation.commitments.queries.coverage import Total, totals_of_all
from concertation.core import clock
from concertation.record.canonical import Json


def publish_totals(*, by: Delegate) -> Publication:
    """Publish required, announced, approved, committed, available, delivered by capability and line; raises NotAllowed.

    What is told to some members only is in no figure, and the figures do not say that there is any.
    """
    today = clock.now().date()
    figures: dict[str, Json] = {
        "as_of": today.isoformat(),
        "currency": BASE,
        "totals": [_figures(total) for total in totals_of_all(by)],
    }
    return publish_figures(by=by, kind=Figures.TOTALS, figures=figures)


def _figures(total: Total) -> dict[str, Json]:
    return {
        "line": total.line,
        "capability": total.capability.pk,
        "names": total.capability.names,
        "units": total.capability.units,
        "required": as_json(total.required),
        **{stage: as_json(amount) for stage, amount in total.stages.items()},
        "undisclosed": total.undisclosed,
    }
