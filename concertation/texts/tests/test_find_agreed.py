"""Finding agreed language: what is found first, by whom, and that nothing leaks."""

from contextlib import suppress
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pytest_django import DjangoAssertNumQueries

from benchmarks.diplomatic import Diplomat
from concertation.coalition.enums import Capacity, Status
from concertation.coalition.models import Delegate
from concertation.core import clock
from concertation.texts.domain.agreed_index import index_adopted, index_missing, reindex_texts
from concertation.texts.domain.origins import freshened
from concertation.texts.domain.settling import settle_due_silences, settle_text
from concertation.texts.enums import Audience
from concertation.texts.models import AdoptedParagraph, AdoptedShingle, AdoptedText, IndexedText
from concertation.texts.queries import find_agreed, languages_of_agreed
from concertation.texts.tests.factories import make_adopted, make_adopted_quickly, make_heads, make_silence, paragraph
from tests.helpers.people import make_coalition, make_delegate, make_member, make_secretary

pytestmark = pytest.mark.django_db
PEACE = "We call for an immediate, full and unconditional ceasefire of thirty days."
SEA = "Ships that carry grain pass freely through the Black Sea."
UKRAINIAN = "Ми закликаємо до негайного й безумовного припинення вогню на тридцять діб."
FRENCH = "Nous appelons à un cessez-le-feu immédiat, complet et inconditionnel de l’ensemble des forces."


def words_found(delegate: Delegate, words: str, language: str = "en") -> list[str]:
    return [found.paragraph.words for found in find_agreed(delegate, language, words)]


def make_indexed(*words: str, language: str = "en", **facts: object) -> UUID:
    text = make_adopted_quickly({language: words}, **facts)  # type: ignore[arg-type]
    index_missing()
    return text.pk


def test_a_result_says_what_when_and_who() -> None:
    make_coalition()
    germany = make_delegate("DE")
    at = datetime(2026, 1, 6, 12, tzinfo=UTC)
    text = make_indexed(SEA, PEACE, title="Joint statement", by=["FR", "GB"], at=at)
    found = find_agreed(germany, "en", "full and unconditional CEASEFIRE")[0]
    assert (found.kind, found.score, found.passage) == ("exact", 100, "full and unconditional ceasefire")
    assert (found.text.pk, found.adopted_at, [member.pk for member in found.members]) == (text, at, ["FR", "GB"])
    assert (found.paragraph.position, found.paragraph.number) == (2, 2)
    assert found.reference == "Joint statement, 6 January 2026, §2"
    assert found.may_enter


def test_exact_passages_go_before_near_ones_and_new_ones_before_old() -> None:
    make_coalition()
    germany = make_delegate("DE")
    near = PEACE.replace("full and ", "")
    make_indexed(near, at=datetime(2026, 5, 1, tzinfo=UTC))
    make_indexed(f"{PEACE} Old.", at=datetime(2025, 1, 1, tzinfo=UTC))
    make_indexed(f"{PEACE} New.", at=datetime(2026, 1, 1, tzinfo=UTC))
    assert words_found(germany, "full and unconditional ceasefire") == [f"{PEACE} New.", f"{PEACE} Old.", near]


@pytest.mark.parametrize(
    ("language", "adopted", "selection"),
    [
        ("uk", UKRAINIAN, "негайного и безумовного припинень"),
        ("uk", UKRAINIAN, "БЕЗУМОВНОГО ПРИПИНЕННЯ ВОГНЮ"),
        ("fr", FRENCH, "cessez le feu immediat"),
        ("fr", FRENCH, "L'ENSEMBLE DES FORCES"),
        ("en", "Members provide 10,000 rounds by 1 March.", "10 000 rounds"),
        ("en", PEACE, "ceasefire"),
        ("en", PEACE, "unconditional ceasefires"),
        ("en", PEACE, "thirty days of ceasefire"),
    ],
)
def test_selections_are_found_over_accents_case_numbers_and_endings(
    language: str, adopted: str, selection: str
) -> None:
    make_coalition()
    make_indexed(adopted, "Something else entirely.", language=language)
    assert words_found(make_delegate("DE"), selection, language) == [adopted]


@pytest.mark.parametrize("selection", ["", "  ", "…", "the", "zebra crossing at noon", "%_'\";--", "x" * 4000])
def test_nothing_near_finds_nothing(selection: str) -> None:
    make_coalition()
    make_indexed(PEACE)
    assert words_found(make_delegate("DE"), selection) == []


def test_a_language_finds_only_its_own_versions() -> None:
    make_coalition()
    make_indexed(PEACE, language="fr")
    assert words_found(make_delegate("DE"), PEACE, "en") == []


def test_texts_of_named_members_are_found_by_these_only_and_crowd_nothing_out() -> None:
    make_coalition()
    make_member("CH", status=Status.INVITED)
    for number in range(90):
        make_adopted_quickly(
            {"en": [f"{PEACE} Secret {number}."]}, audience=Audience.MEMBERS, members=["FR", "GB"], by=["FR", "GB"]
        )
    common = PEACE.replace("thirty", "sixty")
    make_indexed(common)
    for outsider in (make_delegate("DE"), make_delegate("UA", Capacity.OBSERVER)):
        assert words_found(outsider, PEACE) == [common]
        assert languages_of_agreed(outsider) == ["en"]
    assert words_found(make_delegate("CH"), PEACE) == []
    for reader in (make_delegate("FR"), make_secretary()):
        assert len(words_found(reader, PEACE)) == 10
        assert all("Secret" in words for words in words_found(reader, PEACE))


