"""Whatever is done to an export is found, and the first entry that it touched is named."""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concertation.record import canonical, merkle
from concertation.record.checkpoint import Checkpoint, Signer
from concertation.record.events import Actor
from concertation.record.exports import export_lines
from concertation.record.lines import NotProved
from concertation.record.queries import checkpoint_at
from concertation.record.signing import current_signer
from concertation.record.tests.conftest import FRANCE, SECRETARIAT, Append
from concertation.record.verification import main, seal_text, verify

pytestmark = pytest.mark.django_db

SIZE = 6
Lines = list[bytes]
Leaf = dict[str, Any]


def line_of(value: dict[str, canonical.Json]) -> bytes:
    return canonical.encode(value) + b"\n"


def fault(lines: Lines, *, key: str | None = None, kept: str | None = None) -> NotProved:
    """Return why `lines` are not proved."""
    with pytest.raises(NotProved) as caught:
        verify(lines, key=key, kept=kept)
    return caught.value


@pytest.fixture
def record(append: Append) -> None:
    """Six entries; the fourth has content that only France and Ukraine may see."""
    for number in range(1, SIZE + 1):
        restricted = {"position": "two battalions"} if number == 4 else None
        append("text.agreed", data={"paragraph": number}, restricted=restricted, audience=("FR", "UA"))


@pytest.fixture
def lines(record: None) -> Lines:
    """What France exports: a header, six entries, the checkpoint, the seal."""
    return list(export_lines(reader=FRANCE))


def changed(line: bytes, change: Callable[[Leaf], object]) -> bytes:
    """Return `line` with its object changed, still canonical."""
    value = json.loads(line)
    change(value)
    return line_of(value)


def sealed(lines: Lines, signer: Signer) -> Lines:
    """Return `lines`, which lack their seal, with one by `signer`."""
    digest = sha256(b"".join(lines)).hexdigest()
    return [*lines, line_of({"seal": signer.sign(seal_text(signer.verifier.name, digest))})]


def rewritten(lines: Lines, change: Callable[[int, Leaf], object], signer: Signer) -> Lines:
    """Return the export that a forger with key `signer` makes of `lines` after changing leaves."""
    tree, out = merkle.Frontier(), [changed(lines[0], lambda header: header.update(key=str(signer.verifier)))]
    for number, line in enumerate(lines[1:-2], 1):
        entry = json.loads(line)
        change(number, entry["leaf"])
        hash_ = merkle.leaf_hash(canonical.encode(entry["leaf"]))
        tree, _ = tree.append(hash_)
        text = Checkpoint(signer.verifier.name, number, tree.root).text
        entry |= {"leaf_hash": hash_.hex(), "root": tree.root.hex(), "signature": signer.signature(text)}
        out.append(line_of(entry))
    out.append(line_of({"checkpoint": signer.sign(Checkpoint(signer.verifier.name, tree.size, tree.root).text)}))
    return sealed(out, signer)


def test_export_is_proved_up_to_its_checkpoint(lines: Lines) -> None:
    proved = verify(lines, key=str(current_signer().verifier), kept=checkpoint_at(3))
    assert proved.verifier == current_signer().verifier
    assert proved.checkpoint.size == SIZE
    assert proved.opened == 1


@pytest.mark.parametrize(
    ("reader", "member", "opened"),
    [(FRANCE, "FR", 1), (Actor.of_member("GB"), "GB", 0), (SECRETARIAT, None, 1), (Actor.system(), None, 1)],
)
def test_export_opens_what_the_reader_may_see(record: None, reader: Actor, member: str | None, opened: int) -> None:
    lines = list(export_lines(reader=reader))
    assert json.loads(lines[0])["member"] == member
    assert verify(lines).opened == opened
    assert (b"two battalions" in b"".join(lines)) is (opened == 1)


@pytest.mark.parametrize("size", [0, 1, 2, 3, 4, 5])
def test_export_continues_every_older_checkpoint(lines: Lines, size: int) -> None:
    assert verify(lines, kept=checkpoint_at(size)).checkpoint.size == SIZE


def test_empty_record_is_proved_to_be_empty() -> None:
    assert verify(export_lines(reader=FRANCE)).checkpoint == Checkpoint(
        "coalition.example/record", 0, merkle.EMPTY_ROOT
    )


