import django.db.models.deletion
import midcycle.web.tables
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("agenda", "0001_initial"),
        ("meetups", "0001_initial"),
    ]

    operations = [
        midcycle.web.tables.NewTables(
            tables=[
                migrations.CreateModel(
                    name="Gallery",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("is_open", models.BooleanField(default=True)),
                        ("needs_approval", models.BooleanField(default=True)),
                        ("licence", models.CharField(default="cc-by-4.0", max_length=16)),
                        ("link", models.PositiveIntegerField(default=0)),
                        ("links_made", models.PositiveIntegerField(default=0)),
                        (
                            "meetup",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE, related_name="gallery", to="meetups.meetup"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("licence__in", ("cc-by-4.0", "cc-by-sa-4.0", "cc0-1.0", "reserved"))),
                                name="pictures_have_a_known_licence",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Contributor",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("link", models.PositiveIntegerField(default=0)),
                        ("credit", models.CharField(blank=True, max_length=80)),
                        ("joined_at", models.DateTimeField()),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "gallery",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="contributors", to="photos.gallery"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("gallery", "person"), name="a_person_sends_pictures_under_one_name"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("person__isnull", False), ("link__gt", 0), _connector="OR"),
                                name="pictures_come_from_a_person_or_by_a_link",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Photo",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("key", models.CharField(max_length=22, unique=True)),
                        ("state", models.CharField(default="receiving", max_length=10)),
                        ("length", models.PositiveIntegerField()),
                        ("print", models.CharField(blank=True, max_length=64)),
                        ("digest", models.CharField(blank=True, max_length=64)),
                        ("why", models.CharField(blank=True, max_length=300)),
                        ("caption", models.CharField(blank=True, max_length=300)),
                        ("credit", models.CharField(blank=True, max_length=80)),
                        ("position", models.PositiveIntegerField(default=0)),
                        ("width", models.PositiveIntegerField(default=0)),
                        ("height", models.PositiveIntegerField(default=0)),
                        ("size", models.PositiveIntegerField(default=0)),
                        ("begun_at", models.DateTimeField()),
                        ("published_at", models.DateTimeField(null=True)),
                        ("hidden_at", models.DateTimeField(null=True)),
                        ("kept_at", models.DateTimeField(null=True)),
                        (
                            "contributor",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="photos",
                                to="photos.contributor",
                            ),
                        ),
                        (
                            "gallery",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="photos", to="photos.gallery"
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="photos",
                                to="agenda.session",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["gallery", "state"], name="pictures_by_state"),
                            models.Index(
                                condition=models.Q(("state__in", ("receiving", "developing", "refused", "ready", "deleted"))),
                                fields=["state"],
                                name="pictures_to_see_to",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        (
                                            "receiving",
                                            "developing",
                                            "refused",
                                            "ready",
                                            "offered",
                                            "published",
                                            "hidden",
                                            "deleted",
                                        ),
                                    )
                                ),
                                name="a_picture_is_in_a_known_state",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ("offered", "published", "hidden")), _negated=True),
                                    models.Q(("caption", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="what_is_shown_is_described",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("digest", ""), _negated=True),
                                fields=("gallery", "digest"),
                                name="the_same_picture_is_here_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Takedown",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("at", models.DateTimeField()),
                        ("reason", models.CharField(blank=True, max_length=500)),
                        ("hid", models.BooleanField()),
                        ("settled_at", models.DateTimeField(null=True)),
                        (
                            "photo",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="takedowns", to="photos.photo"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("settled_at__isnull", True)), fields=["photo"], name="requests_to_look_at"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
