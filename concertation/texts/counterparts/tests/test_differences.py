"""What is pointed out between two language versions of a paragraph, and what is left in peace."""

from itertools import permutations

import pytest

from concertation.texts.counterparts import Difference, Kind, differences
from concertation.texts.counterparts.tests.statement import STATEMENT

LANGUAGES = ("en", "fr", "uk", "de", "it")


def between(here: str, there: str, language: str = "en", other: str = "fr") -> list[Difference]:
    return differences(here, there, language=language, other=other)


@pytest.mark.parametrize(("language", "other"), list(permutations(LANGUAGES, 2)))
def test_statement_that_says_the_same_differs_in_nothing(language: str, other: str) -> None:
    found = [between(paragraph[language], paragraph[other], language, other) for paragraph in STATEMENT]
    assert found == [[]] * len(STATEMENT)


@pytest.mark.parametrize(
    ("place", "language", "right", "wrong", "expected"),
    [
        (0, "fr", "6 janvier", "7 janvier", Difference(Kind.DATE, ("6 January 2026",), ("7 janvier 2026",))),
        (0, "it", "Regno Unito, ", "", Difference(Kind.NAME, ("United Kingdom",), ())),
        (1, "de", "25.000", "2.500", Difference(Kind.NUMBER, ("25,000",), ("2.500",))),
        (1, "fr", "25 000", "25,000", Difference(Kind.NUMBER, ("25,000",), ("25,000",))),
        (1, "uk", "НАТО, ", "", Difference(Kind.NAME, ("NATO",), ())),
        (1, "fr", "l’OTAN", "l’OSCE", Difference(Kind.NAME, ("NATO",), ("OSCE",))),
        (2, "fr", "milliards", "millions", Difference(Kind.NUMBER, ("€2.5 billion",), ("2,5 millions d’euros",))),
        (2, "uk", "40 відсотків", "14 відсотків", Difference(Kind.NUMBER, ("40 per cent",), ("14 відсотків",))),
        (2, "de", "drei Raten", "vier Raten", Difference(Kind.NUMBER, ("three",), ("vier",))),
        (2, "it", "a Kyiv", "a Mosca", Difference(Kind.NAME, ("Kyiv",), ("Mosca",))),
        (3, "fr", "18 h 00", "8 h 00", Difference(Kind.TIME, ("18:00",), ("8 h 00",))),
        (3, "de", "Russland", "Belarus", Difference(Kind.NAME, ("Russia",), ("Belarus",))),
        (4, "fr", "annexe II", "annexe III", Difference(Kind.NUMBER, ("II",), ("III",))),
        (5, "uk", "травні 2026", "червні 2026", Difference(Kind.DATE, ("May 2026",), ("червні 2026",))),
        (6, "de", "OSZE", "OVKS", Difference(Kind.NAME, ("OSCE",), ("OVKS",))),
    ],
)
def test_mistake_is_pointed_out_with_both_sides(
    place: int, language: str, right: str, wrong: str, expected: Difference
) -> None:
    paragraph = STATEMENT[place]
    assert right in paragraph[language]
    spoilt = paragraph[language].replace(right, wrong, 1)
    assert between(paragraph["en"], spoilt, "en", language) == [expected]
    mirrored = Difference(expected.kind, expected.there, expected.here)
    assert between(spoilt, paragraph["en"], language, "en") == [mirrored]


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("both sides", "les deux parties"),
        ("once", "une seule fois"),
        ("a new force", "une force neuve, la neuf"),
        ("within six months", "dans les 6 mois"),
        ("The meeting in May was long", "La réunion de mai a été longue"),
        ("$3 million", "3 millions de dollars"),
        ("5,000,000 euros", "5 millions d’euros"),
        ("Turkey hosts", "La Türkiye accueille"),
        ("the US and the UK", "les États-Unis et le Royaume-Uni"),
        ("the European Union", "l’UE"),
        ("at 6 p.m.", "à 18 heures"),
    ],
)
def test_other_ways_of_saying_the_same_are_no_difference(here: str, there: str) -> None:
    assert between(here, there) == []


PEOPLE = ("Clerk of the secretariat (exercise)", "Emmanuel Macron", "Friedrich Merz", "Luiz Lula da Silva", "Max")
ABROAD = ("Volodymyr Zelensky", "Valerii Zaluzhnyi", "Ursula von der Leyen")


