"""The entry and the signals that every act on a text leaves behind."""

from collections.abc import Collection, Mapping
from uuid import UUID

from concertation.coalition.enums import Capacity
from concertation.coalition.models import Delegate
from concertation.core import live
from concertation.record.canonical import Json
from concertation.record.domain.entries import append_entry
from concertation.record.events import Actor, Subject
from concertation.texts.enums import Audience
from concertation.texts.events import Act
from concertation.texts.models import Text
from concertation.texts.parts import parts_of, topics_of
from concertation.texts.queries import members_who_decide


def note(by: Delegate | None, act: Act, text: Text, data: Mapping[str, Json], *, told: Collection[UUID] = ()) -> None:
    """Append the entry of `act`, sealed for a text of named members, and announce it to readers and `told`."""
    actor = by.actor if by else Actor.system()
    subject = Subject("text", str(text.pk))
    whole: dict[str, Json] = {"title": next(iter(text.titles.values())), **data}
    if text.audience == Audience.MEMBERS:
        readers = sorted(text.members.values_list("pk", flat=True))
        append_entry(actor=actor, action=act, subject=subject, data={}, restricted=whole, audience=readers)
    else:
        append_entry(actor=actor, action=act, subject=subject, data=whole)
    live.announce(*topics_of(text.pk, parts_of(act)), "texts", *(f"delegate:{delegate}" for delegate in told))


def heads_who_decide(text: Text) -> list[UUID]:
    """Return the heads of delegation whose home says something about a procedure on `text`."""
    heads = Delegate.objects.active().filter(capacity=Capacity.HEAD, member__in=members_who_decide(text))
    return list(heads.values_list("pk", flat=True))
