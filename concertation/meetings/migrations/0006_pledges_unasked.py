import django.db.models.deletion
from django.db import migrations, models

from concertation.core.triggers import RefuseChanges


class Migration(migrations.Migration):
    dependencies = [
        ("commitments", "0003_reminders"),
        ("meetings", "0005_briefing_books"),
    ]

    operations = [
        migrations.AlterField(
            model_name="pledge",
            name="requirement",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="commitments.requirement"
            ),
        ),
        RefuseChanges("meetings_pledge"),
    ]
