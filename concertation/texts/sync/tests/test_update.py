"""Updates from outside: what the walker accepts, and what it keeps from the library."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pycrdt import Doc, Text, XmlElement, XmlFragment, XmlText

from concertation.texts.sync.document import MAX_TYPES, Document, merge, snapshot
from concertation.texts.sync.reader import Malformed, block, uint
from concertation.texts.sync.update import MAX_DEPTH, ForeignLanguage, Unmet, examine

ROOT_ITEM = b"\x01\x01\x05\x00"  # one client with one struct, client 5, clock 0
IN_ROOT = b"\x01\x02en"
NOTHING_DELETED = b"\x00"


def root_item(kind: int, content: bytes) -> bytes:
    """Return an update with one item at the root."""
    return ROOT_ITEM + bytes((kind,)) + IN_ROOT + content + NOTHING_DELETED


def nested(depth: int) -> bytes:
    """Return an update with a value of `depth` arrays around a null."""
    return root_item(8, b"\x01" + b"\x75\x01" * depth + b"\x7e")


def elements(count: int, *, start: int = 0) -> bytes:
    """Return an update of client 5 with `count` elements, each within the one before, from clock `start` on."""
    first = b"\x07" + IN_ROOT[:1] + block(b"en") + b"\x03" + block(b"p")
    inner = (b"\x07\x00\x05" + uint(clock - 1) + b"\x03" + block(b"p") for clock in range(start or 1, start + count))
    return b"\x01" + uint(count) + b"\x05" + uint(start) + b"".join([*([] if start else [first]), *inner]) + b"\x00"


def typed(words: str, client: int | None = None) -> list[bytes]:
    """Return the updates of somebody who types `words` letter by letter."""
    doc: Doc[Text] = Doc(client_id=client)
    updates: list[bytes] = []
    subscription = doc.observe(lambda event: updates.append(event.update))
    text = doc.get("en", type=Text)
    for letter in words:
        text += letter
    doc.unobserve(subscription)
    return updates


def words_of(update: bytes) -> str:
    """Return the words that `update` leads to."""
    doc: Doc[Text] = Doc()
    doc.apply_update(update)
    return str(doc.get("en", type=Text))


def rich() -> bytes:
    """Return an update with every kind of content that texts have."""
    doc: Doc[Any] = Doc()
    fragment = doc.get("en", type=XmlFragment)
    paragraph = fragment.children.append(XmlElement("paragraph", {"numbered": "true"}))
    words = paragraph.children.append(XmlText("plain 👍 words"))
    words.format(0, 4, {"bold": {}})
    paragraph.attributes["values"] = [1.5, None, True, {"c": "d"}, 2**40, b"bytes"]
    del words[0:1]
    return doc.get_update()


@given(st.text(min_size=1, max_size=30))
def test_updates_of_a_typist_are_accepted_in_order(words: str) -> None:
    document = Document(None)
    updates = typed(words)
    assert [document.take(update) for update in updates] == [True] * len(updates)
    assert words_of(document.missing_from(b"\x00")) == words


def test_every_kind_of_content_is_walked() -> None:
    update = rich()
    document = Document(None)
    assert document.take(update) is True
    assert document.missing_from(b"\x00") == snapshot([update])


@given(st.floats(0, 1, exclude_max=True))
def test_truncated_update_is_malformed(share: float) -> None:
    update = rich()
    with pytest.raises(Malformed):
        examine(update[: int(share * len(update))], {})


@given(st.binary(max_size=60))
def test_random_bytes_leave_the_document_as_it_was(junk: bytes) -> None:
    document = Document(merge(typed("abc", client=7)))
    before = document.state(), document.missing_from(b"\x00")
    try:
        changed = document.take(junk)
    except (Malformed, Unmet):
        changed = False
    if not changed:
        assert (document.state(), document.missing_from(b"\x00")) == before


@given(st.data())
def test_spoilt_update_is_refused_or_integrated_whole(data: st.DataObject) -> None:
    good = bytearray(merge(typed("abcdef", client=9)))
    good[data.draw(st.integers(0, len(good) - 1))] = data.draw(st.integers(0, 255))
    document = Document(merge(typed("xyz", client=7)))
    before = document.missing_from(b"\x00")
    try:
        document.take(bytes(good))
    except (Malformed, Unmet):
        assert document.missing_from(b"\x00") == before
    assert Document(document.missing_from(b"\x00")).state() == document.state()


def test_writing_in_a_root_that_is_no_version_leaves_the_document_as_it_was() -> None:
    document = Document(merge(typed("abc", client=7)))
    before = document.missing_from(b"\x00")
    with pytest.raises(ForeignLanguage, match="no version “en”"):
        document.take(typed("x", client=8)[0], {"fr"})
    assert document.missing_from(b"\x00") == before
    assert document.take(merge(typed("abc", client=7)), {"fr"}) is False  # what is known already is no writing
    assert document.take(typed("x", client=8)[0], {"fr", "en"}) is True


def test_value_nested_to_the_limit_is_accepted() -> None:
    assert Document(None).take(nested(MAX_DEPTH)) is True


@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 200_000])
def test_value_nested_deeper_never_reaches_the_library(depth: int) -> None:
    with pytest.raises(Malformed, match="nested too deep"):
        Document(None).take(nested(depth))


@pytest.mark.parametrize(
    ("update", "reason"),
    [
        (b"", "truncated"),
        (uint(2**50), "length beyond the end"),
        (b"\xff" * 9, "number too large"),
        (b"\x01" + uint(2**31) + b"\x05\x00", "length beyond the end"),
        (root_item(4, uint(2**40) + b"a"), "length beyond the end"),
        (root_item(4, b"\x02\xff\xfe"), "not UTF-8"),
        (root_item(4, b"\x00"), "empty item"),
        (root_item(7, b"\x01"), "a kind of content that texts do not have"),
        *((root_item(kind, b"\x00"), "a kind of content that texts do not have") for kind in (2, 3, 5, 9, 11)),
        (root_item(8, b"\x01\x05"), "unknown kind of value"),
        (root_item(1, uint(2**31 + 1)), "clock too large"),
        (root_item(6, b"\x01b\x04{{{{"), "a mark that texts do not have"),
        (root_item(6, b"\x04bold\x021"), "a mark that texts do not have"),
        (root_item(6, b"\x10anchor--abcdefgh\x02{}"), "a mark that texts do not have"),
        (ROOT_ITEM + b"\x84\x05\x00\x01a\x00", "an item that refers to a later one"),
        (b"\x00\x00\x00", "bytes after the end"),
        (b"\x00\x01\x05\x01\x00\x00", "empty deletion"),
    ],
)
def test_malformed_update_is_refused_with_its_fault(update: bytes, reason: str) -> None:
    with pytest.raises(Malformed, match=reason):
        Document(None).take(update)


def test_item_whose_parent_is_no_type_leaves_the_document_as_it_was() -> None:
    document = Document(merge(typed("abc", client=7)))
    before = document.missing_from(b"\x00")
    two = b"\x01\x02\x05\x00\x04" + IN_ROOT + b"\x01a" + b"\x04\x00\x05\x00\x01b" + NOTHING_DELETED
    with pytest.raises(Malformed):
        document.take(two)
    assert document.missing_from(b"\x00") == before


def test_update_with_a_gap_is_unmet_and_taken_once_the_gap_is_filled() -> None:
    first, second, third = typed("abc")
    document = Document(first)
    with pytest.raises(Unmet):
        document.take(third)
    assert document.take(second) is True
    assert document.take(third) is True


def test_deletion_of_what_is_missing_is_unmet() -> None:
    with pytest.raises(Unmet):
        Document(None).take(b"\x00" + b"\x01\x05\x01\x00" + uint(2**31))


@pytest.mark.parametrize(
    "cut",
    [
        b"\x01\x01\x05\x00\x84\x07\x01\x01x\x00",  # written after the first half
        b"\x01\x01\x05\x00\x44\x07\x02\x01x\x00",  # written before the second half
        b"\x00\x01\x07\x01\x00\x02",  # deleted with what stands before
        b"\x00\x01\x07\x01\x02\x02",  # deleted with what stands behind
        b"\x01\x01\x07\x02\x84\x07\x01\x01x\x00",  # said again from the middle
        b"\x01\x01\x07\x03\x84\x07\x00\x04\xf0\x9f\x91\x8d\x00",  # said otherwise, so that half of it is known
    ],
)
def test_half_a_character_is_refused_in_a_running_and_in_a_loaded_text(cut: bytes) -> None:
    running = Document(None)
    running.take(merge(typed("a", client=7)))
    running.take(b"\x01\x01\x07\x01\x84\x07\x00\x05\xf0\x9f\x91\x8db\x00")  # a thumb and a b
    for document in (running, Document(running.missing_from(b"\x00"))):
        with pytest.raises(Malformed, match="half a character"):
            document.take(cut)
        assert words_of(document.missing_from(b"\x00")) == "a👍b"


def test_whole_character_is_deleted() -> None:
    document = Document(merge(typed("a👍b", client=7)))
    assert document.take(b"\x00\x01\x07\x01\x01\x02") is True
    assert words_of(document.missing_from(b"\x00")) == "ab"


def test_two_clients_that_wait_for_each_other_are_refused() -> None:
    one = b"\x01\x05\x00\x84\x06\x00\x01a"
    other = b"\x01\x06\x00\x84\x05\x00\x01b"
    document = Document(merge(typed("abc", client=7)))
    before = document.missing_from(b"\x00")
    with pytest.raises(Unmet):
        document.take(b"\x02" + one + other + NOTHING_DELETED)
    assert document.missing_from(b"\x00") == before


def test_repeated_update_changes_nothing() -> None:
    document = Document(None)
    whole = merge(typed("abc"))
    assert document.take(whole) is True
    assert document.take(whole) is False
    assert document.take(b"\x00\x00") is False


def test_would_change_knows_new_words_and_new_deletions() -> None:
    doc: Doc[Text] = Doc()
    text = doc.get("en", type=Text)
    text += "abc"
    document = Document(doc.get_update())
    assert document.would_change(doc.get_update(doc.get_state())) is False
    del text[0:1]
    deletion = doc.get_update(doc.get_state())
    assert document.would_change(deletion) is True
    document.take(deletion)
    assert document.would_change(deletion) is False
    text += "d"
    assert document.would_change(doc.get_update()) is True


@given(st.lists(st.text(min_size=1, max_size=5), min_size=1, max_size=6))
def test_merged_and_snapshot_updates_lead_to_the_same_words(parts: list[str]) -> None:
    updates = typed("".join(parts))
    assert words_of(merge(updates)) == "".join(parts)
    assert words_of(snapshot(updates)) == "".join(parts)


def test_rebuild_after_many_updates_keeps_every_one() -> None:
    document = Document(None)
    for update in typed("a" * 12_000, client=7):
        document.take(update)
    with pytest.raises(Malformed):
        document.take(root_item(6, block(b"b") + block(b"{{")))
    assert len(document._taken) < 6_000
    assert words_of(document.missing_from(b"\x00")) == "a" * 12_000


def test_elements_within_elements_cannot_end_the_process() -> None:
    document = Document(elements(MAX_TYPES - 10))
    assert document.take(elements(10, start=MAX_TYPES - 10))
    with pytest.raises(Malformed, match="too many elements"):
        document.take(elements(1, start=MAX_TYPES))
    assert not document.take(elements(MAX_TYPES))  # what is here already counts once
    assert document.take(b"\x00\x01\x05\x01\x00\x01")  # deletes the outermost, and by recursion all others
    assert document.take(elements(1, start=MAX_TYPES))  # what is deleted no longer counts
