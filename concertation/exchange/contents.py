"""What a file holds once it is checked, and where each part stood in it."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from concertation.exchange import schema
from concertation.exchange.lines import Path

T = TypeVar("T", bound=schema.Table, covariant=True)
Finding = tuple[Path, str]


@dataclass(frozen=True, slots=True)
class CoalitionFile:
    """A whole, valid file: every reference in it leads somewhere."""

    coalition: schema.CoalitionPart
    sources: dict[str, str]
    members: list[schema.MemberPart]
    people: list[schema.PersonPart]
    meetings: list[schema.MeetingPart]
    texts: list[schema.TextPart]


@dataclass(frozen=True)
class Placed(Generic[T]):
    """A part that is good in itself, with its place in the file."""

    at: Path
    part: T


@dataclass(frozen=True, slots=True)
class Found:
    """The parts of a file that are good in themselves; what they refer to is not checked yet."""

    members: list[Placed[schema.MemberPart]]
    people: list[Placed[schema.PersonPart]]
    meetings: list[Placed[schema.MeetingPart]]
    texts: list[Placed[schema.TextPart]]

    def whole(self, outline: schema.Outline) -> CoalitionFile:
        """Return the file without the places, for when nothing is wrong with it."""
        return CoalitionFile(
            coalition=outline.coalition,
            sources=outline.sources,
            members=[placed.part for placed in self.members],
            people=[placed.part for placed in self.people],
            meetings=[placed.part for placed in self.meetings],
            texts=[placed.part for placed in self.texts],
        )
