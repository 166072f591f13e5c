"""A deadline is only ever extended, and only while its procedure runs; all else about a silence is final at once."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from concertation.core.triggers import RefuseChanges

TABLE = "texts_silenceprocedure"
REFUSED = """
NEW.procedure_id <> OLD.procedure_id OR NEW.zone <> OLD.zone OR NEW.deadline <= OLD.deadline
OR NOT EXISTS (SELECT 1 FROM texts_adoptionprocedure WHERE id = OLD.procedure_id AND outcome = 'running')
"""
WORDS = f"{TABLE} refuses this: a deadline is only extended, and only while its procedure runs"
SQLITE = f"""
CREATE TRIGGER {TABLE}_only_later BEFORE UPDATE ON {TABLE} FOR EACH ROW WHEN {REFUSED}
BEGIN SELECT RAISE(ABORT, '{WORDS}'); END
"""
POSTGRESQL = f"""
CREATE FUNCTION texts_only_later() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {REFUSED} THEN
        RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER {TABLE}_only_later BEFORE UPDATE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION texts_only_later()
"""


def guard(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute(POSTGRESQL if editor.connection.vendor == "postgresql" else SQLITE)


def unguard(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(f"DROP TRIGGER {TABLE}_only_later ON {TABLE}")
        editor.execute("DROP FUNCTION texts_only_later()")
    else:
        editor.execute(f"DROP TRIGGER {TABLE}_only_later")


class Migration(migrations.Migration):
    dependencies = [("texts", "0004_silence")]

    operations = [
        RefuseChanges(TABLE, update_of=["procedure_id", "zone"]),
        migrations.RunPython(guard, unguard),
        RefuseChanges("texts_extension"),
        RefuseChanges("texts_amendment"),
        RefuseChanges("texts_alignment"),
        RefuseChanges("texts_explanation"),
    ]
