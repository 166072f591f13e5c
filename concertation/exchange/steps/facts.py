"""What happened to a contribution, and its caveats: what the file says and nobody entered is added, the rest stays."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from concertation.commitments.domain.facts import (
    ONCE,
    Happening,
    commit_contribution,
    join_contribution,
    lift_caveat,
    record_approval,
    record_delivery,
    renew_contribution,
    report_available,
    state_caveat,
    withdraw_contribution,
)
from concertation.commitments.enums import FactKind
from concertation.commitments.models import Caveat, Contribution, Fact
from concertation.core.words import prose
from concertation.exchange.contents import CoalitionFile
from concertation.exchange.report import Report, Subject
from concertation.exchange.schema import CaveatPart, FactPart
from concertation.exchange.values import known

Word = tuple[object, ...]  # by what an entry or a caveat is known


def load_caveats(file: CoalitionFile, place: int, contribution: Contribution, report: Report) -> None:
    """State the caveats of the file that nobody has stated."""
    left = Counter(_caveat_word(row) for row in contribution.caveats.all())
    for index, part in enumerate(file.contributions[place].caveats):
        word = _caveat_word_of(part)
        if left[word]:
            left[word] -= 1
            continue
        with file.at("contributions", place, "caveats", index):
            state_caveat(
                by=None,
                contribution_id=contribution.pk,
                kind=part.kind,
                areas=part.areas,
                tasks=part.tasks,
                wording=part.wording or "",
                audience=part.audience,
                named=part.readers,
            )
        report.added[Subject.CAVEAT] += 1


def _caveat_word(row: Caveat) -> Word:
    return row.kind, frozenset(row.areas), frozenset(row.tasks), row.wording, row.audience


def _caveat_word_of(part: CaveatPart) -> Word:
    return part.kind, frozenset(part.areas), frozenset(part.tasks), prose(part.wording or ""), part.audience


def load_facts(file: CoalitionFile, place: int, contribution: Contribution, report: Report) -> None:
    """Enter what the file says and nobody has, withdrawals last; tell what was entered otherwise, which stays."""
    part = file.contributions[place]
    numbers = _numbers(contribution, part.caveats)
    rows = list(contribution.facts.exclude(kind=FactKind.VOID).select_related("correction"))
    left = Counter(_word(row) for row in rows)
    standing = {(_word(row), *_details(row)) for row in rows if not hasattr(row, "correction")}
    differs = False
    for index, fact in sorted(enumerate(part.facts), key=lambda pair: pair[1].kind == FactKind.WITHDRAWN):
        word = _word_of(fact, numbers)
        if left[word]:
            left[word] -= 1
            differs |= (word, *_details_of(fact)) not in standing
            continue
        with file.at("contributions", place, "facts", index):
            _enter(contribution, fact, numbers)
        report.added[Subject.FACT] += 1
    if differs:
        sentence = _("What was entered on “%(key)s” is not what the file says; only those who entered it correct it.")
        report.left.append(sentence % {"key": part.key})


def _numbers(contribution: Contribution, parts: list[CaveatPart]) -> list[int]:
    """Return for each caveat of the file the number that it has on this server."""
    rows = list(contribution.caveats.all())
    found = []
    for part in parts:
        row = next(row for row in rows if _caveat_word(row) == _caveat_word_of(part))
        rows.remove(row)
        found.append(row.number)
    return found


def _word(row: Fact) -> Word:
    """Return by what an entry is known; what happens once is known without its day."""
    if row.kind in ONCE:
        return (row.kind,)
    if row.kind == FactKind.JOINED:
        return row.kind, row.member_id
    if row.kind == FactKind.LIFTED:
        return row.kind, row.caveat.number if row.caveat else None
    return row.kind, row.day, row.approval, row.quantity, row.until


def _word_of(fact: FactPart, numbers: list[int]) -> Word:
    if fact.kind in ONCE:
        return (fact.kind,)
    if fact.kind == FactKind.JOINED:
        return fact.kind, fact.member
    if fact.kind == FactKind.LIFTED:
        return fact.kind, numbers[(fact.caveat or 1) - 1]
    return fact.kind, fact.day, fact.approval or "", known(fact.quantity), fact.until


def _details(row: Fact) -> Word:
    return row.day, row.reference, row.evidence, row.link


def _details_of(fact: FactPart) -> Word:
    return fact.day, fact.reference or "", prose(fact.evidence or ""), fact.link or ""


def _enter(contribution: Contribution, fact: FactPart, numbers: list[int]) -> None:
    """Enter one fact by the act of its kind."""
    happening = Happening(fact.day, fact.evidence or "", fact.reference or "", fact.link or "")
    acts: dict[FactKind, tuple[Callable[..., Any], dict[str, Any]]] = {
        FactKind.JOINED: (join_contribution, {"member": fact.member}),
        FactKind.APPROVED: (record_approval, {"approval": fact.approval}),
        FactKind.REFUSED: (record_approval, {"approval": fact.approval, "granted": False}),
        FactKind.COMMITTED: (commit_contribution, {}),
        FactKind.AVAILABLE: (report_available, {}),
        FactKind.DELIVERED: (record_delivery, {"quantity": known(fact.quantity)}),
        FactKind.RENEWED: (renew_contribution, {"until": fact.until}),
        FactKind.LIFTED: (lift_caveat, {"number": numbers[(fact.caveat or 1) - 1] if numbers else 0}),
        FactKind.WITHDRAWN: (withdraw_contribution, {}),
    }
    act, own = acts[fact.kind]
    act(by=None, contribution_id=contribution.pk, happening=happening, **own)
