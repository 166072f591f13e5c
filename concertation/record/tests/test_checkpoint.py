"""Signed notes: what is written is exactly what C2SP says, and nothing else is accepted."""

from base64 import b64decode, b64encode
from collections.abc import Callable
from hashlib import sha256
from string import ascii_lowercase, ascii_uppercase, digits

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from concertation.record.checkpoint import BadNote, Checkpoint, Signer, Verifier, open_checkpoint
from concertation.record.merkle import EMPTY_ROOT

ORIGIN = "coalition.example/record"
SIGNER = Signer.of(ORIGIN, Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
OTHER = Signer.of(ORIGIN, Ed25519PrivateKey.from_private_bytes(bytes(32)))
CHECKPOINT = Checkpoint(ORIGIN, 3, bytes(32))
ALPHABET = ascii_uppercase + ascii_lowercase + digits + "+/"
NOTE = SIGNER.sign(CHECKPOINT.text)


def test_note_reads_as_the_specification_says() -> None:
    origin, size, root, blank, signature, end = NOTE.split("\n")
    assert (origin, size, root, blank, end) == (ORIGIN, "3", b64encode(bytes(32)).decode(), "", "")
    dash, name, encoded = signature.split(" ")
    assert (dash, name) == ("\u2014", ORIGIN)
    assert len(b64decode(encoded)) == 4 + 64


def test_verifier_writes_name_identifier_and_key() -> None:
    name, identifier, key = str(SIGNER.verifier).split("+", 2)
    raw = b64decode(key)
    assert (name, raw[:1], len(raw)) == (ORIGIN, b"\x01", 33)
    assert identifier == sha256(ORIGIN.encode() + b"\n" + raw).hexdigest()[:8]
    assert Verifier.parse(str(SIGNER.verifier)) == SIGNER.verifier


def test_open_checkpoint_returns_what_was_signed() -> None:
    assert open_checkpoint(NOTE, SIGNER.verifier) == CHECKPOINT


def test_open_refuses_a_note_of_another_key_with_the_same_name() -> None:
    with pytest.raises(BadNote, match="is not by the key coalition"):
        open_checkpoint(OTHER.sign(CHECKPOINT.text), SIGNER.verifier)


def test_open_refuses_another_keys_signature_under_our_identifier() -> None:
    forged = SIGNER.verifier.identifier + OTHER.private.sign(CHECKPOINT.text.encode())
    note = f"{CHECKPOINT.text}\n\u2014 {ORIGIN} {b64encode(forged).decode()}\n"
    with pytest.raises(BadNote, match="is not valid"):
        open_checkpoint(note, SIGNER.verifier)


def test_open_checkpoint_refuses_another_origin() -> None:
    note = SIGNER.sign(Checkpoint("another.example/record", 3, bytes(32)).text)
    with pytest.raises(BadNote, match=r"is of “another\.example/record”"):
        open_checkpoint(note, SIGNER.verifier)


def test_open_refuses_a_second_signature_and_trailing_text() -> None:
    signature = NOTE.splitlines()[-1]
    for note in (f"{NOTE}{signature}\n", f"{NOTE}\n", NOTE[:-1], f"\ufeff{NOTE}", NOTE.replace("\n", "\r\n"), ""):
        with pytest.raises(BadNote):
            open_checkpoint(note, SIGNER.verifier)


@given(st.data())
def test_open_refuses_every_changed_character(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(NOTE) - 1))
    char = data.draw(st.characters(codec="utf-8").filter(lambda char: char != NOTE[at]))
    with pytest.raises(BadNote):
        open_checkpoint(NOTE[:at] + char + NOTE[at + 1 :], SIGNER.verifier)


@pytest.mark.parametrize(
    "text",
    [
        "",
        f"{ORIGIN}\n3\n{b64encode(EMPTY_ROOT).decode()}",
        f"{ORIGIN}\n03\n{b64encode(EMPTY_ROOT).decode()}\n",
        f"{ORIGIN}\n-3\n{b64encode(EMPTY_ROOT).decode()}\n",
        f"{ORIGIN}\n٣\n{b64encode(EMPTY_ROOT).decode()}\n",
        f"{ORIGIN}\n{'9' * 5000}\n{b64encode(EMPTY_ROOT).decode()}\n",
        f"{ORIGIN}\n3\n{b64encode(bytes(31)).decode()}\n",
        f"{ORIGIN}\n3\n{b64encode(EMPTY_ROOT).decode()}\nextension\n",
    ],
)
def test_parse_refuses_what_is_no_checkpoint(text: str) -> None:
    with pytest.raises(BadNote):
        Checkpoint.parse(text)


@pytest.mark.parametrize("name", ["", "two words", "a+b", "tab\tbed", "line\nfeed", "no\u00a0break"])
def test_verifier_refuses_a_name_that_breaks_the_format(name: str) -> None:
    with pytest.raises(BadNote, match="cannot name a key"):
        Verifier(name, bytes(32))


@pytest.mark.parametrize(
    "change", [lambda text: text[:-1], lambda text: text.replace("coalition", "Coalition"), lambda _: ""]
)
def test_parse_refuses_a_key_that_does_not_match_its_identifier(change: Callable[[str], str]) -> None:
    with pytest.raises(BadNote):
        Verifier.parse(change(str(SIGNER.verifier)))


def test_repr_of_a_signer_does_not_show_the_key() -> None:
    assert "rivate" not in repr(SIGNER)


def test_open_refuses_another_spelling_of_the_same_signature() -> None:
    body, signature = NOTE.removesuffix("=\n")[:-1], NOTE.removesuffix("=\n")[-1]
    following = ALPHABET[ALPHABET.index(signature) + 1]  # the two lowest bits of the last letter carry nothing
    assert b64decode(NOTE.split(" ")[-1]) == b64decode((body + following + "=\n").split(" ")[-1])
    with pytest.raises(BadNote, match="base64"):
        open_checkpoint(f"{body}{following}=\n", SIGNER.verifier)
