"""What was proposed never changes, and what became of it is final.

0011 rebuilds the table of texts on SQLite, which carries no triggers of its own.
"""

from django.db import migrations

from concertation.core.triggers import RefuseChanges


class Migration(migrations.Migration):
    dependencies = [("texts", "0011_proposals")]

    operations = [
        RefuseChanges("texts_hunk"),
        RefuseChanges("texts_proposal", when="OLD.outcome <> 'open'"),
        RefuseChanges("texts_proposalsupport", when="OLD.withdrawn_at IS NOT NULL"),
    ]
