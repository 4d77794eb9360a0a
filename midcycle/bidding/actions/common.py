"""What the deeds of bidding share: the call held until the transaction ends, and the sentences that say where it stands."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from django.utils.translation import gettext, gettext_noop

from midcycle.accounts.models import Person
from midcycle.bidding.models import Bid, Editor, HostCall, Member
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions as meetups

_STANDS: Final = {
    "draft": gettext_noop("This call is not open yet."),
    "first": gettext_noop("This call is open already."),
    "open": gettext_noop("This call is open until its deadline. Come back after it."),
    "comparing": gettext_noop("The deadline is past: bids stay as they are."),
    "decided": gettext_noop("This call is decided: nothing of it changes any more."),
}
TAKING: Final = frozenset({"first", "open"})


def held_call(call: HostCall | int, phases: Collection[str], *, now: datetime) -> HostCall:
    """Return the call, locked until the transaction ends. Raises Refusal in another phase, and once its meetup is archived.

    Nobody moves the deadline, decides, or joins the group meanwhile.
    """
    number = call if isinstance(call, int) else call.pk
    found = HostCall.objects.select_for_update(of=("self",)).select_related("meetup").get(pk=number)
    meetups.check_changeable(found.meetup_id)
    phase = found.phase(now)
    if phase not in phases:
        raise Refusal(gettext(_STANDS[phase]))
    return found


def held_bid(bid: Bid, phases: Collection[str], *, now: datetime) -> Bid:
    """Return the bid, locked with its call until the transaction ends. Raises Refusal in another phase of the call."""
    call = held_call(bid.call_id, phases, now=now)
    found = Bid.objects.select_for_update(of=("self",)).get(pk=bid.pk)
    found.call = call
    return found


def held_draft(bid: Bid, by: Person, *, now: datetime) -> Bid:
    """Return a bid that can be written on, locked. Raises Refusal once it is handed in or the deadline is past."""
    found = held_bid(bid, TAKING, now=now)
    if found.state == "handed_in":
        raise Refusal(gettext("This bid is handed in. Take it back first to change it."))
    if found.state == "withdrawn" or not Editor.objects.filter(bid=found, person=by).exists():
        raise Refusal(gettext("You do not write this bid any more, so nothing was changed."))
    return found


def check_no_bidder(call: HostCall, person: Person) -> None:
    """Raise Refusal for somebody who writes a bid for this call."""
    if Editor.objects.filter(person=person, bid__call=call).exclude(bid__state="withdrawn").exists():
        raise Refusal(gettext("This person writes a bid, and so can neither decide nor keep the comparison."), field="email")


def check_no_judge(call: HostCall, person: Person) -> None:
    """Raise Refusal for somebody who decides on this call or keeps its comparison."""
    if call.keeper_id == person.pk or Member.objects.filter(call=call, person=person).exists():
        raise Refusal(gettext("Who decides on the bids or keeps their comparison cannot write one."), field="email")


def note(kind: str, call: HostCall, by: Person, /, *, now: datetime, **facts: int | str | None) -> None:
    """Record a deed in the journal."""
    journal.record(f"bidding.{kind}", at=now, meetup=call.meetup_id, actor=by.pk, facts=facts)
