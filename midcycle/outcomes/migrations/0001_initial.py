import django.db.models.deletion
import midcycle.web.tables
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("meetups", "0001_initial"),
        ("pads", "0001_initial"),
        ("topics", "0001_initial"),
    ]

    operations = [
        midcycle.web.tables.NewTables(
            tables=[
                migrations.CreateModel(
                    name="Reading",
                    fields=[
                        (
                            "pad",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="reading",
                                serialize=False,
                                to="pads.pad",
                            ),
                        ),
                        ("upto", models.BigIntegerField()),
                        ("at", models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Round",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("day", models.DateField(unique=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="Action",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("client", models.BigIntegerField(null=True)),
                        ("clock", models.BigIntegerField(null=True)),
                        ("line", models.PositiveIntegerField(default=0)),
                        ("said_owner", models.CharField(blank=True, max_length=60)),
                        ("said_what", models.CharField(max_length=300)),
                        ("said_due", models.CharField(blank=True, max_length=60)),
                        ("is_ticked", models.BooleanField(default=False)),
                        ("what", models.CharField(max_length=300)),
                        ("due_on", models.DateField(null=True)),
                        ("is_corrected", models.BooleanField(default=False)),
                        ("meant_for", models.CharField(blank=True, max_length=60)),
                        ("state", models.CharField(default="open", max_length=8)),
                        ("ended_at", models.DateTimeField(null=True)),
                        ("standing", models.CharField(default="nobody", max_length=10)),
                        ("is_named", models.BooleanField(default=False)),
                        ("agreed_what", models.CharField(blank=True, max_length=300)),
                        ("agreed_name", models.CharField(blank=True, max_length=60)),
                        ("handed_to", models.CharField(blank=True, max_length=60)),
                        ("stood_at", models.DateTimeField(null=True)),
                        ("is_forgotten", models.BooleanField(default=False)),
                        ("seen_on", models.DateField()),
                        ("came_at", models.DateTimeField()),
                        ("changed_at", models.DateTimeField()),
                        ("gone_at", models.DateTimeField(null=True)),
                        ("is_kept", models.BooleanField(default=False)),
                        (
                            "meetup",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="actions", to="meetups.meetup"
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="actions",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "pad",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="actions", to="pads.pad"
                            ),
                        ),
                        (
                            "split_from",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="parts",
                                to="outcomes.action",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["state", "due_on"], name="actions_that_are_due")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["done", "dropped", "open"])),
                                name="an_action_is_in_a_known_state",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("standing__in", ["asked", "confirmed", "declined", "nobody"])),
                                name="an_action_has_a_known_standing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at", None), ("state", "open")),
                                    models.Q(models.Q(("state", "open"), _negated=True), ("ended_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="an_action_has_a_moment_once_it_ended",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("owner__isnull", False), ("standing__in", ("asked", "confirmed"))),
                                    models.Q(
                                        models.Q(("standing__in", ("asked", "confirmed")), _negated=True), ("owner", None)
                                    ),
                                    _connector="OR",
                                ),
                                name="an_action_has_an_owner_while_one_stands_for_it",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("is_named", False), ("standing", "confirmed"), _connector="OR"),
                                name="nobody_is_named_who_did_not_confirm",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Mention",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "pad",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="mentions", to="pads.pad"
                            ),
                        ),
                        (
                            "tag",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="mentions", to="outcomes.tag"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("tag", "pad"), name="a_tag_is_noted_once_for_a_pad")],
                    },
                ),
                migrations.CreateModel(
                    name="Silence",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                                related_name="outcome_silences",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("meetup", "person"), name="nobody_is_silent_twice_about_outcomes")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Tag",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("word", models.CharField(max_length=80)),
                        ("meant_for", models.CharField(blank=True, max_length=60)),
                        (
                            "into",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="merged",
                                to="outcomes.tag",
                            ),
                        ),
                        (
                            "meetup",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="tags", to="meetups.meetup"
                            ),
                        ),
                        ("pads", models.ManyToManyField(related_name="tags", through="outcomes.Mention", to="pads.pad")),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("meetup", "word"), name="a_tag_is_one_word_of_a_meetup"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("into", None), models.Q(("into", models.F("id")), _negated=True), _connector="OR"
                                ),
                                name="no_tag_is_merged_into_itself",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Carried",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "action",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="carried",
                                to="outcomes.action",
                            ),
                        ),
                        (
                            "meetup",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="carried", to="meetups.meetup"
                            ),
                        ),
                        (
                            "topic",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE, related_name="carried_from", to="topics.topic"
                            ),
                        ),
                        (
                            "tag",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="carried",
                                to="outcomes.tag",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("action", None), ("tag__isnull", False)),
                                    models.Q(("action__isnull", False), ("tag", None)),
                                    _connector="OR",
                                ),
                                name="a_topic_is_carried_from_an_action_or_a_tag",
                            ),
                            models.UniqueConstraint(fields=("meetup", "action"), name="an_action_is_carried_once_to_a_meetup"),
                            models.UniqueConstraint(fields=("meetup", "tag"), name="a_tag_is_carried_once_to_a_meetup"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Trace",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("text", models.CharField(blank=True, max_length=500)),
                        ("url", models.CharField(blank=True, max_length=300)),
                        ("at", models.DateTimeField()),
                        (
                            "action",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="traces",
                                to="outcomes.action",
                            ),
                        ),
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
                            "tag",
                            models.ForeignKey(
                                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="traces", to="outcomes.tag"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("action", None), ("tag__isnull", False)),
                                    models.Q(("action__isnull", False), ("tag", None)),
                                    _connector="OR",
                                ),
                                name="a_trace_is_about_an_action_or_a_tag",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), ("url", ""), _negated=True), name="a_trace_says_something"
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
