"""Remarks and replies: nobody deletes or rewrites one; only whether a remark is closed changes."""

import django.db.models.deletion
from django.db import migrations, models

from concertation.core.triggers import RefuseChanges

FIXED = [
    "id",
    "text_id",
    "kind",
    "language",
    "paragraph",
    "is_whole",
    "words",
    "body",
    "by_id",
    "member_id",
    "at",
    "sequence",
]


class Migration(migrations.Migration):
    dependencies = [
        ("coalition", "0001_initial"),
        ("texts", "0006_brackets"),
    ]

    operations = [
        migrations.CreateModel(
            name="Remark",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(choices=[("comment", "comment"), ("reservation", "reservation")], max_length=16),
                ),
                ("language", models.CharField(max_length=8)),
                ("paragraph", models.CharField(max_length=10)),
                ("is_whole", models.BooleanField()),
                ("words", models.TextField()),
                ("body", models.TextField()),
                ("at", models.DateTimeField()),
                ("sequence", models.BigIntegerField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="coalition.delegate"
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="coalition.delegate",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="coalition.member"
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="remarks", to="texts.text"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at", None), ("closed_by", None)),
                            models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="closed_remarks_say_who_and_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "reservation"), _negated=True), ("member__isnull", False), _connector="OR"
                        ),
                        name="reservations_have_a_member",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("body", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="coalition.delegate"
                    ),
                ),
                (
                    "remark",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="replies", to="texts.remark"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
            },
        ),
        RefuseChanges("texts_remark", update_of=FIXED),
        RefuseChanges("texts_reply"),
    ]
