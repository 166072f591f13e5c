"""Changes within lines leave the lines of a paragraph and the entries of a list where they are."""

from concertation.texts.blocks import run
from concertation.texts.tests.sheets import NESTED, plain
from concertation.texts.worddiff import Hunk
from concertation.texts.wording import changed


def test_change_after_a_line_break_is_made() -> None:
    assert changed(plain("We met\nin Paris."), [Hunk(10, 15, (run("London"),))]) == plain("We met\nin London.")


def test_change_in_an_entry_of_a_list_is_made() -> None:
    made = changed(NESTED, [Hunk(12, 17, (run("long"),)), Hunk(24, 28, ())])
    assert made["type"] == "bulletList"
    first, second = made["items"]
    assert first[1] == {
        "type": "orderedList",
        "items": [
            [{"type": "paragraph", "runs": [run("long range")]}],
            [{"type": "paragraph", "runs": [run(" "), run("range", italic=True)]}],
        ],
    }
    assert second == [{"type": "paragraph", "runs": [run("training & more")]}]
