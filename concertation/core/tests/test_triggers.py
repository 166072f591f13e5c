"""The database refuses to change final rows, and only those."""

from collections.abc import Sequence

import pytest
from django.db import IntegrityError, connection, transaction

from concertation.core.triggers import create_statements, drop_statements

pytestmark = pytest.mark.django_db


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def is_refused(statement: str) -> bool:
    try:
        with transaction.atomic():
            run(statement)
    except IntegrityError as error:
        assert "are final" in str(error)
        return True
    return False


def make_table(*, when: str = "", update_of: Sequence[str] = ()) -> None:
    run("CREATE TABLE sample (state text, note text)")
    run("INSERT INTO sample VALUES ('open', ''), ('adopted', '')")
    run(*create_statements(connection.vendor, "sample", when, update_of))


def test_rows_cannot_be_changed_or_deleted() -> None:
    make_table()
    assert is_refused("UPDATE sample SET note = 'x'")
    assert is_refused("DELETE FROM sample")
    assert not is_refused("INSERT INTO sample VALUES ('open', '')")


def test_condition_limits_the_refusal_to_some_rows() -> None:
    make_table(when="OLD.state = 'adopted'")
    assert not is_refused("UPDATE sample SET note = 'x' WHERE state = 'open'")
    assert is_refused("UPDATE sample SET note = 'x' WHERE state = 'adopted'")
    assert is_refused("DELETE FROM sample WHERE state = 'adopted'")
    assert not is_refused("DELETE FROM sample WHERE state = 'open'")


def test_columns_limit_the_refusal_to_some_updates() -> None:
    make_table(update_of=["state"])
    assert not is_refused("UPDATE sample SET note = 'x'")
    assert is_refused("UPDATE sample SET state = 'open', note = 'x'")


def test_dropped_triggers_refuse_nothing() -> None:
    make_table()
    run(*drop_statements(connection.vendor, "sample"))
    assert not is_refused("UPDATE sample SET note = 'x'")
    assert not is_refused("DELETE FROM sample")
