import django.db.models.deletion
import midcycle.web.tables
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("meetups", "0001_initial"),
        ("registration", "0001_initial"),
    ]

    operations = [
        midcycle.web.tables.NewTables(
            tables=[
                migrations.CreateModel(
                    name="Device",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("label", models.CharField(max_length=60)),
                        ("made_at", models.DateTimeField()),
                        ("seen_at", models.DateTimeField(null=True)),
                        ("revoked_at", models.DateTimeField(null=True)),
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
                                on_delete=django.db.models.deletion.CASCADE, related_name="devices", to="meetups.meetup"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="DoorEvent",
                    fields=[
                        ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                        ("kind", models.CharField(max_length=10)),
                        ("count", models.BigIntegerField()),
                        ("told_at", models.DateTimeField()),
                        ("at", models.DateTimeField()),
                        ("outcome", models.CharField(default="conflict", max_length=10)),
                        ("sentence", models.CharField(blank=True, max_length=400)),
                        ("told", models.JSONField(default=dict)),
                        ("settled_at", models.DateTimeField(null=True)),
                        (
                            "device",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="events", to="onsite.device"
                            ),
                        ),
                        (
                            "move",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="door_event",
                                to="registration.seatmove",
                            ),
                        ),
                        (
                            "seat",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="door_events",
                                to="registration.seat",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("outcome", "conflict"), ("settled_at__isnull", True)),
                                fields=["device", "at"],
                                name="deeds_to_look_at",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ("check_in", "undo", "walk_in", "queue", "settle"))),
                                name="a_deed_at_the_door_is_of_a_known_kind",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("outcome__in", ("done", "already", "conflict"))),
                                name="a_deed_at_the_door_has_a_known_outcome",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
