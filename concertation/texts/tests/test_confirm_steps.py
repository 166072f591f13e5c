"""People confirm that a language still says the same, or that a difference is right."""

from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from pycrdt import XmlFragment

from concertation.coalition.enums import Capacity, Status
from concertation.coalition.models import Delegate
from concertation.core.errors import NotAllowed
from concertation.texts.blocks import Block
from concertation.texts.domain.ledger import follow_paragraphs
from concertation.texts.domain.steps import confirm_step, confirm_version, dismiss_difference
from concertation.texts.domain.texts import create_text
from concertation.texts.domain.writing import write_in
from concertation.texts.enums import Audience
from concertation.texts.errors import Frozen, NoSuchParagraph, NoSuchText, NothingToDo, VersionsChanged
from concertation.texts.models import DismissedDifference, StepConfirmation, Text
from concertation.texts.queries.differences import differences_of
from concertation.texts.queries.steps import Steps, steps_of
from concertation.texts.tests.factories import TITLES, make_proposed, make_text, paragraph
from tests.helpers.people import make_coalition, make_delegate, make_member, make_secretary
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db

FIRST, SECOND = "first00001", "second0002"


def make_bilingual(*, english: str = "We pay 500 euros.", french: str = "Nous payons 500 euros.", **more: Any) -> Text:
    """Return a draft of two paragraphs in English and French."""
    draft: dict[str, list[Block]] = {
        "en": [paragraph(english, FIRST), paragraph("We met.", SECOND)],
        "fr": [paragraph(french, FIRST), paragraph("Nous nous sommes réunis.", SECOND)],
    }
    return create_text(by=make_secretary(), titles=TITLES, languages=["en", "fr"], draft=draft, **more)


def write(text: Text, words: str, *, by: Delegate, language: str = "en", place: int = 0) -> None:
    """Let `by` add `words` at the beginning of a paragraph, as an editor does."""

    def change(doc: Any) -> None:
        element = doc.get(language, type=XmlFragment).children[place]
        element.children[0].insert(0, words)

    write_in(text, change, by=by)


def out(text: Text) -> list[tuple[str, str]]:
    return [(one.place.language, one.place.paragraph) for one in steps_of(text).out]


def look(text: Text) -> Steps:
    return steps_of(text)


def test_change_in_one_language_shows_the_counterpart_out_of_step() -> None:
    make_coalition()
    italy, text = make_delegate("IT"), make_bilingual()
    assert out(text) == []
    write(text, "Today. ", by=italy)
    (found,) = look(text).out
    assert (found.place.language, found.place.label, found.cause.language, found.cause.label) == (
        "fr",
        "§1",
        "en",
        "§1",
    )
    assert (found.authors.names, found.authors.members) == ((italy.person.name,), ("IT",))
    assert found.before == paragraph("We pay 500 euros.")
    assert found.cause.words == "Today. We pay 500 euros."


@pytest.mark.parametrize("who", ["secretariat", "DE"])
def test_confirm_step_brings_the_paragraph_in_step(who: str) -> None:
    make_coalition()
    italy, text = make_delegate("IT"), make_bilingual()
    write(text, "Today. ", by=italy)
    by = make_secretary() if who == "secretariat" else make_delegate("DE", Capacity.DELEGATE)
    steps = look(text)
    with assert_write("text.step-confirmed", f"text:{text.pk}", "texts"):
        confirm_step(by=by, text_id=text.pk, paragraph=FIRST, language="fr", seen=steps.seen[FIRST])
    assert out(text) == []
    (row,) = StepConfirmation.objects.all()
    assert (row.by, row.language, row.hashes) == (by, "fr", steps.hashes(FIRST))
    write(text, "Yes. ", by=italy)
    assert out(text) == [("fr", FIRST)]


def test_confirm_step_refuses_what_changed_after_it_was_looked_at() -> None:
    make_coalition()
    italy, text = make_delegate("IT"), make_bilingual()
    write(text, "Today. ", by=italy)
    seen = look(text).seen[FIRST]
    write(text, "Not ", by=italy)
    act = partial(confirm_step, by=italy, text_id=text.pk, paragraph=FIRST, language="fr", seen=seen)
    assert_refused(VersionsChanged, act)
    assert not StepConfirmation.objects.exists()


