"""A meetup whose treasurer writes invoices, made through the real actions."""

from dataclasses import replace

from midcycle.engines.invoices import Line
from midcycle.invoicing import actions
from midcycle.invoicing.actions import Details, IssuerDetails
from midcycle.invoicing.models import Invoice
from midcycle.meetups.models import Meetup
from tests.world import NOW, ada, placed

OPERATORS = IssuerDetails(
    name="Operators e. V.", street="Hafenstraße 1", postcode="20457", city="Hamburg", country="DE", vat_id="DE136695976",
    contact="Ada Example", phone="+49 40 123456", email="money@example.org", iban="DE75512108001245126199", prefix="MC",
)  # fmt: skip
UNDERWRITING = Line("Underwriting of the meetup", 1_000, 500_000, "S", 1_900)
DETAILS = Details(
    name="Example & Sons", country="BE", currency="EUR", lines=(UNDERWRITING,), street="Rue Haute 7", postcode="1000",
    city="Brussels", vat_id="BE0403019261", email="bills@example.be", buyer_reference="PO 7",
)  # fmt: skip


def treasury(title: str = "Spring meetup", **changes: str) -> Meetup:
    """Return a meetup of Ada's in registration, with an issuer whose numbers begin otherwise than those of other meetups."""
    meetup = placed(title)
    named = {"prefix": OPERATORS.prefix if title == "Spring meetup" else title[:2].upper(), **changes}
    actions.set_issuer(meetup, replace(OPERATORS, **named), by=ada(), now=NOW)
    return meetup


def drafted(meetup: Meetup, **changes: object) -> Invoice:
    """Return a draft of Ada's."""
    return actions.draft(meetup, replace(DETAILS, **changes), by=ada(), now=NOW)


def issued(meetup: Meetup, **changes: object) -> Invoice:
    """Return an issued invoice of Ada's."""
    draft = drafted(meetup, **changes)
    return actions.issue(draft, seen=draft.version, by=ada(), now=NOW)
