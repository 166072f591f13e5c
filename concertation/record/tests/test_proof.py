"""A proof shows that one text is in the record, and nothing that was changed in it passes."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concertation.core.errors import InvalidInput
from concertation.record import canonical
from concertation.record.events import Subject
from concertation.record.lines import NotProved
from concertation.record.models import Entry
from concertation.record.proof import verify_proof
from concertation.record.proofs import proof_file
from concertation.record.queries import checkpoint_at
from concertation.record.signing import current_signer
from concertation.record.tests.conftest import FRANCE, Append
from concertation.record.verification import main

pytestmark = pytest.mark.django_db
TEXT = '{"words":"We méet."}'.encode()
SHA256 = sha256(TEXT).hexdigest()
DATA = {"title": "Joint statement", "procedure": 1, "sha256": SHA256, "members": ["FR", "GB"]}


def adopt(append: Append, *, sealed: bool = False) -> Entry:
    """Return the entry of an adoption, between others."""
    append("text.proposed")
    entry = append(
        "text.adopted",
        actor=FRANCE,
        subject=Subject("text", "t1"),
        data={} if sealed else DATA,
        restricted=DATA if sealed else None,
        audience=("FR", "UA") if sealed else (),
    )
    for _ in range(3):
        append("text.published")
    return entry


def fault(data: bytes, **given_: str) -> str:
    """Return why `data` is not proved."""
    with pytest.raises(NotProved) as caught:
        verify_proof(data, **given_)
    return str(caught.value)


def changed(data: bytes, **fields: Any) -> bytes:
    """Return the proof with fields of its second line changed, still canonical."""
    head, body, _ = data.split(b"\n")
    return head + b"\n" + canonical.encode({**json.loads(body), **fields}) + b"\n"


@pytest.mark.parametrize("sealed", [False, True])
def test_proof_proves_the_text(append: Append, sealed: bool) -> None:
    proved = verify_proof(proof_file(adopt(append, sealed=sealed), TEXT), key=str(current_signer().verifier))
    assert (proved.number, proved.checkpoint.size, proved.sha256, proved.data) == (2, 5, SHA256, DATA)
    assert (proved.action, proved.since) == ("text.adopted", None)


def test_proof_continues_an_older_checkpoint(append: Append) -> None:
    entry, kept = adopt(append), checkpoint_at(3)
    data = proof_file(entry, TEXT, since=3)
    proved = verify_proof(data, kept=kept)
    assert proved.since is not None
    assert proved.since.size == 3
    assert verify_proof(data, kept=checkpoint_at(5)).number == 2
    assert "says nothing of the checkpoint you kept, of 4 entries" in fault(data, kept=checkpoint_at(4))
    assert "ask for a proof with ?since=3" in fault(proof_file(entry, TEXT), kept=kept)


def test_checkpoint_of_another_history_is_refused(append: Append) -> None:
    data, signer = proof_file(adopt(append), TEXT), current_signer()
    forged = signer.sign(
        checkpoint_at(5).split("\n\n")[0].replace(checkpoint_at(5).split("\n")[2], "A" * 43 + "=") + "\n"
    )
    assert "history was rewritten" in fault(data, kept=forged)
    assert "is not one of this record" in fault(data, kept="nonsense")


@pytest.mark.parametrize("since", [-1, 0, 6])
def test_proof_since_a_size_that_never_was_is_refused(append: Append, since: int) -> None:
    entry = adopt(append)
    with pytest.raises(InvalidInput):
        proof_file(entry, TEXT, since=since)


def test_other_text_is_named(append: Append) -> None:
    other = "We part."
    data = changed(proof_file(adopt(append), TEXT), content=other)
    digest = sha256(other.encode()).hexdigest()
    assert fault(data) == (f"Entry 2 fails: the text in the file has SHA-256 {digest}, not the one that was recorded")


def test_other_entry_is_named(append: Append) -> None:
    data = proof_file(adopt(append), TEXT)
    leaf = json.loads(data.split(b"\n")[1])["leaf"]
    leaf["data"]["members"].append("DE")
    assert fault(changed(data, leaf=leaf)) == "Entry 2 fails: it does not stand in the record that the checkpoint signs"
    leaf["data"]["members"].pop()
    assert "Entry 3 fails" in fault(changed(data, leaf={**leaf, "sequence": 3}))


def test_restricted_part_of_another_entry_is_named(append: Append) -> None:
    data = proof_file(adopt(append, sealed=True), TEXT)
    body = json.loads(data.split(b"\n")[1])
    body["restricted"]["content"]["members"] = ["DE"]
    assert fault(changed(data, restricted=body["restricted"])) == (
        "Entry 2 fails: its restricted content does not have the hash that was recorded"
    )
    assert "not the one that was recorded" in fault(
        data.split(b"\n")[0] + b"\n" + canonical.encode({k: v for k, v in body.items() if k != "restricted"}) + b"\n"
    )


def test_other_key_is_named(append: Append) -> None:
    data = proof_file(adopt(append), TEXT)
    assert "not by the key you gave" in fault(data, key="other+00000000+AAAA")
    assert "does not begin as a proof" in fault(data.replace(b"concertation-proof-1", b"concertation-proof-2"))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"{}",
        b"[" * 100_000,
        b'{"checkpoint":"","content":"","leaf":{},"path":[]}',
        b'{"checkpoint":"","content":"","leaf":{"action":"","data":{},"sequence":true,"time":""},"path":[]}',
    ],
)
def test_hostile_body_is_refused(append: Append, body: bytes) -> None:
    head = proof_file(adopt(append), TEXT).split(b"\n")[0]
    fault(head + b"\n" + body + b"\n")
    fault(head + b"\n" + body)


@pytest.mark.parametrize("path", [["00"], [1], ["zz" * 32], ["00" * 32] * 65, "none"])
def test_hostile_path_is_refused(append: Append, path: Any) -> None:
    fault(changed(proof_file(adopt(append), TEXT), path=path))


@pytest.mark.parametrize("since", [{}, {"checkpoint": 1, "path": []}, {"checkpoint": "", "path": []}])
def test_hostile_since_is_refused(append: Append, since: Any) -> None:
    fault(changed(proof_file(adopt(append), TEXT), since=since))


def test_every_byte_matters(append: Append) -> None:
    data = proof_file(adopt(append, sealed=True), TEXT, since=3)
    for at in range(len(data)):
        for flip in (0x01, 0x20, 0x80):
            fault(data[:at] + bytes([data[at] ^ flip]) + data[at + 1 :])


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_bytes_put_in_or_taken_out_are_found(append: Append, data: st.DataObject) -> None:
    whole = proof_file(Entry.objects.filter(action="text.adopted").first() or adopt(append), TEXT, since=2)
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 20)))
    put = data.draw(st.binary(max_size=20).filter(lambda put: put != whole[start:end]))
    fault(whole[:start] + put + whole[end:])


def test_main_recognises_a_proof_and_says_what_it_proves(
    append: Append, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    entry = adopt(append)
    file = tmp_path / "proof.jsonl"
    file.write_bytes(proof_file(entry, TEXT))
    verifier = current_signer().verifier
    assert main([str(file), "--key", str(verifier)]) == 0
    assert capsys.readouterr() == (
        f"Proved: this text “Joint statement”, SHA-256 {SHA256}, adopted on {entry.moment:%Y-%m-%d %H:%M:%S} UTC "
        f"by FR, GB, is entry 2 of the record of {verifier.name}, which then or later had 5 entries; "
        f"signed by {verifier}.\n",
        "",
    )
    file.write_bytes(changed(proof_file(entry, TEXT), content="other"))
    assert main([str(file)]) == 1
    assert capsys.readouterr().err.startswith(f"NOT PROVED. {file}: Entry 2 fails: the text in the file has SHA-256 ")
