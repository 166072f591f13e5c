"""Adopted texts, stored updates, answers and closed procedures are final; a frozen text takes no update."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from concertation.core.triggers import RefuseChanges

HELD = """
SELECT 1 FROM texts_adoptionprocedure
WHERE text_id = NEW.text_id AND outcome IN ('running', 'adopted')
"""
SQLITE = f"""
CREATE TRIGGER texts_textupdate_not_frozen BEFORE INSERT ON texts_textupdate FOR EACH ROW
WHEN EXISTS ({HELD})
BEGIN SELECT RAISE(ABORT, 'texts_textupdate refuses this: the text is frozen'); END
"""
POSTGRESQL = f"""
CREATE FUNCTION texts_refuse_when_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS ({HELD}) THEN
        RAISE EXCEPTION 'texts_textupdate refuses this: the text is frozen' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER texts_textupdate_not_frozen BEFORE INSERT ON texts_textupdate
FOR EACH ROW EXECUTE FUNCTION texts_refuse_when_frozen()
"""


def freeze(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute(POSTGRESQL if editor.connection.vendor == "postgresql" else SQLITE)


def thaw(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP TRIGGER texts_textupdate_not_frozen ON texts_textupdate")
        editor.execute("DROP FUNCTION texts_refuse_when_frozen()")
    else:
        editor.execute("DROP TRIGGER texts_textupdate_not_frozen")


class Migration(migrations.Migration):
    dependencies = [("texts", "0001_initial")]

    operations = [
        RefuseChanges("texts_adoptedtext"),
        RefuseChanges("texts_textupdate"),
        RefuseChanges("texts_response"),
        RefuseChanges("texts_adoptionprocedure", when="OLD.outcome <> 'running'"),
        migrations.RunPython(freeze, thaw),
    ]
