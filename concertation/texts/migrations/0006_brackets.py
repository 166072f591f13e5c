"""Square brackets; what ended is final."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from concertation.core.triggers import RefuseChanges


class Migration(migrations.Migration):
    dependencies = [
        ("coalition", "0001_initial"),
        ("texts", "0005_final_silence"),
    ]

    operations = [
        migrations.CreateModel(
            name="Alternative",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("words", models.TextField()),
                ("at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "delegate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="coalition.delegate"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="coalition.member"
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="coalition.delegate",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Bracket",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("language", models.CharField(max_length=8)),
                ("paragraph", models.CharField(max_length=10)),
                ("words", models.TextField()),
                ("sequence", models.BigIntegerField()),
                ("placed_at", models.DateTimeField()),
                (
                    "ending",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("released", "lifted by its holders"),
                            ("lifted", "lifted by the chair"),
                            ("chosen", "an alternative was chosen"),
                        ],
                        default="open",
                        max_length=16,
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "chosen",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="texts.alternative"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="coalition.delegate",
                    ),
                ),
                (
                    "placed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="coalition.delegate"
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="brackets", to="texts.text"
                    ),
                ),
            ],
            options={
                "ordering": ["placed_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None), ("ending", "open")),
                            models.Q(
                                models.Q(("ending", "open"), _negated=True),
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="ended_brackets_say_who_and_when",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="alternative",
            name="bracket",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="alternatives", to="texts.bracket"
            ),
        ),
        migrations.CreateModel(
            name="Holding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                (
                    "bracket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="holdings", to="texts.bracket"
                    ),
                ),
                (
                    "delegate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="coalition.delegate"
                    ),
                ),
                (
                    "ended_by",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="coalition.member"
                    ),
                ),
            ],
            options={
                "ordering": ["since", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("bracket"),
                        models.F("member"),
                        condition=models.Q(("until", None)),
                        name="one_holding_a_member",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Support",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                (
                    "alternative",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supports",
                        to="texts.alternative",
                    ),
                ),
                (
                    "bracket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="supports", to="texts.bracket"
                    ),
                ),
                (
                    "delegate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="coalition.delegate"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="coalition.member"
                    ),
                ),
            ],
            options={
                "ordering": ["since", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("bracket"),
                        models.F("member"),
                        condition=models.Q(("until", None)),
                        name="one_support_a_member",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="bracket",
            index=models.Index(
                models.F("text"), condition=models.Q(("ending", "open")), name="open_brackets_of_a_text"
            ),
        ),
        RefuseChanges("texts_bracket", when="OLD.ending <> 'open'"),
        RefuseChanges("texts_holding", when="OLD.until IS NOT NULL"),
        RefuseChanges("texts_alternative", when="OLD.withdrawn_at IS NOT NULL"),
        RefuseChanges("texts_support", when="OLD.until IS NOT NULL"),
    ]
