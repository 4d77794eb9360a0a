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
                    name="Round",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("day", models.DateField(unique=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="Minutes",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("title", models.CharField(max_length=120)),
                        ("held_on", models.DateField()),
                        ("present", models.TextField(blank=True)),
                        ("text", models.TextField()),
                        ("html", models.TextField(blank=True)),
                        ("points", models.JSONField(default=list)),
                        ("edition", models.PositiveIntegerField(default=1)),
                        ("written_at", models.DateTimeField()),
                        ("changed_at", models.DateTimeField()),
                        (
                            "meetup",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="minutes", to="meetups.meetup"
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
                        "indexes": [models.Index(fields=["meetup", "held_on"], name="minutes_of_a_meetup")],
                    },
                ),
                migrations.CreateModel(
                    name="Task",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("kind", models.CharField(default="task", max_length=10)),
                        ("stage", models.CharField(blank=True, max_length=20)),
                        ("title", models.CharField(max_length=160)),
                        ("about", models.CharField(blank=True, max_length=20)),
                        ("owner_name", models.CharField(blank=True, max_length=80)),
                        ("given_at", models.DateTimeField(null=True)),
                        ("days", models.SmallIntegerField(null=True)),
                        ("due_on", models.DateField(null=True)),
                        ("notes", models.TextField(blank=True)),
                        ("notes_html", models.TextField(blank=True)),
                        ("line", models.PositiveIntegerField(null=True)),
                        ("done_at", models.DateTimeField(null=True)),
                        ("edition", models.PositiveIntegerField(default=1)),
                        ("made_at", models.DateTimeField()),
                        ("changed_at", models.DateTimeField()),
                        (
                            "done_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "given_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
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
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="tasks", to="meetups.meetup"
                            ),
                        ),
                        (
                            "minutes",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="tasks",
                                to="planning.minutes",
                            ),
                        ),
                        (
                            "owner",
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
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["milestone", "task"])), name="a_task_is_of_a_known_kind"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "stage__in",
                                        ["", "idea", "hosting", "registration", "agenda", "on_site", "wrap_up", "archived"],
                                    )
                                ),
                                name="a_task_belongs_to_a_known_stage",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "about__in",
                                        [
                                            "",
                                            "agenda",
                                            "bids",
                                            "door",
                                            "feedback",
                                            "interest",
                                            "invoices",
                                            "letters",
                                            "moderators",
                                            "money",
                                            "pads",
                                            "place",
                                            "report",
                                            "rooms",
                                            "seats",
                                            "team",
                                            "topics",
                                            "underwriters",
                                        ],
                                    )
                                ),
                                name="a_task_is_about_a_known_thing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("days__isnull", True), ("due_on__isnull", True), _connector="OR"),
                                name="a_task_is_due_in_one_way",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("days__isnull", True), ("days__range", (-1100, 1100)), _connector="OR"),
                                name="a_task_is_due_within_three_years",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("owner__isnull", True), ("owner_name", ""), _connector="OR"),
                                name="a_task_has_one_owner",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("done_at__isnull", False), ("done_by__isnull", True), _connector="OR"),
                                name="nobody_did_what_is_not_done",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Membership",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("reminders", models.BooleanField(default=True)),
                        ("weekly", models.BooleanField(default=False)),
                        ("read_at", models.DateTimeField(null=True)),
                        ("calendar_key", models.CharField(max_length=43, null=True, unique=True)),
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
                                related_name="planning_memberships",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("meetup", "person"), name="a_person_has_one_wish_for_each_team")
                        ],
                    },
                ),
            ],
        ),
    ]
