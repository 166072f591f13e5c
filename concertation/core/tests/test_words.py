"""Words that people type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concertation.core.words import one_line


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Joint \t statement\r\n", "Joint statement"),
        ("Paix\u00a0: «\u202fnon\u202f»", "Paix\u00a0: «\u202fnon\u202f»"),
        ("Subject\r\nBcc: all@example.org", "Subject Bcc: all@example.org"),
        ("safe\u202efdp.exe", "safefdp.exe"),
        ("e\u0301lu", "élu"),
        ("a\u2028b\u0085c", "a b c"),
        ("\u200b\ufeff", ""),
    ],
)
def test_one_line_keeps_what_can_be_read(typed: str, kept: str) -> None:
    assert one_line(typed) == kept


@given(st.text())
def test_one_line_changes_nothing_twice(text: str) -> None:
    assert one_line(one_line(text)) == one_line(text)


@given(st.text())
def test_one_line_is_one_line(text: str) -> None:
    assert len(one_line(text).splitlines()) <= 1
