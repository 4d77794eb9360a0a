import django.db.models.deletion
import django.db.models.expressions
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
                    name="MailList",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("kind", models.CharField(max_length=10)),
                        ("connection", models.CharField(blank=True, max_length=60)),
                        ("title", models.CharField(max_length=120)),
                        ("about", models.CharField(blank=True, max_length=200)),
                        ("page", models.URLField(blank=True, max_length=300)),
                        ("address", models.EmailField(blank=True, max_length=254)),
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
                            "meetup",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lists",
                                to="meetups.meetup",
                            ),
                        ),
                        (
                            "series",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lists",
                                to="meetups.series",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ("mailman", "discourse", "file"))),
                                name="a_list_is_of_a_known_kind",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("meetup__isnull", False), ("series__isnull", True)),
                                    models.Q(("meetup__isnull", True), ("series__isnull", False)),
                                    _connector="OR",
                                ),
                                name="a_list_is_of_a_series_or_a_meetup",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("connection", ""), ("kind", "file")),
                                    models.Q(
                                        models.Q(("kind", "file"), _negated=True), models.Q(("connection", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="a_list_has_a_connection_unless_it_is_a_file",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("connection", ""), _negated=True),
                                fields=("series", "connection"),
                                name="a_series_has_a_list_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("connection", ""), _negated=True),
                                fields=("meetup", "connection"),
                                name="a_meetup_has_a_list_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="JoinRequest",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("email", models.EmailField(blank=True, max_length=254)),
                        ("digest", models.BooleanField(default=False)),
                        ("token", models.CharField(max_length=43, unique=True)),
                        ("state", models.CharField(default="asked", max_length=10)),
                        ("asked_at", models.DateTimeField()),
                        ("done_at", models.DateTimeField(null=True)),
                        ("tries", models.PositiveSmallIntegerField(default=0)),
                        ("next_try_at", models.DateTimeField()),
                        (
                            "meetup",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="meetups.meetup"
                            ),
                        ),
                        (
                            "list",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="requests", to="lists.maillist"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["state", "next_try_at"], name="who_is_to_join")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ("asked", "confirmed", "joined", "there", "held", "refused"))),
                                name="who_asks_to_join_is_in_a_known_state",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("email", ""), _negated=True),
                                fields=("list", "email"),
                                name="an_address_asks_to_join_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Comparison",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("state", models.CharField(default="asked", max_length=8)),
                        ("why", models.CharField(blank=True, max_length=200)),
                        ("asked_at", models.DateTimeField()),
                        ("made_at", models.DateTimeField(null=True)),
                        ("people", models.PositiveIntegerField(default=0)),
                        ("on_list", models.PositiveIntegerField(null=True)),
                        ("salt", models.CharField(blank=True, max_length=64)),
                        ("left", models.BinaryField(default=bytes)),
                        ("after", models.CharField(blank=True, max_length=8)),
                        ("after_at", models.DateTimeField(null=True)),
                        ("joined", models.PositiveIntegerField(null=True)),
                        ("tries", models.PositiveSmallIntegerField(default=0)),
                        ("next_try_at", models.DateTimeField()),
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
                            "meetup",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="comparisons", to="meetups.meetup"
                            ),
                        ),
                        (
                            "list",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="comparisons", to="lists.maillist"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("list", "meetup"), name="a_meetup_is_compared_with_a_list_once"),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ("asked", "done", "failed"))),
                                name="a_comparison_is_in_a_known_state",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("after__in", ("", "waiting", "done", "missed"))),
                                name="what_came_after_is_in_a_known_state",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("after", "waiting"),
                                    ("state", "asked"),
                                    models.Q(("left", b""), ("salt", "")),
                                    _connector="OR",
                                ),
                                name="nothing_to_compare_is_kept_when_it_is_over",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("on_list__isnull", True),
                                    models.Q(
                                        ("on_list__gte", 5),
                                        (
                                            "people__gte",
                                            django.db.models.expressions.CombinedExpression(
                                                models.F("on_list"), "+", models.Value(5)
                                            ),
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="no_small_group_is_told_of_a_list",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Posting",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("subject", models.CharField(max_length=150)),
                        ("text", models.TextField()),
                        ("edition", models.PositiveIntegerField(default=1)),
                        ("state", models.CharField(default="draft", max_length=10)),
                        ("why", models.CharField(blank=True, max_length=200)),
                        ("tries", models.PositiveSmallIntegerField(default=0)),
                        ("next_try_at", models.DateTimeField()),
                        ("written_at", models.DateTimeField()),
                        ("sent_at", models.DateTimeField(null=True)),
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
                            "list",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="postings", to="lists.maillist"
                            ),
                        ),
                        (
                            "meetup",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="postings", to="meetups.meetup"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["state", "next_try_at"], name="postings_to_send")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ("draft", "waiting", "sending", "sent", "failed", "unclear"))),
                                name="a_posting_is_in_a_known_state",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
