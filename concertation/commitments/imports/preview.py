"""What a file would do, before anything is saved: its rows, what is wrong in them, and what they would change."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from concertation.coalition.models import Delegate, Member
from concertation.commitments.deriving import Amount
from concertation.commitments.domain.contributions import Offer
from concertation.commitments.imports.carried import Carried
from concertation.commitments.imports.columns import COLUMNS, Kind, Mapped, guessed
from concertation.commitments.imports.faults import letters_of
from concertation.commitments.imports.kiel import LINK, is_kiel, read_kiel
from concertation.commitments.imports.known import known_now
from concertation.commitments.imports.result import NeedRow, OfferRow, Problem, Upload
from concertation.commitments.imports.rows import read_rows
from concertation.commitments.imports.sentences import LABELS, label_of
from concertation.commitments.queries.comparing import (
    Change,
    PlannedNeed,
    PlannedOffer,
    Status,
    compare_needs,
    compare_offers,
)
from concertation.core.words import in_language

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Choice:
    """One of our columns, and where its cells come from: a place in the file, or one value for all rows."""

    name: str
    label: str
    place: int | None
    fixed: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something that is wrong, as a person finds it in the file."""

    row: int
    column: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A row that would be new or change something."""

    row: int
    title: str
    about: str  # by whom, how much, from when
    status: Status
    changes: list[str]


@dataclass
class Preview:
    """All that is known of a file before it is imported."""

    carried: Carried
    is_kiel: bool
    choices: list[Choice] = field(default_factory=list)
    rows: Sequence[NeedRow] | Sequence[OfferRow] = ()
    wrong: list[Wrong] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)
    counts: Counter[Status] = field(default_factory=Counter)
    left_out: list[str] = field(default_factory=list)  # donors that are no members

    @property
    def is_importable(self) -> bool:
        """Whether nothing is wrong and something would change."""
        return not self.wrong and bool(self.counts[Status.NEW] + self.counts[Status.CHANGED])

    @property
    def headers(self) -> list[tuple[int, str]]:
        """The headers of the file with their places; those without words by their letters."""
        return [(place, cell or letters_of(place)) for place, cell in enumerate(self.carried.head.cells)]

    def upload(self, link: str) -> Upload:
        """Return the file as the record names it."""
        return Upload(self.carried.name, self.carried.sha256, LINK if self.is_kiel else link)


def preview_of(by: Delegate, carried: Carried, asked: Mapping[str, str] | None = None) -> Preview:
    """Return what a file would do; `asked` has the mapping that was chosen, without one it is guessed."""
    preview = Preview(carried, carried.kind == Kind.CONTRIBUTIONS and is_kiel(carried.head.cells))
    problems = _read_kiel(preview) if preview.is_kiel else _read(preview, asked)
    if not problems:
        problems = _compare(by, preview)
    preview.wrong = _located(preview, problems)
    return preview


def _read(preview: Preview, asked: Mapping[str, str] | None) -> list[Problem]:
    """Read the rows by the mapping, and return what is wrong."""
    kind, head = preview.carried.kind, preview.carried.head
    fixed: dict[str, str] = {}
    if asked is None:
        mapped = guessed(kind, head.cells, {name: str(label) for name, label in LABELS.items()})
    else:
        mapped, fixed = _chosen(kind, asked, len(head.cells))
    preview.choices = [Choice(name, label_of(name), mapped.get(name), fixed.get(name, "")) for name in COLUMNS[kind]]
    preview.rows, problems = read_rows(kind, preview.carried.lines, mapped, fixed, known_now())
    return problems


def _chosen(kind: Kind, asked: Mapping[str, str], width: int) -> tuple[Mapped, dict[str, str]]:
    """Return the mapping that was chosen: a place, else the value for all rows."""
    mapped: Mapped = {}
    fixed: dict[str, str] = {}
    for name in COLUMNS[kind]:
        place = asked.get(f"at-{name}", "")
        if place.isascii() and place.isdecimal() and int(place) < width:
            mapped[name] = int(place)
        elif value := asked.get(f"all-{name}", "").strip()[:200]:
            fixed[name] = value
    return mapped, fixed


def _read_kiel(preview: Preview) -> list[Problem]:
    """Read the rows of the tracker by its own mapping, and return what is wrong."""
    members = frozenset(Member.objects.present().values_list("pk", flat=True))
    read = read_kiel(preview.carried.head, preview.carried.lines, members)
    preview.rows, preview.left_out = read.rows, sorted(read.left_out)
    return read.problems


def _compare(by: Delegate, preview: Preview) -> list[Problem]:
    """Compare the rows with what is here, and return what they may not do."""
    planned: Sequence[PlannedNeed] | Sequence[PlannedOffer]
    problems: list[Problem] = []
    if preview.carried.kind == Kind.REQUIREMENTS:
        planned = list(compare_needs([row for row in preview.rows if isinstance(row, NeedRow)]))
    else:
        planned, problems = compare_offers(by, [row for row in preview.rows if isinstance(row, OfferRow)])
    preview.counts = Counter(one.status for one in planned)
    changing = [one for one in planned if one.status in {Status.NEW, Status.CHANGED}]
    changing.sort(key=lambda one: one.status == Status.NEW)
    preview.shown = [_shown(one) for one in changing[:MOST_SHOWN]]
    return problems


def _shown(one: PlannedNeed | PlannedOffer) -> Shown:
    title, about = _described(one)
    changes = [_said(change) for change in one.changes]
    if one.there is not None and one.committed:
        changes.append(_("committed on %(day)s") % {"day": _words(one.committed)})
    if one.there is not None and one.delivery is not None:
        changes.append(_("delivered: %(more)s more") % {"more": _words(one.delivery)})
    return Shown(one.row.number, title, about, one.status, changes)


def _described(one: PlannedNeed | PlannedOffer) -> tuple[str, str]:
    """Return what a row is, and by whom, how much and from when."""
    value = one.value
    if isinstance(value, Offer):
        amount = f"{_words(value.amount)} {value.currency}".strip()
        said = [
            ", ".join(one.row.members) if isinstance(one.row, OfferRow) else "",
            amount,
            _words(value.available_from),
        ]
        return value.title, " · ".join(said)
    said = [f"{_words(value.quantity)} {value.currency}".strip(), _words(value.needed_from), _words(value.needed_to)]
    return in_language(value.names), " · ".join(said)


def _said(change: Change) -> str:
    """Return one change as a line: what, from, to."""
    return f"{label_of(change.name)}: {_words(change.before)} → {_words(change.after)}"


def _words(value: object) -> str:
    """Return a value as the reader writes it."""
    if isinstance(value, Amount):
        if value.low is None:
            return _("undisclosed")
        return _words(value.low) if value.low == value.high else f"{_words(value.low)}–{_words(value.high)}"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Decimal):
        return number_format(value.normalize() if value % 1 else value.quantize(Decimal(1)), force_grouping=True)
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    if isinstance(value, dict):
        return ", ".join(map(str, value.values()))
    if isinstance(value, tuple | frozenset | list):
        return ", ".join(sorted(map(str, value))) or "–"
    return str(value) if value not in (None, "") else "–"


def _located(preview: Preview, problems: Sequence[Problem]) -> list[Wrong]:
    """Return problems with the name of the column in the file where it has one, else of ours."""
    places = {choice.name: choice.place for choice in preview.choices if choice.place is not None}
    cells = preview.carried.head.cells
    return [
        Wrong(
            one.row,
            f"{letters_of(places[one.column])}, {cells[places[one.column]]}"
            if one.column in places
            else label_of(one.column)
            if one.column
            else "",
            one.sentence,
        )
        for one in sorted(problems, key=lambda one: (one.row, places.get(one.column, len(cells))))
    ]
