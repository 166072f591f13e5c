"""Acts that make paragraphs counterparts, or part them."""

from collections.abc import Callable
from functools import partial

import pytest
from pycrdt import XmlFragment

from concertation.coalition.enums import Capacity
from concertation.core.errors import NotAllowed
from concertation.texts.blocks import Block, run
from concertation.texts.canonical import document_of, read_versions
from concertation.texts.domain.alignment import add_counterpart, join_counterparts, name_paragraphs, part_counterparts
from concertation.texts.domain.drafting import Draft, append_updates
from concertation.texts.domain.texts import create_text
from concertation.texts.errors import Frozen, HasCounterpart, NoSuchParagraph, NothingToDo
from concertation.texts.models import Text
from concertation.texts.queries import stored_updates
from concertation.texts.queries.steps import steps_of
from concertation.texts.seeding import update_of
from concertation.texts.tests.factories import FIRST, TITLES, make_proposed, make_text, paragraph
from tests.helpers.people import make_coalition, make_delegate, make_secretary
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db

HEADING: Block = {"type": "heading", "level": 2, "runs": [run("Title")], "id": "heading002"}
LISTING: Block = {"type": "orderedList", "items": [[paragraph("a")]], "id": "listing003"}


def make_uneven() -> Text:
    """Return a draft whose French version has the first and the last paragraph only."""
    english = [paragraph("One.", "one0000001"), HEADING, LISTING, paragraph("Four.", "four000004")]
    french = [paragraph("Un.", "one0000001"), paragraph("Quatre.", "four000004")]
    return create_text(by=None, titles=TITLES, languages=["en", "fr"], draft={"en": english, "fr": french})


def ids(text: Text, language: str) -> list[str]:
    """Return the ids that stand in the document, in their order."""
    doc = document_of(stored_updates(text.pk))
    return [str(node.attributes.get("id")) for node in doc.get(language, type=XmlFragment).children]


def test_add_counterpart_writes_an_empty_one_of_the_same_kind_at_the_matching_place() -> None:
    make_coalition()
    text, germany = make_uneven(), make_delegate("DE", Capacity.DELEGATE)
    assert [(one.place.paragraph, one.without) for one in steps_of(text).lonely] == [
        ("heading002", ("fr",)),
        ("listing003", ("fr",)),
    ]
    act = partial(add_counterpart, by=germany, text_id=text.pk, source="en", language="fr")
    with assert_write("text.counterpart-added", f"text:{text.pk}", "texts"):
        act(paragraph="listing003")
    act(paragraph="heading002")
    assert ids(text, "fr") == ["one0000001", "heading002", "listing003", "four000004"]
    french = read_versions(document_of(stored_updates(text.pk)), ["en", "fr"])["fr"]
    assert french[1] == {"type": "heading", "level": 2, "runs": [], "id": "heading002"}
    assert steps_of(text).lonely == []
    assert [(one.place.paragraph, one.place.language) for one in steps_of(text).out] == [
        ("heading002", "fr"),
        ("listing003", "fr"),
    ]


def test_add_counterpart_at_the_beginning_of_an_empty_version() -> None:
    make_coalition()
    text = create_text(
        by=None, titles=TITLES, languages=["en", "uk"], draft={"en": [paragraph("One.", FIRST), paragraph("Two.")]}
    )
    add_counterpart(by=make_secretary(), text_id=text.pk, source="en", language="uk", paragraph=FIRST)
    assert ids(text, "uk") == [FIRST]


def test_add_counterpart_refuses_what_is_there_and_what_is_not() -> None:
    make_coalition()
    text, germany = make_uneven(), make_delegate("DE")
    act = partial(add_counterpart, by=germany, text_id=text.pk)
    assert_refused(HasCounterpart, partial(act, paragraph="one0000001", source="en", language="fr"))
    assert_refused(NoSuchParagraph, partial(act, paragraph="nowhere000", source="en", language="fr"))
    assert_refused(NoSuchParagraph, partial(act, paragraph="heading002", source="en", language="it"))
    assert_refused(NoSuchParagraph, partial(act, paragraph="heading002", source="en", language="en"))
    assert ids(text, "fr") == ["one0000001", "four000004"]


