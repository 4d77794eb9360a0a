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
                    name="PlanningPad",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("text", models.TextField()),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="planning_pads",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "meetup",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE, related_name="planning_pad", to="meetups.meetup"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Topic",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("title", models.CharField(max_length=160)),
                        ("details", models.TextField(blank=True)),
                        ("details_html", models.TextField(blank=True)),
                        ("texts", models.JSONField(default=dict)),
                        ("format", models.CharField(default="general_session", max_length=30)),
                        ("minutes", models.PositiveSmallIntegerField(null=True)),
                        ("tags", models.JSONField(default=list)),
                        ("pad_title", models.CharField(blank=True, max_length=160)),
                        ("unnamed", models.PositiveIntegerField(default=0)),
                        ("proposed_at", models.DateTimeField()),
                        ("withdrawn_at", models.DateTimeField(null=True)),
                        (
                            "duplicate_of",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="duplicates",
                                to="topics.topic",
                            ),
                        ),
                        (
                            "meetup",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="topics", to="meetups.meetup"
                            ),
                        ),
                        (
                            "merged_into",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="merged",
                                to="topics.topic",
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="topics", to=settings.AUTH_USER_MODEL
                            ),
                        ),
                        ("related", models.ManyToManyField(to="topics.topic")),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("title", ""), _negated=True), name="a_topic_has_a_title"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "format__in",
                                        (
                                            "plenary",
                                            "general_session",
                                            "working_group",
                                            "lightning",
                                            "presentation",
                                            "birds_of_a_feather",
                                            "free_time",
                                            "wrap_up",
                                        ),
                                    )
                                ),
                                name="a_topic_has_a_known_format",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("merged_into", None), ("withdrawn_at__isnull", False), _connector="OR"),
                                name="what_is_merged_is_not_listed",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Support",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("rank", models.PositiveIntegerField(null=True)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="supports",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "topic",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="supports", to="topics.topic"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("topic", "person"), name="one_voice_for_each_person")],
                    },
                ),
                migrations.CreateModel(
                    name="ModeratorOffer",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("part", models.CharField(max_length=10)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="offers", to=settings.AUTH_USER_MODEL
                            ),
                        ),
                        (
                            "topic",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="offers", to="topics.topic"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("topic", "person"), name="a_person_offers_once_for_a_topic"),
                            models.CheckConstraint(
                                condition=models.Q(("part__in", ("lead", "shadow"))), name="an_offer_is_to_lead_or_shadow"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MergedVoice",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("part", models.CharField(blank=True, max_length=10)),
                        ("rank", models.PositiveIntegerField(null=True)),
                        ("was_there", models.BooleanField(default=False)),
                        ("other_rank", models.PositiveIntegerField(null=True)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="merged_voices",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "topic",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="merged_voices", to="topics.topic"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("topic", "person", "part"), name="a_merged_voice_is_kept_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Invitation",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("email", models.EmailField(max_length=254)),
                        ("token", models.CharField(max_length=64, unique=True)),
                        ("at", models.DateTimeField()),
                        ("state", models.CharField(default="open", max_length=10)),
                        (
                            "invited_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="invitations",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "topic",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="invitations", to="topics.topic"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("topic", "email"), name="an_address_is_invited_once_to_a_topic"),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ("open", "accepted", "declined", "withdrawn"))),
                                name="an_invitation_has_a_known_state",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Comment",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("text", models.TextField()),
                        ("html", models.TextField()),
                        ("at", models.DateTimeField()),
                        ("hidden_at", models.DateTimeField(null=True)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="comments",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "topic",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="comments", to="topics.topic"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True), name="a_comment_says_something"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Voting",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("method", models.CharField(default="plus_one", max_length=10)),
                        ("dots", models.PositiveSmallIntegerField(default=10)),
                        (
                            "meetup",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE, related_name="voting", to="meetups.meetup"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("method__in", ("plus_one", "dots", "ranking"))),
                                name="a_vote_has_a_known_method",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("dots__gte", 1), ("dots__lte", 60)), name="there_is_a_dot_and_not_too_many"
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
