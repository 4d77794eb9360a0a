import django.db.models.deletion
import midcycle.web.tables
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("funding", "0001_initial"),
        ("meetups", "0001_initial"),
        ("registration", "0001_initial"),
    ]

    operations = [
        midcycle.web.tables.NewTables(
            tables=[
                migrations.CreateModel(
                    name="BankFile",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("name", models.CharField(max_length=120)),
                        ("taken_at", models.DateTimeField()),
                        ("fresh", models.PositiveIntegerField()),
                        ("known", models.PositiveIntegerField()),
                        (
                            "meetup",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="bank_files", to="meetups.meetup"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="BankLine",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("day", models.DateField()),
                        ("amount", models.BigIntegerField()),
                        ("currency", models.CharField(max_length=3)),
                        ("party", models.CharField(blank=True, max_length=160)),
                        ("text", models.CharField(blank=True, max_length=500)),
                        ("mark", models.CharField(max_length=64)),
                        ("is_done", models.BooleanField(default=False)),
                        ("is_set_aside", models.BooleanField(default=False)),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="invoicing.bankfile"
                            ),
                        ),
                        (
                            "meetup",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="bank_lines", to="meetups.meetup"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("meetup", "mark"), name="a_line_of_the_bank_comes_in_once"),
                            models.CheckConstraint(
                                condition=models.Q(("amount", 0), _negated=True), name="a_line_of_the_bank_is_about_money"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CardEvent",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("name", models.CharField(max_length=255)),
                        ("kind", models.CharField(max_length=64)),
                        ("came_at", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("name",), name="an_event_is_heeded_once")],
                    },
                ),
                migrations.CreateModel(
                    name="FeeTerms",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("is_on", models.BooleanField(default=False)),
                        ("since", models.DateTimeField(null=True)),
                        ("currency", models.CharField(default="EUR", max_length=3)),
                        ("standard", models.PositiveBigIntegerField()),
                        ("reduced", models.PositiveBigIntegerField(null=True)),
                        ("reduced_for", models.CharField(blank=True, max_length=200)),
                        ("may_be_free", models.BooleanField(default=False)),
                        ("category", models.CharField(default="O", max_length=2)),
                        ("rate", models.PositiveSmallIntegerField(default=0)),
                        ("pay_by", models.DateField()),
                        ("takes_cards", models.BooleanField(default=False)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "meetup",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE, related_name="fee_terms", to="meetups.meetup"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("standard__gt", 0),
                                    models.Q(
                                        ("reduced__isnull", True),
                                        models.Q(("reduced__gt", 0), ("reduced__lt", models.F("standard"))),
                                        _connector="OR",
                                    ),
                                ),
                                name="a_reduced_fee_is_lower",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("category__in", ("S", "E", "O"))), name="a_fee_has_a_known_kind_of_vat"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Issuer",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("name", models.CharField(max_length=160)),
                        ("street", models.CharField(max_length=160)),
                        ("postcode", models.CharField(blank=True, max_length=20)),
                        ("city", models.CharField(max_length=80)),
                        ("country", models.CharField(max_length=2)),
                        ("vat_id", models.CharField(blank=True, max_length=20)),
                        ("tax_number", models.CharField(blank=True, max_length=40)),
                        ("register", models.CharField(blank=True, max_length=60)),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        ("contact", models.CharField(blank=True, max_length=120)),
                        ("phone", models.CharField(blank=True, max_length=40)),
                        ("email", models.CharField(blank=True, max_length=254)),
                        ("iban", models.CharField(blank=True, max_length=34)),
                        ("bic", models.CharField(blank=True, max_length=11)),
                        ("prefix", models.CharField(blank=True, max_length=10)),
                        ("known_as", models.CharField(max_length=170, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("known_as", "prefix"), name="a_number_of_an_organisation_is_given_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Invoice",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("kind", models.CharField(default="invoice", max_length=12)),
                        ("state", models.CharField(default="draft", max_length=8)),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("income", models.CharField(default="income_underwriters", max_length=24)),
                        ("currency", models.CharField(max_length=3)),
                        ("days", models.PositiveSmallIntegerField(default=14)),
                        ("name", models.CharField(max_length=160)),
                        ("street", models.CharField(blank=True, max_length=160)),
                        ("postcode", models.CharField(blank=True, max_length=20)),
                        ("city", models.CharField(blank=True, max_length=80)),
                        ("country", models.CharField(max_length=2)),
                        ("vat_id", models.CharField(blank=True, max_length=20)),
                        ("email", models.CharField(blank=True, max_length=254)),
                        ("buyer_reference", models.CharField(blank=True, max_length=60)),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        ("note", models.CharField(blank=True, max_length=500)),
                        ("number", models.CharField(blank=True, max_length=30)),
                        ("year", models.PositiveSmallIntegerField(null=True)),
                        ("count", models.PositiveIntegerField(null=True)),
                        ("issued_on", models.DateField(null=True)),
                        ("due_on", models.DateField(null=True)),
                        ("net", models.BigIntegerField(default=0)),
                        ("tax", models.BigIntegerField(default=0)),
                        ("gross", models.BigIntegerField(default=0)),
                        ("reference", models.CharField(blank=True, max_length=25)),
                        ("issued", models.JSONField(null=True)),
                        (
                            "corrects",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="corrections",
                                to="invoicing.invoice",
                            ),
                        ),
                        (
                            "meetup",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="invoices", to="meetups.meetup"
                            ),
                        ),
                        (
                            "underwriter",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="invoices",
                                to="funding.underwriter",
                            ),
                        ),
                        (
                            "issuer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="invoices", to="invoicing.issuer"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("issuer", "year", "count"), name="a_number_is_given_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("number", ""), _negated=True),
                                fields=("issuer", "number"),
                                name="two_invoices_have_two_numbers",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["credit_note", "invoice"])),
                                name="an_invoice_is_of_a_known_kind",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ("draft", "issued"))), name="an_invoice_is_in_a_known_state"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("income__in", ["income_fees", "income_other", "income_underwriters"])),
                                name="an_invoice_is_for_a_known_income",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state", "issued"),
                                        ("count__isnull", False),
                                        ("issued_on__isnull", False),
                                        ("year__isnull", False),
                                        models.Q(("number", ""), _negated=True),
                                    ),
                                    models.Q(
                                        ("state", "draft"),
                                        ("count__isnull", True),
                                        ("issued_on__isnull", True),
                                        ("number", ""),
                                        ("year__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="what_is_issued_has_a_number_and_a_draft_has_none",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("corrects__isnull", True), ("kind", "invoice")),
                                    models.Q(("corrects__isnull", False), ("kind", "credit_note")),
                                    _connector="OR",
                                ),
                                name="a_credit_note_corrects_an_invoice",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Fee",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("state", models.CharField(default="open", max_length=8)),
                        ("kind", models.CharField(default="standard", max_length=8)),
                        ("currency", models.CharField(max_length=3)),
                        ("amount", models.PositiveBigIntegerField()),
                        ("standard", models.PositiveBigIntegerField()),
                        ("reduced", models.PositiveBigIntegerField(null=True)),
                        ("reduced_for", models.CharField(blank=True, max_length=200)),
                        ("may_be_free", models.BooleanField(default=False)),
                        ("category", models.CharField(max_length=2)),
                        ("rate", models.PositiveSmallIntegerField(default=0)),
                        ("due_on", models.DateField()),
                        ("reference", models.CharField(max_length=25)),
                        ("made_at", models.DateTimeField()),
                        ("paid_on", models.DateField(null=True)),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        ("reminders", models.PositiveSmallIntegerField(default=0)),
                        ("reminded_at", models.DateTimeField(null=True)),
                        (
                            "meetup",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="fees", to="meetups.meetup"
                            ),
                        ),
                        (
                            "seat",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="fees",
                                to="registration.seat",
                            ),
                        ),
                        (
                            "invoice",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="fee",
                                to="invoicing.invoice",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["meetup", "state", "due_on"], name="fees_of_a_meetup")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ("open", "paid", "waived"))),
                                fields=("seat",),
                                name="a_seat_has_one_fee_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["due_back", "lapsed", "open", "paid", "refunded", "waived"])),
                                name="a_fee_is_in_a_known_state",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["free", "reduced", "standard"])),
                                name="a_fee_is_of_a_known_kind",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(models.Q(("amount", 0), _negated=True), ("kind", "free"), _connector="OR"),
                                name="only_a_free_seat_costs_nothing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ("paid", "due_back", "refunded")), _negated=True),
                                    ("paid_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="what_was_paid_was_paid_on_a_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CardTry",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("key", models.CharField(max_length=64)),
                        ("amount", models.PositiveBigIntegerField()),
                        ("currency", models.CharField(max_length=3)),
                        ("began_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        ("url", models.TextField(blank=True)),
                        ("is_over", models.BooleanField(default=False)),
                        (
                            "fee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="card_tries", to="invoicing.fee"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("key",), name="a_try_to_pay_has_a_key_of_its_own")],
                    },
                ),
                migrations.CreateModel(
                    name="CardPayment",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("number", models.CharField(max_length=255)),
                        ("state", models.CharField(max_length=8)),
                        ("amount", models.PositiveBigIntegerField()),
                        ("currency", models.CharField(max_length=3)),
                        ("returned", models.PositiveBigIntegerField(default=0)),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        ("paid_at", models.DateTimeField()),
                        ("asked_back_at", models.DateTimeField(null=True)),
                        ("taken", models.PositiveBigIntegerField(null=True)),
                        ("times_asked", models.PositiveSmallIntegerField(default=0)),
                        ("ask_at", models.DateTimeField(null=True)),
                        (
                            "fee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="card_payments", to="invoicing.fee"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["ask_at"], name="card_payments_to_ask_about")],
                        "constraints": [
                            models.UniqueConstraint(fields=("number",), name="a_payment_by_card_comes_in_once"),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["kept", "returned", "settled"])),
                                name="a_payment_by_card_is_in_a_known_state",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)), name="a_payment_by_card_is_about_money"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("returned__lte", models.F("amount"))), name="no_more_goes_back_than_came"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "returned"), _negated=True),
                                    ("returned", models.F("amount")),
                                    _connector="OR",
                                ),
                                name="what_is_given_back_is_given_back_whole",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InvoiceLine",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("position", models.PositiveSmallIntegerField()),
                        ("text", models.CharField(max_length=200)),
                        ("quantity", models.PositiveBigIntegerField()),
                        ("price", models.PositiveBigIntegerField()),
                        ("category", models.CharField(max_length=2)),
                        ("rate", models.PositiveSmallIntegerField(default=0)),
                        (
                            "invoice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="invoicing.invoice"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("invoice", "position"), name="a_line_has_its_place_on_an_invoice"),
                            models.CheckConstraint(condition=models.Q(("quantity__gt", 0)), name="a_line_is_for_something"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IssuerUse",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "issuer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="uses", to="invoicing.issuer"
                            ),
                        ),
                        (
                            "meetup",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="issuer_use", to="meetups.meetup"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="LedgerEntry",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("deed", models.CharField(max_length=12)),
                        ("day", models.DateField()),
                        ("text", models.CharField(blank=True, max_length=200)),
                        ("at", models.DateTimeField()),
                        (
                            "bank_line",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="invoicing.bankline",
                            ),
                        ),
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
                            "card_payment",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="invoicing.cardpayment",
                            ),
                        ),
                        (
                            "fee",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="invoicing.fee",
                            ),
                        ),
                        (
                            "invoice",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="invoicing.invoice",
                            ),
                        ),
                        (
                            "meetup",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="ledger", to="meetups.meetup"
                            ),
                        ),
                        (
                            "reverses",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reversed_by",
                                to="invoicing.ledgerentry",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "deed__in",
                                        [
                                            "card_back",
                                            "card_cost",
                                            "card_kept",
                                            "cost",
                                            "credited",
                                            "fee_back",
                                            "fee_paid",
                                            "issued",
                                            "paid",
                                            "payout",
                                            "received",
                                            "reversed",
                                        ],
                                    )
                                ),
                                name="an_entry_is_of_a_known_deed",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("deed", "reversed"), ("reverses__isnull", False)),
                                    models.Q(models.Q(("deed", "reversed"), _negated=True), ("reverses__isnull", True)),
                                    _connector="OR",
                                ),
                                name="a_reversal_names_what_it_reverses",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MoneyReport",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("published_at", models.DateTimeField(null=True)),
                        (
                            "meetup",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE, related_name="money_report", to="meetups.meetup"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="NumberRange",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("year", models.PositiveSmallIntegerField()),
                        ("last", models.PositiveIntegerField(default=0)),
                        (
                            "issuer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="ranges", to="invoicing.issuer"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("issuer", "year"), name="an_issuer_counts_a_year_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Paper",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("pdf", models.BinaryField()),
                        ("xml", models.BinaryField()),
                        (
                            "invoice",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="paper", to="invoicing.invoice"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Posting",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("gets", models.CharField(max_length=24)),
                        ("gives", models.CharField(max_length=24)),
                        ("currency", models.CharField(max_length=3)),
                        ("amount", models.PositiveBigIntegerField()),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="postings", to="invoicing.ledgerentry"
                            ),
                        ),
                        (
                            "meetup",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="meetups.meetup"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="a_posting_moves_something"),
                            models.CheckConstraint(
                                condition=models.Q(("gets", models.F("gives")), _negated=True),
                                name="a_posting_has_two_accounts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "gets__in",
                                        [
                                            "bank",
                                            "cards",
                                            "cost_bank",
                                            "cost_catering",
                                            "cost_other",
                                            "cost_printing",
                                            "cost_technology",
                                            "cost_travel",
                                            "cost_venue",
                                            "held",
                                            "income_fees",
                                            "income_other",
                                            "income_underwriters",
                                            "receivable",
                                            "vat",
                                        ],
                                    ),
                                    (
                                        "gives__in",
                                        [
                                            "bank",
                                            "cards",
                                            "cost_bank",
                                            "cost_catering",
                                            "cost_other",
                                            "cost_printing",
                                            "cost_technology",
                                            "cost_travel",
                                            "cost_venue",
                                            "held",
                                            "income_fees",
                                            "income_other",
                                            "income_underwriters",
                                            "receivable",
                                            "vat",
                                        ],
                                    ),
                                ),
                                name="a_posting_is_between_known_accounts",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reminder",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("level", models.PositiveSmallIntegerField()),
                        ("sent_at", models.DateTimeField()),
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
                            "invoice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="reminders", to="invoicing.invoice"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("invoice", "level"), name="an_invoice_is_reminded_of_once_a_level")
                        ],
                    },
                ),
            ],
        ),
    ]
