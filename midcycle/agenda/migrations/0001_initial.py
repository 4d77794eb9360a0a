import django.db.models.deletion
import midcycle.web.tables
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("meetups", "0001_initial"),
        ("topics", "0001_initial"),
    ]

    operations = [
        midcycle.web.tables.NewTables(
            tables=[
                migrations.CreateModel(
                    name="Freeze",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("since", models.DateTimeField()),
                        (
                            "meetup",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE, related_name="agenda_freeze", to="meetups.meetup"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Promise",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("free_minutes", models.PositiveSmallIntegerField()),
                        (
                            "meetup",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE, related_name="promise", to="meetups.meetup"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Room",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("name", models.CharField(max_length=80)),
                        ("capacity", models.PositiveIntegerField(blank=True, null=True)),
                        ("note", models.CharField(blank=True, max_length=120)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        ("layout", models.CharField(blank=True, max_length=12)),
                        ("layouts", models.JSONField(default=dict)),
                        ("microphones", models.PositiveSmallIntegerField(blank=True, null=True)),
                        (
                            "meetup",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="rooms", to="meetups.meetup"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("meetup", "name"), name="a_room_has_its_own_name"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("layout__in", ("", "fishbowl", "circle", "boardroom", "classroom", "theatre"))
                                ),
                                name="a_room_stands_in_a_known_layout",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Search",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("kind", models.CharField(default="draft", max_length=8)),
                        ("state", models.CharField(default="waiting", max_length=8)),
                        ("is_stopped", models.BooleanField(default=False)),
                        ("seed", models.BigIntegerField()),
                        ("seconds", models.FloatField()),
                        ("spent", models.FloatField(default=0)),
                        ("tries", models.PositiveSmallIntegerField(default=0)),
                        ("begun_at", models.DateTimeField()),
                        ("seen_at", models.DateTimeField(null=True)),
                        ("problem", models.TextField()),
                        ("keys", models.JSONField()),
                        ("plan", models.TextField()),
                        ("score", models.FloatField(null=True)),
                        ("bound", models.FloatField(null=True)),
                        ("attended", models.PositiveIntegerField(null=True)),
                        ("wanted", models.PositiveIntegerField(default=0)),
                        ("first_score", models.FloatField(null=True)),
                        ("first_attended", models.PositiveIntegerField(null=True)),
                        ("least_share", models.FloatField(null=True)),
                        ("tenth_share", models.FloatField(null=True)),
                        ("steps", models.JSONField(default=list)),
                        ("put_version", models.BigIntegerField(null=True)),
                        ("told", models.JSONField(default=dict)),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "meetup",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="searches", to="meetups.meetup"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ("draft", "few", "best"))), name="a_search_is_of_a_known_kind"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ("waiting", "running", "ended", "failed"))),
                                name="a_search_is_in_a_known_state",
                            ),
                            models.UniqueConstraint(fields=("meetup", "kind"), name="a_meetup_has_one_search_of_a_kind"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Slot",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("day", models.PositiveSmallIntegerField()),
                        ("starts", models.TimeField(blank=True, null=True)),
                        ("ends", models.TimeField(blank=True, null=True)),
                        ("kind", models.CharField(default="session", max_length=12)),
                        ("label", models.CharField(blank=True, max_length=80)),
                        ("only", models.CharField(blank=True, max_length=30)),
                        (
                            "meetup",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="slots", to="meetups.meetup"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "only__in",
                                        (
                                            "",
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
                                name="a_slot_is_kept_for_a_known_format",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ("session", "break", "plenary", "free"))),
                                name="a_slot_is_of_a_known_kind",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ends__isnull", True), ("ends__gt", models.F("starts")), _connector="OR"),
                                name="a_slot_ends_after_it_starts",
                            ),
                            models.CheckConstraint(condition=models.Q(("day__gte", 1)), name="days_are_counted_from_one"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Session",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("title", models.CharField(max_length=160)),
                        ("abstract", models.TextField(blank=True)),
                        ("abstract_html", models.TextField(blank=True)),
                        ("texts", models.JSONField(default=dict)),
                        ("format", models.CharField(default="general_session", max_length=30)),
                        ("for_all", models.BooleanField(default=False)),
                        ("notes_path", models.CharField(blank=True, max_length=200)),
                        ("length", models.PositiveSmallIntegerField(default=1)),
                        ("must", models.BooleanField(default=False)),
                        ("started_at", models.DateTimeField(null=True)),
                        (
                            "fixed_room",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="agenda.room",
                            ),
                        ),
                        (
                            "meetup",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="sessions", to="meetups.meetup"
                            ),
                        ),
                        (
                            "topic",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="session",
                                to="topics.topic",
                            ),
                        ),
                        (
                            "fixed_slot",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="agenda.slot",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("length__gte", 1), ("length__lte", 4)), name="a_session_takes_a_few_slots"
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
                                name="a_session_has_a_known_format",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("title", ""), _negated=True), name="a_session_has_a_title"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Pick",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("wanted", models.BooleanField(default=True)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="picks", to=settings.AUTH_USER_MODEL
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="picks", to="agenda.session"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("session", "person"), name="a_session_is_picked_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Invite",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("part", models.CharField(max_length=12)),
                        ("state", models.CharField(default="proposed", max_length=12)),
                        ("asked_at", models.DateTimeField(null=True)),
                        ("answered_at", models.DateTimeField(null=True)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="invites", to=settings.AUTH_USER_MODEL
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="invites", to="agenda.session"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("session", "person"), name="a_moderator_is_asked_once_for_a_session"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("part__in", ("lead", "shadow"))), name="a_moderator_leads_or_shadows"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ("proposed", "asked", "confirmed", "declined"))),
                                name="an_invite_is_in_a_known_state",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SessionPart",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("part", models.CharField(max_length=12)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="parts", to=settings.AUTH_USER_MODEL
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="agenda.session"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("session", "person", "part"), name="a_person_has_a_part_once"),
                            models.CheckConstraint(
                                condition=models.Q(("part__in", ("lead", "shadow", "note_taker", "publisher", "in_demand"))),
                                name="a_part_is_a_known_one",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Question",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("place", models.CharField(max_length=200)),
                        ("answer", models.CharField(default="waiting", max_length=8)),
                        ("note", models.CharField(blank=True, max_length=200)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="questions",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="questions", to="agenda.session"
                            ),
                        ),
                        (
                            "slot",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="questions", to="agenda.slot"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("session", "person"), name="a_person_is_asked_once_about_a_session"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("answer__in", ("waiting", "yes", "no", "swap"))),
                                name="a_question_has_a_known_answer",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Placement",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("pinned", models.BooleanField(default=False)),
                        ("locked", models.BooleanField(default=False)),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        (
                            "room",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="placements",
                                to="agenda.room",
                            ),
                        ),
                        (
                            "session",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE, related_name="placement", to="agenda.session"
                            ),
                        ),
                        (
                            "slot",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="placements", to="agenda.slot"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("locked", False), ("pinned", True), _connector="OR"),
                                name="what_is_locked_is_pinned_too",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Closure",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "room",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="closures", to="agenda.room"
                            ),
                        ),
                        (
                            "slot",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="closures", to="agenda.slot"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("room", "slot"), name="a_room_is_shut_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Absence",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="absences",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "slot",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="absences", to="agenda.slot"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("person", "slot"), name="a_person_is_away_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Walk",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("minutes", models.PositiveSmallIntegerField()),
                        (
                            "other",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="agenda.room"),
                        ),
                        (
                            "room",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="walks", to="agenda.room"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("room", "other"), name="a_walk_is_told_once"),
                            models.CheckConstraint(
                                condition=models.Q(("room__lt", models.F("other"))), name="a_walk_is_between_two_rooms"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Apart",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "meetup",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="aparts", to="meetups.meetup"
                            ),
                        ),
                        (
                            "one",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                            ),
                        ),
                        (
                            "other",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("meetup", "one", "other"), name="two_people_are_kept_apart_once"),
                            models.CheckConstraint(
                                condition=models.Q(("one__lt", models.F("other"))), name="two_people_are_two"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Draft",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("name", models.CharField(max_length=60)),
                        ("grid", models.JSONField()),
                        (
                            "meetup",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="drafts", to="meetups.meetup"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("meetup", "name"), name="a_draft_has_its_own_name")],
                    },
                ),
                migrations.CreateModel(
                    name="Feed",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("key", models.CharField(max_length=43, unique=True)),
                        (
                            "meetup",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="feeds", to="meetups.meetup"
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="feeds", to=settings.AUTH_USER_MODEL
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("meetup", "person"), name="an_agenda_has_one_address")],
                    },
                ),
                migrations.CreateModel(
                    name="Moderator",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("led", models.PositiveSmallIntegerField(default=0)),
                        ("most", models.PositiveSmallIntegerField(default=2)),
                        ("languages", models.CharField(blank=True, max_length=80)),
                        ("wish", models.CharField(blank=True, max_length=300)),
                        ("volunteered_at", models.DateTimeField()),
                        (
                            "meetup",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="moderators", to="meetups.meetup"
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="moderates",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("meetup", "person"), name="a_person_volunteers_once"),
                            models.CheckConstraint(
                                condition=models.Q(("most__gte", 1)), name="a_moderator_takes_one_session_or_more"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Move",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("version", models.BigIntegerField()),
                        ("words", models.CharField(max_length=300)),
                        ("changes", models.JSONField()),
                        ("state", models.CharField(default="done", max_length=8)),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "meetup",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="moves", to="meetups.meetup"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ("done", "undone", "dropped", "undo"))),
                                name="a_move_is_in_a_known_state",
                            ),
                            models.UniqueConstraint(fields=("meetup", "version"), name="a_version_of_the_board_is_made_once"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Release",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("number", models.PositiveIntegerField()),
                        ("released_at", models.DateTimeField()),
                        ("grid", models.JSONField()),
                        ("schedule_json", models.BinaryField()),
                        ("schedule_ics", models.BinaryField()),
                        ("note", models.CharField(blank=True, max_length=200)),
                        (
                            "meetup",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="releases", to="meetups.meetup"
                            ),
                        ),
                        (
                            "released_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("meetup", "number"), name="releases_are_numbered_in_turn")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RemoteWindow",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("timezone", models.CharField(max_length=64)),
                        ("starts", models.TimeField()),
                        ("ends", models.TimeField()),
                        (
                            "meetup",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="remote_windows", to="meetups.meetup"
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="remote_windows",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("meetup", "person"), name="one_remote_window_for_each_person"),
                            models.CheckConstraint(
                                condition=models.Q(("starts", models.F("ends")), _negated=True),
                                name="a_remote_window_has_a_length",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
