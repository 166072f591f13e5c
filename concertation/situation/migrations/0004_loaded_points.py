import django.db.models.deletion
from django.db import migrations, models

from concertation.core.triggers import RefuseChanges


class Migration(migrations.Migration):
    dependencies = [
        ("coalition", "0001_initial"),
        ("situation", "0003_incidents"),
    ]

    operations = [
        migrations.AlterField(
            model_name="contactpoint",
            name="by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="coalition.delegate"
            ),
        ),
        RefuseChanges(
            "situation_contactpoint",
            update_of=["id", "contact_id", "number", "member_id", "by_id", "words", "at", "audience", "readers"],
        ),
    ]
