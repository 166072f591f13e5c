"""Requirements and contributions as tables: what a reader may read, as it is on a day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from concertation.coalition.models import Delegate
from concertation.commitments.deriving import in_force
from concertation.commitments.enums import Approval, FactKind, Line, Stage, State
from concertation.commitments.exports.heads import head_of
from concertation.commitments.imports.sentences import label_of
from concertation.commitments.models import Caveat, Contribution, Fact, Party, Requirement, Revision, Terms
from concertation.commitments.queries.contributions import Entry, entry_of, whole
from concertation.commitments.reading import holding
from concertation.core import clock
from concertation.core.days import latest_day
from concertation.core.tables import Cell, Column, Table
from concertation.core.tables import Line as HeadLine
from concertation.core.words import in_language

BATCH = 500
OF_NEEDS = (
    "key name_en name_fr line phase capability quantity unit currency priority essential area task "
    "needed_from needed_to"
)
OF_OFFERS = (
    "key members title line phase capability quantity low high unit currency available_from available_to "
    "readiness tour rest due_on expires_on until approvals conditions earmark caveats announced committed "
    "delivered delivered_on state is_announced is_approved is_committed is_available is_delivered "
    "undisclosed_deliveries approvals_missing waiting details link"
)
OF_HISTORY = (
    "key members title entry kind happened_on member approval quantity low high currency until corrects "
    "reference evidence wording link"
)
Row = dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows are exported: empty means all; without a day as of today."""

    at: date | None = None
    line: Line | str = ""
    member: str = ""

    @property
    def day(self) -> date:
        """The day as of which is exported: without one, all that was entered, wherever on earth it is which day."""
        return self.at or latest_day()

    @property
    def shown(self) -> date:
        """The day that the file says, which today is that of the reader."""
        return self.at or localdate(clock.now())

    def filters(self, member_name: str = "") -> list[tuple[str, str]]:
        """Return what is filtered, in words."""
        said = [(label_of("line"), str(Line(self.line).label))] if self.line else []
        return [*said, (label_of("members"), member_name or self.member)] if self.member else said


def requirements_table(reader: Delegate, wanted: Wanted) -> Table:
    """Return what is required on the day; everybody who reads any requirement reads all."""
    rows = Requirement.objects.visible_to(reader).prefetch_related("revisions__capability")
    said = [(row, row.as_of(wanted.day)) for row in rows]
    kept = [_need(row, need) for row, need in said if need and not need.is_dropped and _fits(need, wanted)]
    wanted = Wanted(wanted.at, wanted.line)
    return _table(
        _("Requirements"),
        OF_NEEDS.split(),
        kept,
        head_of(measure=_("required"), day=wanted.shown, filters=wanted.filters()),
    )


def _fits(need: Revision, wanted: Wanted) -> bool:
    return not wanted.line or need.line == wanted.line


def _need(row: Requirement, need: Revision) -> Row:
    return {
        "key": row.key or str(row.pk),
        "name_en": need.names.get("en", ""),
        "name_fr": need.names.get("fr", "") or ("" if "en" in need.names else in_language(need.names)),
        "line": str(need.get_line_display()),
        "phase": str(need.get_phase_display()),
        "capability": need.capability.name,
        "quantity": need.quantity,
        "unit": need.capability.unit,
        "currency": need.currency,
        "priority": str(need.get_priority_display()),
        "essential": _yes(need.is_essential),
        "area": need.area,
        "task": need.task,
        "needed_from": need.needed_from,
        "needed_to": need.needed_to,
    }


def contributions_of(reader: Delegate, wanted: Wanted) -> Iterator[Entry]:
    """Yield the contributions that `reader` may read, as they stand on the day."""
    holds = holding(wanted.day)
    rows = whole(_chosen(Contribution.objects.visible_to(reader), wanted)).prefetch_related("caveats")
    for contribution in rows.iterator(chunk_size=BATCH):
        entry = entry_of(contribution, wanted.day, holds)
        if not wanted.line or entry.terms.line == wanted.line:
            yield entry


def is_partial(reader: Delegate, wanted: Wanted) -> bool:
    """Say whether something is not for the reader; by the line of effort alone, as any finer answer would tell more."""
    hidden = Contribution.objects.exclude(pk__in=Contribution.objects.visible_to(reader).values("pk"))
    if wanted.line:
        hidden = hidden.filter(Exists(Terms.objects.filter(contribution=OuterRef("pk"), line=wanted.line)))
    return hidden.exists()


def _chosen(rows: QuerySet[Contribution], wanted: Wanted) -> QuerySet[Contribution]:
    if wanted.member:
        rows = rows.filter(Exists(Party.objects.filter(contribution=OuterRef("pk"), member=wanted.member)))
    return rows.order_by("created_at", "pk")


def contributions_table(reader: Delegate, wanted: Wanted, member_name: str = "") -> Table:
    """Return contributions with their terms and how far each has come."""
    rows = [_offer(entry) for entry in contributions_of(reader, wanted)]
    return _table(
        _("Contributions"),
        OF_OFFERS.split(),
        rows,
        _head(reader, wanted, _("offered, and how far it has come"), member_name),
    )