def test_longer_record_is_exported_in_order(append: Append, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("concertation.record.exports.CHUNK", 4)
    for _ in range(13):
        append()
    assert verify(export_lines(reader=FRANCE)).checkpoint.size == 13


@pytest.mark.parametrize("number", range(1, SIZE + 1))
def test_changed_entry_is_named(lines: Lines, number: int) -> None:
    lines[number] = changed(lines[number], lambda entry: entry["leaf"]["data"].update(paragraph=9))
    assert fault(lines).entry == number


@pytest.mark.parametrize("number", range(1, SIZE + 1))
def test_changed_entry_with_its_hashes_made_to_fit_is_named(lines: Lines, number: int) -> None:
    forger = Signer.of(current_signer().verifier.name, Ed25519PrivateKey.generate())

    def change(at: int, leaf: Leaf) -> None:
        if at == number:
            leaf["action"] = "text.objected"

    forged = rewritten(lines, change, forger)
    forged_from_there = [*lines[:number], *forged[number:]]
    assert fault(forged_from_there).entry == number


@pytest.mark.parametrize("number", range(1, SIZE + 1))
def test_dropped_entry_is_named(lines: Lines, number: int) -> None:
    del lines[number]
    assert fault(lines).entry == number


@pytest.mark.parametrize("number", range(1, SIZE))
def test_swapped_entries_are_named(lines: Lines, number: int) -> None:
    lines[number], lines[number + 1] = lines[number + 1], lines[number]
    assert fault(lines).entry == number


@pytest.mark.parametrize("number", range(1, SIZE + 2))
def test_inserted_entry_is_named(lines: Lines, number: int) -> None:
    entry = changed(lines[1], lambda entry: entry["leaf"].update(sequence=number, action="text.objected"))
    lines.insert(number, entry)
    assert fault(lines).entry == number


def test_repeated_entry_is_named(lines: Lines) -> None:
    lines.insert(3, lines[2])
    assert str(fault(lines)) == "Entry 3 fails: entry 2 stands in its place"


@pytest.mark.parametrize("kept_lines", range(SIZE + 3))
def test_export_cut_short_is_found(lines: Lines, kept_lines: int) -> None:
    fault(lines[:kept_lines])


def test_entries_dropped_from_the_end_are_named(lines: Lines) -> None:
    assert fault([*lines[:4], *lines[-2:]]).entry == 4


def test_shorter_export_with_an_older_checkpoint_lacks_its_seal(lines: Lines) -> None:
    older = [*lines[:4], line_of({"checkpoint": checkpoint_at(3)})]
    assert "was changed" in str(fault([*older, lines[-1]]))
    forger = Signer.of(current_signer().verifier.name, Ed25519PrivateKey.generate())
    assert "valid seal" in str(fault(sealed(older, forger)))


def test_shorter_export_is_refused_by_a_later_checkpoint(record: None) -> None:
    shorter = list(export_lines(reader=FRANCE, size=4))
    assert verify(shorter).checkpoint.size == 4
    assert fault(shorter, kept=checkpoint_at(6)).entry == 5


def test_record_rewritten_by_its_own_server_is_refused_by_the_kept_checkpoint(lines: Lines) -> None:
    def change(at: int, leaf: Leaf) -> None:
        if at == 2:
            leaf["action"] = "text.objected"

    forged = rewritten(lines, change, current_signer())
    assert verify(forged).checkpoint.size == SIZE
    assert verify(forged, kept=checkpoint_at(1)).checkpoint.size == SIZE
    assert "The first 3 entries are not those" in str(fault(forged, kept=checkpoint_at(3)))


def test_record_signed_by_another_key_is_refused(lines: Lines) -> None:
    ours, forger = current_signer(), Signer.of("coalition.example/record", Ed25519PrivateKey.generate())
    forged = rewritten(lines, lambda at, leaf: None, forger)
    assert verify(forged).verifier == forger.verifier
    assert "not by the key you gave" in str(fault(forged, key=str(ours.verifier)))
    assert "is not one of this record" in str(fault(forged, kept=checkpoint_at(3)))


@pytest.mark.parametrize("kept", ["", "hello", "coalition.example/record\n3\n"])
def test_malformed_kept_checkpoint_is_refused(lines: Lines, kept: str) -> None:
    assert "is not one of this record" in str(fault(lines, kept=kept))


def test_restricted_content_that_was_changed_is_named(lines: Lines) -> None:
    lines[4] = lines[4].replace(b"two battalions", b"six battalions")
    assert str(fault(lines)) == "Entry 4 fails: its restricted content does not have the hash that was recorded"


def test_restricted_content_added_to_another_entry_is_named(lines: Lines) -> None:
    opened = json.loads(lines[4])["restricted"]
    lines[5] = changed(lines[5], lambda entry: entry.update(restricted=opened))
    assert fault(lines).entry == 5


def test_restricted_content_that_was_taken_out_is_found(lines: Lines) -> None:
    lines[4] = changed(lines[4], lambda entry: entry.pop("restricted"))
    assert "restricted content was taken out" in str(fault(lines))


def test_header_that_names_another_member_is_found(lines: Lines) -> None:
    lines[0] = changed(lines[0], lambda header: header.update(member="GB"))
    assert "its header was changed" in str(fault(lines))


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\n",
        b"null\n",
        b"[]\n",
        b"{}\n",
        b"\xff\n",
        b'{"leaf":{}}\n',
        b"[" * 100_000 + b"\n",
        b"9" * 5000 + b"\n",
        b'{"a":1.5}\n',
        b'{"a":"\\ud800"}\n',
        '{"leaf":{},"leaf_hash":1,"root":"","signature":""}\n'.encode("utf-16"),
        b'{"leaf":{},"leaf_hash":1,"root":"","signature":""}\n',
        b'{"leaf":{"sequence":2},"leaf_hash":"","restricted":{},"root":"","signature":""}\n',
    ],
)
def test_hostile_line_is_named_without_a_crash(lines: Lines, line: bytes) -> None:
    assert fault([*lines[:2], line, *lines[3:]]).entry == 2
    for place in (0, SIZE + 1, SIZE + 2):
        fault([*lines[:place], line, *lines[place + 1 :]])


