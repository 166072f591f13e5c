"""Short ways to fill and read a record."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import Settings

from concertation.record.canonical import Json
from concertation.record.domain.entries import append_entry
from concertation.record.events import Actor, Subject
from concertation.record.models import Entry

FRANCE = Actor(delegate="8d1f", name="Hélène Durand", capacity="head", member="FR")
BRITAIN = Actor(delegate="77aa", name="Alice Smith", capacity="delegate", member="GB")
SECRETARIAT = Actor(delegate="0001", name="Sam Clerk", capacity="secretariat", member=None)

Append = Callable[..., Entry]


@pytest.fixture(autouse=True)
def key_file(settings: Settings, tmp_path: Path) -> Path:
    """Give every test a signing key of its own."""
    settings.RECORD_KEY_FILE = tmp_path / "record.key"
    settings.RECORD_ORIGIN = "coalition.example/record"
    return tmp_path / "record.key"


@pytest.fixture
def append() -> Append:
    """Return a function that appends an entry, in a transaction of its own."""

    def append_one(
        action: str = "text.proposed",
        *,
        actor: Actor = FRANCE,
        subject: Subject | None = None,
        data: Mapping[str, Json] | None = None,
        restricted: Mapping[str, Json] | None = None,
        audience: tuple[str, ...] = (),
    ) -> Entry:
        with transaction.atomic():
            return append_entry(
                actor=actor,
                action=action,
                subject=subject or Subject("text", "t1"),
                data={"title": "Joint statement"} if data is None else data,
                restricted=restricted,
                audience=audience,
            )

    return append_one
