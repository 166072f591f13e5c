"""The key file: made once, whole, for its owner's eyes only, and never silently replaced."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from concertation.record import signing
from concertation.record.checks import can_sign
from concertation.record.models import Head
from concertation.record.signing import current_signer, new_signer
from concertation.record.tests.conftest import Append


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    signing.read_key.cache_clear()


def test_key_is_made_at_first_use_for_its_owner_only(key_file: Path) -> None:
    first = new_signer()
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert list(key_file.parent.iterdir()) == [key_file]
    signing.read_key.cache_clear()
    assert new_signer().verifier == first.verifier


def test_processes_that_start_at_once_share_one_key(key_file: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: signing._make_key(key_file), range(8)))
    first = key_file.read_bytes()
    signing._make_key(key_file)
    assert key_file.read_bytes() == first
    assert list(key_file.parent.iterdir()) == [key_file]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o602])
def test_key_that_others_may_read_is_refused(key_file: Path, mode: int) -> None:
    signing._make_key(key_file)
    key_file.chmod(mode)
    with pytest.raises(ImproperlyConfigured, match="chmod 600"):
        new_signer()


def test_file_that_is_no_ed25519_key_is_refused(key_file: Path) -> None:
    key_file.touch(0o600)
    with pytest.raises(ImproperlyConfigured, match="does not hold a private key"):
        new_signer()
    rsa = generate_private_key(65537, 2048)
    key_file.write_bytes(rsa.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    with pytest.raises(ImproperlyConfigured, match="does not hold an Ed25519 key"):
        new_signer()


def test_folder_that_does_not_exist_is_named(settings: Settings, tmp_path: Path) -> None:
    settings.RECORD_KEY_FILE = tmp_path / "nowhere" / "record.key"
    with pytest.raises(ImproperlyConfigured, match=r"record\.key cannot be written \(No such file"):
        new_signer()


def test_origin_that_cannot_name_a_key_is_refused(settings: Settings) -> None:
    settings.RECORD_ORIGIN = "our record"
    with pytest.raises(ImproperlyConfigured, match="RECORD_ORIGIN: “our record” cannot name a key"):
        new_signer()


def test_check_names_every_fault_before_the_start(key_file: Path, settings: Settings) -> None:
    assert can_sign(None) == []
    assert not key_file.exists()
    new_signer()
    assert can_sign(None) == []
    key_file.chmod(0o644)
    signing.read_key.cache_clear()
    settings.RECORD_ORIGIN = "our record"
    assert [fault.id for fault in can_sign(None)] == ["record.E001", "record.E002"]


@pytest.mark.django_db
def test_record_keeps_its_name_when_the_server_moves(append: Append, settings: Settings) -> None:
    append()
    settings.RECORD_ORIGIN = "elsewhere.example/record"
    append()
    assert current_signer().verifier.name == "coalition.example/record"


@pytest.mark.django_db
def test_lost_key_stops_the_record_and_is_not_replaced(append: Append, key_file: Path) -> None:
    append()
    key_file.unlink()
    with pytest.raises(ImproperlyConfigured, match=r"restore .* from its backup"):
        append()
    assert not key_file.exists()
    assert Head.objects.get().size == 1


@pytest.mark.django_db
def test_another_key_stops_the_record(append: Append, key_file: Path) -> None:
    append()
    other = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    key_file.write_bytes(other)
    signing.read_key.cache_clear()
    with pytest.raises(ImproperlyConfigured, match="is not the key of this record"):
        append()