@pytest.mark.parametrize("salt", ["", "zz" * 32, "AB" * 32, "00" * 31])
def test_malformed_salt_is_named(lines: Lines, salt: str) -> None:
    lines[4] = changed(lines[4], lambda entry: entry["restricted"].update(salt=salt))
    assert "malformed" in str(fault(lines))


def test_every_byte_matters(append: Append) -> None:
    for number in (1, 2):
        append(restricted={"secret": "ö"} if number == 2 else None, audience=("FR",))
    lines = list(export_lines(reader=FRANCE))
    whole = b"".join(lines)
    ends = [sum(map(len, lines[: at + 1])) for at in range(len(lines))]
    for at in range(len(whole)):
        for flip in (0x01, 0x20, 0x80):
            error = fault((whole[:at] + bytes([whole[at] ^ flip]) + whole[at + 1 :]).splitlines(keepends=True))
            touched = next(line for line, end in enumerate(ends) if at < end)
            if touched in {1, 2} and at != ends[2] - 1:  # without its end, the last entry runs into the checkpoint
                assert error.entry == touched


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_bytes_put_in_or_taken_out_are_found(lines: Lines, data: st.DataObject) -> None:
    whole = b"".join(lines)
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 20)))
    put = data.draw(st.binary(max_size=20).filter(lambda put: put != whole[start:end]))
    fault((whole[:start] + put + whole[end:]).splitlines(keepends=True))


def test_main_says_what_is_proved(lines: Lines, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, note = tmp_path / "record.jsonl", tmp_path / "note.txt"
    file.write_bytes(b"".join(lines))
    note.write_text(checkpoint_at(3), encoding="utf-8")
    assert main([str(file), "--checkpoint", str(note), "--key", str(current_signer().verifier)]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("Proved: 6 entries, complete, unchanged and in order, up to the checkpoint with root ")
    assert out.endswith(f", continuing the checkpoint you kept; signed by {current_signer().verifier}.\n")
    assert err == ""
    assert main([str(file)]) == 0
    assert "compare it with the one you were given" in capsys.readouterr().out


def test_main_names_the_entry_that_fails(lines: Lines, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "record.jsonl"
    lines[3] = lines[3].replace(b"Durand", b"Dupont")
    file.write_bytes(b"".join(lines))
    assert main([str(file)]) == 1
    assert capsys.readouterr() == (
        "",
        f"NOT PROVED. {file}: Entry 3 fails: its content does not have the hash that was recorded\n",
    )


def test_main_refuses_files_that_cannot_be_read(
    lines: Lines, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, note = tmp_path / "record.jsonl", tmp_path / "note.txt"
    assert main([str(file)]) == 1
    assert capsys.readouterr().err == f"NOT PROVED. {file} cannot be read: No such file or directory.\n"
    file.write_bytes(b"".join(lines))
    note.write_bytes(b"\xff\xfe")
    assert main([str(file), "--checkpoint", str(note)]) == 1
    assert capsys.readouterr().err == f"NOT PROVED. {note} is not a checkpoint.\n"
