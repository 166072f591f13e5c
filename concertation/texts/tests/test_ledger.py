"""The ledger of paragraphs says what the stored updates say, however often and by whomever they were followed."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pycrdt import Doc, XmlElement, XmlFragment, XmlText

from concertation.coalition.models import Delegate
from concertation.core import clock
from concertation.texts import paragraphs
from concertation.texts.canonical import UnknownContent, document_of, read_version
from concertation.texts.domain.drafting import take_snapshot
from concertation.texts.domain.ledger import follow_paragraphs, rebuild_paragraphs
from concertation.texts.domain.texts import update_text_settings
from concertation.texts.enums import Audience
from concertation.texts.models import FollowedText, ParagraphOrder, ParagraphVersion, Text, TextUpdate
from concertation.texts.queries import stored_updates
from concertation.texts.queries.ledger import Authorship, content_hash, outline, versions_of_paragraph
from concertation.texts.tests.factories import FIRST, TITLES, make_heads, make_text, paragraph
from concertation.texts.tests.strategies import deeds, do
from tests.helpers.examples import examples
from tests.helpers.people import make_coalition, make_secretary

pytestmark = pytest.mark.django_db
NOON = datetime.fromisoformat("2036-03-02T12:00:00+00:00")


def write(text: Text, change: Any, *, by: Sequence[Delegate] = (), at: datetime = NOON) -> None:
    """Store what `change` does to the document, as typing by `by` would."""
    document = document_of(stored_updates(text.pk))
    before = document.get_state()
    with document.transaction():
        change(document)
    authors = [str(one.pk) for one in by]
    TextUpdate.objects.create(text=text, update=document.get_update(before), authors=authors, at=at)


def fragment_of(document: Doc[Any], language: str = "en") -> XmlFragment:
    fragment: XmlFragment = document.get(language, type=XmlFragment)
    return fragment


def typed(words: str, place: int = 0, language: str = "en") -> Any:
    """Return the change that types `words` at the beginning of the paragraph number `place`."""

    def change(document: Doc[Any]) -> None:
        element = fragment_of(document, language).children[place]
        assert isinstance(element, XmlElement)
        holder = element.children[0]
        assert isinstance(holder, XmlText)
        holder.insert(0, words)

    return change


def added(words: str, identity: str | None, place: int = 1, language: str = "en") -> Any:
    """Return the change that adds a paragraph."""

    def change(document: Doc[Any]) -> None:
        attributes = {} if identity is None else {"id": identity}
        element = XmlElement("paragraph", attributes, [XmlText(words)])
        fragment_of(document, language).children.insert(place, element)

    return change


def removed(place: int, language: str = "en") -> Any:
    def change(document: Doc[Any]) -> None:
        del fragment_of(document, language).children[place]

    return change


def words_of(text: Text, language: str = "en") -> list[tuple[str, str]]:
    return [(one.id, one.words) for one in outline(text)[language]]


def rows_of(text: Text) -> list[tuple[Any, ...]]:
    """Return every row of the ledger without its key, with what stood before it."""
    versions = (
        ParagraphVersion.objects.filter(text=text)
        .select_related("previous")
        .order_by("language", "paragraph", "sequence")
    )
    orders = ParagraphOrder.objects.filter(text=text).order_by("language", "sequence")
    return [
        *(
            (
                one.key,
                one.block,
                one.sha256,
                one.sequence,
                one.at,
                one.authors,
                one.previous and one.previous.sequence,
                one.is_current,
            )
            for one in versions
        ),
        *((one.key, one.paragraphs, one.sequence, one.is_current) for one in orders),
    ]


def test_a_new_text_has_its_paragraphs_in_both_languages() -> None:
    make_coalition()
    text = make_text(by=(chair := make_secretary()))
    follow_paragraphs(text_id=text.pk)
    now = outline(text)
    assert [(one.id, one.number, one.label, one.words) for one in now["en"]] == [(FIRST, 1, "§1", "We met.")]
    assert [one.id for one in now["fr"]] == [FIRST]
    assert now["en"][0].sha256 == paragraphs.digest({"en": paragraph("We met.")})
    assert now["en"][0].authors == Authorship((chair.person.name,), ())
    both = {"en": paragraph("We met."), "fr": paragraph("Nous nous sommes réunis.")}
    assert content_hash(text, FIRST) == paragraphs.digest(both)


def test_one_row_is_written_for_the_paragraph_that_changed() -> None:
    head = make_heads()[4]
    text = make_text()
    write(text, added("Second.", "second0001"))
    follow_paragraphs(text_id=text.pk)
    before = {one.pk for one in ParagraphVersion.objects.all()}
    write(text, typed("All of us: "), by=[head], at=NOON)
    follow_paragraphs(text_id=text.pk)
    (row,) = ParagraphVersion.objects.exclude(pk__in=before)
    assert (row.paragraph, row.language, row.at, row.authors) == (FIRST, "en", NOON, [str(head.pk)])
    assert row.previous is not None
    assert row.previous.block == paragraph("We met.")
    assert outline(text)["en"][0].authors == Authorship((head.person.name,), ("IT",))
    assert [one.sha256 for one in versions_of_paragraph(text, "en", FIRST)] == [row.previous.sha256, row.sha256]


def test_typing_without_a_pause_is_one_row_and_a_pause_begins_another() -> None:
    head = make_heads()[0]
    text = make_text()
    follow_paragraphs(text_id=text.pk)
    for seconds in (0, 9, 18, 29, 31):
        write(text, typed("x"), by=[head], at=NOON + timedelta(seconds=seconds))
        follow_paragraphs(text_id=text.pk)
    ends = [(one.at - NOON).total_seconds() for one in versions_of_paragraph(text, "en", FIRST)[1:]]
    assert ends == [18, 31]


def test_what_is_taken_back_within_a_group_leaves_no_row() -> None:
    head = make_heads()[0]
    text = make_text()
    follow_paragraphs(text_id=text.pk)
    before = rows_of(text)
    write(text, added("New.", "second0001"), by=[head])
    follow_paragraphs(text_id=text.pk)
    assert len(rows_of(text)) == len(before) + 2
    write(text, removed(1), by=[head])
    follow_paragraphs(text_id=text.pk)
    assert rows_of(text) == before


def test_a_paragraph_that_went_has_a_last_row_without_words() -> None:
    text = make_text()
    write(text, added("Second.", "second0001"), at=NOON)
    write(text, removed(1), at=NOON + timedelta(minutes=2))
    follow_paragraphs(text_id=text.pk)
    assert [bool(one.block) for one in versions_of_paragraph(text, "en", "second0001")] == [True, False]
    assert words_of(text) == [(FIRST, "We met.")]


def test_what_was_not_followed_yet_is_read_all_the_same_and_nothing_is_written() -> None:
    text = make_text()
    follow_paragraphs(text_id=text.pk)
    before = rows_of(text)
    write(text, typed("Yesterday, "))
    write(text, added("Second.", "second0001"))
    assert words_of(text) == [(FIRST, "Yesterday, We met."), ("second0001", "Second.")]
    assert rows_of(text) == before


def test_reading_a_followed_text_takes_the_same_queries_however_long_it_is() -> None:
    text = make_text()
    counts = []
    for place in range(1, 5):
        write(text, added("Another.", f"another{place:03}", place))
        follow_paragraphs(text_id=text.pk)
        text = Text.objects.get(pk=text.pk)
        with CaptureQueriesContext(connection) as queries:
            outline(text)
        assert not [one for one in queries.captured_queries if '"texts_textupdate"."update"' in one["sql"]]
        counts.append(len(queries))
    assert counts == [7] * 4


def test_of_two_paragraphs_with_one_id_the_second_has_none() -> None:
    text = make_text()
    follow_paragraphs(text_id=text.pk)
    write(text, added("Forged.", FIRST, place=0))
    follow_paragraphs(text_id=text.pk)
    assert words_of(text) == [(FIRST, "Forged."), ("~1", "We met.")]
    write(text, removed(0), at=NOON + timedelta(minutes=2))
    follow_paragraphs(text_id=text.pk)
    assert words_of(text) == [(FIRST, "We met.")]


def test_a_paragraph_that_cannot_be_read_stands_in_its_place_without_words() -> None:
    text = make_text()

    def spoil(document: Doc[Any]) -> None:
        fragment_of(document).children.insert(0, XmlElement("table", {"id": "spoilt0001"}))

    write(text, spoil)
    follow_paragraphs(text_id=text.pk)
    first = outline(text)["en"][0]
    assert (first.id, first.block) == ("spoilt0001", None)
    assert content_hash(text, "spoilt0001") == ""
    assert content_hash(text, FIRST) != ""


def test_a_language_that_was_added_is_followed_from_its_first_word() -> None:
    chair = make_secretary()
    make_coalition()
    text = make_text(by=chair)
    follow_paragraphs(text_id=text.pk)
    write(text, added("Зустріч.", "second0001", place=0, language="uk"))
    follow_paragraphs(text_id=text.pk)
    update_text_settings(
        by=chair,
        text_id=text.pk,
        titles=TITLES,
        languages=["en", "fr", "uk"],
        authentic=["en"],
        audience=Audience.COALITION,
    )
    text = Text.objects.get(pk=text.pk)
    assert words_of(text, "uk") == [("second0001", "Зустріч.")]
    follow_paragraphs(text_id=text.pk)
    assert words_of(text, "uk") == [("second0001", "Зустріч.")]
    followed = rows_of(text)
    rebuild_paragraphs(text_id=text.pk)
    assert rows_of(text) == followed


def test_the_command_makes_the_ledger_of_every_text() -> None:
    make_coalition()
    text = make_text()
    make_text()
    call_command("follow-texts")
    assert FollowedText.objects.count() == 2
    assert ParagraphVersion.objects.filter(text=text).count() == 2


def test_a_text_that_does_not_exist_is_not_followed() -> None:
    assert not follow_paragraphs(text_id=UUID(int=1))
    assert not FollowedText.objects.exists()


moments = st.lists(
    st.tuples(
        st.integers(0, 1),  # who
        st.sampled_from([0, 4, 8, 30]),  # seconds since the last
        st.sampled_from(["en", "fr"]),
        deeds,
        st.booleans(),  # whether the text is followed afterwards
        st.sampled_from(["", "", "leave", "copy", "spoil"]),
    ),
    max_size=8,
)


def disturb(document: Doc[Any], how: str, language: str) -> None:
    """Name new blocks as the editor does, or do what only another client does: leave, copy a name, spoil."""
    nodes = fragment_of(document, language).children
    if how == "":
        for number, node in enumerate(nodes):
            if isinstance(node, XmlElement) and not node.attributes.get("id"):
                node.attributes["id"] = f"{number:02}{len(document.get_update()):08}"
    if how == "spoil":
        nodes.append(XmlElement("table", None, [XmlText("x")]))
    elif how == "copy" and len(nodes):
        last = nodes[len(nodes) - 1]
        assert isinstance(last, XmlElement)
        last.attributes["id"] = FIRST


@settings(max_examples=examples(24), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moments)
def test_the_ledger_is_what_a_rebuild_makes_and_says_what_the_document_says(script: list[Any]) -> None:
    heads = list(Delegate.objects.filter(member__isnull=False)) or make_heads()
    text, at = make_text(), NOON
    for number, (who, pause, language, what, is_followed, trouble) in enumerate(script):
        at += timedelta(seconds=pause)

        def change(document: Doc[Any], what: Any = what, how: str = trouble, language: str = language) -> None:
            do(document, what, language)
            disturb(document, how, language)

        with clock.frozen(at):
            write(text, change, by=[heads[who]], at=at)
        if is_followed:
            follow_paragraphs(text_id=text.pk)
        if number == 4:
            take_snapshot(text_id=text.pk)
    unfollowed = outline(text)
    follow_paragraphs(text_id=text.pk)
    assert outline(text) == unfollowed
    followed = rows_of(text)
    rebuild_paragraphs(text_id=text.pk)
    assert rows_of(text) == followed
    document = document_of(stored_updates(text.pk))
    for language in ("en", "fr"):
        try:
            blocks = read_version(document, language)
        except UnknownContent:
            continue
        now = unfollowed[language]
        named = [(one.get("id", ""), paragraphs.content_of(one)) for one in blocks]
        assert [(one.id if paragraphs.ID.fullmatch(one.id) else "", one.block) for one in now] == named
