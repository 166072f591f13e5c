"""Cells become requirements or contributions, row by row; what is wrong is noted with its row and column."""

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _

from concertation.commitments.deriving import Amount
from concertation.commitments.domain.checks import check_currency, check_quantity, check_span, clean_names, currencies
from concertation.commitments.domain.contributions import MOST_DAYS, MOST_MONTHS, TITLE_LENGTH, Offer
from concertation.commitments.domain.requirements import AREA_LENGTH, Need
from concertation.commitments.enums import Approval, Line, Phase, Priority
from concertation.commitments.errors import BadNotice, OtherCurrency, ReversedRange, TitleMissing
from concertation.commitments.imports.cells import BadCell, day_of, is_unknown, is_yes, number_of, parts_of
from concertation.commitments.imports.columns import IDENTIFYING, REQUIRED, Kind, Mapped
from concertation.commitments.imports.known import Known
from concertation.commitments.imports.reading import Line as FileLine
from concertation.commitments.imports.reading import folded
from concertation.commitments.imports.result import NeedRow, OfferRow, Problem
from concertation.commitments.imports.sentences import WRONG, label_of
from concertation.commitments.models.catalogue import BASE
from concertation.core.days import check_past
from concertation.core.errors import DomainError
from concertation.core.words import clean_line, clean_link, clean_prose

KEY_LENGTH = 120
CHOICES: Mapping[str, type[models.Choices]] = {
    "line": Line,
    "phase": Phase,
    "priority": Priority,
    "approvals": Approval,
}
T = TypeVar("T")


@dataclass
class Cells:
    """The cells of one row by our columns, with what is found wrong in them."""

    number: int
    texts: Mapping[str, str]
    known: Known
    problems: list[Problem] = field(default_factory=list)

    def text(self, name: str) -> str:
        """Return what stands in a column, nothing where the file has none."""
        return self.texts.get(name, "")

    def wrong(self, name: str, sentence: str) -> None:
        """Note what is wrong in a column."""
        self.problems.append(Problem(self.number, name, sentence))

    def read(self, name: str, how: Callable[[str], T], default: T) -> T:
        """Return what a cell says, `default` for an empty one and for one that is wrong, which is noted."""
        text = self.text(name)
        if not text:
            return default
        try:
            return how(text)
        except BadCell as error:
            self.wrong(name, str(WRONG[error.wrong]) % {"text": text[:60]})
        except DomainError as error:
            self.wrong(name, str(error.message))
        return default

    def checked(self, name: str, check: Callable[[], object]) -> bool:
        """Do a check on what was read and note its refusal; say whether it passed."""
        try:
            check()
        except DomainError as error:
            self.wrong(name, str(error.message))
            return False
        return True

    def choice(self, name: str, words: Mapping[str, Any], default: Any = "") -> Any:
        """Return the value that a cell names; what nobody knows is noted."""
        text = self.text(name)
        if not text:
            return default
        if folded(text) not in words:
            self.unknown(name, text)
            return default
        return words[folded(text)]

    def choices(self, name: str, words: Mapping[str, Any]) -> list[Any]:
        """Return the values that a cell lists, each once; a name that holds a comma is one name."""
        text = self.text(name)
        parts = [text] if folded(text) in words else parts_of(text)
        for part in parts:
            if folded(part) not in words:
                self.unknown(name, part)
        return list(dict.fromkeys(words[folded(part)] for part in parts if folded(part) in words))

    def unknown(self, name: str, text: str) -> None:
        """Note a word that nobody knows, and where they are few the words that are known."""
        facts = {"text": text[:60], "column": label_of(name)}
        if name in CHOICES:
            facts["choices"] = ", ".join(str(label) for label in CHOICES[name].labels)
            self.wrong(name, _("“%(text)s” is not known here: %(column)s. Known are: %(choices)s.") % facts)
        else:
            self.wrong(name, _("“%(text)s” is not known here: %(column)s.") % facts)

    def required(self, kind: Kind) -> None:
        """Note the cells that must not be empty and are."""
        for name in REQUIRED[kind]:
            if not self.text(name):
                self.wrong(name, _("This must not be empty: %(column)s.") % {"column": label_of(name)})


