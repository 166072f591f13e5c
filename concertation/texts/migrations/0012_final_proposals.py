"""What was proposed never changes, and what became of it is final.

0011 rebuilds the table of texts on SQLite, which carries no triggers of its own.
"""

from django.db import migrations

from concertation.core.triggers import refuse_changes


class Migration(migrations.Migration):
    dependencies = [("texts", "0011_proposals")]

    operations = [
        refuse_changes("texts_hunk"),
        refuse_changes("texts_proposal", when="OLD.outcome <> 'open'"),
        refuse_changes("texts_proposalsupport", when="OLD.withdrawn_at IS NOT NULL"),
    ]
