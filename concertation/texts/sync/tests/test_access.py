"""Who may open the sync socket of a text, for every kind of visitor and every state of the text."""

from uuid import UUID, uuid4

import pytest
from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.test import TestCase

from concertation.accounts.models import Person
from concertation.coalition.models import Delegate
from concertation.texts.enums import Audience
from concertation.texts.models import Text
from concertation.texts.sync.access import _authorise
from concertation.texts.sync.relay import group_of
from concertation.texts.sync.room import Access, Refusal
from concertation.texts.sync.signals import recheck
from concertation.texts.tests.factories import make_proposed, make_text
from tests.helpers.people import Visitors, client_of, make_secretary, make_visitors

pytestmark = pytest.mark.django_db

WRITES, READS, FROZEN = (True, False), (False, False), (False, True)
ANONYMOUS, UNKNOWN = 4401, 4404


def answer(who: Delegate | Person | None, text_id: UUID | str) -> tuple[bool, bool] | int:
    """Return may_write and is_frozen of the access, or the code of the refusal."""
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in client_of(who).cookies.items())
    access = _authorise({"headers": [(b"host", b"x"), (b"cookie", cookie.encode())]}, str(text_id))
    return (access.may_write, access.is_frozen) if isinstance(access, Access) else access.code


def answers(visitors: Visitors, text: Text) -> dict[str, tuple[bool, bool] | int]:
    """Return the answer for every kind of visitor."""
    return {name: answer(who, text.pk) for name, who in vars(visitors).items()} | {"nobody": answer(None, text.pk)}


def test_draft_is_read_by_the_coalition_and_written_by_who_speaks_for_a_member() -> None:
    assert answers(make_visitors(), make_text()) == {
        "observer": READS,
        "interpreter": READS,
        "other_delegate": WRITES,
        "delegate": WRITES,
        "head": WRITES,
        "co_chair": WRITES,
        "secretariat": WRITES,
        "outsider": ANONYMOUS,
        "nobody": ANONYMOUS,
    }


def test_proposed_and_adopted_texts_are_frozen_for_writers() -> None:
    visitors = make_visitors()
    expected = {
        "observer": READS,
        "interpreter": READS,
        "other_delegate": FROZEN,
        "delegate": FROZEN,
        "head": FROZEN,
        "co_chair": FROZEN,
        "secretariat": FROZEN,
        "outsider": ANONYMOUS,
        "nobody": ANONYMOUS,
    }
    assert answers(visitors, make_proposed().text) == expected


def test_text_of_named_members_does_not_exist_for_others() -> None:
    visitors = make_visitors()
    assert answers(visitors, make_text(audience=Audience.MEMBERS, members=["DE", "FR"])) == {
        "observer": UNKNOWN,
        "interpreter": READS,
        "other_delegate": UNKNOWN,
        "delegate": WRITES,
        "head": WRITES,
        "co_chair": WRITES,
        "secretariat": WRITES,
        "outsider": ANONYMOUS,
        "nobody": ANONYMOUS,
    }


@pytest.mark.parametrize("text_id", [uuid4(), "nonsense", ""])
def test_unknown_text_is_refused(text_id: UUID | str) -> None:
    assert answer(make_secretary(), text_id) == UNKNOWN


@pytest.mark.parametrize("cookie", [b"", b"sessionid=", b"sessionid=abc", b"\xff\xfe", b"sessionid=" + b"x" * 9000])
def test_cookie_of_no_session_is_anonymous(cookie: bytes) -> None:
    assert _authorise({"headers": [(b"cookie", cookie)]}, str(uuid4())) == Refusal(ANONYMOUS, "signed out")


def test_the_others_see_name_member_capacity_and_colour() -> None:
    head = make_visitors().head
    cookie = f"sessionid={client_of(head).cookies['sessionid'].value}".encode()
    access = _authorise({"headers": [(b"cookie", cookie)]}, str(make_text().pk))
    assert isinstance(access, Access)
    assert access.delegate == str(head.id)
    assert access.user == {
        "delegate": str(head.id),
        "name": "head of delegation of DE",
        "member": "DE",
        "capacity": "head",
        "colour": head.id.int % 12,
    }


def test_recheck_reaches_the_rooms_after_the_commit() -> None:
    layer, text_id = get_channel_layer(), uuid4()
    channel = async_to_sync(layer.new_channel)()
    async_to_sync(layer.group_add)(group_of(str(text_id)), channel)
    with TestCase.captureOnCommitCallbacks() as callbacks:
        recheck(text_id)
    assert channel not in layer.channels
    for callback in callbacks:
        callback()
    assert async_to_sync(layer.receive)(channel) == {"type": "sync.recheck", "text": str(text_id)}


def test_access_names_the_versions_in_which_may_be_written() -> None:
    text, clerk = make_text(), make_secretary()
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in client_of(clerk).cookies.items())
    access = _authorise({"headers": [(b"host", b"x"), (b"cookie", cookie.encode())]}, str(text.pk))
    assert isinstance(access, Access)
    assert access.languages == frozenset({"en", "fr"})
