"""The messages of the protocol, there and back, and bytes that are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concertation.texts.sync import protocol
from concertation.texts.sync.protocol import Ask, Change, Presence, Presences, WhoIsThere, decode
from concertation.texts.sync.reader import MAX_SAFE, Malformed, Reader, block, uint

numbers = st.integers(0, MAX_SAFE)
presences = st.lists(st.builds(Presence, numbers, numbers, st.text(max_size=40)), max_size=5)


@given(numbers)
def test_number_comes_back(number: int) -> None:
    reader = Reader(uint(number))
    assert reader.uint() == number
    reader.end()


@given(numbers)
def test_truncated_number_is_malformed(number: int) -> None:
    with pytest.raises(Malformed):
        Reader(uint(number)[:-1]).uint()


@pytest.mark.parametrize("data", [uint(MAX_SAFE + 1), b"\xff" * 20, b"\x80" * 12 + b"\x01"])
def test_number_beyond_safe_integers_is_malformed(data: bytes) -> None:
    with pytest.raises(Malformed, match="number too large"):
        Reader(data).uint()


@given(st.binary(max_size=300))
def test_sync_messages_come_back(data: bytes) -> None:
    assert decode(protocol.ask(data)) == Ask(data)
    assert decode(protocol.answer(data)) == Change(data, answer=True)
    assert decode(protocol.change(data)) == Change(data, answer=False)


@given(presences)
def test_awareness_comes_back(entries: list[Presence]) -> None:
    message = protocol.presences(protocol.encode_presences(entries))
    assert decode(message) == Presences(tuple(entries))


def test_query_awareness_is_one_byte() -> None:
    assert decode(b"\x03") == WhoIsThere()


@given(st.dictionaries(numbers, numbers, max_size=8))
def test_state_vector_comes_back(clocks: dict[int, int]) -> None:
    vector = uint(len(clocks)) + b"".join(uint(client) + uint(clock) for client, clock in clocks.items())
    assert protocol.decode_state(vector) == clocks


@given(st.binary(max_size=120))
def test_random_bytes_are_a_message_or_malformed(data: bytes) -> None:
    try:
        message = decode(data)
    except Malformed:
        return
    assert isinstance(message, Ask | Change | Presences | WhoIsThere)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "truncated"),
        (b"\x00", "truncated"),
        (b"\x00\x07", "unknown sync message"),
        (b"\x02\x00\x00", "unknown kind of message"),
        (b"\x64\x00\x00", "unknown kind of message"),
        (b"\x00\x02" + uint(2**40), "length beyond the end"),
        (b"\x00\x02\x02\x00\x00\x00", "bytes after the end"),
        (b"\x01\x03\x01\x05\x01", "truncated"),
        (b"\x01" + block(b"\x01\x05\x01" + block(b"\xff")), "not UTF-8"),
        (b"\x01" + block(uint(2**40)), "length beyond the end"),
        (b"\x01" + block(b"\x01\x05\x01" + block(b"x" * 5000)), "awareness state too large"),
    ],
)
def test_malformed_message_is_named(data: bytes, reason: str) -> None:
    with pytest.raises(Malformed, match=reason):
        decode(data)


def test_stored_message_has_the_vector_and_then_the_number() -> None:
    assert protocol.stored(b"\x01\x05\x02", 300) == b"\x64\x03\x01\x05\x02\xac\x02"


def test_permission_denied_is_the_standard_auth_message() -> None:
    assert protocol.denied("read only") == b"\x02\x00\x09read only"


@pytest.mark.parametrize(
    ("size", "header"),
    [
        (5, b"\x82\x05"),
        (125, b"\x82\x7d"),
        (126, b"\x82\x7e\x00\x7e"),
        (65_535, b"\x82\x7e\xff\xff"),
        (65_536, b"\x82\x7f\x00\x00\x00\x00\x00\x01\x00\x00"),
    ],
)
def test_frame_has_the_header_for_its_size(size: int, header: bytes) -> None:
    assert protocol.frame([b"x" * size, b"y"]) == header + b"x" * size + b"\x82\x01y"
