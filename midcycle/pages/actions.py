"""What moving a meetup on means for every app, and costs of the chosen host that become those of the meetup."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.bidding import queries as bidding
from midcycle.feedback import actions as feedback
from midcycle.funding import actions as funding
from midcycle.funding import queries as budgets
from midcycle.funding.rules.budgeting import LONGEST
from midcycle.hosting import actions as hosting
from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from midcycle.registration import actions as registration
from midcycle.registration.models import Capacity


@transaction.atomic
def move_on(meetup: Meetup, stage: str, *, by: Person, now: datetime) -> None:
    """Move a meetup on, or one step back. Raises Refusal for any other move.

    Archiving closes what is open first, and so does going back to before registration. The meetup is locked before its
    seats, as everywhere.
    """
    meetups.check_changeable(meetup.pk)
    ends_registration = stage in {"idea", "hosting", "archived"}
    if ends_registration and Capacity.objects.filter(meetup=meetup, is_open=True).exists():
        registration.close_registration(meetup, by=by, now=now)
    if stage == "archived":
        hosting.close_call(meetup, by, now=now)
        feedback.close_survey(meetup, by=by, now=now)
    meetups.move_to_stage(meetup, by, stage, now=now)


@transaction.atomic
def take_over_costs(meetup: Meetup, *, by: Person, now: datetime) -> int:
    """Make the sheet of costs of the chosen bid lines of the balance; return how many are new.

    A line that was taken over before stays as the team has changed it. Raises Refusal while no bid is chosen, and when nobody
    said what one of its currency is in that of the budget.
    """
    meetups.check_changeable(meetup.pk)
    chosen = bidding.chosen_costs(meetup)
    if chosen is None:
        raise Refusal(gettext("No bid is chosen yet."))
    book = budgets.book_of(meetup)
    _check_currency(chosen.currency, book)
    source = f"Bid: {chosen.title}"[: LONGEST["source"]]
    known = {line.title for line in book.lines if line.source == source}
    fresh = [(label[: LONGEST["title"]], line) for label, line in chosen.lines if label[: LONGEST["title"]] not in known]
    for label, line in fresh:
        basis, payer = ("per_head" if line.per_person else "fixed"), ("host" if line.by_host else "community")
        wanted = funding.Wanted(label, "other", basis, chosen.currency, line.amount, (), payer, "quote", source)
        funding.add_line(meetup, wanted, by=by, now=now)
    return len(fresh)


def _check_currency(currency: str, book: budgets.Book) -> None:
    home = book.budget.currency
    if currency != home and currency not in book.rates:
        raise Refusal(
            gettext(
                "The bid is in %(currency)s, the budget in %(home)s. Set a rate for %(currency)s beside the cost lines, or "
                "choose %(currency)s under Choice and terms while there are no lines yet."
            )
            % {"currency": currency, "home": home}
        )
