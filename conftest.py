"""Fixtures of the whole suite."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations
from django.utils import translation
from hypothesis import settings

from concertation.commitments.ledger import forget
from concertation.core.memory import collect_rarely
from tests.helpers.migrated import give_test_database

if TYPE_CHECKING:
    from playwright.sync_api import Browser

settings.register_profile(
    "unhurried", deadline=None, max_examples=60
)  # how long an example takes says nothing on a busy machine
settings.load_profile("unhurried")

LONGEST = ("test_access.py",)  # holds a worker for half a minute


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with the longest, and leave out on PostgreSQL what cannot come out otherwise there (decision 0026)."""
    items.sort(key=lambda item: item.path.name not in LONGEST)
    if "DATABASE_URL" not in os.environ:
        return
    kept = [item for item in items if item.get_closest_marker("django_db") and not is_of_pages(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


def pytest_collection_finish() -> None:
    """Leave alone what every test was imported with."""
    collect_rarely()


def is_of_pages(item: pytest.Item) -> bool:
    """Say whether a test is of pages, by the name of its file; tests/test_access.py walks all pages on both."""
    return item.path.name.endswith("pages.py")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Begin each worker's database as a copy of one that was migrated once in this run."""
    give_test_database(django_settings.DATABASES["default"])


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Let Django use the copied file; on PostgreSQL it makes the copy itself."""
    return "DATABASE_URL" not in os.environ


@contextmanager
def triggers_lifted() -> Iterator[None]:
    """Let the test runner empty append-only tables between tests; the application has no such door."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            yield
            cursor.execute("SET session_replication_role = DEFAULT")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        yield
        for _, sql in triggers:
            cursor.execute(sql)


@pytest.fixture(autouse=True, scope="session")  # for longer than any test: the database is emptied after its fixtures
def _append_only_tables_can_be_emptied() -> Iterator[None]:
    flush = BaseDatabaseOperations.execute_sql_flush

    def lifted(self: BaseDatabaseOperations, sql_list: Any) -> None:
        with triggers_lifted():
            flush(self, sql_list)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", lifted)
        yield


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """A headless Chromium, one for all tests of a worker."""
    from tests.e2e.browser import chromium  # here, since only some runs need it, and it takes long to import

    with chromium() as running:
        yield running


@pytest.fixture(autouse=True)
def _nothing_of_another_test() -> Iterator[None]:
    """Let no test see what another derived from rows that are gone, or the language that its last page was in."""
    forget()
    translation.deactivate()
    yield