def read_rows(
    kind: Kind, lines: Sequence[FileLine], mapped: Mapped, fixed: Mapping[str, str], known: Known
) -> tuple[list[NeedRow] | list[OfferRow], list[Problem]]:
    """Return the rows that are good, and all that is wrong; `fixed` stands for columns that the file does not have."""
    rows: list[Any] = []
    problems: list[Problem] = []
    keys, seen = Keys(kind), Counter[str]()
    for line in lines:
        texts = {**fixed, **{name: line.cells[place] for name, place in mapped.items()}}
        cells = Cells(line.number, texts, known)
        cells.required(kind)
        key = keys.of(texts)
        seen[key] += 1
        if seen[key] > 1:
            cells.wrong("key", _("“%(text)s” stands here for the second time.") % {"text": key[:60]})
        if len(key) > KEY_LENGTH:
            cells.wrong("key", _("A key has at most 120 characters."))
        row = _need(cells, key) if kind == Kind.REQUIREMENTS else _offer(cells, key)
        if cells.problems:
            problems += cells.problems
        else:
            rows.append(row)
    return rows, problems


class Keys:
    """Gives each row its key: that of its column, else a hash of what identifies it, counted where rows are alike."""

    def __init__(self, kind: Kind) -> None:
        self.kind, self.alike = kind, Counter[str]()

    def of(self, texts: Mapping[str, str]) -> str:
        """Return the key of the next row."""
        if texts.get("key"):
            return clean_line(texts["key"], 10_000)
        return self.made(self.kind.value, [texts.get(name, "") for name in IDENTIFYING[self.kind]])

    def made(self, prefix: str, parts: Sequence[str]) -> str:
        """Return a key made of `parts`; the second row of the same parts has a number in it."""
        text = "\x1f".join([prefix, *(folded(part) for part in parts)])
        self.alike[text] += 1
        digest = hashlib.sha256(f"{text}\x1f{self.alike[text]}".encode()).hexdigest()
        return f"{prefix}:{digest[:32]}"


def _need(cells: Cells, key: str) -> NeedRow | None:
    """Return the requirement that a row states, None if its cells are wrong."""
    known = cells.known
    code, currency = _counted(cells)
    if currency not in {"", BASE} and not _has(cells, "currency"):
        cells.wrong("currency", str(OtherCurrency.message))
    quantity = cells.read("quantity", _figure, Decimal(0))
    if cells.text("quantity") and code and not _has(cells, "quantity"):
        cells.checked("quantity", lambda: check_quantity(quantity, known.capabilities[code]))
    first, last = _span(cells, "needed_from", "needed_to")
    names = {name[5:]: cells.text(name) for name in ("name_en", "name_fr") if cells.text(name)}
    cells.checked("name_en", lambda: clean_names(names))
    need = Need(
        names={language: clean_line(name, 10_000) for language, name in names.items()},
        line=cells.choice("line", known.lines, Line.SUPPORT),
        phase=cells.choice("phase", known.phases, Phase.NOW),
        capability=code,
        quantity=quantity,
        needed_from=first or date.max,
        needed_to=last or date.max,
        currency=currency,
        priority=Priority(int(cells.choice("priority", known.priorities, Priority.MEDIUM))),
        is_essential=cells.read("essential", is_yes, False),
        area=cells.read("area", lambda text: clean_line(text, AREA_LENGTH), ""),
        task=cells.read("task", lambda text: clean_line(text, AREA_LENGTH), ""),
    )
    renamed = {"essential": "is_essential", "name_en": "names", "name_fr": "names"}
    given = frozenset(renamed.get(name, name) for name in cells.texts if name != "key")
    return None if cells.problems else NeedRow(cells.number, key, need, given)


def _offer(cells: Cells, key: str) -> OfferRow | None:
    """Return the contribution that a row states, None if its cells are wrong."""
    known = cells.known
    code, currency = _counted(cells)
    first, last = _span(cells, "available_from", "available_to")
    happened = _happened(cells, code)
    offer = Offer(
        title=cells.read("title", _title, ""),
        line=cells.choice("line", known.lines, Line.SUPPORT),
        capability=code,
        amount=_amount(cells, code),
        available_from=first or known.today,
        available_to=last,
        details=cells.read("details", clean_prose, ""),
        phase=cells.choice("phase", known.phases),
        currency=currency,
        readiness=_whole(cells, "readiness", MOST_DAYS) or 0,
        tour=_whole(cells, "tour", MOST_MONTHS) or None,
        rest=_whole(cells, "rest", MOST_MONTHS),
        due_on=_day(cells, "due_on"),
        expires_on=_day(cells, "expires_on"),
        approvals=tuple(one for one in Approval if one in cells.choices("approvals", known.approvals)),
        conditions=frozenset[UUID](cells.choices("conditions", known.condition_words)),
        link=cells.read("link", clean_link, ""),
    )
    members = tuple(cells.choices("members", known.member_words))
    if cells.problems:
        return None
    return OfferRow(cells.number, key, members, offer, _given(cells), **happened)