def _offer(entry: Entry) -> Row:
    """Return a contribution as a row."""
    terms, standing, contribution = entry.terms, entry.standing, entry.contribution
    days = {fact.kind: fact.day for fact in in_force(contribution.told(), date.max)}  # of each kind the last
    names = {str(condition.pk): condition.name for condition in terms.conditions.all()}
    return {
        "key": contribution.key or str(contribution.pk),
        "members": "; ".join(contribution.codes),
        "title": terms.title,
        "line": str(terms.get_line_display()),
        "phase": str(terms.get_phase_display()) if terms.phase else "",
        "capability": terms.capability.name,
        **_amount(terms),
        "available_from": terms.available_from,
        "available_to": terms.available_to,
        "readiness": terms.readiness,
        "tour": terms.tour,
        "rest": terms.rest,
        "due_on": terms.due_on,
        "expires_on": terms.expires_on,
        "until": standing.expires_on,
        "approvals": _approvals(terms.approvals),
        "conditions": "; ".join(names.values()),
        "earmark": terms.earmark.name if terms.earmark else "",
        "caveats": "; ".join(str(caveat.get_kind_display()) for caveat in contribution.caveats.all()),
        "announced": days.get(FactKind.ANNOUNCED),
        "committed": days.get(FactKind.COMMITTED),
        "delivered": standing.delivered or None,
        "delivered_on": days.get(FactKind.DELIVERED),
        "state": str(State(standing.state).label),
        **{f"is_{stage}": _yes(stage in standing.stages) for stage in Stage.values},
        "undisclosed_deliveries": standing.undisclosed_deliveries,
        "approvals_missing": _approvals(standing.missing_approvals),
        "waiting": "; ".join(sorted(names.get(key, key) for key in standing.waiting_for)),
        "details": terms.details,
        "link": terms.link,
    }


def _amount(terms: Terms) -> Row:
    """Return the quantity as one figure or a range; what is not known is a word and never 0."""
    is_range = terms.low is not None and terms.low != terms.high
    one: Cell = _("undisclosed") if terms.low is None else None if is_range else terms.low
    return {
        "quantity": one,
        "low": terms.low if is_range else None,
        "high": terms.high if is_range else None,
        "unit": terms.capability.unit,
        "currency": terms.currency,
    }


def _approvals(names: Sequence[str] | frozenset[str]) -> str:
    return "; ".join(str(one.label) for one in Approval if one in names)


def history_table(reader: Delegate, wanted: Wanted, member_name: str = "") -> Table:
    """Return all terms, caveats and entries up to the day, the corrected ones too, in their order."""
    readable = set(Caveat.objects.visible_to(reader).values_list("pk", flat=True))
    rows = [row for entry in contributions_of(reader, wanted) for row in _history(entry, wanted.day, readable)]
    return _table(
        _("History"), OF_HISTORY.split(), rows, _head(reader, wanted, _("what was said and what happened"), member_name)
    )


def _history(entry: Entry, day: date, readable: set[int]) -> Iterator[Row]:
    """Yield the terms, the caveats and the facts of a contribution."""
    contribution = entry.contribution
    own: Row = {
        "key": contribution.key or str(contribution.pk),
        "members": "; ".join(contribution.codes),
        "title": entry.terms.title,
    }
    for terms in contribution.terms.all():
        if terms.valid_from <= day:
            said: Row = {"entry": terms.number, "kind": pgettext("entry", "terms"), "happened_on": terms.valid_from}
            yield {**own, **said, **_amount(terms), "title": terms.title, "link": terms.link}
    caveat_word = pgettext("entry", "caveat")
    for caveat in contribution.caveats.all():
        wording = caveat.wording if caveat.pk in readable else _("not for you to read")
        kind = f"{caveat_word}: {caveat.get_kind_display()}"
        where = "; ".join([*caveat.areas, *caveat.tasks])
        yield {**own, "entry": caveat.number, "kind": kind, "reference": where, "wording": wording}
    number_of = {fact.pk: fact.number for fact in contribution.facts.all()}
    for fact in contribution.facts.all():
        if fact.day <= day:
            yield {**own, **_fact(fact, entry.terms, number_of.get(fact.corrects_id) if fact.corrects_id else None)}


def _fact(fact: Fact, terms: Terms, corrects: int | None) -> Row:
    is_delivery = fact.kind == FactKind.DELIVERED
    return {
        "entry": fact.number,
        "kind": str(fact.get_kind_display()),
        "happened_on": fact.day,
        "member": fact.member_id or "",
        "approval": str(fact.get_approval_display()) if fact.approval else "",
        "quantity": (_("undisclosed") if fact.quantity is None else fact.quantity) if is_delivery else None,
        "currency": terms.currency if is_delivery else "",
        "until": fact.until,
        "corrects": corrects,
        "reference": fact.reference,
        "evidence": fact.evidence,
        "link": fact.link,
    }


def _head(reader: Delegate, wanted: Wanted, measure: str, member_name: str) -> list[HeadLine]:
    filters = wanted.filters(member_name)
    return head_of(measure=measure, day=wanted.shown, filters=filters, is_partial=is_partial(reader, wanted))


def _table(title: str, names: Sequence[str], rows: Sequence[Row], head: Sequence[HeadLine]) -> Table:
    """Return rows by the names of their cells."""
    columns = [Column(name, label_of(name)) for name in names]
    return Table(title, columns, [[row.get(name) for name in names] for row in rows], head)


def _yes(answer: bool) -> str:
    return _("yes") if answer else _("no")
