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
                    name="Budget",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("currency", models.CharField(default="EUR", max_length=3)),
                        ("seats", models.PositiveIntegerField(default=100)),
                        ("fee", models.BigIntegerField(default=0)),
                        ("no_show", models.PositiveSmallIntegerField(default=10)),
                        ("rooms", models.PositiveSmallIntegerField(default=3)),
                        ("reserve", models.PositiveSmallIntegerField(default=10)),
                        ("reduced_share", models.PositiveSmallIntegerField(default=0)),
                        ("reduced_price", models.PositiveSmallIntegerField(default=50)),
                        ("comfort", models.PositiveSmallIntegerField(default=35)),
                        ("is_published", models.BooleanField(default=False)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "meetup",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE, related_name="budget", to="meetups.meetup"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("fee__gte", 0), ("seats__gte", 1), ("seats__lte", 1000)),
                                name="a_budget_has_seats_and_no_debt",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("no_show__lte", 90),
                                    ("reduced_price__lte", 100),
                                    ("reduced_share__lte", 100),
                                    ("reserve__lte", 100),
                                ),
                                name="a_share_is_of_a_hundred",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("comfort__gte", 1), ("rooms__gte", 1), ("rooms__lte", 50)),
                                name="a_budget_has_rooms_people_fit_in",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CostLine",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("title", models.CharField(max_length=120)),
                        ("purpose", models.CharField(max_length=12)),
                        ("basis", models.CharField(max_length=10)),
                        ("payer", models.CharField(default="community", max_length=10)),
                        ("currency", models.CharField(max_length=3)),
                        ("amount", models.BigIntegerField(default=0)),
                        ("certainty", models.CharField(default="estimate", max_length=10)),
                        ("source", models.CharField(blank=True, max_length=200)),
                        ("note", models.CharField(blank=True, max_length=500)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "budget",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="funding.budget"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("basis__in", ["fixed", "per_head", "stepped"])),
                                name="a_cost_grows_in_a_known_way",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("payer__in", ["community", "host"])), name="a_cost_is_paid_by_somebody"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "purpose__in",
                                        [
                                            "catering",
                                            "equipment",
                                            "evening",
                                            "insurance",
                                            "other",
                                            "printing",
                                            "travel",
                                            "venue",
                                        ],
                                    )
                                ),
                                name="a_cost_is_for_something_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("certainty__in", ["actual", "estimate", "quote"])),
                                name="a_cost_is_known_in_some_way",
                            ),
                            models.CheckConstraint(condition=models.Q(("amount__gte", 0)), name="a_cost_is_not_below_zero"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CostStep",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("start", models.PositiveIntegerField()),
                        ("amount", models.BigIntegerField()),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="funding.costline"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("line", "start"), name="one_step_begins_at_a_number_of_people"),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gte", 0), ("start__lte", 1000)), name="a_step_is_not_below_zero"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Rate",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("currency", models.CharField(max_length=3)),
                        ("rate", models.BigIntegerField()),
                        ("on", models.DateField()),
                        ("source", models.CharField(max_length=160)),
                        (
                            "budget",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="rates", to="funding.budget"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("budget", "currency"), name="one_rate_for_each_currency"),
                            models.CheckConstraint(condition=models.Q(("rate__gt", 0)), name="a_rate_is_above_zero"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Scenario",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("name", models.CharField(max_length=80)),
                        ("seats", models.PositiveIntegerField()),
                        ("fee", models.BigIntegerField()),
                        ("underwriting", models.BigIntegerField(null=True)),
                        ("no_show", models.PositiveSmallIntegerField()),
                        ("rooms", models.PositiveSmallIntegerField()),
                        (
                            "budget",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="scenarios", to="funding.budget"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("budget", "name"), name="a_scenario_is_called_as_no_other"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("fee__gte", 0),
                                    ("no_show__lte", 90),
                                    ("rooms__gte", 1),
                                    ("seats__gte", 1),
                                    ("seats__lte", 1000),
                                ),
                                name="a_scenario_can_be_reckoned",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Underwriter",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("name", models.CharField(max_length=160)),
                        ("is_host", models.BooleanField(default=False)),
                        ("is_operator", models.BooleanField(default=False)),
                        ("state", models.CharField(default="asked", max_length=10)),
                        ("pledged", models.BigIntegerField(default=0)),
                        ("paid", models.BigIntegerField(default=0)),
                        ("currency", models.CharField(default="EUR", max_length=3)),
                        ("contact_name", models.CharField(blank=True, max_length=120)),
                        ("contact_email", models.EmailField(blank=True, max_length=254)),
                        ("address", models.CharField(blank=True, max_length=500)),
                        ("country", models.CharField(blank=True, max_length=2)),
                        ("next_step", models.CharField(blank=True, max_length=160)),
                        ("next_on", models.DateField(null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "meetup",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="underwriters", to="meetups.meetup"
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
                            models.UniqueConstraint(fields=("meetup", "name"), name="an_underwriter_is_thanked_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ("asked", "declined", "pledged", "invoiced", "paid", "thanked"))
                                ),
                                name="an_underwriter_is_in_a_known_state",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("paid__gte", 0), ("pledged__gte", 0)),
                                name="an_underwriter_gives_and_does_not_take",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["invoiced"]), _negated=True), ("pledged__gt", 0), _connector="OR"
                                ),
                                name="an_invoice_to_an_underwriter_has_an_amount",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Recognition",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("kind", models.CharField(max_length=10)),
                        (
                            "underwriter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="recognitions",
                                to="funding.underwriter",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("underwriter", "kind"), name="an_underwriter_is_thanked_once_each_way"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["coffee", "evening", "letter", "opening", "page", "report"])),
                                name="thanks_are_modest_and_no_booth",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Contact",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("on", models.DateField()),
                        ("whom", models.CharField(blank=True, max_length=120)),
                        ("way", models.CharField(max_length=10)),
                        ("note", models.CharField(blank=True, max_length=500)),
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
                            "underwriter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="contacts", to="funding.underwriter"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("way__in", ["mail", "other", "person", "phone"])),
                                name="a_contact_is_made_in_a_known_way",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
