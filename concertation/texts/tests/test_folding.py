"""Words as they are compared, in the languages of the coalition."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from concertation.texts.folding import folded, pair_shingles, tokens_of, word_shingles


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The CEASE-FIRE, in “full”!", "the cease fire in full"),
        ("L’État s’engage à l'œuvre", "l etat s engage a l oeuvre"),
        ("Об’єкт об'єкт обʼєкт", "обєкт обєкт обєкт"),
        ("Їжак і Йод", "іжак і иод"),
        ("за\u0301мок", "замок"),
        ("Straße", "strasse"),
        ("10,000 and 10\u202f000 and 10.000 and 1’250’000", "10000 and 10000 and 10000 and 1250000"),
        ("Article 5, 200 men in 2026 100", "article 5 200 men in 2026 100"),
        ("§ 4 (a) – 1.5 %", "4 a 1 5"),
        ("one\ntwo_three", "one two three"),
        ("停火协议", "停 火 协 议"),
        ("…!?", ""),
    ],
)
def test_folded_keeps_what_counts(words: str, expected: str) -> None:
    assert folded(words) == expected


@example("0_000")  # two words, which would be one number with a space between them
@given(st.text("aÉ' ’10,00.ї\u0301_\n", max_size=30))
def test_tokens_stand_where_they_say_and_in_order(words: str) -> None:
    tokens = tokens_of(words)
    assert [folded(words[token.start : token.end]) for token in tokens] == [token.folded for token in tokens]
    places = [place for token in tokens for place in (token.start, token.end)]
    assert places == sorted(places)
    assert [folded(token.folded) for token in tokens] == [token.folded for token in tokens]


def test_shingles_are_of_their_language_and_meet_over_endings_and_one_word() -> None:
    english, dropped = ["we", "reaffirm", "our", "agreements"], ["we", "reaffirm", "agreement"]
    assert len(pair_shingles("en", english)) == 5
    assert len(pair_shingles("en", english) & pair_shingles("en", dropped)) == 2
    assert pair_shingles("en", english).isdisjoint(pair_shingles("fr", english))
    assert word_shingles("uk", ["припинення"]) == word_shingles("uk", ["припинень"])
    assert all(-(2**63) <= shingle < 2**63 for shingle in word_shingles("en", english))
