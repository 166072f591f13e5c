"""Opening an adopted text to everybody, and closing it again."""

from functools import partial
from uuid import uuid4

import pytest

from concertation.coalition.enums import Capacity, Status
from concertation.core.errors import NotAllowed
from concertation.texts.domain.publication import publish_text, unpublish_text
from concertation.texts.enums import Audience
from concertation.texts.errors import NoSuchText, NotForPublic, NotPossibleNow
from concertation.texts.models import Text
from concertation.texts.tests.factories import make_adopted, make_heads, make_proposed, make_text
from tests.helpers.people import make_delegate, make_member, make_secretary
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("chair", ["secretariat", "FR"])
def test_publish_and_unpublish_text(chair: str) -> None:
    heads = make_heads()
    text = make_adopted(heads)
    by = heads[0] if chair == "FR" else make_secretary()
    assert not Text.objects.public().exists()
    with assert_write("text.published", f"text:{text.pk}", "texts"):
        publish_text(by=by, text_id=text.pk)
    assert Text.objects.public().get() == text
    assert_refused(NotPossibleNow, lambda: publish_text(by=by, text_id=text.pk))
    with assert_write("text.unpublished", f"text:{text.pk}", "texts"):
        unpublish_text(by=by, text_id=text.pk)
    assert not Text.objects.public().exists()
    assert_refused(NotPossibleNow, lambda: unpublish_text(by=by, text_id=text.pk))


def test_publish_text_refuses_what_is_not_adopted() -> None:
    make_heads()
    clerk = make_secretary()
    for text in (make_text(audience=Audience.PUBLIC), make_proposed(make_text(audience=Audience.PUBLIC)).text):
        assert_refused(NotPossibleNow, partial(publish_text, by=clerk, text_id=text.pk))


def test_publish_text_refuses_what_is_not_meant_for_the_public() -> None:
    text = make_adopted(make_heads(), audience=Audience.COALITION)
    assert_refused(NotForPublic, lambda: publish_text(by=make_secretary(), text_id=text.pk))
    assert not Text.objects.public().exists()


def test_what_is_not_meant_for_the_public_is_not_public_whatever_else_its_row_says() -> None:
    text = make_adopted(make_heads())
    publish_text(by=make_secretary(), text_id=text.pk)
    Text.objects.filter(pk=text.pk).update(audience=Audience.COALITION)
    assert not Text.objects.public().exists()


def test_publish_text_is_for_the_chair_only() -> None:
    heads = make_heads()
    make_member("PL", status=Status.OBSERVER)
    text = make_adopted(heads)
    capacities = [("DE", Capacity.DELEGATE), ("FR", Capacity.INTERPRETER), ("PL", Capacity.OBSERVER)]
    for by in [heads[3], *(make_delegate(code, capacity) for code, capacity in capacities)]:
        for act in (publish_text, unpublish_text):
            assert_refused(NotAllowed, partial(act, by=by, text_id=text.pk))


def test_publish_text_refuses_an_unknown_text() -> None:
    for act in (publish_text, unpublish_text):
        assert_refused(NoSuchText, partial(act, by=make_secretary(), text_id=uuid4()))
