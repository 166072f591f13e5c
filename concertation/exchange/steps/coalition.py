"""The coalition's own description."""

from concertation.coalition.domain.descriptions import describe_coalition
from concertation.coalition.models import Coalition
from concertation.exchange.contents import CoalitionFile
from concertation.exchange.report import Report, Subject
from concertation.record.events import Actor


def load_coalition(file: CoalitionFile, report: Report) -> None:
    """Describe the coalition as the file does; the lock lets two loads wait for one another."""
    row = Coalition.objects.select_for_update().first()
    part = file.coalition
    names, summary, sources = part.names, part.summary, file.cited(part.sources)
    if row and (row.names, row.summary, row.sources) == (names, summary, sources):
        return
    with file.at("coalition"):
        describe_coalition(by=Actor.system(), names=names, summary=summary, sources=sources)
    (report.changed if row else report.added)[Subject.COALITION] += 1
