import django.db.models.deletion
import midcycle.web.tables
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("meetups", "0001_initial"),
    ]

    operations = [
        midcycle.web.tables.NewTables(
            tables=[
                migrations.CreateModel(
                    name="DeadAddress",
                    fields=[
                        (
                            "person",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="dead_address",
                                serialize=False,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("since", models.DateTimeField()),
                        ("status", models.CharField(max_length=12)),
                    ],
                ),
                migrations.CreateModel(
                    name="InboxMessage",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("to", models.CharField(max_length=254)),
                        ("subject", models.CharField(max_length=200)),
                        ("body", models.TextField()),
                        ("at", models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Mailing",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("kind", models.CharField(max_length=12)),
                        ("value", models.CharField(blank=True, max_length=60)),
                        ("subject", models.CharField(max_length=150)),
                        ("text", models.TextField()),
                        ("answers_to", models.EmailField(blank=True, max_length=254)),
                        ("edition", models.PositiveIntegerField(default=1)),
                        ("state", models.CharField(default="draft", max_length=8)),
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
                            "meetup",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="mailings", to="meetups.meetup"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["meetup", "sent_at"], name="mailings_of_a_meetup"),
                            models.Index(fields=["by", "sent_at"], name="mailings_of_an_organiser"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ("draft", "sent", "stopped"))),
                                name="a_mailing_is_in_a_known_state",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "here",
                                            "interested",
                                            "no_shows",
                                            "not_here",
                                            "off_list",
                                            "offered",
                                            "person",
                                            "role",
                                            "seats",
                                            "sector",
                                            "team",
                                            "waiting",
                                        ],
                                    )
                                ),
                                name="a_mailing_is_for_known_people",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("sent_at__isnull", True), ("state", "draft")),
                                    models.Q(models.Q(("state", "draft"), _negated=True), ("sent_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="a_mailing_has_a_moment_once_it_is_sent",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Letter",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("key", models.CharField(max_length=120, unique=True)),
                        ("is_copy", models.BooleanField(default=False)),
                        ("subject", models.CharField(max_length=200)),
                        ("body", models.TextField()),
                        ("state", models.CharField(default="waiting", max_length=10)),
                        ("why", models.CharField(blank=True, max_length=40)),
                        ("tries", models.PositiveSmallIntegerField(default=0)),
                        ("next_try_at", models.DateTimeField()),
                        ("written_at", models.DateTimeField()),
                        ("sent_at", models.DateTimeField(null=True)),
                        (
                            "meetup",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="letters",
                                to="meetups.meetup",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="letters", to=settings.AUTH_USER_MODEL
                            ),
                        ),
                        (
                            "mailing",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="letters",
                                to="mailing.mailing",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["state", "next_try_at"], name="letters_to_send"),
                            models.Index(fields=["mailing", "state", "next_try_at"], name="letters_of_a_mailing"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ("chosen", "waiting", "sent", "failed", "skipped", "withdrawn"))
                                ),
                                name="a_letter_is_in_a_known_state",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NoMailings",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("at", models.DateTimeField()),
                        (
                            "meetup",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="meetups.meetup"
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="no_mailings",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("meetup", "person"), name="nobody_says_no_twice")],
                    },
                ),
                migrations.CreateModel(
                    name="WeeklyWish",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("since", models.DateTimeField()),
                        ("told_at", models.DateTimeField()),
                        (
                            "meetup",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="meetups.meetup"
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="weekly_wishes",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["told_at"], name="who_is_to_be_told_of_a_week")],
                        "constraints": [
                            models.UniqueConstraint(fields=("meetup", "person"), name="nobody_gets_the_letter_of_a_week_twice")
                        ],
                    },
                ),
            ],
        ),
    ]
