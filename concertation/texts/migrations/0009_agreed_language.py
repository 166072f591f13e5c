"""The index of agreed language, filled from what was adopted already; references and origins, which are final."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from concertation.core import clock
from concertation.core.triggers import RefuseChanges
from concertation.texts.indexing import facts_of, shingles_of


def index_adopted(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    get = apps.get_model
    for adopted in get("texts", "AdoptedText").objects.all():
        get("texts", "IndexedText").objects.create(adopted=adopted, at=clock.now())
        paragraphs = get("texts", "AdoptedParagraph").objects.bulk_create(
            get("texts", "AdoptedParagraph")(adopted=adopted, **facts) for facts in facts_of(bytes(adopted.content))
        )
        get("texts", "AdoptedShingle").objects.bulk_create(
            get("texts", "AdoptedShingle")(shingle=shingle, paragraph=row)
            for row in paragraphs
            for shingle in shingles_of(row.language, row.folded)
        )


def forget(_apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """The tables go away with what is in them."""


class Migration(migrations.Migration):
    dependencies = [
        ("coalition", "0001_initial"),
        ("texts", "0008_languages"),
    ]

    operations = [
        migrations.CreateModel(
            name="IndexedText",
            fields=[
                (
                    "adopted",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="indexed",
                        serialize=False,
                        to="texts.adoptedtext",
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="AdoptedParagraph",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("language", models.CharField(max_length=8)),
                ("position", models.PositiveIntegerField()),
                ("block", models.CharField(blank=True, max_length=10)),
                ("number", models.PositiveIntegerField(null=True)),
                ("words", models.TextField()),
                ("folded", models.TextField()),
                (
                    "adopted",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="paragraphs", to="texts.adoptedtext"
                    ),
                ),
            ],
            options={
                "ordering": ["adopted", "language", "position"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("adopted"), models.F("language"), models.F("position"), name="one_paragraph_a_position"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AdoptedShingle",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "shingle", "paragraph", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("shingle", models.BigIntegerField()),
                (
                    "paragraph",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="texts.adoptedparagraph",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AgreedReference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=8)),
                ("block", models.CharField(blank=True, max_length=10)),
                ("words", models.TextField()),
                ("position", models.PositiveIntegerField()),
                ("number", models.PositiveIntegerField(null=True)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="coalition.delegate"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="texts.adoptedtext"
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="references", to="texts.text"
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="TextOrigin",
            fields=[
                (
                    "text",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="origin",
                        serialize=False,
                        to="texts.text",
                    ),
                ),
                ("state", models.CharField(max_length=16)),
                ("sha256", models.CharField(max_length=64)),
                ("is_wider", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                (
                    "source",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="texts.text"),
                ),
            ],
        ),
        RefuseChanges("texts_agreedreference"),
        RefuseChanges("texts_textorigin"),
        migrations.RunPython(index_adopted, forget),
    ]
