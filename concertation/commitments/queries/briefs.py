"""A brief of a member, of a line of effort or of the whole, of what its reader may read, in the language in use."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from concertation.coalition.models import Coalition, Delegate, Member
from concertation.commitments.enums import Approval, Line, Stage, State
from concertation.commitments.exports.heads import head_of
from concertation.commitments.models import Caveat
from concertation.commitments.models.catalogue import BASE
from concertation.commitments.queries.contributions import Entry
from concertation.commitments.queries.coverage import Coverage, CoverageRow, Filter, Total, coverage_for
from concertation.commitments.queries.exporting import Wanted, contributions_of, is_partial
from concertation.commitments.queries.members import Due, dues_of
from concertation.commitments.templatetags.commitments import figure, offered, quantity
from concertation.core.briefs import Brief, Grid, Section
from concertation.core.words import in_language

OWED = {
    "delivery": pgettext_lazy("owed", "delivery"),
    "renewal": pgettext_lazy("owed", "renewal"),
    "approval": pgettext_lazy("owed", "approval"),
    "joining": pgettext_lazy("owed", "its own word"),
}


def brief_for(reader: Delegate, wanted: Wanted, member: Member | None = None) -> Brief:
    """Return the brief of `member`, else of the line that is wanted, else of the whole, as of the day."""
    entries = list(contributions_of(reader, wanted))
    coverage = None if member else coverage_for(reader, Filter(line=wanted.line, at=wanted.at))
    sections = [*(needs_of(coverage) if coverage else ()), *_promised(entries), owed_by(entries, member, wanted.day)]
    return Brief(
        title=_title(wanted, member),
        subtitle=_subtitle(wanted.shown),
        about=_about(reader, wanted, member, coverage),
        sections=[*sections, *_caveats(reader, entries)],
        language=get_language() or "en",
    )


def _title(wanted: Wanted, member: Member | None) -> str:
    if member:
        return _("Contributions of %(member)s") % {"member": member.name}
    if wanted.line:
        return _("Brief: %(line)s") % {"line": Line(wanted.line).label}
    return _("What is required and what is contributed")


def _subtitle(day: date) -> str:
    coalition = Coalition.objects.first()
    name = in_language(coalition.names) if coalition else ""
    return " · ".join(filter(None, [name, _day(day)]))


def _about(reader: Delegate, wanted: Wanted, member: Member | None, coverage: Coverage | None) -> list[tuple[str, str]]:
    """Return what the figures rest on, in the words of every export."""
    lines = head_of(
        measure=_("announced, at the least known figure") if coverage else _("offered, and how far it has come"),
        day=wanted.shown,
        currency=BASE if coverage else "",
        rate_day=coverage.rates.oldest if coverage else None,
        filters=wanted.filters(member.name if member else ""),
        is_partial=is_partial(reader, wanted),
    )
    return [(line.label, _day(line.value) if isinstance(line.value, date) else str(line.value)) for line in lines]


def needs_of(coverage: Coverage) -> Iterable[Section]:
    """Yield what is required and missing, then the totals by stage."""
    rows = coverage.rows
    said = ngettext(
        "%(covered)d of %(count)d requirement is covered in the next twelve months.",
        "%(covered)d of %(count)d requirements are covered in the next twelve months.",
        len(rows),
    ) % {"covered": coverage.covered, "count": len(rows)}
    gaps = ngettext(
        "%(n)d essential requirement is not.", "%(n)d essential requirements are not.", coverage.essential_gaps
    ) % {"n": coverage.essential_gaps}
    if rows:
        headers = [_("Requirement"), _("Needed"), _("From"), _("To"), _("Missing")]
        grid = Grid(headers, [_need(row) for row in rows], frozenset({1, 4}))
        yield Section(_("What is required"), [f"{said} {gaps}"], grid)
    else:
        yield Section(_("What is required"), [_("Nothing is required in the next twelve months.")])
    if coverage.totals:
        headers = [_("Capability"), _("Required"), *(str(stage.label).capitalize() for stage in Stage), _("Missing")]
        yield Section(
            _("How far it has come"),
            [*_unknown(coverage)],
            Grid(headers, [_total(total) for total in coverage.totals], frozenset(range(1, len(headers)))),
        )


def _unknown(coverage: Coverage) -> Iterable[str]:
    """Yield what the totals do not hold."""
    if coverage.undisclosed:
        yield ngettext(
            "%(n)d contribution of undisclosed quantity is in no figure.",
            "%(n)d contributions of undisclosed quantity are in no figure.",
            coverage.undisclosed,
        ) % {"n": coverage.undisclosed}
    apart = sum(total.unconverted for total in coverage.totals)
    if apart:
        yield ngettext(
            "%(n)d contribution in a currency without a rate is in no figure.",
            "%(n)d contributions in currencies without a rate are in no figure.",
            apart,
        ) % {"n": apart}


def _need(row: CoverageRow) -> list[str]:
    need, capability = row.revision, row.capability
    essential = _("essential")
    name = f"{need.name} ({essential})" if need.is_essential else need.name
    missing = quantity(row.missing, capability, need.currency) if row.missing else "–"
    amount = quantity(need.quantity, capability, need.currency)
    return [name, amount, _day(need.needed_from), _day(need.needed_to), missing]


def _total(total: Total) -> list[str]:
    """Return figures alone, so that the table fits a page: what is counted stands with the name."""
    counted = total.capability.unit or BASE
    name = f"{total.capability.name}, {counted} ({Line(total.line).label})"
    return [name, *(figure(one) if one else "–" for one in (total.required, *total.columns, total.missing))]


def _promised(entries: Sequence[Entry]) -> Iterable[Section]:
    """Yield the contributions, those that count before those that do not."""
    if not entries:
        yield Section(_("What was promised"), [_("No contribution was announced.")])
        return
    ordered = sorted(entries, key=lambda entry: (not entry.standing.is_live, entry.contribution.codes))
    headers = [_("Member"), _("What is offered"), _("Quantity"), _("State"), _("Delivered"), _("Still needs")]
    yield Section(_("What was promised"), (), Grid(headers, [_offer(entry) for entry in ordered], frozenset({2, 4})))


def _offer(entry: Entry) -> list[str]:
    terms, standing = entry.terms, entry.standing
    delivered = quantity(standing.delivered, terms.capability, terms.currency) if standing.delivered else ""
    if standing.undisclosed_deliveries:
        delivered = " + ".join(filter(None, [delivered, _("undisclosed")]))
    approvals = [str(one.label) for one in Approval if one in standing.missing_approvals]
    waits = [condition.name for condition in terms.conditions.all() if str(condition.pk) in standing.waiting_for]
    return [
        _members(entry),
        terms.title,
        offered(terms),
        str(State(standing.state).label),
        delivered or "–",
        "; ".join([*approvals, *waits]) or "–",
    ]


def owed_by(entries: Sequence[Entry], member: Member | None, day: date) -> Section:
    """Return who owes what by when, the earliest first; of `member` alone where it is given."""
    dues = [
        (code, due)
        for entry in entries
        for code in entry.contribution.codes
        if member is None or code == member.pk
        for due in dues_of(entry, code, day)
    ]
    if not dues:
        return Section(_("What is owed by when"), [_("Nothing is owed.")])
    dues.sort(key=lambda pair: (pair[1].day or date.max, pair[0], pair[1].kind))
    names = {row.pk: row.name for entry in entries for row in entry.members}
    headers = [_("By when"), _("Member"), _("What"), _("Contribution")]
    return Section(_("What is owed by when"), (), Grid(headers, [_due(names[code], due) for code, due in dues]))


def _due(name: str, due: Due) -> list[str]:
    when = _day(due.day) if due.day else _("no day set")
    if due.is_late:
        late = ngettext("%(n)d day late", "%(n)d days late", due.days_late) % {"n": due.days_late}
        when = f"{when} ({late})"
    return [when, name, str(OWED.get(due.kind, due.kind)), due.entry.terms.title]


def _caveats(reader: Delegate, entries: Sequence[Entry]) -> Iterable[Section]:
    """Yield the caveats that stand: the class of each, its wording only where the reader may read it."""
    readable = set(Caveat.objects.visible_to(reader).values_list("pk", flat=True))
    rows = [
        [
            _members(entry),
            entry.terms.title,
            str(caveat.get_kind_display()),
            "; ".join([*caveat.areas, *caveat.tasks]) or "–",
            (caveat.wording or "–") if caveat.pk in readable else _("not for you to read"),
        ]
        for entry in entries
        if entry.standing.is_live
        for caveat in entry.contribution.caveats.all()
        if caveat.pk not in entry.standing.lifted
    ]
    if rows:
        headers = [_("Member"), _("Contribution"), _("Class"), _("Not there, not for this"), _("Wording")]
        yield Section(pgettext("heading", "Caveats"), (), Grid(headers, rows))


def _members(entry: Entry) -> str:
    return ", ".join(member.name for member in entry.members)


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
