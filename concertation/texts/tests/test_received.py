"""What browsers send as a paragraph: nothing of it is believed."""

import json
from typing import Any

import pytest
from hypothesis import given

from concertation.texts.blocks import Block, run
from concertation.texts.received import LONGEST, NotABlock, read_block
from concertation.texts.tests.strategies import versions


@given(versions)
def test_read_block_gives_back_what_a_text_can_hold(blocks: list[Block]) -> None:
    assert [read_block(json.dumps(block)) for block in blocks] == blocks


def test_read_block_takes_no_id_and_no_mark_that_texts_do_not_have() -> None:
    sent = {"type": "paragraph", "id": "first00001", "runs": [{"text": "a", "anchor": "b", "bold": True}], "more": 1}
    assert read_block(json.dumps(sent)) == {"type": "paragraph", "numbered": True, "runs": [run("a", bold=True)]}


def nested(depth: int) -> dict[str, Any]:
    item: list[Any] = [{"type": "paragraph", "runs": []}]
    return {"type": "bulletList", "items": [[*item, nested(depth - 1)] if depth else item]}


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "null",
        "[]",
        "{",
        "[" * 5000,
        '{"type": "image"}',
        '{"type": "paragraph"}',
        '{"type": "paragraph", "runs": ["a"]}',
        '{"type": "paragraph", "runs": [{"text": 1}]}',
        '{"type": "paragraph", "numbered": "yes", "runs": []}',
        '{"type": "paragraph", "runs": [{"text": "a\\u202eb"}]}',
        '{"type": "paragraph", "runs": [{"text": "\\ud800"}]}',
        '{"type": "paragraph", "runs": [{"text": "a\\u0007"}]}',
        '{"type": "heading", "level": 4, "runs": []}',
        '{"type": "heading", "runs": []}',
        '{"type": "bulletList", "items": []}',
        '{"type": "bulletList", "items": [[]]}',
        '{"type": "bulletList", "items": [[{"type": "heading", "level": 1, "runs": []}]]}',
        '{"type": "bulletList", "items": [{"type": "paragraph", "runs": []}]}',
        json.dumps(nested(20)),
        json.dumps({"type": "paragraph", "runs": [{"text": "a" * LONGEST}]}),
    ],
)
def test_read_block_refuses_what_a_text_cannot_hold(sent: str) -> None:
    with pytest.raises(NotABlock):
        read_block(sent)
