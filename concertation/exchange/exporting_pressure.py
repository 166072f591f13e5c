"""Measures, packages and steps as tables of a file, without corrected statements and the agendas of steps."""

from collections.abc import Iterator

from concertation.coalition.enums import Audience
from concertation.exchange.models import Kind
from concertation.exchange.queries import keys_of
from concertation.exchange.sources import SourceKeys
from concertation.exchange.writing import Value
from concertation.pressure.enums import Force, Origin, Outcome, Stance
from concertation.pressure.models import Measure, Package, Statement, Step

Row = dict[str, Value]


def measure_rows(cited: SourceKeys) -> Iterator[Row]:
    """Yield the tables of measures with the statements that nobody corrected."""
    keys = keys_of(Kind.MEASURE)
    for measure in Measure.objects.all():
        standing = Statement.objects.standing().filter(measure=measure).exclude(stance=Stance.WITHDRAWN)
        yield {
            "key": keys.get(measure.pk, str(measure.pk)),
            "names": measure.names,
            "summary": measure.summary,
            "kinds": measure.kinds,
            "territories": measure.territories,
            "group": measure.group,
            "basis": measure.basis,
            "issuer": measure.issuer,
            "link": measure.link,
            "force": measure.force if measure.force != Force.IN_FORCE else None,
            "catalogue": measure.catalogue_key,
            "retired": measure.retired_at is not None or None,
            "sources": cited.cite(measure.sources),
            "statements": [_statement(said) for said in standing.order_by("number")],
        }


def _statement(said: Statement) -> Row:
    """Return the table of a statement; its own member is not named among the readers."""
    named = [code for code in said.reader_codes if code != said.member_id]
    return {
        "member": said.member_id,
        "stance": said.stance,
        "since": said.valid_from,
        "reference": said.reference,
        "link": said.link,
        "origin": said.origin if said.origin != Origin.OWN else None,
        "audience": said.audience if said.audience != Audience.COALITION else None,
        "members": named if said.audience == Audience.MEMBERS else [],
    }


def package_rows() -> Iterator[Row]:
    """Yield the tables of packages."""
    keys, measures = keys_of(Kind.PACKAGE), keys_of(Kind.MEASURE)
    for package in Package.objects.prefetch_related("items"):
        yield {
            "key": keys.get(package.pk, str(package.pk)),
            "names": package.names,
            "summary": package.summary,
            "measures": [measures.get(item.measure_id, str(item.measure_id)) for item in package.items.all()],
            "retired": package.retired_at is not None or None,
        }


def step_rows() -> Iterator[Row]:
    """Yield the tables of steps, with what they came to."""
    keys, packages, conditions = keys_of(Kind.STEP), keys_of(Kind.PACKAGE), keys_of(Kind.CONDITION)
    for step in Step.objects.prefetch_related("notes"):
        last = next((note for note in reversed(step.notes.all()) if note.outcome != Outcome.TABLED), None)
        yield {
            "key": keys.get(step.pk, str(step.pk)),
            "names": step.names,
            "draft": step.drafts,
            "package": packages.get(step.package_id, str(step.package_id)),
            "trigger": step.trigger,
            "condition": conditions.get(step.condition_id, str(step.condition_id)) if step.condition_id else None,
            "finding": step.verdict,
            "day": step.day,
            "after": keys.get(step.after_id, str(step.after_id)) if step.after_id else None,
            "outcome": last.outcome if last else None,
            "reason": last.reason if last else "",
        }
