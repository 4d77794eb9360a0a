"""Saying who writes the invoices of a meetup."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.invoicing.models import Issuer, IssuerUse
from midcycle.invoicing.rules.states import identity
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup, Organiser


@dataclass(frozen=True)
class IssuerDetails:
    """Who writes the invoices, as checked by the form."""

    name: str
    street: str
    postcode: str
    city: str
    country: str
    vat_id: str = ""
    tax_number: str = ""
    register: str = ""
    reason: str = ""
    contact: str = ""
    phone: str = ""
    email: str = ""
    iban: str = ""
    bic: str = ""
    prefix: str = ""


@transaction.atomic
def set_issuer(meetup: Meetup, details: IssuerDetails, *, by: Person, now: datetime) -> Issuer:
    """Say who writes the invoices. What is issued already stays as it was.

    Raises Refusal once the meetup is archived, for an issuer of meetups the person does not organise too, and where the same
    organisation gives the same numbers on this server already.
    """
    meetups.check_changeable(meetup.pk)
    use = IssuerUse.objects.select_related("issuer").filter(meetup=meetup).first()
    if use is not None:
        _check_theirs(use, by)
    known_as = identity(details.country, details.vat_id, details.tax_number, details.name)
    issuer = _kept(use.issuer.pk if use else None, {**asdict(details), "known_as": known_as})
    if use is None:
        IssuerUse.objects.create(meetup=meetup, issuer=issuer)
    journal.record("invoicing.issuer_set", at=now, meetup=meetup.pk, actor=by.pk, facts={"issuer": issuer.pk})
    return issuer


@transaction.atomic
def adopt_issuer(meetup: Meetup, issuer: Issuer, *, by: Person, now: datetime) -> None:
    """Let the issuer of another meetup of the person's write the invoices here, too: its numbers run on.

    Raises Refusal where there is an issuer already, and for one of meetups the person does not organise.
    """
    meetups.check_changeable(meetup.pk)
    if IssuerUse.objects.filter(meetup=meetup).exists():
        raise Refusal(gettext("This meetup has an issuer already."))
    theirs = Organiser.objects.filter(person=by).values("meetup")
    if not IssuerUse.objects.filter(issuer=issuer, meetup__in=theirs).exists():
        raise Refusal(gettext("Choose the issuer of a meetup you organise."))
    IssuerUse.objects.create(meetup=meetup, issuer=issuer)
    journal.record("invoicing.issuer_set", at=now, meetup=meetup.pk, actor=by.pk, facts={"issuer": issuer.pk})


def _check_theirs(use: IssuerUse, by: Person) -> None:
    shared = Meetup.objects.filter(issuer_use__issuer=use.issuer).exclude(pk=use.meetup_id).exclude(stage="archived")
    other = shared.exclude(organisers__person=by).order_by("pk").first()
    if other is not None:
        said = gettext("%(name)s writes the invoices of %(title)s, too. Ask somebody who organises both.")
        raise Refusal(said % {"name": use.issuer.name, "title": other.title})


def _kept(number: int | None, columns: dict[str, object]) -> Issuer:
    try:
        with transaction.atomic():
            if number is None:
                return Issuer.objects.create(**columns)
            Issuer.objects.filter(pk=number).update(**columns)
    except IntegrityError:
        raise Refusal(
            gettext(
                "This organisation gives numbers that begin so on this server already. Take it over from a meetup you "
                "organise, or let numbers begin otherwise here."
            ),
            field="begins",
        ) from None
    return Issuer.objects.get(pk=number)