def persons(here: str, there: str, language: str = "en", other: str = "fr") -> list[Difference]:
    return differences(here, there, language=language, other=other, persons=PEOPLE + ABROAD)


@pytest.mark.parametrize(
    ("here", "there", "expected"),
    [
        ("Emmanuel Macron spoke.", "Le chef de l’État a parlé.", (("Emmanuel Macron",), ())),
        ("Emmanuel Macron spoke.", "Friedrich Merz a parlé.", (("Emmanuel Macron",), ("Friedrich Merz",))),
        ("Macron spoke.", "Friedrich Merz a parlé.", ((), ("Friedrich Merz",))),
        ("EMMANUEL MACRON", "LE PRÉSIDENT", (("Emmanuel Macron",), ())),
        ("Volodymyr Zelensky and Friedrich Merz", "Friedrich Merz", (("Volodymyr Zelensky",), ())),
    ],
)
def test_person_who_is_named_on_one_side_only_is_pointed_out(
    here: str, there: str, expected: tuple[tuple[str, ...], tuple[str, ...]]
) -> None:
    assert persons(here, there) == [Difference(Kind.NAME, *expected)]
    assert persons(there, here, "fr", "en") == [Difference(Kind.NAME, *reversed(expected))]


@pytest.mark.parametrize(
    ("here", "there", "other"),
    [
        ("Emmanuel Macron", "M. Macron", "fr"),
        ("Emmanuel Macron’s proposal", "der Vorschlag Emmanuel Macrons", "de"),
        ("Emmanuel Macron", "EMMANUEL MACRON", "fr"),
        ("Emmanuel Macron", "Emmanuela Macrona", "pl"),
        ("Volodymyr Zelensky", "Wolodymyr Selenskyj", "de"),
        ("Valerii Zaluzhnyi", "Valeri Zaloujny", "fr"),
        ("Valerii Zaluzhnyi", "Walerij Saluschnyj", "de"),
        ("Luiz Lula da Silva", "le président Lula", "fr"),
        ("Ursula von der Leyen", "Mme von der Leyen", "fr"),
        ("Volodymyr Zelensky", "Володимир Зеленський", "uk"),
        ("Volodymyr Zelensky", "президент", "uk"),
        ("Somebody Unknown spoke.", "Il a parlé.", "fr"),
        ("Clerk of the secretariat (exercise)", "greffier", "fr"),
        ("Max spoke.", "Il a parlé.", "fr"),
    ],
)
def test_persons_spelt_otherwise_or_unknown_or_in_another_script_are_left_in_peace(
    here: str, there: str, other: str
) -> None:
    assert persons(here, there, "en", other) == persons(there, here, other, "en") == []


@pytest.mark.parametrize(("language", "other"), list(permutations(LANGUAGES, 2)))
def test_statement_names_nobody(language: str, other: str) -> None:
    found = [persons(paragraph[language], paragraph[other], language, other) for paragraph in STATEMENT]
    assert found == [[]] * len(STATEMENT)


def test_brackets_differ_by_their_holders_and_their_number() -> None:
    same = differences("a", "b", language="en", other="fr", brackets_here=[{"FR", "GB"}], brackets_there=[{"GB", "FR"}])
    assert same == []
    found = differences(
        "a", "b", language="en", other="fr", brackets_here=[{"FR"}, {"FR"}, {"IT"}], brackets_there=[{"FR"}]
    )
    assert found == [Difference(Kind.BRACKET, ("FR", "IT"), ())]


def test_typed_brackets_differ_when_one_side_has_more() -> None:
    assert between("[will] deploy", "déploieront") == [Difference(Kind.TYPED, ("[will]",), ())]
    assert between("[will] deploy", "[déploieront]") == []


def test_empty_version_differs_in_nothing() -> None:
    assert between("On 6 January 2026, NATO and 5 states", " ") == []


def test_language_unknown_to_cldr_is_read_as_far_as_digits_go() -> None:
    assert between("In 2026, NATO", "NATO ... 2026", "en", "xx") == []
    assert between("In 2026, NATO", "NATO ... 2027", "en", "xx") == [Difference(Kind.NUMBER, ("2026",), ("2027",))]
