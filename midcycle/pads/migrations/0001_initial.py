import django.db.models.deletion
import midcycle.web.tables
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agenda", "0001_initial"),
        ("meetups", "0001_initial"),
    ]

    operations = [
        midcycle.web.tables.NewTables(
            tables=[
                migrations.CreateModel(
                    name="Pad",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("name", models.CharField(max_length=80)),
                        ("title", models.CharField(max_length=160)),
                        ("made_at", models.DateTimeField()),
                        ("locked_at", models.DateTimeField(null=True)),
                        ("rights", models.PositiveIntegerField(default=0)),
                        (
                            "meetup",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="pads", to="meetups.meetup"
                            ),
                        ),
                        (
                            "session",
                            models.OneToOneField(
                                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="pad", to="agenda.session"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("meetup", "name"), name="a_pad_has_its_own_name")],
                    },
                ),
                migrations.CreateModel(
                    name="Guest",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("name", models.CharField(blank=True, max_length=60)),
                        ("came_at", models.DateTimeField()),
                        ("put_out_at", models.DateTimeField(null=True)),
                        (
                            "meetup",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="pad_guests", to="meetups.meetup"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Published",
                    fields=[
                        (
                            "pad",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="published",
                                serialize=False,
                                to="pads.pad",
                            ),
                        ),
                        ("text", models.TextField()),
                        ("at", models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Snapshot",
                    fields=[
                        (
                            "pad",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="snapshot",
                                serialize=False,
                                to="pads.pad",
                            ),
                        ),
                        ("upto", models.BigIntegerField()),
                        ("state", models.BinaryField()),
                        ("text", models.TextField()),
                        ("at", models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Client",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("client_id", models.BigIntegerField()),
                        ("person", models.CharField(max_length=64)),
                        ("name", models.CharField(max_length=200)),
                        ("colour", models.PositiveSmallIntegerField()),
                        (
                            "pad",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="clients", to="pads.pad"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("pad", "client_id"), name="a_client_id_is_handed_out_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Chapter",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("first", models.BigIntegerField()),
                        ("last", models.BigIntegerField()),
                        ("people", models.TextField()),
                        ("body", models.BinaryField()),
                        (
                            "pad",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="chapters", to="pads.pad"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("pad", "first"), name="a_chapter_begins_where_no_other_does")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Setup",
                    fields=[
                        (
                            "meetup",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="pad_setup",
                                serialize=False,
                                to="meetups.meetup",
                            ),
                        ),
                        ("naming", models.CharField(blank=True, max_length=60)),
                        ("guests", models.BooleanField(default=False)),
                        ("open_until", models.DateField(null=True)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("naming", ""), ("naming__contains", "{title}"), _connector="OR"),
                                name="a_naming_has_the_title_in_it",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Update",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("seq", models.BigIntegerField()),
                        ("at", models.DateTimeField()),
                        ("body", models.BinaryField()),
                        ("authors", models.TextField()),
                        (
                            "pad",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="updates", to="pads.pad"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("pad", "seq"), name="updates_are_numbered_in_turn")],
                    },
                ),
                migrations.CreateModel(
                    name="Version",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("seq", models.BigIntegerField()),
                        ("name", models.CharField(max_length=80)),
                        ("at", models.DateTimeField()),
                        (
                            "pad",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="pads.pad"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("pad", "seq"), name="a_version_has_one_name")],
                    },
                ),
                migrations.CreateModel(
                    name="Vote",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("client_id", models.BigIntegerField()),
                        ("clock", models.BigIntegerField()),
                        ("person", models.CharField(max_length=64)),
                        (
                            "pad",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="votes", to="pads.pad"),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("pad", "client_id", "clock", "person"), name="a_person_votes_once_for_a_line"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
