"""What surrounds the words in every format: state, audience, hash, legend, notes. No Django here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from concertation.texts.exports.flow import full_name, has_brackets, has_held, proposers_of
from concertation.texts.reading import RemarkSpan, Sheet, SheetVersion


@dataclass(frozen=True, slots=True)
class Labels:
    """Words for the frame in the reader's language; `page` has {page} and {pages} in it.

    `names` says what speakers of each language call it, `rtl` which are written from right to left.
    """

    language: str
    names: Mapping[str, str]
    rtl: frozenset[str]
    state: str
    audience: str
    page: str
    authentic: str
    translation: str
    adopted_by: str
    legend: str
    brackets: str
    held: str
    insertions: str
    deletions: str
    proposers: str
    notes: str
    reservation: str
    comment: str
    nothing: str


@dataclass(frozen=True, slots=True)
class Copy:
    """What goes into one file: versions of a sheet, and whether they stand side by side or in sequence."""

    sheet: Sheet
    versions: Sequence[SheetVersion]
    words: Labels
    is_side_by_side: bool = False

    @property
    def legend(self) -> list[str]:
        """The lines that say how to read what stands in the text; none where nothing does."""
        lines = [self.words.brackets] if has_brackets(self.versions) else []
        lines += [self.words.held] if has_held(self.versions) else []
        if proposers := proposers_of(self.versions):
            names = "; ".join(full_name(author) for author in proposers)
            lines += [self.words.insertions, self.words.deletions, f"{self.words.proposers} {names}"]
        return lines

    @property
    def title(self) -> str:
        """The title of the first version."""
        return self.versions[0].title

    @property
    def columns(self) -> bool:
        """Whether there is more than one version to stand side by side."""
        return self.is_side_by_side and len(self.versions) > 1


def version_line(version: SheetVersion, words: Labels) -> str:
    """Return the name of a version with what it is: “Français · translation”."""
    name = words.names.get(version.language, version.language)
    return f"{name} · {words.authentic if version.is_authentic else words.translation}"


def remark_line(remark: RemarkSpan, words: Labels) -> str:
    """Return the kind of a remark and whose it is: “Reservation, Hélène Durand (FR)”."""
    return f"{words.reservation if remark.is_reservation else words.comment}, {full_name(remark.author)}"


def direction(language: str, words: Labels) -> str:
    """Return how a language is written, as HTML says it."""
    return "rtl" if language in words.rtl else "ltr"
