"""Who may open the sync socket of a text, and as whom: the session, the capacity and the text's own rules."""

from collections.abc import Mapping
from uuid import UUID

from channels.db import database_sync_to_async
from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest, parse_cookie

from concertation.accounts.models import Person
from concertation.coalition.models import Delegate
from concertation.coalition.queries import delegate_of
from concertation.texts.enums import State
from concertation.texts.models import Text
from concertation.texts.rules import may_draft, may_edit
from concertation.texts.sync.endpoint import Scope
from concertation.texts.sync.room import Access, Code, Refusal

COLOURS = 12  # as many as the style sheet has for people


async def authorise(scope: Scope, text_id: str) -> Access | Refusal:
    """Return what the person behind the connection `scope` may do with the text now."""
    answer: Access | Refusal = await database_sync_to_async(_authorise)(scope, text_id)
    return answer


def _authorise(scope: Scope, text_id: str) -> Access | Refusal:
    """Return the access of the session's delegate, or why there is none."""
    person = _person(scope)
    delegate = delegate_of(person) if person else None
    if delegate is None:
        return Refusal(Code.ANONYMOUS, "signed out")
    try:
        text = Text.objects.visible_to(delegate).filter(pk=UUID(text_id)).first()
    except ValueError:
        text = None
    if text is None:
        return Refusal(Code.UNKNOWN, "unknown text")
    return Access(
        delegate=str(delegate.id),
        user=_shown(delegate),
        may_write=may_edit(delegate, text),
        is_frozen=text.state != State.DRAFT and may_draft(delegate),
        languages=frozenset(text.versions.values_list("language", flat=True)),
    )


def _person(scope: Scope) -> Person | None:
    """Return who is signed in with the session cookie of the connection."""
    cookies = [value.decode("latin-1") for name, value in scope["headers"] if name == b"cookie"]
    request = HttpRequest()
    request.session = SessionStore(parse_cookie("; ".join(cookies)).get(settings.SESSION_COOKIE_NAME))
    user = get_user(request)
    return user if isinstance(user, Person) else None


def _shown(delegate: Delegate) -> Mapping[str, object]:
    """Return what the others see of `delegate`."""
    return {
        "delegate": str(delegate.id),
        "name": delegate.person.name,
        "member": delegate.member_id,
        "capacity": delegate.capacity,
        "colour": delegate.id.int % COLOURS,
    }
