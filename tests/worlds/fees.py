"""Meetups whose seats cost something."""

from datetime import date

from midcycle.invoicing import actions
from midcycle.invoicing.actions import Statement, Terms
from midcycle.invoicing.models import BankLine, Fee, FeeTerms
from midcycle.journal import actions as journal
from midcycle.meetups.models import Meetup
from midcycle.registration import actions as registration
from midcycle.registration.models import Seat
from midcycle.site.followers import FOLLOWERS
from tests.world import NOW, ada
from tests.worlds.invoicing import treasury
from tests.worlds.registration import seated

TERMS = Terms(
    is_on=True, currency="EUR", standard=4_500, pay_by=date(2027, 2, 1), reduced=2_000, reduced_for="Students",
    may_be_free=True, category="E",
)  # fmt: skip
HEAD = "Datum;Name;Verwendungszweck;Betrag\n"


def set_fees(meetup: Meetup, *, now=NOW, **changes: object) -> FeeTerms:
    """Let Ada say what a seat costs."""
    known = FeeTerms.objects.filter(meetup=meetup).first()
    terms = Terms(**{**vars(TERMS), **changes})
    return actions.set_fees(meetup, terms, seen=known.version if known else 0, by=ada(), now=now)


def charging(title: str = "Spring meetup", *, seats: int = 5, **changes: object) -> Meetup:
    """Return an open meetup of Ada's whose seats cost 45.00 EUR, without VAT."""
    meetup = treasury(title, vat_id="", tax_number="17/123/12345", reason="Small business, § 19 UStG")
    registration.open_registration(meetup, total=seats, by=ada(), now=NOW)
    set_fees(meetup, **changes)
    meetup.refresh_from_db()
    return meetup


def settle() -> None:
    """Let fees follow what happened to seats."""
    journal.number_entries()
    while journal.read_on("fees", FOLLOWERS["fees"]):
        pass


def charged(meetup: Meetup, name: str = "Bo") -> tuple[Seat, Fee]:
    """Return the seat of somebody called so, whose address is proven, and their fee."""
    seat = seated(meetup, name)
    registration.prove_address(seat, now=NOW)
    settle()
    seat.refresh_from_db()
    return seat, Fee.objects.get(seat=seat, state="open")


def lines(meetup: Meetup, *rows: str) -> list[BankLine]:
    """Bring in lines such as `20.01.2027;Bo;RF…;45,00`, and return those that wait."""
    actions.take_statement(meetup, Statement("jan.csv", (HEAD + "\n".join(rows)).encode()), by=ada(), now=NOW)
    return list(BankLine.objects.filter(meetup=meetup, is_done=False).order_by("pk"))


def paid(meetup: Meetup, fee: Fee, amount: str = "45,00") -> BankLine:
    """Let a fee be paid by bank, and booked by Ada."""
    (line,) = lines(meetup, f"20.01.2027;B. Example;{fee.reference};{amount}")
    actions.book_fee(line, fee, by=ada(), now=NOW)
    return line
