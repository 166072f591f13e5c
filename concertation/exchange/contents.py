"""What a file holds once it is checked, and where each part stood in it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from concertation.core.errors import DomainError
from concertation.exchange import schema
from concertation.exchange.faults import Fault, FileRefused, dotted
from concertation.exchange.lines import Path, line_of

T = TypeVar("T", bound=schema.Table, covariant=True)
Finding = tuple[Path, str]


@dataclass(frozen=True, slots=True)
class CoalitionFile:
    """A whole, valid file: every reference in it leads somewhere."""

    name: str
    text: str = field(repr=False)
    coalition: schema.CoalitionPart
    sources: dict[str, str]
    members: list[schema.MemberPart]
    people: list[schema.PersonPart]
    meetings: list[schema.MeetingPart]
    texts: list[schema.TextPart]
    conditions: list[schema.ConditionPart]
    catalogue: schema.CataloguePart
    capabilities: list[schema.CapabilityPart]
    rates: list[schema.RatePart]
    requirements: list[schema.RequirementPart]
    contributions: list[schema.ContributionPart]

    def cited(self, keys: Sequence[str]) -> list[str]:
        """Return the sources that stand behind `keys`."""
        return [self.sources[key] for key in keys]

    @contextmanager
    def at(self, *path: str | int) -> Iterator[None]:
        """Turn a refusal by the coalition's own rules into a fault at `path`; raises FileRefused."""
        try:
            yield
        except FileRefused:
            raise
        except DomainError as error:
            fault = Fault(line_of(path, self.text), dotted(path), str(error.message))
            raise FileRefused(self.name, [fault]) from error


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
    conditions: list[Placed[schema.ConditionPart]]
    capabilities: list[Placed[schema.CapabilityPart]]
    rates: list[Placed[schema.RatePart]]
    requirements: list[Placed[schema.RequirementPart]]
    contributions: list[Placed[schema.ContributionPart]]

    def whole(self, name: str, text: str, outline: schema.Outline) -> CoalitionFile:
        """Return the file without the places, for when nothing is wrong with it."""
        return CoalitionFile(
            name=name,
            text=text,
            coalition=outline.coalition,
            sources=outline.sources,
            members=[placed.part for placed in self.members],
            people=[placed.part for placed in self.people],
            meetings=[placed.part for placed in self.meetings],
            texts=[placed.part for placed in self.texts],
            conditions=[placed.part for placed in self.conditions],
            catalogue=outline.catalogue,
            capabilities=[placed.part for placed in self.capabilities],
            rates=[placed.part for placed in self.rates],
            requirements=[placed.part for placed in self.requirements],
            contributions=[placed.part for placed in self.contributions],
        )
