"""The daily report as files: CSV in the columns of an import, and the style of the PDF."""

from collections.abc import Iterable, Sequence

from concertation.core.pdf.fonts import FAMILIES
from concertation.core.tables import Cell, csv_rows
from concertation.situation.incidents.enums import Measure
from concertation.situation.models import Incident
from concertation.situation.models.incidents import BOUNDS

DESCRIBED = ("id", "kind", "date", "date_precision", "place", "latitude", "longitude", "place_precision")
FOUND = ("state", "attribution", "attributed_to", "reported_by", "audience", "copy_of", "reports_not_for_this_copy")
STYLE = """
@page { size: A4; margin: 24mm 18mm 20mm; font: 8.5pt FAMILIES; color: #444;
  @top-left { content: string(mark); vertical-align: bottom; padding-bottom: 4mm; width: 62%; text-align: left; }
  @top-right { content: string(holder); vertical-align: bottom; padding-bottom: 4mm; width: 38%; text-align: right; }
  @bottom-left { content: string(known); width: 80%; text-align: left; }
  @bottom-right { content: counter(page) " / " counter(pages); width: 20%; text-align: right; } }
html { font: 10.5pt/1.4 FAMILIES; color: #111; }
body { margin: 0; } h1 { font-size: 18pt; line-height: 1.2; margin: 0 0 3mm; }
h2 { font-size: 13pt; margin: 6mm 0 2mm; }
h1, h2 { break-after: avoid; } p { margin: 0 0 2mm; }
.mark { string-set: mark content(); font-weight: 700; } .holder { string-set: holder content(); }
.known { string-set: known content(); color: #444; } .partial { font-weight: 700; }
table { width: 100%; border-collapse: collapse; font-size: 9.5pt; } tr { break-inside: avoid; }
th { text-align: start; font-weight: 400; color: #444; border-bottom: .5pt solid #888; padding: 0 2mm 1mm 0; }
td { vertical-align: top; padding: 1mm 2mm 1mm 0; border-bottom: .25pt solid #ccc; overflow-wrap: anywhere; }
.num { text-align: right; white-space: nowrap; } td.num, th.num { padding-right: 3mm; }
""".replace("FAMILIES", FAMILIES)


def csv_of(incidents: Iterable[Incident], *, holder: str, hidden: int) -> bytes:
    """Return incidents as CSV; each row says for whom it is, whose copy this is, how many reports it does not know."""
    figures = [f"{measure}_{bound}" for measure in Measure for bound in BOUNDS]
    heads = [*DESCRIBED, *(column.removesuffix("_best") for column in figures), *FOUND]
    return csv_rows([heads, *(_row(one, figures, holder, hidden) for one in incidents)])


def _row(one: Incident, figures: Sequence[str], holder: str, hidden: int) -> list[Cell]:
    is_exact = one.when_precision in {"minute", "hour"}
    return [
        one.source_key or str(one.pk),
        one.kind_id,
        one.occurred_at.isoformat() if is_exact else one.day.isoformat(),
        one.when_precision,
        one.place,
        one.latitude,
        one.longitude,
        one.where_precision,
        *(getattr(one, column) for column in figures),
        one.state,
        one.attribution,
        one.actor,
        one.member_id or "",
        "coalition" if one.is_for_all else " ".join(one.reader_codes),
        holder,
        hidden,
    ]
