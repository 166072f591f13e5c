"""One value, one text: RFC 8785 where it is easy to get wrong, and what the record refuses."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concertation.record import canonical
from concertation.record.canonical import Json, NotCanonical

scalars = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text()
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4)
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": [True, None]}, '{"a":[true,null],"b":1}'),
        ({"é": 1, "e": 2, "z": 3}, '{"e":2,"z":3,"é":1}'),
        ({"\ufb33": 1, "😀": 2}, '{"😀":2,"\ufb33":1}'),  # keys by UTF-16 unit: D83D comes before FB33
        ("Київ «\u00a0»", '"Київ «\u00a0»"'),
        ('\u0000\b\t\n\f\r"\\\u001f\u007f/', '"\\u0000\\b\\t\\n\\f\\r\\"\\\\\\u001f\u007f/"'),
        (2**53 - 1, "9007199254740991"),
        (-0, "0"),
        ((1, 2), "[1,2]"),
        ({}, "{}"),
    ],
)
def test_encode_gives_the_canonical_text(value: Json, text: str) -> None:
    assert canonical.encode(value) == text.encode()


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ({"share": 0.5}, r"value\.share is of type float"),
        ([1, float("nan")], r"value\[1\] is of type float"),
        (2**53, "exceeds safe integer"),
        ("\ud800", "non-UTF-8"),
        ({"\ud800": 1}, "surrogates not allowed"),
        ({1: "a"}, "key that is not text"),
        ({"when": b"now"}, "is of type bytes"),
    ],
)
def test_encode_refuses_what_the_record_does_not_hold(value: Json, reason: str) -> None:
    with pytest.raises(NotCanonical, match=reason):
        canonical.encode(value)


@given(values)
def test_encode_reads_back_to_the_same_value_and_text(value: Json) -> None:
    text = canonical.encode(value)
    assert json.loads(text) == value
    assert canonical.encode(json.loads(text)) == text


def test_encode_keeps_composed_and_decomposed_letters_apart() -> None:
    assert canonical.encode("é") != canonical.encode("e\u0301")
