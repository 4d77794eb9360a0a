"""Asking underwriters, noting what they pledge and pay, and thanking them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.funding.actions.common import Stale, note
from midcycle.funding.models import Contact, Recognition, Underwriter
from midcycle.funding.rules import underwriting as rules
from midcycle.kernel.moves import IllegalMove, check_move
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import lines, one_line
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup, Organiser


@dataclass(frozen=True)
class Details:
    """What the team knows of an underwriter; `pledged` in minor units, `owner` the number of somebody of the team."""

    name: str
    is_host: bool = False
    is_operator: bool = False
    pledged: int = 0
    currency: str = "EUR"
    contact_name: str = ""
    contact_email: str = ""
    address: str = ""
    country: str = ""
    next_step: str = ""
    next_on: date | None = None
    owner: int | None = None
    recognitions: frozenset[str] = rules.USUAL


@dataclass(frozen=True)
class Spoken:
    """One contact: when, with whom, how (a key of `WAYS`), and what was said."""

    on: date
    whom: str
    way: str
    note: str = ""


@transaction.atomic
def thank(meetup: Meetup, name: str, *, is_host: bool, by: Person, now: datetime) -> Underwriter:
    """Thank an underwriter; one who is thanked already is not thanked twice, but may become the host as well.

    Raises Refusal for a blank or long name, and once the meetup is archived.
    """
    meetups.check_changeable(meetup.pk)
    name = _checked_name(name)
    known = Underwriter.objects.filter(meetup=meetup, name__iexact=name).first()
    if known is None:
        known = add_underwriter(meetup, Details(name, is_host=is_host), state="thanked", by=by, now=now)
    elif (is_host and not known.is_host) or known.state != "thanked":
        facts = {"is_host": known.is_host or is_host, "state": "thanked", "version": F("version") + 1}
        Underwriter.objects.filter(pk=known.pk).update(**facts)
        known.refresh_from_db()
        _thank_in(known, rules.USUAL | set(_kinds(known)))
        note("underwriter_thanked", meetup.pk, by, now=now, underwriter=known.pk)
    return known


@transaction.atomic
def add_underwriter(meetup: Meetup, details: Details, *, state: str, by: Person, now: datetime) -> Underwriter:
    """Add an underwriter who was asked, has pledged, or is thanked at once.

    Raises Refusal naming the field, for a name that is on the list, and once the meetup is archived.
    """
    meetups.check_changeable(meetup.pk)
    facts = _facts(meetup, details)
    if state not in rules.FIRST_STATES:
        raise Refusal(gettext("Begin with asked, pledged or thanked."), field="state")
    if Underwriter.objects.filter(meetup=meetup, name__iexact=str(facts["name"])).exists():
        raise Refusal(gettext("This name is on the list already. Change it there."), field="name")
    made, is_new = Underwriter.objects.get_or_create(meetup=meetup, name=facts["name"], defaults={**facts, "state": state})
    if is_new:
        _thank_in(made, details.recognitions)
        note(f"underwriter_{state}", meetup.pk, by, now=now, underwriter=made.pk)
    return made


@transaction.atomic
def change_underwriter(underwriter: Underwriter, details: Details, *, seen: int, by: Person, now: datetime) -> None:
    """Write down what is known now; `seen` is the version that was looked at.

    Raises Stale when somebody changed it since, Refusal naming the field, and once the meetup is archived.
    """
    meetups.check_changeable(underwriter.meetup_id)
    facts = _facts(underwriter.meetup, details)
    known = Underwriter.objects.select_for_update().get(pk=underwriter.pk)
    others = Underwriter.objects.filter(meetup=known.meetup_id, name__iexact=str(facts["name"])).exclude(pk=known.pk)
    if others.exists():
        raise Refusal(gettext("Another underwriter has this name."), field="name")
    if known.version != seen:
        raise Stale
    if known.state in {"invoiced", "paid"} and (known.pledged, known.currency) != (details.pledged, details.currency):
        raise Refusal(gettext("An invoice says this amount. Take the invoice back first."), field="pledged")
    Underwriter.objects.filter(pk=known.pk).update(**facts, version=F("version") + 1)
    _thank_in(known, details.recognitions)
    note("underwriter_changed", known.meetup_id, by, now=now, underwriter=known.pk, pledged_before=known.pledged)
    underwriter.refresh_from_db()


@transaction.atomic
def move_underwriter(underwriter: Underwriter, state: str, *, by: Person, now: datetime) -> None:
    """Note that an underwriter has come to another state. Raises Refusal for a move that makes no sense."""
    meetups.check_changeable(underwriter.meetup_id)
    known = Underwriter.objects.select_for_update().get(pk=underwriter.pk)
    try:
        check_move(rules.MOVES, known.state, state)
    except IllegalMove:
        raise Refusal(_no_such_move(known.state, state)) from None
    if state in rules.HAS_AMOUNT and not known.pledged:
        raise Refusal(gettext("Type what they pledged first: an invoice needs an amount."))
    _move(known, state, by=by, now=now)
    underwriter.refresh_from_db()


@transaction.atomic
def note_invoiced(underwriter: Underwriter, *, by: Person | None, now: datetime) -> None:
    """Note that an invoice over the pledge was issued; who is thanked or has paid already stays so.

    Raises Refusal for somebody who pledged nothing, was only asked, or declined.
    """
    known = Underwriter.objects.select_for_update().get(pk=underwriter.pk)
    if known.state not in rules.COUNTED or not known.pledged:
        raise Refusal(gettext("%(name)s has not pledged an amount yet.") % {"name": known.name})
    if known.state == "pledged":
        _move(known, "invoiced", by=by, now=now)
    underwriter.refresh_from_db()


@transaction.atomic
def note_uninvoiced(underwriter: Underwriter, *, by: Person | None, now: datetime) -> None:
    """Note that the invoice was taken back by a credit note: what was pledged is pledged again."""
    known = Underwriter.objects.select_for_update().get(pk=underwriter.pk)
    if known.state == "invoiced":
        _move(known, "pledged", by=by, now=now)
    underwriter.refresh_from_db()


@transaction.atomic
def note_paid(underwriter: Underwriter, amount: int, *, owed: int, by: Person | None, now: datetime) -> None:
    """Note that `amount` minor units came in, less than zero when money went back; `owed` are left on the invoice.

    Once nothing is owed, the state is *paid*, and no more when it is again. Raises Refusal when more would go back than came
    in.
    """
    known = Underwriter.objects.select_for_update().get(pk=underwriter.pk)
    paid = known.paid + amount
    if paid < 0 or paid > rules.LARGEST:
        raise Refusal(gettext("%(name)s has not paid that much.") % {"name": known.name})
    Underwriter.objects.filter(pk=known.pk).update(paid=paid, version=F("version") + 1)
    state = rules.state_when_paid(known.state, paid=paid, owed=owed)
    note("underwriter_payment", known.meetup_id, by, now=now, underwriter=known.pk, amount=amount, state=state)
    Underwriter.objects.filter(pk=known.pk).update(state=state)
    underwriter.refresh_from_db()


@transaction.atomic
def note_contact(underwriter: Underwriter, spoken: Spoken, *, by: Person, now: datetime) -> Contact:
    """Note that somebody of the team spoke with somebody of the underwriter. Raises Refusal naming the field."""
    meetups.check_changeable(underwriter.meetup_id)
    if spoken.way not in rules.WAYS:
        raise Refusal(gettext("Choose how you spoke."), field="way")
    if spoken.on > now.date():
        raise Refusal(gettext("This day is yet to come. Note it as the next step."), field="on")
    contact = Contact.objects.create(
        underwriter=underwriter,
        by=by,
        on=spoken.on,
        whom=one_line(spoken.whom)[: rules.LONGEST["whom"]],
        way=spoken.way,
        note=one_line(spoken.note)[: rules.LONGEST["note"]],
    )
    note("underwriter_contacted", underwriter.meetup_id, by, now=now, underwriter=underwriter.pk, contact=contact.pk)
    return contact


@transaction.atomic
def remove(underwriter: Underwriter, *, by: Person, now: datetime) -> None:
    """Take an underwriter off the list. Raises Refusal once money or an invoice is there, or the meetup is archived."""
    meetups.check_changeable(underwriter.meetup_id)
    known = Underwriter.objects.select_for_update().filter(pk=underwriter.pk).first()
    if known is None:
        return
    if known.paid or known.state in {"invoiced", "paid"}:
        raise Refusal(gettext("%(name)s has an invoice or has paid, so it stays in the books.") % {"name": known.name})
    known.delete()
    note("underwriter_removed", underwriter.meetup_id, by, now=now, underwriter=underwriter.pk)


def _no_such_move(was: str, becomes: str) -> str:
    told = {state: gettext(word) for state, word in rules.STATES_WITHIN.items()}
    return gettext("What is %(was)s cannot become %(becomes)s.") % {"was": told[was], "becomes": told.get(becomes, becomes)}


def _move(known: Underwriter, state: str, *, by: Person | None, now: datetime) -> None:
    Underwriter.objects.filter(pk=known.pk).update(state=state, version=F("version") + 1)
    note(f"underwriter_{state}", known.meetup_id, by, now=now, underwriter=known.pk, was=known.state)


def _checked_name(text: str) -> str:
    name = one_line(text)
    fault = rules.fault_in(name)
    if fault is not None:
        raise Refusal(fault, field="name")
    return name


def _facts(meetup: Meetup, details: Details) -> dict[str, object]:
    """Return the columns for what is known. Raises Refusal naming the field."""
    name = _checked_name(details.name)
    fault = rules.fault_in_pledge(details.pledged, details.currency)
    if fault is not None:
        raise Refusal(fault[1], field=fault[0])
    unknown = rules.fault_in_thanks(details.recognitions)
    if unknown is not None:
        raise Refusal(unknown, field="recognitions")
    if details.owner is not None and not Organiser.objects.filter(meetup=meetup, person=details.owner).exists():
        raise Refusal(gettext("Choose somebody of the team."), field="owner")
    return {
        "name": name,
        "is_host": details.is_host,
        "is_operator": details.is_operator,
        "pledged": details.pledged,
        "currency": details.currency,
        "contact_name": one_line(details.contact_name)[: rules.LONGEST["contact_name"]],
        "contact_email": details.contact_email,
        "address": lines(details.address)[: rules.LONGEST["address"]],
        "country": details.country,
        "next_step": one_line(details.next_step)[: rules.LONGEST["next_step"]],
        "next_on": details.next_on,
        "owner_id": details.owner,
    }


def _kinds(underwriter: Underwriter) -> Collection[str]:
    return Recognition.objects.filter(underwriter=underwriter).values_list("kind", flat=True)


def _thank_in(underwriter: Underwriter, kinds: Collection[str]) -> None:
    """Let these, and no others, be the ways an underwriter is thanked."""
    Recognition.objects.filter(underwriter=underwriter).exclude(kind__in=kinds).delete()
    fresh = [Recognition(underwriter=underwriter, kind=kind) for kind in sorted(set(kinds) - set(_kinds(underwriter)))]
    Recognition.objects.bulk_create(fresh)
