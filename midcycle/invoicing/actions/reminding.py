"""Reminding of what is overdue, by somebody of the team, and not more often than the rules say."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.invoicing.models import Invoice, Reminder
from midcycle.invoicing.queries.invoices import owed_on
from midcycle.invoicing.rules.states import may_remind
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions as meetups


@transaction.atomic
def remind(invoice: Invoice, *, by: Person, now: datetime) -> Reminder:
    """Remind whoever owes an invoice; the letter goes out once this is written.

    Raises Refusal when nothing is owed or overdue, when there is no address, and within days of the last reminder.
    """
    meetups.check_changeable(invoice.meetup_id)
    known = Invoice.objects.select_for_update(of=("self",)).select_related("meetup").get(pk=invoice.pk)
    zone = ZoneInfo(known.meetup.timezone)
    last = Reminder.objects.filter(invoice=known).order_by("-level").first()
    fault = may_remind(
        due_on=known.due_on,
        today=now.astimezone(zone).date(),
        sent=last.level if last else 0,
        last=last.sent_at.astimezone(zone).date() if last else None,
    )
    if fault is None and owed_on(known) <= 0:
        fault = gettext("Nothing is owed on this invoice.")
    if fault is None and not known.email:
        fault = gettext("The invoice has no e-mail address to write to. Send it yourself.")
    if fault is not None:
        raise Refusal(fault)
    reminder = Reminder.objects.create(invoice=known, level=(last.level if last else 0) + 1, sent_at=now, by=by)
    facts = {"invoice": known.pk, "level": reminder.level}
    journal.record("invoicing.reminded", at=now, meetup=known.meetup_id, actor=by.pk, facts=facts)
    return reminder
