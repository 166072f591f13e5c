"""Triggers by which the database itself refuses to change or delete rows, on SQLite and PostgreSQL alike.

SQLite loses a table's triggers when a later migration rebuilds the table: such a migration ends with the same
operation again.
"""

from collections.abc import Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION concertation_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: these rows are final', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$
"""


class RefuseChanges(Operation):
    """The migration operation by which `table` refuses UPDATE, DELETE and TRUNCATE (IntegrityError).

    `when` limits it to rows for which this SQL condition on OLD holds, `update_of` to updates that set one of
    these columns; TRUNCATE, which only PostgreSQL has, is always refused. Unlike RunPython it asks for no models, which
    Django would make anew for each of some seventy tables.
    """

    def __init__(self, table: str, *, when: str = "", update_of: Sequence[str] = ()) -> None:
        self.table, self.when, self.update_of = table, when, update_of

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Leave the models as they are."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Set the triggers up, instead of those that are there."""
        vendor = schema_editor.connection.vendor
        statements = create_statements(vendor, self.table, self.when, self.update_of)
        for statement in [*drop_statements(vendor, self.table), *statements]:
            schema_editor.execute(statement, params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Take the triggers away."""
        for statement in drop_statements(schema_editor.connection.vendor, self.table):
            schema_editor.execute(statement, params=None)

    def describe(self) -> str:
        """Return what `sqlmigrate` and errors call it."""
        return f"Let {self.table} refuse changes"


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
