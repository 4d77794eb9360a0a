import django.db.models.deletion
import midcycle.web.tables
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("meetups", "0001_initial"),
    ]

    operations = [
        midcycle.web.tables.NewTables(
            tables=[
                migrations.CreateModel(
                    name="Reached",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("figures", models.JSONField()),
                        ("counted_at", models.DateTimeField()),
                        ("is_public", models.BooleanField(default=True)),
                        (
                            "meetup",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE, related_name="reached", to="meetups.meetup"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Channel",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("code", models.CharField(max_length=30)),
                        ("name", models.CharField(max_length=60)),
                        ("leads_to", models.CharField(max_length=12)),
                        (
                            "meetup",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="channels", to="meetups.meetup"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("meetup", "code"), name="a_channel_has_its_own_code"),
                            models.CheckConstraint(
                                condition=models.Q(("leads_to__in", ("meetup", "seat", "topics", "agenda"))),
                                name="a_channel_leads_to_a_known_page",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
