"""Entries and restricted contents are final: the database itself refuses to change or delete them."""

from django.db import migrations

from concertation.core.triggers import refuse_changes


class Migration(migrations.Migration):
    dependencies = [("record", "0001_initial")]

    operations = [refuse_changes("record_entry"), refuse_changes("record_restricted")]