def test_confirm_step_refuses_what_is_in_step_or_not_there() -> None:
    make_coalition()
    italy, text = make_delegate("IT"), make_bilingual()
    act = partial(confirm_step, by=italy, text_id=text.pk, seen=look(text).seen[FIRST])
    assert_refused(NothingToDo, partial(act, paragraph=FIRST, language="fr"))
    assert_refused(NoSuchParagraph, partial(act, paragraph="nowhere000", language="fr"))
    assert_refused(NoSuchParagraph, partial(act, paragraph=FIRST, language="it"))


def test_confirm_step_is_for_who_drafts_in_a_draft() -> None:
    make_coalition()
    make_member("PL", status=Status.OBSERVER)
    text = make_bilingual()
    write(text, "Today. ", by=make_delegate("IT"))
    act = partial(confirm_step, text_id=text.pk, paragraph=FIRST, language="fr", seen=look(text).seen[FIRST])
    for code, capacity in (("PL", Capacity.OBSERVER), ("FR", Capacity.INTERPRETER)):
        assert_refused(NotAllowed, partial(act, by=make_delegate(code, capacity)))
    frozen = make_proposed(make_text()).text
    refused = partial(confirm_step, by=make_delegate("DE"), paragraph=FIRST, language="fr", seen="x")
    assert_refused(Frozen, partial(refused, text_id=frozen.pk))
    hidden = make_bilingual(audience=Audience.MEMBERS, members=["FR"])
    for key in (hidden.pk, uuid4()):
        assert_refused(NoSuchText, partial(refused, text_id=key))


def test_confirm_version_confirms_all_that_is_out_of_step_in_one_language() -> None:
    make_coalition()
    italy, text = make_delegate("IT"), make_bilingual()
    write(text, "Today. ", by=italy)
    write(text, "And ", by=italy, place=1)
    assert out(text) == [("fr", FIRST), ("fr", SECOND)]
    act = partial(confirm_version, by=italy, text_id=text.pk)
    assert_refused(VersionsChanged, partial(act, language="fr", seen="other"))
    assert_refused(NothingToDo, partial(act, language="en", seen="other"))
    with assert_write("text.version-confirmed", f"text:{text.pk}", "texts"):
        act(language="fr", seen=look(text).seen_in("fr"))
    assert out(text) == []


def test_dismiss_difference_holds_for_exactly_these_words() -> None:
    make_coalition()
    italy, text = make_delegate("IT"), make_bilingual(french="Nous payons 600 euros.")
    (found,) = differences_of(text, look(text))
    assert (found.place.language, found.difference.here, found.difference.there) == (
        "fr",
        ("600 euros",),
        ("500 euros",),
    )
    act = partial(dismiss_difference, by=italy, text_id=text.pk, paragraph=FIRST, language="fr", other="en")
    assert_refused(NothingToDo, partial(act, kind="date", seen=found.seen))
    assert_refused(VersionsChanged, partial(act, kind="number", seen="other"))
    with assert_write("text.difference-dismissed", f"text:{text.pk}", "texts"):
        act(kind="number", seen=found.seen)
    assert differences_of(text, look(text)) == []
    assert DismissedDifference.objects.get().by == italy
    assert_refused(NothingToDo, partial(act, kind="number", seen=found.seen))
    write(text, "Today ", by=italy)
    assert len(differences_of(text, look(text))) == 1


def test_steps_are_read_with_a_fixed_number_of_queries(django_assert_num_queries: Any) -> None:
    make_coalition()
    italy = make_delegate("IT")
    for count in (1, 12):
        draft = {
            language: [paragraph(f"{language} {at}", f"para{at:06}") for at in range(count)]
            for language in ("en", "fr")
        }
        text = create_text(by=None, titles=TITLES, languages=["en", "fr"], draft=draft)
        for place in range(count):
            write(text, "New. ", by=italy, place=place)
        follow_paragraphs(text_id=text.pk)
        text = Text.objects.prefetch_related("versions").get(pk=text.pk)
        with django_assert_num_queries(8):
            assert len(steps_of(text).out) == count
