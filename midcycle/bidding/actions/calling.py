"""Preparing a call for hosts and opening it: region and window, criteria, the group, the keeper."""

from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext

from midcycle.accounts.actions import person_for
from midcycle.accounts.models import Person
from midcycle.bidding.access import lost_somewhere, previous_call
from midcycle.bidding.actions.common import TAKING, check_no_bidder, held_call, note
from midcycle.bidding.models import Criterion, HostCall, Member
from midcycle.bidding.queries.calls import prepared
from midcycle.bidding.rules import (
    FEWEST_MEMBERS,
    LONGEST,
    MOST_CRITERIA,
    MOST_FIRST_DAYS,
    MOST_MEMBERS,
    MOST_WEIGHT,
    fault_in_window,
    missing_before_opening,
)
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import lines, one_line
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from midcycle.meetups.rules import REGIONS
from midcycle.web.markdown import to_html


@dataclass(frozen=True)
class Wanted:
    """What a call asks for: where, between which days, until when one can bid, for how many people.

    `timezone` is that of the deadline; `first_days` is how long those who lost the last call know of it before all.
    """

    region: str
    earliest: date | None
    latest: date | None
    deadline: datetime | None
    timezone: str = "UTC"
    people: int = 100
    about: str = ""
    chosen_how: str = ""
    first_days: int = 7


@transaction.atomic
def prepare_call(meetup: Meetup, wanted: Wanted, *, by: Person, now: datetime) -> HostCall:
    """Say what a call asks for, as often as needed before it opens. Raises Refusal naming the field."""
    meetups.check_changeable(meetup.pk)
    fault = _fault_in(wanted)
    if fault is not None:
        raise Refusal(fault[1], field=fault[0])
    made, _ = HostCall.objects.get_or_create(meetup=meetup)
    call = held_call(made, {"draft"}, now=now)
    for field in fields(wanted):
        setattr(call, field.name, getattr(wanted, field.name))
    call.about = lines(wanted.about)
    call.about_html = to_html(call.about)
    call.chosen_how = lines(wanted.chosen_how)
    call.save()
    note("call_prepared", call, by, now=now)
    return call


def _fault_in(wanted: Wanted) -> tuple[str, str] | None:
    if wanted.region and wanted.region not in REGIONS:
        return "region", gettext("Choose one of the list.")
    if not 1 <= wanted.people <= 100_000:
        return "people", gettext("Type how many people are expected, 1 or more.")
    if not 0 <= wanted.first_days <= MOST_FIRST_DAYS:
        return "first_days", gettext("Type 0 to %(most)s days.") % {"most": MOST_FIRST_DAYS}
    for name in ("about", "chosen_how"):
        if len(getattr(wanted, name)) > LONGEST[name]:
            return name, gettext("Shorten this to %(most)s characters.") % {"most": LONGEST[name]}
    return fault_in_window(wanted.earliest, wanted.latest, wanted.deadline.date() if wanted.deadline else None)


@transaction.atomic
def add_criterion(call: HostCall, title: str, *, weight: int, by: Person, now: datetime, explanation: str = "") -> Criterion:
    """Add what bids are judged by. Raises Refusal once the call is open: then criteria and weights are fixed."""
    held = _held_draft(call, now=now)
    title, explanation = one_line(title), one_line(explanation)
    if not title or len(title) > LONGEST["title"] or len(explanation) > LONGEST["explanation"]:
        raise Refusal(gettext("Name the criterion in %(most)s characters.") % {"most": LONGEST["title"]}, field="title")
    if not 1 <= weight <= MOST_WEIGHT:
        raise Refusal(gettext("Weights are from 1 to %(most)s.") % {"most": MOST_WEIGHT}, field="weight")
    there = list(Criterion.objects.filter(call=held))
    if len(there) >= MOST_CRITERIA:
        raise Refusal(gettext("%(most)s criteria are enough. Take one away first.") % {"most": MOST_CRITERIA}, field="title")
    if any(one.title.casefold() == title.casefold() for one in there):
        raise Refusal(gettext("This criterion is there already."), field="title")
    made = Criterion.objects.create(call=held, title=title, explanation=explanation, weight=weight)
    note("criterion_added", held, by, now=now, criterion=made.pk)
    return made


@transaction.atomic
def remove_criterion(call: HostCall, number: int, *, by: Person, now: datetime) -> None:
    """Take a criterion away. Raises Refusal once the call is open."""
    held = _held_draft(call, now=now)
    gone, _ = Criterion.objects.filter(call=held, pk=number).delete()
    if gone:
        note("criterion_removed", held, by, now=now, criterion=number)


