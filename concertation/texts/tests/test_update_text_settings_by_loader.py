"""The loader changes the settings of any text, without being anybody's delegate."""

import pytest

from concertation.record.models import Entry
from concertation.texts.domain.texts import update_text_settings
from concertation.texts.enums import Audience
from concertation.texts.models import Text
from concertation.texts.tests.factories import make_text
from tests.helpers.writes import assert_write

pytestmark = pytest.mark.django_db


def test_update_text_settings_by_loader() -> None:
    text = make_text()
    with assert_write("text.changed", f"text:{text.pk}", "texts"):
        update_text_settings(
            by=None,
            text_id=text.pk,
            titles={"en": "Another title"},
            languages=["en", "fr"],
            authentic=["en"],
            audience=Audience.COALITION,
        )
    assert Text.objects.get().titles == {"en": "Another title"}
    assert '"capacity":"system"' in Entry.objects.get(action="text.changed").leaf