def test_words_of_a_narrower_text_may_not_enter_a_wider_one() -> None:
    make_coalition()
    france = make_delegate("FR")
    make_indexed(PEACE, audience=Audience.MEMBERS, members=["FR", "GB"])
    wide = make_adopted_quickly({"en": ["x"]})
    same = make_adopted_quickly({"en": ["x"]}, audience=Audience.MEMBERS, members=["FR", "GB"])
    less = make_adopted_quickly({"en": ["x"]}, audience=Audience.MEMBERS, members=["FR"])
    other = make_adopted_quickly({"en": ["x"]}, audience=Audience.MEMBERS, members=["FR", "DE"])
    may = [find_agreed(france, "en", PEACE, into=text)[0].may_enter for text in (wide, same, less, other)]
    assert may == [False, True, True, False]


def test_adoption_fills_the_index_once_in_the_same_transaction() -> None:
    text = make_adopted(make_heads())
    rows = AdoptedParagraph.objects.values_list("language", "position", "number", "words")
    assert set(rows) == {("en", 1, 1, "We met."), ("fr", 1, 1, "Nous nous sommes réunis.")}
    held = AdoptedShingle.objects.count()
    index_adopted(AdoptedText.objects.get(text=text))
    assert index_missing() == 0
    assert (rows.count(), AdoptedShingle.objects.count()) == (2, held)


def test_adoption_by_silence_fills_the_index_once_when_it_is_entered() -> None:
    (germany, *_others) = make_heads("DE", "FR")
    procedure = make_silence()
    settle_due_silences()
    assert words_found(germany, "We met.") == []
    with clock.frozen(procedure.silence.deadline):
        entered = settle_due_silences(), settle_due_silences()
    assert (entered, words_found(germany, "We met.")) == ((1, 0), ["We met."])
    rows = AdoptedParagraph.objects.values_list("language", "position", "words")
    assert list(rows) == [("en", 1, "We met."), ("fr", 1, "Nous nous sommes réunis.")]
    assert (IndexedText.objects.get().adopted_id, index_missing()) == (procedure.text_id, 0)


def test_adoption_that_is_not_entered_after_all_leaves_nothing_in_the_index() -> None:
    make_heads()
    procedure = make_silence()
    with clock.frozen(procedure.silence.deadline), suppress(InterruptedError), transaction.atomic():
        assert settle_text(procedure.text_id)
        raise InterruptedError
    assert not (IndexedText.objects.exists() or AdoptedParagraph.objects.exists() or AdoptedShingle.objects.exists())


def test_the_index_can_be_made_again(capsys: pytest.CaptureFixture[str]) -> None:
    make_coalition()
    make_indexed(PEACE, SEA)
    make_adopted_quickly({"fr": [FRENCH]})
    before = set(AdoptedParagraph.objects.filter(language="en").values_list("words", "folded"))
    AdoptedParagraph.objects.filter(language="en").update(folded="wrong")
    call_command("reindex-texts")
    assert capsys.readouterr().out == "Adopted texts in the index: 2\n"
    assert set(AdoptedParagraph.objects.filter(language="en").values_list("words", "folded")) == before
    assert (IndexedText.objects.count(), words_found(make_delegate("DE"), FRENCH, "fr")) == (2, [FRENCH])
    assert reindex_texts() == 2


@pytest.mark.parametrize("count", [1, 60])
def test_a_search_takes_a_fixed_number_of_queries(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_coalition()
    germany = make_delegate("DE")
    for number in range(count):
        make_indexed(f"{PEACE} {number}", *(f"{PEACE} {number} {letter}" for letter in "abcdefghijklm"))
    with django_assert_num_queries(5):
        find_agreed(germany, "en", "unconditional ceasefire of thirty days")


def test_fresh_ids_keep_counterparts_together_and_never_repeat_the_source() -> None:
    source = {
        "en": [paragraph("One", "aaaaaaaaaa"), paragraph("Two", "bbbbbbbbbb")],
        "fr": [paragraph("Deux", "bbbbbbbbbb"), paragraph("Un", "aaaaaaaaaa"), paragraph("Seul")],
    }
    made = freshened(source)
    ids = {language: [block.get("id") for block in blocks] for language, blocks in made.items()}
    assert ids["fr"] == [ids["en"][1], ids["en"][0], None]
    assert set(ids["en"]).isdisjoint({"aaaaaaaaaa", "bbbbbbbbbb"}) and len(set(ids["en"])) == 2


class TestEdits(TestCase):
    """An adopted paragraph with small edits is found first."""

    paragraphs: list[str]
    reader: Delegate

    @classmethod
    def setUpTestData(cls) -> None:
        make_coalition()
        writer = Diplomat(7)
        cls.paragraphs = list(dict.fromkeys(writer.paragraph() for _ in range(120)))
        make_adopted_quickly({"en": cls.paragraphs})
        index_missing()
        cls.reader = make_delegate("DE")

    @given(st.integers(0, 10_000), st.integers(0, 119), st.integers(0, 3))
    @settings(max_examples=40, deadline=None)
    def test_an_edited_paragraph_is_found_first(self, seed: int, which: int, edits: int) -> None:
        source = self.paragraphs[which % len(self.paragraphs)]
        selection = Diplomat(seed).edited(source, edits)
        assert words_found(self.reader, selection)[0] == source
