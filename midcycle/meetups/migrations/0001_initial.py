import django.db.models.deletion
import midcycle.web.tables
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        midcycle.web.tables.NewTables(
            tables=[
                migrations.CreateModel(
                    name="Series",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("slug", models.SlugField(max_length=60, unique=True)),
                        ("title", models.CharField(max_length=160)),
                        ("community", models.CharField(blank=True, max_length=160)),
                        ("rotation_rule", models.TextField(blank=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="Meetup",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("slug", models.SlugField(max_length=60, unique=True)),
                        ("title", models.CharField(max_length=160)),
                        ("stage", models.CharField(default="idea", max_length=20)),
                        ("summary", models.TextField(blank=True)),
                        ("summary_html", models.TextField(blank=True)),
                        ("notice", models.CharField(blank=True, max_length=200)),
                        ("language", models.CharField(default="en", max_length=10)),
                        ("texts", models.JSONField(default=dict)),
                        ("region", models.CharField(blank=True, max_length=60)),
                        ("city", models.CharField(blank=True, max_length=80)),
                        ("country", models.CharField(blank=True, max_length=2)),
                        ("venue", models.CharField(blank=True, max_length=160)),
                        ("starts_on", models.DateField(blank=True, null=True)),
                        ("ends_on", models.DateField(blank=True, null=True)),
                        ("about_when", models.CharField(blank=True, max_length=60)),
                        ("timezone", models.CharField(default="UTC", max_length=60)),
                        ("next_summit_city", models.CharField(blank=True, max_length=80)),
                        ("next_summit_region", models.CharField(blank=True, max_length=60)),
                        ("has_agenda", models.BooleanField(default=False)),
                        ("has_report", models.BooleanField(default=False)),
                        ("has_fees", models.BooleanField(default=False)),
                        ("opened_at", models.DateTimeField()),
                        (
                            "opened_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                            ),
                        ),
                        (
                            "series",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="meetups",
                                to="meetups.series",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "stage__in",
                                        ("idea", "hosting", "registration", "agenda", "on_site", "wrap_up", "archived"),
                                    )
                                ),
                                name="a_meetup_is_in_a_known_stage",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                                ),
                                name="a_meetup_ends_after_it_starts",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ApiToken",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("scope", models.CharField(max_length=30)),
                        ("digest", models.CharField(max_length=64, unique=True)),
                        ("made_at", models.DateTimeField()),
                        ("used_on", models.DateField(null=True)),
                        (
                            "meetup",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="tokens", to="meetups.meetup"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "scope__in",
                                        [
                                            "agenda:read",
                                            "agenda:write",
                                            "feedback:write",
                                            "interest:write",
                                            "pads:write",
                                            "planning:read",
                                            "planning:write",
                                            "seats:read",
                                            "seats:write",
                                            "topics:write",
                                        ],
                                    )
                                ),
                                name="a_token_has_a_known_scope",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Organiser",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "meetup",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="organisers", to="meetups.meetup"
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="organises",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("meetup", "person"), name="a_person_organises_a_meetup_once")
                        ],
                    },
                ),
            ],
        ),
    ]
