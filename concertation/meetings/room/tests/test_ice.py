"""Credentials of the TURN server: as coturn computes them, and short-lived."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from typing import Any

import pytest

from concertation.core import clock
from concertation.meetings.room.ice import ice_servers


def test_no_servers_are_named_by_default(settings: Any) -> None:
    assert settings.ICE_SERVERS == []
    assert ice_servers("d") == []


def test_only_turn_addresses_carry_credentials(settings: Any) -> None:
    settings.ICE_SERVERS = ["stun:stun.coalition.example:3478", "turn:turn.coalition.example:3478"]
    settings.TURN_SECRET = "north"
    with clock.frozen(datetime(2026, 11, 23, 6, 0, tzinfo=UTC)):
        stun, turn = ice_servers("d1")
    assert stun == {"urls": ["stun:stun.coalition.example:3478"]}
    assert turn == {
        "urls": ["turn:turn.coalition.example:3478"],
        "username": "1795456800:d1",
        "credential": "h6mdO9gYzPOFhb8zsNue7Lr6UhM=",
    }


@pytest.mark.parametrize(
    ("servers", "sentence"),
    [
        ("turn:turn.coalition.example", "ICE_SERVERS names a TURN server, so TURN_SECRET must be set."),
        ("https://x.example", "Each of ICE_SERVERS must begin with stun:, stuns:, turn: or turns:."),
    ],
)
def test_wrong_servers_end_the_start_in_one_sentence(servers: str, sentence: str) -> None:
    environment = {**os.environ, "ICE_SERVERS": servers, "TURN_SECRET": ""}
    command = [sys.executable, "-m", "concertation.cli", "check"]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (1, f"concertation: {sentence}\n")
