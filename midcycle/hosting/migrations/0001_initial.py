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
                    name="Call",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("opened_at", models.DateTimeField()),
                        ("closed_at", models.DateTimeField(null=True)),
                        ("channel", models.CharField(blank=True, max_length=160)),
                        ("guess_low", models.PositiveIntegerField(null=True)),
                        ("guess_high", models.PositiveIntegerField(null=True)),
                        (
                            "meetup",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE, related_name="call", to="meetups.meetup"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("guess_high__isnull", True), ("guess_low__isnull", True)),
                                    models.Q(("guess_high__gte", models.F("guess_low")), ("guess_low__isnull", False)),
                                    _connector="OR",
                                ),
                                name="a_guess_runs_from_low_to_high",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Interest",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("token", models.CharField(max_length=40, unique=True)),
                        ("code", models.CharField(blank=True, max_length=16)),
                        ("would_come", models.BooleanField(default=False)),
                        ("could_host", models.BooleanField(default=False)),
                        ("could_moderate", models.BooleanField(default=False)),
                        ("could_underwrite", models.BooleanField(default=False)),
                        ("region", models.CharField(blank=True, max_length=60)),
                        ("place", models.CharField(blank=True, max_length=120)),
                        ("answered_at", models.DateTimeField()),
                        ("confirmed_at", models.DateTimeField(null=True)),
                        ("came_by", models.CharField(default="call", max_length=12)),
                        ("hands", models.PositiveSmallIntegerField(default=0)),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="hosting.call"
                            ),
                        ),
                        (
                            "heard_through",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="brought",
                                to="hosting.interest",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="interests",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("call", "person"), name="one_answer_for_each_person"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("would_come", True),
                                    ("could_host", True),
                                    ("could_moderate", True),
                                    ("could_underwrite", True),
                                    _connector="OR",
                                ),
                                name="an_answer_says_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("came_by__in", ("call", "invitation", "poster", "page"))),
                                name="an_answer_came_by_a_known_way",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("hands", 0), ("came_by", "invitation"), _connector="XOR"),
                                name="an_invitation_went_through_hands",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("code", ""), _negated=True),
                                fields=("code",),
                                name="a_code_is_of_one_invitation",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PastEdition",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("label", models.CharField(max_length=120)),
                        ("early", models.PositiveIntegerField(null=True)),
                        ("declared", models.PositiveIntegerField(null=True)),
                        ("came", models.PositiveIntegerField()),
                        (
                            "meetup",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="past_editions", to="meetups.meetup"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("early__isnull", False), ("declared__isnull", False), _connector="OR"),
                                name="an_edition_was_answered_early_or_in_all",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("early__isnull", True),
                                    ("declared__isnull", True),
                                    ("declared__gte", models.F("early")),
                                    _connector="OR",
                                ),
                                name="no_fewer_answered_in_all_than_early",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Turnout",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("came", models.PositiveIntegerField()),
                        (
                            "meetup",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE, related_name="turnout", to="meetups.meetup"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("came__gte", 1)), name="a_turnout_is_of_somebody")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WantedTopic",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("text", models.CharField(max_length=120)),
                        ("is_hidden", models.BooleanField(default=False)),
                        (
                            "interest",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="topics", to="hosting.interest"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True), name="a_wanted_topic_says_something"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Window",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField()),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="windows", to="hosting.call"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("call", "starts_on", "ends_on"), name="days_are_asked_about_once"),
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                                name="a_window_ends_after_it_starts",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Fit",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("says", models.CharField(max_length=12)),
                        (
                            "interest",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="fits", to="hosting.interest"
                            ),
                        ),
                        (
                            "window",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="fits", to="hosting.window"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("interest", "window"), name="a_window_is_answered_once"),
                            models.CheckConstraint(
                                condition=models.Q(("says__in", ("yes", "if_need_be", "no"))), name="a_window_suits_or_does_not"
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
