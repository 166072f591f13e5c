"""What would have to be proposed to bring an earlier state of a version back. No Django here."""

from collections.abc import Collection, Iterator, Sequence

from concertation.texts.comparison import Compared, Kind
from concertation.texts.paragraphs import content_of
from concertation.texts.wishes import Change, Deletion, Insertion, Move, Wanted


def wishes_to_restore(
    paragraphs: Sequence[Compared], language: str, wanted: Collection[str] | None = None
) -> list[Wanted]:
    """Return the proposals that make what is `before` into what is `after`, for the paragraphs with these ids or all.

    Brackets and proposals of then are not brought back: they are what delegations hold today.
    """
    found: list[Wanted] = []
    last = ""
    for one in paragraphs:
        here = one.after or one.before
        if here is not None and here.id and (wanted is None or here.id in wanted):
            found += _wishes(one, language, last)
        if one.after is not None and one.before is not None:
            last = one.before.id or last
    return found


def _wishes(one: Compared, language: str, last: str) -> Iterator[Wanted]:
    """Yield what to propose for one paragraph; `last` is the id of the one that stands before it now."""
    if one.before is None and one.after is not None:
        yield Insertion(language, last, one.after.block, one.after.id)
    elif one.after is None and one.before is not None:
        yield Deletion(language, one.before.id)
    elif one.before is not None and one.after is not None:
        if content_of(one.before.block) != content_of(one.after.block):
            yield Change(language, one.before.id, one.after.block)
        if one.moved:
            yield Move(language, one.before.id, last)


def can_restore(one: Compared) -> bool:
    """Say whether a compared paragraph would be proposed otherwise than it is."""
    return one.kind in {Kind.ADDED, Kind.REMOVED} or any(True for _ in _wishes(one, "", ""))
