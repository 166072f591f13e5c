"""Who has positions and speaks with others: the coalition's own in the order of protocol, then others."""

from dataclasses import dataclass

from concertation.coalition.enums import Status
from concertation.coalition.models import Delegate, Member
from concertation.situation.models import Counterpart


@dataclass(frozen=True, slots=True)
class Party:
    """A member, a partner, or somebody outside."""

    key: str  # the code of a member, the id of somebody outside
    name: str
    flag: str  # a code with a flag, or empty
    letters: str  # a few, for a picture
    member: Member | None = None
    counterpart: Counterpart | None = None

    @property
    def is_ours(self) -> bool:
        """Whether it belongs to the coalition."""
        return self.member is not None


def party_of(actor: Member | Counterpart) -> Party:
    """Return a member, or somebody outside, as a party."""
    if isinstance(actor, Member):
        return Party(actor.pk, actor.name, actor.pk, actor.pk[:4], member=actor)
    letters = actor.country or "".join(word[0] for word in actor.name.split())[:3].upper()
    return Party(str(actor.pk), actor.name, actor.country, letters, counterpart=actor)


def our_members() -> list[Member]:
    """Return the members and partners in the order of protocol."""
    return list(Member.objects.filter(status__in=[Status.MEMBER, Status.PARTNER]))


def parties_for(reader: Delegate) -> list[Party]:
    """Return everybody whose positions `reader` follows, in two queries."""
    return [party_of(one) for one in (*our_members(), *Counterpart.objects.visible_to(reader))]
