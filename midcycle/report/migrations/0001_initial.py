import django.db.models.deletion
import midcycle.web.tables
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("meetups", "0001_initial"),
    ]

    operations = [
        midcycle.web.tables.NewTables(
            tables=[
                migrations.CreateModel(
                    name="DataPoints",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("points", models.JSONField()),
                        ("crowds", models.JSONField()),
                        ("counted_at", models.DateTimeField()),
                        ("is_public", models.BooleanField(default=True)),
                        (
                            "meetup",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE, related_name="data_points", to="meetups.meetup"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Report",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("published_at", models.DateTimeField(null=True)),
                        (
                            "meetup",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE, related_name="report", to="meetups.meetup"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Section",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("key", models.CharField(max_length=20)),
                        ("language", models.CharField(max_length=10)),
                        ("text", models.TextField(null=True)),
                        ("edition", models.PositiveIntegerField(default=0)),
                        (
                            "meetup",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="report_sections", to="meetups.meetup"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("meetup", "key", "language"), name="a_section_is_written_once_in_a_language"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "key__in",
                                        (
                                            "opening",
                                            "words",
                                            "came_about",
                                            "who",
                                            "heard",
                                            "talked",
                                            "learned",
                                            "said",
                                            "actions",
                                            "photos",
                                            "money",
                                            "thanks",
                                        ),
                                    )
                                ),
                                name="a_section_is_a_known_one",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Source",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("key", models.CharField(max_length=40)),
                        ("where", models.CharField(max_length=400)),
                        (
                            "meetup",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="sources", to="meetups.meetup"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("meetup", "key"), name="a_source_has_its_own_key")],
                    },
                ),
                migrations.CreateModel(
                    name="ToldFact",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("path", models.CharField(max_length=200)),
                        ("value", models.JSONField()),
                        (
                            "meetup",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="told_facts", to="meetups.meetup"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("meetup", "path"), name="a_fact_is_told_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Version",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("number", models.PositiveIntegerField()),
                        ("text", models.TextField(null=True)),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "section",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="report.section"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("section", "number"), name="versions_are_numbered_in_turn")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BroughtPoints",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("address", models.CharField(max_length=400)),
                        ("document", models.JSONField()),
                        ("brought_at", models.DateTimeField()),
                        (
                            "series",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="brought_points", to="meetups.series"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("series", "address"), name="an_edition_elsewhere_is_brought_once")
                        ],
                    },
                ),
            ],
        ),
    ]
