"""The entry and the signals that every act on positions and contacts shares, and who reads what is entered."""

from collections.abc import Collection, Mapping

from concertation.coalition.audiences import packed, readers_of
from concertation.coalition.enums import Audience
from concertation.coalition.models import Delegate
from concertation.core import live
from concertation.record.canonical import Json
from concertation.record.domain.entries import append_entry
from concertation.record.events import Actor, Subject

REASON_LENGTH = 500


class Readers:
    """For whom something is entered: an audience, and the codes that it means now; none for the whole coalition."""

    def __init__(self, audience: Audience, codes: Collection[str] = ()) -> None:
        self.audience, self.codes = Audience(audience), frozenset(codes)

    @classmethod
    def of(cls, audience: Audience, *, own: str | None, named: Collection[str] = ()) -> "Readers":
        """Return the readers that `audience` means now; `own` is None for the secretariat. Raises UnknownReaders."""
        codes = readers_of(audience, own=own or "", named=named)
        return cls(audience, codes - {""})

    @property
    def is_restricted(self) -> bool:
        """Whether not the whole coalition may read it."""
        return self.audience != Audience.COALITION

    @property
    def packed(self) -> str:
        """The codes as rows keep them."""
        return packed(self.codes)

    def with_codes(self, codes: Collection[str]) -> "Readers":
        """Return these readers and more."""
        return Readers(self.audience, self.codes | frozenset(codes)) if self.is_restricted else self

    def facts(self) -> dict[str, Json]:
        """Return what the record keeps of them."""
        return {"shared_with": self.audience.value, "readers": sorted(self.codes)}


EVERYBODY = Readers(Audience.COALITION)


def enter(
    by: Delegate | None,
    act: str,
    subject: Subject,
    facts: Mapping[str, Json],
    *,
    readers: Readers = EVERYBODY,
    topics: Collection[str],
) -> None:
    """Append the entry of `act`, sealed when not the whole coalition reads it, and tell the pages of `topics`."""
    actor = by.actor if by else Actor.system()
    if readers.is_restricted:
        append_entry(actor=actor, action=act, subject=subject, data={}, restricted=facts, audience=readers.codes)
    else:
        append_entry(actor=actor, action=act, subject=subject, data=facts)
    live.announce(*topics)


def homes_of(readers: Readers, *, without: str | None = None) -> list[str]:
    """Return the topics of the homes of those who may read something, the delegates of member `without` left out."""
    people = Delegate.objects.active().filter(member__isnull=False)
    if readers.is_restricted:
        people = people.filter(member__in=readers.codes)
    if without:
        people = people.exclude(member=without)
    return [f"delegate:{pk}" for pk in people.values_list("pk", flat=True)]
