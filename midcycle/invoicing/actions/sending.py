"""Sending an invoice to whoever pays it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.invoicing.models import Invoice
from midcycle.invoicing.queries.invoices import owed_on
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions as meetups


@transaction.atomic
def send(invoice: Invoice, *, by: Person, now: datetime) -> None:
    """Send an invoice by e-mail: a letter with a link to its PDF, one a day at most.

    Raises Refusal for a draft, where there is no address, and when nothing is owed.
    """
    meetups.check_changeable(invoice.meetup_id)
    if invoice.state != "issued" or owed_on(invoice) <= 0:
        raise Refusal(gettext("Nothing is owed on this invoice."))
    if not invoice.email:
        raise Refusal(gettext("The invoice has no e-mail address to write to. Send it yourself."))
    journal.record("invoicing.sent", at=now, meetup=invoice.meetup_id, actor=by.pk, facts={"invoice": invoice.pk})