def _happened(cells: Cells, code: str) -> dict[str, Any]:
    """Return what the row says of its announcement, commitment and deliveries."""
    announced = cells.read("announced", day_of, cells.known.today)
    committed = cells.read("committed", day_of, None)
    delivered = cells.read("delivered", _figure_or_unknown, None)
    delivered_on = cells.read("delivered_on", day_of, None)
    for name, day in (("announced", announced), ("committed", committed), ("delivered_on", delivered_on)):
        if day is not None:
            cells.checked(name, lambda day=day: check_past(day))  # type: ignore[misc]
    if delivered and code:
        cells.checked("delivered", lambda: check_quantity(delivered, cells.known.capabilities[code]))
    return {
        "announced": announced,
        "committed": committed,
        "delivered": delivered or None,
        "delivered_on": delivered_on,
    }


def _given(cells: Cells) -> frozenset[str]:
    """Return the fields of an offer that the file speaks of."""
    own = {"key", "members", "announced", "committed", "delivered", "delivered_on"}
    amounts = {"quantity", "low", "high"}
    return frozenset("amount" if name in amounts else name for name in cells.texts if name not in own)


def _counted(cells: Cells) -> tuple[str, str]:
    """Return the capability and the currency of a row."""
    code = cells.choice("capability", cells.known.capability_words)
    currency = cells.text("currency").strip().upper()
    if currency and currency not in currencies():
        cells.wrong("currency", _("“%(text)s” is no code of a currency.") % {"text": currency[:20]})
    elif code:
        cells.checked("currency", lambda: check_currency(cells.known.capabilities[code], currency))
    return code, currency


def _span(cells: Cells, first: str, last: str) -> tuple[date | None, date | None]:
    """Return the first and the last day of a row."""
    begin, end = cells.read(first, day_of, None), cells.read(last, day_of, None)
    if begin is not None:
        cells.checked(last if end else first, lambda: check_span(begin, end))
    return begin, end


def _day(cells: Cells, name: str) -> date | None:
    day = cells.read(name, day_of, None)
    if day is not None:
        cells.checked(name, lambda: check_span(day, None))
    return day


def _amount(cells: Cells, code: str) -> Amount:
    """Return the quantity of an offer: one figure, a range, or undisclosed; 0 is no quantity."""
    low = cells.read("low", _figure_or_unknown, None)
    high = cells.read("high", _figure_or_unknown, None)
    one = cells.read("quantity", _figure_or_unknown, None)
    if low is None or high is None:
        low = high = one if one is not None else low if low is not None else high
    name = "quantity" if one is not None else "low"
    if low is None or high is None or not code:
        return Amount(None, None)
    capability = cells.known.capabilities[code]
    cells.checked(name, lambda: check_quantity(low, capability)) and cells.checked(
        "high" if one is None else name, lambda: check_quantity(high, capability)
    )
    if high < low:
        cells.wrong("high", str(ReversedRange.message))
    return Amount(low, high)


def _figure(text: str) -> Decimal:
    return number_of(text)


def _figure_or_unknown(text: str) -> Decimal | None:
    return None if is_unknown(text) else number_of(text)


def _whole(cells: Cells, name: str, most: int) -> int | None:
    """Return a whole number of days or months."""
    value = cells.read(name, _figure_or_unknown, None)
    if value is None:
        return None
    if value != value.to_integral_value() or not 0 <= value <= most:
        cells.wrong(name, str(BadNotice.message))
        return None
    return int(value)


def _title(text: str) -> str:
    title = clean_line(text, TITLE_LENGTH)
    if not title:
        raise TitleMissing
    return title


def _has(cells: Cells, name: str) -> bool:
    """Say whether something is wrong in a column already."""
    return any(problem.column == name for problem in cells.problems)
