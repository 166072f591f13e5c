"""Entries and restricted contents are final: the database itself refuses to change or delete them."""

from django.db import migrations

from concertation.core.triggers import RefuseChanges


class Migration(migrations.Migration):
    dependencies = [("record", "0001_initial")]

    operations = [RefuseChanges("record_entry"), RefuseChanges("record_restricted")]