@transaction.atomic
def name_member(call: HostCall, email: str, *, why: str, by: Person, now: datetime, name: str = "") -> Member:
    """Name somebody of the group that decides, and why them. Raises Refusal for a bidder, the keeper, or after the deadline."""
    held = held_call(call, {"draft", *TAKING}, now=now)
    why = one_line(why)
    if not why or len(why) > LONGEST["why"]:
        said = gettext("Say in %(most)s characters why this person decides.") % {"most": LONGEST["why"]}
        raise Refusal(said, field="why")
    person = person_for(email, name=name, now=now)
    check_no_bidder(held, person)
    if person.pk == held.keeper_id:
        raise Refusal(gettext("This person keeps the comparison, and so does not decide."), field="email")
    if Member.objects.filter(call=held).count() >= MOST_MEMBERS:
        raise Refusal(gettext("A small group decides: %(most)s people at most.") % {"most": MOST_MEMBERS}, field="email")
    values = {"why": why, "named_by": by, "named_at": now}
    member, fresh = Member.objects.get_or_create(call=held, person=person, defaults=values)
    if not fresh:
        raise Refusal(gettext("This person is in the group already."), field="email")
    note("member_named", held, by, now=now, member=member.pk)
    return member


@transaction.atomic
def remove_member(call: HostCall, number: int, *, by: Person, now: datetime) -> None:
    """Take somebody out of the group. Raises Refusal after the deadline, and when too few would be left of an open call."""
    held = held_call(call, {"draft", *TAKING}, now=now)
    if held.state == "open" and Member.objects.filter(call=held).count() <= FEWEST_MEMBERS:
        raise Refusal(gettext("The group of an open call has two people or more. Name another one first."))
    gone, _ = Member.objects.filter(call=held, pk=number).delete()
    if gone:
        note("member_removed", held, by, now=now, member=number)


@transaction.atomic
def name_keeper(call: HostCall, email: str, *, by: Person, now: datetime, name: str = "") -> Person:
    """Name who keeps the comparison. Raises Refusal for a bidder or a member of the group, and once it is decided."""
    held = held_call(call, {"draft", *TAKING, "comparing"}, now=now)
    person = person_for(email, name=name, now=now)
    check_no_bidder(held, person)
    if Member.objects.filter(call=held, person=person).exists():
        raise Refusal(gettext("Who decides does not keep the comparison. Name somebody else."), field="email")
    HostCall.objects.filter(pk=held.pk).update(keeper=person)
    note("keeper_named", held, by, now=now, person=person.pk)
    return person


@transaction.atomic
def open_call(call: HostCall, *, by: Person, now: datetime) -> HostCall:
    """Open a call: from now on its criteria are fixed, and the meetup looks for a place. Raises Refusal for what is missing.

    Those whose bid lost the last call of the series know of it some days before everybody.
    """
    held = _held_draft(call, now=now)
    meetup = held.meetup
    missing = missing_before_opening(prepared(held), now=now)
    if missing:
        raise Refusal(missing[0])
    before = previous_call(held)
    ahead = held.first_days if before is not None and lost_somewhere(before) else 0
    held.opened_at, held.public_at, held.state = now, now + timedelta(days=ahead), "open"
    if held.deadline is None or held.public_at >= held.deadline:
        raise Refusal(gettext("The deadline is before everybody knows of the call. Set a later one, or fewer days ahead."))
    held.save(update_fields=["opened_at", "public_at", "state"])
    place = meetups.Place(
        **{field.name: getattr(meetup, field.name) for field in fields(meetups.Place)} | {"region": held.region}
    )
    meetups.set_place(meetup, by, place, now=now)
    if meetup.stage == "idea":
        meetups.move_to_stage(meetup, by, "hosting", now=now)
    note("call_opened", held, by, now=now, call=held.pk)
    return held


@transaction.atomic
def extend_deadline(call: HostCall, deadline: datetime, *, by: Person, now: datetime) -> None:
    """Give everybody more time. Raises Refusal for an earlier moment, or one in the window; and once the deadline is past.

    A call nobody answered in time may go on.
    """
    unanswered = not call.bids.filter(state="handed_in").exists()
    held = held_call(call, {*TAKING, "comparing"} if unanswered else TAKING, now=now)
    if held.deadline is None or deadline <= max(held.deadline, now):
        raise Refusal(gettext("A deadline only moves to a later moment."), field="deadline_day")
    fault = fault_in_window(held.earliest, held.latest, deadline.date())
    if fault is not None:
        raise Refusal(fault[1], field=fault[0])
    HostCall.objects.filter(pk=held.pk).update(deadline=deadline)
    note("deadline_extended", held, by, now=now, call=held.pk)


def _held_draft(call: HostCall, *, now: datetime) -> HostCall:
    return held_call(call, {"draft"}, now=now)
