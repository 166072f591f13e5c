"""The hash of a paragraph is taken over RFC 8785 JSON, whichever program writes it."""

import hashlib
from typing import Any, cast

import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from concertation.texts import paragraphs
from concertation.texts.blocks import Block, run
from concertation.texts.tests.strategies import versions

ODD = st.text(st.characters(codec="utf-8"), max_size=20)


@given(versions, ODD)
def test_the_digest_is_of_rfc_8785_json(blocks: list[Block], odd: str) -> None:
    strange: Block = {"type": "paragraph", "numbered": True, "runs": [run(odd, bold=True)]}
    for block in [*blocks, strange]:
        content = {"fr": block, "en": block}
        assert paragraphs.digest(content) == hashlib.sha256(rfc8785.dumps(cast("Any", content))).hexdigest()
