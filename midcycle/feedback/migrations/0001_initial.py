import django.db.models.deletion
import midcycle.web.tables
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("agenda", "0001_initial"),
        ("meetups", "0001_initial"),
        ("registration", "0001_initial"),
    ]

    operations = [
        midcycle.web.tables.NewTables(
            tables=[
                migrations.CreateModel(
                    name="Slip",
                    fields=[
                        (
                            "seat",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="slip",
                                serialize=False,
                                to="registration.seat",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="HandCount",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("question", models.CharField(max_length=60)),
                        ("asked", models.CharField(blank=True, max_length=200)),
                        ("yes", models.PositiveIntegerField()),
                        ("no", models.PositiveIntegerField()),
                        (
                            "meetup",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="hand_counts", to="meetups.meetup"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("meetup", "question"), name="hands_are_counted_once_for_a_question")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HandPart",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("key", models.UUIDField(unique=True)),
                        ("yes", models.PositiveIntegerField()),
                        ("no", models.PositiveIntegerField()),
                        ("counted_at", models.DateTimeField()),
                        ("counts", models.BooleanField(default=True)),
                        (
                            "hands",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="hand_parts", to="feedback.handcount"
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Lesson",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("kind", models.CharField(max_length=8)),
                        ("text", models.CharField(max_length=300)),
                        ("why", models.CharField(blank=True, max_length=600)),
                        ("owner_name", models.CharField(blank=True, max_length=80)),
                        ("is_public", models.BooleanField(default=False)),
                        ("carried", models.BooleanField(default=False)),
                        ("outcome", models.CharField(blank=True, max_length=300)),
                        (
                            "meetup",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="lessons", to="meetups.meetup"
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "taken_up_in",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="lessons_taken_up",
                                to="meetups.meetup",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ("well", "wrong", "process"))),
                                name="a_lesson_is_of_a_known_kind",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Remark",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("kind", models.CharField(max_length=10)),
                        ("text", models.TextField()),
                        (
                            "meetup",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="remarks", to="meetups.meetup"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ("asked_for", "reported", "lesson"))),
                                name="a_remark_is_of_a_known_kind",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SessionTally",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("mark", models.CharField(max_length=8)),
                        ("reason", models.CharField(blank=True, max_length=12)),
                        ("count", models.PositiveIntegerField(default=0)),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="session_tallies", to="agenda.session"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("session", "mark", "reason"), name="a_session_is_judged_in_one_row"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("mark__in", ("good", "mixed", "poor")),
                                    (
                                        "reason__in",
                                        ("", "learned", "took_part", "few_spoke", "crowded", "unheard", "no_result"),
                                    ),
                                ),
                                name="a_session_is_judged_in_known_words",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Survey",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("is_open", models.BooleanField(default=False)),
                        ("was_opened", models.BooleanField(default=False)),
                        ("standard_off", models.JSONField(default=list)),
                        ("on_paper", models.PositiveIntegerField(default=0)),
                        (
                            "meetup",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE, related_name="survey", to="meetups.meetup"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("is_open", False), ("was_opened", True), _connector="OR"),
                                name="an_open_survey_was_opened",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PaperForm",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("key", models.UUIDField(unique=True)),
                        ("said", models.JSONField()),
                        (
                            "typed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                            ),
                        ),
                        (
                            "survey",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="paper_forms", to="feedback.survey"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="OwnWords",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("question", models.CharField(default="words", max_length=24)),
                        ("chapter", models.PositiveIntegerField(default=0)),
                        ("text", models.TextField()),
                        (
                            "survey",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="own_words", to="feedback.survey"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["survey", "question", "id"], name="own_words_in_their_order")],
                    },
                ),
                migrations.CreateModel(
                    name="OwnQuestion",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("kind", models.CharField(max_length=8)),
                        ("titles", models.JSONField(default=dict)),
                        ("choices", models.JSONField(default=list)),
                        ("required", models.BooleanField(default=False)),
                        ("position", models.PositiveSmallIntegerField()),
                        ("is_retired", models.BooleanField(default=False)),
                        (
                            "survey",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="own_questions", to="feedback.survey"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ("one", "several", "scale", "short", "long"))),
                                name="an_own_question_is_of_a_known_kind",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Tally",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("question", models.CharField(max_length=24)),
                        ("value", models.CharField(blank=True, max_length=40)),
                        ("count", models.PositiveIntegerField(default=0)),
                        (
                            "survey",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="tallies", to="feedback.survey"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("survey", "question", "value"), name="an_answer_is_counted_in_one_row"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