def test_join_and_part_counterparts() -> None:
    make_coalition()
    text, germany = make_text(), make_delegate("DE")
    append_updates(
        drafts=[
            Draft(text.pk, update_of({language: [paragraph(words, identity)]}), ())
            for language, words, identity in (("en", "Two.", "english002"), ("fr", "Deux.", "french0002"))
        ]
    )
    act = partial(join_counterparts, by=germany, text_id=text.pk, language="fr", other="en")
    assert_refused(HasCounterpart, partial(act, paragraph="french0002", counterpart=FIRST))
    assert_refused(HasCounterpart, partial(act, paragraph=FIRST, counterpart="english002"))
    assert_refused(NoSuchParagraph, partial(act, paragraph="nowhere000", counterpart="english002"))
    with assert_write("text.counterparts-joined", f"text:{text.pk}", "texts"):
        act(paragraph="french0002", counterpart="english002")
    assert sorted(ids(text, "fr")) == sorted([FIRST, "english002"])
    assert [one.place.paragraph for one in steps_of(text).lonely] == []
    with assert_write("text.counterpart-parted", f"text:{text.pk}", "texts"):
        part_counterparts(by=germany, text_id=text.pk, language="fr", paragraph="english002")
    assert len(steps_of(text).lonely) == 2
    refused = partial(part_counterparts, by=germany, text_id=text.pk, language="fr", paragraph="english002")
    assert_refused(NoSuchParagraph, refused)


def test_name_paragraphs_makes_those_at_the_same_place_counterparts_in_step() -> None:
    make_coalition()
    text = create_text(by=None, titles=TITLES, languages=["en", "fr"])
    old = {"en": [paragraph("One."), paragraph("Two.")], "fr": [paragraph("Un."), paragraph("Deux.")]}
    append_updates(drafts=[Draft(text.pk, update_of(old), ())])
    assert steps_of(text).nameless == 4
    with assert_write("text.paragraphs-named", f"text:{text.pk}", "texts"):
        name_paragraphs(by=make_delegate("DE"), text_id=text.pk)
    assert ids(text, "en") == ids(text, "fr")
    assert len(set(ids(text, "en"))) == 2
    steps = steps_of(text)
    assert (steps.nameless, steps.lonely, steps.out) == (0, [], [])
    assert_refused(NothingToDo, partial(name_paragraphs, by=make_delegate("FR"), text_id=text.pk))


def test_alignment_is_for_who_edits_in_a_draft() -> None:
    make_coalition()
    text, observer = make_uneven(), make_delegate("FR", Capacity.INTERPRETER)
    acts: list[Callable[..., None]] = [
        partial(add_counterpart, paragraph="heading002", source="en", language="fr"),
        partial(join_counterparts, language="fr", paragraph="one0000001", other="en", counterpart="heading002"),
        partial(part_counterparts, language="fr", paragraph="one0000001"),
        name_paragraphs,
    ]
    frozen = make_proposed().text
    for act in acts:
        assert_refused(NotAllowed, partial(act, by=observer, text_id=text.pk))
        assert_refused(Frozen, partial(act, by=make_secretary(), text_id=frozen.pk))


def test_paragraph_at_another_place_is_named() -> None:
    draft = {
        "en": [paragraph(f"{at}", f"para{at:06}") for at in range(4)],
        "fr": [paragraph(f"{at}", f"para{at:06}") for at in (0, 3, 1, 2)],
    }
    text = create_text(by=None, titles=TITLES, languages=["en", "fr"], draft=draft)
    assert [place.paragraph for place in steps_of(text).moved] == ["para000003"]
