"""After adoption: others align themselves, positions are explained; the text itself and who adopted it never change."""

from uuid import UUID

from django.db import transaction

from concertation.coalition.enums import Capacity
from concertation.coalition.models import Delegate, Member
from concertation.core import clock
from concertation.core.errors import NotAllowed
from concertation.core.words import prose
from concertation.record.canonical import Json
from concertation.texts.domain.notes import locked_text, note
from concertation.texts.enums import State
from concertation.texts.errors import AdoptedItself, AlreadyStated, NotBound, NotPossibleNow, WordsMissing
from concertation.texts.events import Act
from concertation.texts.models import AdoptedText, Alignment, Explanation

STATEMENT_LENGTH = 10_000


@transaction.atomic
def align_with_text(*, by: Delegate, text_id: UUID, statement: str = "") -> Alignment:
    """Align the member of `by`, its head, with an adopted text that it did not adopt itself; final.

    `statement` may be empty. Raises NoSuchText, NotAllowed, NotPossibleNow (not adopted), AdoptedItself,
    AlreadyStated, WordsMissing (too many).
    """
    adopted, member = _adopted(by, text_id)
    words = prose(statement)
    if member.pk in adopted.members:
        raise AdoptedItself
    if len(words) > STATEMENT_LENGTH:
        raise WordsMissing
    if adopted.alignments.filter(member=member).exists():
        raise AlreadyStated
    alignment = Alignment.objects.create(adopted=adopted, member=member, delegate=by, words=words, at=clock.now())
    _note(by, Act.ALIGNED, adopted, member, words)
    return alignment


@transaction.atomic
def explain_position(*, by: Delegate, text_id: UUID, words: str) -> Explanation:
    """Attach the explanation of position of a member that adopted the text or aligned itself with it; final.

    Raises NoSuchText, NotAllowed, NotPossibleNow (not adopted), NotBound, AlreadyStated, WordsMissing.
    """
    adopted, member = _adopted(by, text_id)
    words = prose(words)
    if member.pk not in adopted.members and not adopted.alignments.filter(member=member).exists():
        raise NotBound
    if not 0 < len(words) <= STATEMENT_LENGTH:
        raise WordsMissing
    if adopted.explanations.filter(member=member).exists():
        raise AlreadyStated
    explanation = Explanation.objects.create(adopted=adopted, member=member, delegate=by, words=words, at=clock.now())
    _note(by, Act.EXPLAINED, adopted, member, words)
    return explanation


def _adopted(by: Delegate, text_id: UUID) -> tuple[AdoptedText, Member]:
    """Return the adopted text and the member that `by` leads; raises NoSuchText, NotAllowed, NotPossibleNow."""
    text = locked_text(by, text_id)
    if by.capacity != Capacity.HEAD or by.member is None:
        raise NotAllowed
    if text.state != State.ADOPTED:
        raise NotPossibleNow
    return text.adopted, by.member


def _note(by: Delegate, act: Act, adopted: AdoptedText, member: Member, words: str) -> None:
    """Leave the entry of a statement."""
    facts: dict[str, Json] = {"sha256": adopted.sha256, "member": member.pk, "statement": words}
    note(by, act, adopted.text, facts)
