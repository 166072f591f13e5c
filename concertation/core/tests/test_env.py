"""Readers of environment variables say what is wrong in one sentence."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from concertation.core import env


def test_text_comes_from_a_named_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("s3cret\n")
    monkeypatch.setenv("THING_FILE", str(tmp_path / "secret"))
    assert env.text("THING") == "s3cret"


def test_file_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THING_FILE", "/nowhere")
    with pytest.raises(ImproperlyConfigured) as caught:
        env.text("THING")
    assert str(caught.value) == "THING_FILE: /nowhere cannot be read (No such file or directory)."


@pytest.mark.parametrize(("value", "expected"), [("yes", True), ("0", False), ("On", True)])
def test_flag_reads_words(monkeypatch: pytest.MonkeyPatch, value: str, expected: bool) -> None:
    monkeypatch.setenv("THING", value)
    assert env.flag("THING", default=not expected) is expected


def test_flag_refuses_other_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THING", "maybe")
    with pytest.raises(ImproperlyConfigured) as caught:
        env.flag("THING", default=True)
    assert str(caught.value) == "THING must be one of yes, no, true, false, 1, 0; it is “maybe”."


@pytest.mark.parametrize("value", ["", "-1", "91", "7.5", "x"])
def test_number_refuses_what_is_out_of_range(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("THING", value)
    with pytest.raises(ImproperlyConfigured) as caught:
        env.number("THING", 7, low=1, high=90)
    assert str(caught.value) == f"THING must be a whole number from 1 to 90; it is “{value}”."


def test_words_are_parted_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THING", "a, b,,c ")
    assert env.words("THING") == ["a", "b", "c"]
