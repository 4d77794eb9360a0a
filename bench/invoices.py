"""How long 500 invoices take (PDF/A-3 with their XML), and what a ledger of 100,000 postings says of itself.

`python -m bench.invoices`; the database is a new one in memory of SQLite, or the one of `TEST_DATABASE=postgres`.
"""

import os
from datetime import date
from time import perf_counter

from django.db import connection
from django.test.utils import setup_databases, teardown_databases

import tests.conftest  # noqa: F401 - starts Django when this runs as a program
from midcycle.engines.documents import bills
from midcycle.engines.invoices import FACTUR_X, from_data, written
from midcycle.invoicing.models import Invoice, LedgerEntry, Posting
from midcycle.invoicing.queries.money import balances, money_report, movements
from midcycle.invoicing.rules.accounts import COSTS, INCOME
from midcycle.invoicing.rules.wording import bill_of
from midcycle.meetups.models import Meetup
from tests.world import NOW
from tests.worlds.invoicing import issued, treasury

MANY = 500
POSTINGS = 100_000


def main() -> None:
    """Print both figures beside what is promised."""
    config = setup_databases(verbosity=0, interactive=False)
    meetup = treasury()
    begun = perf_counter()
    invoices = [issued(meetup) for _ in range(MANY)]
    print(f"{MANY} invoices issued one after the other: {perf_counter() - begun:.2f} s")
    _papers(invoices)
    _ledger(meetup)
    teardown_databases(config, verbosity=0)


def _papers(invoices: list[Invoice]) -> None:
    begun, used = perf_counter(), _used()
    documents = [from_data(invoice.issued or {}) for invoice in invoices]
    xmls = [written(document, FACTUR_X) for document in documents]
    wrote = perf_counter()
    pdfs = bills([bill_of(document, xml) for document, xml in zip(documents, xmls, strict=True)])
    done = perf_counter()
    size = sum(map(len, pdfs)) / len(pdfs) / 1_000
    print(f"{len(pdfs)} invoices as XML: {wrote - begun:.2f} s; as PDF/A-3 of {size:.0f} KB each: {done - wrote:.2f} s")
    took = done - begun
    print(f"together {took:.2f} s of the 10 s promised: {took / 10:.2f} ({_used() - used:.2f} s of one processor)")


def _used() -> float:
    """Return the seconds of a processor that this program and those it started took: others on the machine do not count."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _ledger(meetup: Meetup) -> None:
    """Half of it income, half of it costs, in four currencies."""
    accounts = [*INCOME, *COSTS]
    day = date(2027, 1, 1)
    entries = LedgerEntry.objects.bulk_create(
        (LedgerEntry(meetup=meetup, deed="cost", day=day, text=str(number), at=NOW) for number in range(POSTINGS // 2)),
        batch_size=2_000,
    )
    Posting.objects.bulk_create(
        (
            Posting(
                entry=entries[number // 2],
                meetup=meetup,
                gets="bank" if number % 2 else accounts[number % len(accounts)],
                gives=accounts[number % len(accounts)] if number % 2 else "bank",
                currency=("EUR", "CHF", "USD", "JPY")[number // 2 % 4],
                amount=1 + number % 997,
            )
            for number in range(POSTINGS)
        ),
        batch_size=2_000,
    )
    begun = perf_counter()
    found = balances(meetup)
    report = money_report(meetup)
    done = perf_counter()
    sums = {currency: sum(amount for (_, used), amount in found.items() if used == currency) for _, currency in found}
    print(
        f"{POSTINGS:,} postings on {connection.vendor}: balances and report of {len(report)} currencies in {done - begun:.3f} s"
    )
    print(f"all accounts together: {sums}; {done - begun:.2f} of the second promised")
    begun = perf_counter()
    rows = movements(meetup, accounts[0], "EUR")
    print(f"the {len(rows):,} entries behind one figure: {perf_counter() - begun:.2f} s")


if __name__ == "__main__":
    main()
