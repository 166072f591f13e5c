"""Triggers by which the database itself refuses to change or delete rows, on SQLite and PostgreSQL alike.

SQLite loses a table's triggers when a later migration rebuilds the table: such a migration ends with the same
operation again.
"""

from collections.abc import Sequence

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION concertation_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: these rows are final', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$
"""


def refuse_changes(table: str, *, when: str = "", update_of: Sequence[str] = ()) -> migrations.RunPython:
    """Return the migration operation by which `table` refuses UPDATE, DELETE and TRUNCATE (IntegrityError).

    `when` limits it to rows for which this SQL condition on OLD holds, `update_of` to updates that set one of
    these columns; TRUNCATE, which only PostgreSQL has, is always refused.
    """

    def create(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in drop_statements(editor.connection.vendor, table):
            editor.execute(statement, params=None)
        for statement in create_statements(editor.connection.vendor, table, when, update_of):
            editor.execute(statement, params=None)

    def drop(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in drop_statements(editor.connection.vendor, table):
            editor.execute(statement, params=None)

    return migrations.RunPython(create, drop)


def create_statements(vendor: str, table: str, when: str = "", update_of: Sequence[str] = ()) -> list[str]:
    """Return the SQL that sets the triggers up on a database of `vendor`."""
    condition = f"WHEN ({when}) " if when else ""
    update = f"UPDATE OF {', '.join(update_of)}" if update_of else "UPDATE"
    if vendor == "postgresql":
        act = "EXECUTE FUNCTION concertation_refuse()"
        return [
            POSTGRESQL_FUNCTION,
            f"CREATE TRIGGER {table}_no_update BEFORE {update} ON {table} FOR EACH ROW {condition}{act}",
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW {condition}{act}",
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {act}",
        ]
    act = f"BEGIN SELECT RAISE(ABORT, '{table} refuses this: these rows are final'); END"
    return [
        f"CREATE TRIGGER {table}_no_update BEFORE {update} ON {table} FOR EACH ROW {condition}{act}",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW {condition}{act}",
    ]


def drop_statements(vendor: str, table: str) -> list[str]:
    """Return the SQL that takes the triggers of `table` away."""
    if vendor == "postgresql":
        kinds = ("update", "delete", "truncate")
        return [f"DROP TRIGGER IF EXISTS {table}_no_{kind} ON {table}" for kind in kinds]
    return [f"DROP TRIGGER IF EXISTS {table}_no_{kind}" for kind in ("update", "delete")]
