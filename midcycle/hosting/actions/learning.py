"""What the forecast learns from: editions the organisers tell of, and how many came to those held here."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.hosting.models import PastEdition, Turnout
from midcycle.hosting.rules import FEWEST_ANSWERS, LONGEST, MOST_PAST, Edition
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import one_line
from midcycle.meetups.actions import check_changeable
from midcycle.meetups.models import Meetup


@transaction.atomic
def tell_edition(meetup: Meetup, edition: Edition, *, by: Person, now: datetime) -> PastEdition:
    """Note how an edition elsewhere went. Raises Refusal naming the field when nothing can be learned from it."""
    check_changeable(meetup.pk)
    fault = _fault_in(edition) or _too_many(meetup)
    if fault is not None:
        raise Refusal(fault[1], field=fault[0])
    label = one_line(edition.label)[: LONGEST["label"]]
    made = PastEdition.objects.create(
        meetup=meetup, label=label, early=edition.early, declared=edition.declared, came=edition.came
    )
    journal.record("hosting.edition_told", at=now, meetup=meetup.pk, actor=by.pk, facts={"edition": made.pk})
    return made


@transaction.atomic
def forget_edition(edition: PastEdition, *, by: Person, now: datetime) -> None:
    """Take back what was told of an edition elsewhere."""
    number, meetup = edition.pk, edition.meetup_id
    check_changeable(meetup)
    if PastEdition.objects.filter(pk=number).delete()[0]:
        journal.record("hosting.edition_forgotten", at=now, meetup=meetup, actor=by.pk, facts={"edition": number})


@transaction.atomic
def note_turnout(meetup: int, came: int, *, now: datetime) -> None:
    """Note how many came to the meetup with this number, for the forecasts of later ones; nobody counted makes no note."""
    if came < 1:
        return
    found, fresh = Turnout.objects.get_or_create(meetup_id=meetup, defaults={"came": came})
    if fresh or found.came != came:
        Turnout.objects.filter(pk=found.pk).update(came=came)
        journal.record("hosting.turnout_noted", at=now, meetup=meetup, facts={"came": came})


def _fault_in(edition: Edition) -> tuple[str, str] | None:
    early, declared = edition.early, edition.declared
    if not one_line(edition.label):
        return "label", gettext("Say which edition it was.")
    if early is None and declared is None:
        return "early", gettext("Fill in at least one of these two.")
    if max(early or 0, declared or 0) < FEWEST_ANSWERS:
        said = gettext("Fewer than %(least)s answers teach nothing.") % {"least": FEWEST_ANSWERS}
        return ("early" if declared is None else "declared"), said
    if early is not None and declared is not None and declared < early:
        said = gettext("%(early)s said so in the first 14 days, so it cannot be fewer in all.")
        return "declared", said % {"early": early}
    return None


def _too_many(meetup: Meetup) -> tuple[str, str] | None:
    if PastEdition.objects.filter(meetup=meetup).count() < MOST_PAST:
        return None
    said = gettext("%(most)s editions are enough to learn from. Take one away first.")
    return "label", said % {"most": MOST_PAST}
