"""The first of a month in words."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils import formats, translation


@pytest.mark.parametrize(
    ("language", "day", "written"),
    [
        ("fr", 1, "1er juillet 2025"),
        ("fr", 2, "2 juillet 2025"),
        ("fr", 11, "11 juillet 2025"),
        ("fr", 21, "21 juillet 2025"),
        ("en", 1, "1 July 2025"),
    ],
)
def test_day_in_words(language: str, day: int, written: str) -> None:
    with translation.override(language):
        assert formats.date_format(date(2025, 7, day), "DATE_FORMAT") == written
        moment = datetime(2025, 7, day, 9, tzinfo=UTC)
        assert Template('{{ at|date:"DATE_FORMAT" }}').render(Context({"at": moment})) == written
        assert formats.date_format(moment, "DATETIME_FORMAT").startswith(written)


def test_day_in_figures_stays_a_figure() -> None:
    with translation.override("fr"):
        assert formats.date_format(date(2025, 7, 1), "d/m/Y") == "01/07/2025"
