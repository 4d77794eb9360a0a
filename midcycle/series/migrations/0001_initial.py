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
                    name="PastEdition",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("key", models.SlugField(max_length=60)),
                        ("name", models.CharField(max_length=160)),
                        ("city", models.CharField(blank=True, max_length=80)),
                        ("country", models.CharField(blank=True, max_length=2)),
                        ("region", models.CharField(blank=True, max_length=60)),
                        ("latitude", models.FloatField(null=True)),
                        ("longitude", models.FloatField(null=True)),
                        ("starts_on", models.DateField(null=True)),
                        ("ends_on", models.DateField(null=True)),
                        ("month_only", models.BooleanField(default=False)),
                        ("attendance", models.PositiveIntegerField(null=True)),
                        ("summit_city", models.CharField(blank=True, max_length=80)),
                        ("summit_region", models.CharField(blank=True, max_length=60)),
                        ("summit_on", models.DateField(null=True)),
                        ("beside", models.CharField(blank=True, max_length=120)),
                        ("source", models.CharField(blank=True, max_length=500)),
                        (
                            "series",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="past_editions", to="meetups.series"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("series", "key"), name="an_edition_is_in_a_series_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                                    models.Q(
                                        ("latitude__gte", -90),
                                        ("latitude__lte", 90),
                                        ("longitude__gte", -180),
                                        ("longitude__lte", 180),
                                    ),
                                    _connector="OR",
                                ),
                                name="an_edition_is_on_the_globe",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                                ),
                                name="an_edition_ends_after_it_starts",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RotationException",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("reason", models.CharField(max_length=500)),
                        ("made_at", models.DateTimeField()),
                        (
                            "made_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "meetup",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rule_exception",
                                to="meetups.meetup",
                            ),
                        ),
                        (
                            "past",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rule_exception",
                                to="series.pastedition",
                            ),
                        ),
                        (
                            "series",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="rule_exceptions", to="meetups.series"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("meetup__isnull", True), ("past__isnull", False)),
                                    models.Q(("meetup__isnull", False), ("past__isnull", True)),
                                    _connector="OR",
                                ),
                                name="an_exception_is_for_one_edition",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RotationRule",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("number", models.PositiveIntegerField()),
                        ("text", models.TextField(blank=True)),
                        ("regions", models.JSONField(default=list)),
                        ("opposes_summit", models.BooleanField(default=False)),
                        ("never_twice", models.BooleanField(default=False)),
                        ("other_country", models.BooleanField(default=False)),
                        ("least_gap", models.PositiveSmallIntegerField(null=True)),
                        ("decided_on", models.DateField(null=True)),
                        ("judged_from", models.DateField(null=True)),
                        ("source", models.CharField(blank=True, max_length=500)),
                        ("written_at", models.DateTimeField()),
                        (
                            "series",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="rules", to="meetups.series"
                            ),
                        ),
                        (
                            "written_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("series", "number"), name="versions_of_a_rule_are_counted")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CalendarEvent",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("title", models.CharField(max_length=160)),
                        ("community", models.CharField(blank=True, max_length=120)),
                        ("url", models.URLField(blank=True, max_length=300)),
                        ("city", models.CharField(blank=True, max_length=80)),
                        ("country", models.CharField(blank=True, max_length=2)),
                        ("region", models.CharField(blank=True, max_length=60)),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField()),
                        ("uid", models.CharField(blank=True, max_length=255)),
                        ("added_at", models.DateTimeField()),
                        (
                            "added_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "summit_of",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="summits",
                                to="meetups.series",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["ends_on"], name="events_by_their_last_day")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                                name="an_event_ends_after_it_starts",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("uid", ""), _negated=True),
                                fields=("added_by", "uid"),
                                name="a_person_takes_an_event_over_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Colocation",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("event", models.CharField(max_length=160)),
                        ("url", models.URLField(blank=True, max_length=300)),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField()),
                        ("costs_apart", models.BooleanField(default=True)),
                        ("note", models.CharField(blank=True, max_length=500)),
                        (
                            "meetup",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE, related_name="colocation", to="meetups.meetup"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                                name="a_larger_event_ends_after_it_starts",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
