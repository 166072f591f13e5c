"""What stands beside an adopted text: reservations kept with it, alignments, explanations of position."""

from collections.abc import Sequence
from dataclasses import dataclass
from json import loads

from concertation.coalition.enums import Capacity
from concertation.coalition.models import Delegate
from concertation.texts.canonical import Reservation
from concertation.texts.models import AdoptedText, Alignment, Explanation


@dataclass(frozen=True, slots=True)
class Afterwards:
    """What is kept with an adopted text, and what a delegate may still say about it."""

    reservations: Sequence[Reservation]
    alignments: Sequence[Alignment]
    explanations: Sequence[Explanation]
    may_align: bool = False
    may_explain: bool = False

    @property
    def is_any(self) -> bool:
        """Whether anything stands beside the text."""
        return bool(self.reservations or self.alignments or self.explanations)


def afterwards_of(adopted: AdoptedText, delegate: Delegate | None = None) -> Afterwards:
    """Return what stands beside `adopted`, for `delegate` or for everybody, in two queries."""
    alignments = list(Alignment.objects.filter(adopted=adopted.pk).select_related("member", "delegate__person"))
    explanations = list(Explanation.objects.filter(adopted=adopted.pk).select_related("member", "delegate__person"))
    member = delegate.member_id if delegate and delegate.capacity == Capacity.HEAD else None
    aligned = {alignment.member_id for alignment in alignments}
    bound = aligned | set(adopted.members)
    return Afterwards(
        reservations=loads(bytes(adopted.content)).get("reservations", []),
        alignments=alignments,
        explanations=explanations,
        may_align=member is not None and member not in bound,
        may_explain=member in bound and member not in {explanation.member_id for explanation in explanations},
    )
