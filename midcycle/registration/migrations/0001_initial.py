import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
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
                    name="Draw",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("at", models.DateTimeField()),
                        ("seed", models.CharField(max_length=64)),
                        ("codes", models.JSONField(default=list)),
                        ("free", models.PositiveIntegerField()),
                        (
                            "meetup",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="draws", to="meetups.meetup"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="ImportRun",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("at", models.DateTimeField()),
                        ("source", models.CharField(max_length=20)),
                        ("file_name", models.CharField(blank=True, max_length=120)),
                        ("sheet", models.CharField(blank=True, max_length=120)),
                        ("others", models.JSONField(default=list)),
                        ("remarks", models.JSONField(default=list)),
                        ("columns", models.JSONField(default=list)),
                        ("rows", models.JSONField(default=list)),
                        ("mapping", models.JSONField(default=dict)),
                        ("state", models.CharField(default="preview", max_length=8)),
                        ("result", models.JSONField(default=dict)),
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
                                on_delete=django.db.models.deletion.CASCADE, related_name="imports", to="meetups.meetup"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ("preview", "done", "undone"))),
                                name="an_import_is_in_a_known_state",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="KeyedRequest",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("key", models.CharField(max_length=255)),
                        ("digest", models.CharField(max_length=64)),
                        ("status", models.PositiveSmallIntegerField()),
                        ("body", models.JSONField()),
                        ("at", models.DateTimeField()),
                        (
                            "meetup",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="keyed_requests", to="meetups.meetup"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("meetup", "key"), name="one_answer_for_each_key")],
                    },
                ),
                migrations.CreateModel(
                    name="PastShare",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("label", models.CharField(max_length=120)),
                        ("seats", models.PositiveIntegerField()),
                        ("came", models.PositiveIntegerField()),
                        (
                            "meetup",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="past_shares", to="meetups.meetup"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("seats__gte", 1)), name="a_share_is_of_some_seats"),
                            models.CheckConstraint(
                                condition=models.Q(("came__lte", models.F("seats"))), name="no_more_came_than_had_a_seat"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Question",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("key", models.SlugField(max_length=40)),
                        ("kind", models.CharField(max_length=8)),
                        ("titles", models.JSONField(default=dict)),
                        ("helps", models.JSONField(default=dict)),
                        ("choices", models.JSONField(default=list)),
                        ("required", models.BooleanField(default=False)),
                        ("position", models.PositiveSmallIntegerField()),
                        ("keep_days", models.PositiveSmallIntegerField(default=30)),
                        ("shown_value", models.CharField(blank=True, max_length=200)),
                        (
                            "meetup",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="questions", to="meetups.meetup"
                            ),
                        ),
                        (
                            "shown_if",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="follow_ups",
                                to="registration.question",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("meetup", "key"), name="each_question_has_its_key"),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ("text", "choice", "number", "date", "yes_no"))),
                                name="a_question_is_of_a_known_kind",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Quota",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("kind", models.CharField(max_length=12)),
                        ("value", models.CharField(max_length=120)),
                        ("name", models.CharField(blank=True, max_length=120)),
                        ("most", models.PositiveIntegerField()),
                        ("held", models.PositiveIntegerField(default=0)),
                        ("copied", models.BooleanField(default=False)),
                        (
                            "meetup",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="quotas", to="meetups.meetup"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("meetup", "kind", "value"), name="one_quota_for_each_kind_of_people"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("held__lte", models.F("most"))), name="no_more_held_than_the_quota"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ("role", "sector", "organisation", "first_time", "region"))),
                                name="a_quota_is_of_a_known_kind",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Seat",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("token", models.CharField(max_length=40, unique=True)),
                        ("code", models.CharField(max_length=24, unique=True)),
                        ("state", models.CharField(max_length=12)),
                        ("arrival", models.PositiveIntegerField()),
                        ("rank", models.PositiveSmallIntegerField(default=0)),
                        ("lot", models.PositiveIntegerField(default=0)),
                        ("name", models.CharField(max_length=120)),
                        ("organisation", models.CharField(blank=True, max_length=120)),
                        ("organisation_key", models.CharField(blank=True, max_length=120)),
                        ("role", models.CharField(blank=True, max_length=30)),
                        ("sector", models.CharField(blank=True, max_length=60)),
                        ("region", models.CharField(blank=True, max_length=60)),
                        ("group", models.CharField(blank=True, max_length=80)),
                        ("heard_how", models.CharField(blank=True, max_length=160)),
                        ("via", models.CharField(blank=True, max_length=32)),
                        ("on_list", models.BooleanField(null=True)),
                        ("first_time", models.BooleanField(null=True)),
                        ("photos", models.BooleanField(null=True)),
                        ("language", models.CharField(blank=True, max_length=10)),
                        ("notice_days", models.PositiveSmallIntegerField(default=0)),
                        ("offer_until", models.DateTimeField(null=True)),
                        ("confirmed", models.BooleanField(default=True)),
                        ("proven", models.BooleanField(default=False)),
                        ("colleagues_asked", models.PositiveSmallIntegerField(default=0)),
                        ("queued_at", models.DateTimeField(null=True)),
                        ("registered_at", models.DateTimeField()),
                        (
                            "imported",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="seats",
                                to="registration.importrun",
                            ),
                        ),
                        (
                            "meetup",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="seats", to="meetups.meetup"
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="seats", to=settings.AUTH_USER_MODEL
                            ),
                        ),
                        (
                            "registered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="registered",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["meetup", "state", "rank", "lot", "arrival"], name="waitlist_order"),
                            models.Index(
                                models.F("meetup"),
                                django.db.models.functions.text.Lower("name"),
                                models.F("arrival"),
                                name="seats_by_name",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("meetup", "person"), name="one_seat_for_each_person"),
                            models.UniqueConstraint(fields=("meetup", "arrival"), name="everybody_arrives_in_turn"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ("held", "waiting", "offered", "cancelled", "checked_in", "no_show"))
                                ),
                                name="a_seat_is_in_a_known_state",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Needs",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("diet", models.CharField(blank=True, max_length=200)),
                        ("access", models.CharField(blank=True, max_length=500)),
                        (
                            "seat",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE, related_name="needs", to="registration.seat"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Echo",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("token", models.CharField(max_length=40, unique=True)),
                        ("code", models.CharField(max_length=24)),
                        ("said", models.JSONField(default=dict)),
                        ("state", models.CharField(max_length=12)),
                        ("place", models.PositiveIntegerField(default=0)),
                        ("rank", models.PositiveSmallIntegerField(default=0)),
                        ("arrival", models.PositiveIntegerField(default=0)),
                        ("turns", models.JSONField(default=list)),
                        ("lot", models.PositiveIntegerField(default=0)),
                        ("reason", models.CharField(max_length=200)),
                        ("at", models.DateTimeField()),
                        ("cancelled_at", models.DateTimeField(null=True)),
                        (
                            "meetup",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="echoes", to="meetups.meetup"
                            ),
                        ),
                        (
                            "seat",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="echoes",
                                to="registration.seat",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="SeatAnswer",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("value", models.TextField()),
                        (
                            "question",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="registration.question"
                            ),
                        ),
                        (
                            "seat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="registration.seat"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("seat", "question"), name="one_answer_to_each_question")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SeatMove",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("at", models.DateTimeField()),
                        ("was", models.CharField(blank=True, max_length=12)),
                        ("becomes", models.CharField(max_length=12)),
                        ("reason", models.CharField(max_length=200)),
                        (
                            "by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "seat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="moves", to="registration.seat"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("by__isnull", False)), fields=["by"], name="moves_by_somebody_else"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Transfer",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("name", models.CharField(max_length=120)),
                        ("email", models.EmailField(max_length=254)),
                        ("token", models.CharField(max_length=40, unique=True)),
                        ("at", models.DateTimeField()),
                        ("state", models.CharField(default="open", max_length=10)),
                        (
                            "seat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="transfers", to="registration.seat"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ("open", "accepted", "withdrawn"))),
                                name="a_transfer_is_in_a_known_state",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "open")), fields=("seat",), name="one_open_transfer_for_each_seat"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Capacity",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("total", models.PositiveIntegerField()),
                        ("held", models.PositiveIntegerField(default=0)),
                        ("waiting", models.PositiveIntegerField(default=0)),
                        ("offered", models.PositiveIntegerField(default=0)),
                        ("checked_in", models.PositiveIntegerField(default=0)),
                        ("arrivals", models.PositiveIntegerField(default=0)),
                        ("is_open", models.BooleanField(default=False)),
                        ("announced", models.PositiveIntegerField(null=True)),
                        ("planned", models.PositiveIntegerField(null=True)),
                        ("room", models.PositiveIntegerField(null=True)),
                        ("has_quotas", models.BooleanField(default=False)),
                        ("has_questions", models.BooleanField(default=False)),
                        ("rule", models.CharField(default="first_come", max_length=12)),
                        ("groups", models.JSONField(default=list)),
                        ("offer_hours", models.PositiveSmallIntegerField(default=0)),
                        ("draw_at", models.DateTimeField(null=True)),
                        ("seed", models.CharField(blank=True, max_length=64)),
                        ("drawn_at", models.DateTimeField(null=True)),
                        ("transfers", models.BooleanField(default=False)),
                        ("release_at", models.DateTimeField(null=True)),
                        ("released_at", models.DateTimeField(null=True)),
                        ("keep_days", models.JSONField(default=dict)),
                        ("asks", models.JSONField(default=dict)),
                        ("figures", models.JSONField(default=dict)),
                        ("looked_over_at", models.DateTimeField(null=True)),
                        ("are_invented", models.BooleanField(default=False)),
                        (
                            "meetup",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE, related_name="capacity", to="meetups.meetup"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("held__lte", models.F("total"))), name="no_more_seats_held_than_there_are"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("room__isnull", True), ("total__lte", models.F("room")), _connector="OR"),
                                name="no_more_seats_than_the_room_has",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "held__gte",
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("offered"), "+", models.F("checked_in")
                                        ),
                                    )
                                ),
                                name="who_is_offered_or_checked_in_is_counted",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("rule__in", ("first_come", "groups", "lottery"))),
                                name="a_line_has_a_known_rule",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
