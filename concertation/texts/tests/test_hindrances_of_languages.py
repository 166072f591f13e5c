"""Authentic versions that are out of step, or lack a paragraph, hold an adoption up; working translations never do."""

from functools import partial

import pytest

from concertation.texts.blocks import Block
from concertation.texts.domain.adoption import propose_adoption
from concertation.texts.domain.steps import confirm_step
from concertation.texts.domain.texts import create_text
from concertation.texts.errors import EmptyVersion, Hindered
from concertation.texts.models import Text
from concertation.texts.queries.hindrances import hindrances
from concertation.texts.queries.steps import steps_of
from concertation.texts.tests.factories import FIRST, TITLES, paragraph
from concertation.texts.tests.test_confirm_steps import write
from tests.helpers.people import make_coalition, make_delegate, make_secretary
from tests.helpers.writes import assert_refused

pytestmark = pytest.mark.django_db


def make_trilingual(*, ukrainian: bool = True) -> Text:
    """Return a draft, authentic in English and French, with a working translation in Ukrainian, which may be empty."""
    draft: dict[str, list[Block]] = {
        "en": [paragraph("We met.", FIRST)],
        "fr": [paragraph("Réunis.", FIRST)],
        "uk": [paragraph("Зустріч.", FIRST)] if ukrainian else [],
    }
    languages = ["en", "fr", "uk"]
    return create_text(by=None, titles=TITLES, languages=languages, authentic=["en", "fr"], draft=draft)


def test_authentic_version_out_of_step_hinders_until_it_is_confirmed() -> None:
    make_coalition()
    italy, clerk, text = make_delegate("IT"), make_secretary(), make_trilingual()
    write(text, "Today ", by=italy)
    assert hindrances(text) == ["1 paragraph in French out of step with another authentic version"]
    assert_refused(Hindered, partial(propose_adoption, by=clerk, text_id=text.pk))
    confirm_step(by=italy, text_id=text.pk, paragraph=FIRST, language="fr", seen=steps_of(text).seen[FIRST])
    assert [one.place.language for one in steps_of(text).out] == ["uk"]
    assert hindrances(text) == []
    assert propose_adoption(by=clerk, text_id=text.pk).text == text


def test_change_of_a_working_translation_hinders_nothing() -> None:
    make_coalition()
    text = make_trilingual()
    write(text, "Ось ", by=make_delegate("UA"), language="uk")
    assert [one.place.language for one in steps_of(text).out] == ["en", "fr"]
    assert hindrances(text) == []


def test_missing_counterpart_hinders_in_an_authentic_version_only() -> None:
    text = make_trilingual(ukrainian=False)
    assert hindrances(text) == []
    english = [paragraph("One.", FIRST), paragraph("Two.", "second0002")]
    text = create_text(
        by=None, titles=TITLES, languages=["en", "fr"], draft={"en": english, "fr": [paragraph("Un.", FIRST)]}
    )
    assert hindrances(text) == ["1 paragraph without a counterpart in French"]


def test_version_without_any_words_is_told_as_empty() -> None:
    make_coalition()
    text = create_text(by=None, titles=TITLES, languages=["en", "fr"], draft={"en": [paragraph("One.", FIRST)]})
    assert hindrances(text) == []
    assert_refused(EmptyVersion, partial(propose_adoption, by=make_secretary(), text_id=text.pk))
