"""Fees on the page of a seat, on the desk, and in letters; strangers see nothing."""

from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from midcycle.invoicing import actions
from midcycle.invoicing.actions import Buyer
from midcycle.invoicing.models import BankLine, Fee, FeeTerms, Invoice
from midcycle.mailing.models import Letter
from midcycle.registration import actions as registration
from midcycle.registration.models import Echo, Seat
from tests.world import NOW, ada, bo, browser_of, cy, later
from tests.worlds.fees import charged, charging, lines, paid, settle
from tests.worlds.invoicing import treasury
from tests.worlds.mailing import follow
from tests.worlds.registration import registered_again, seated

pytestmark = pytest.mark.django_db
HOME = "/m/spring-meetup/"
DESK = f"{HOME}desk/fees/"
TYPED = {
    "is_on": "on",
    "currency": "EUR",
    "standard": "45",
    "reduced": "20",
    "reduced_for": "Students",
    "may_be_free": "on",
    "pay_by": str(timezone.now().date() + timedelta(days=60)),
    "category": "E",
    "rate": "",
    "version": "0",
}
ADDRESS = {"name": "Bo Example", "street": "Invented Street 1", "postcode": "12345", "city": "Nowhere", "country": "DE"}


def text_of(answer):
    return " ".join(unescape(answer.content.decode()).split())


def own(seat):
    return f"{HOME}seat/{seat.token}/fee/"


def test_a_team_says_what_a_seat_costs():
    meetup = treasury(reason="Small business")
    client = browser_of(ada())
    assert "A seat costs nothing" in text_of(client.get(DESK))
    assert client.get(f"{HOME}fees/").status_code == 404
    wrong = client.post(f"{DESK}terms/", {**TYPED, "standard": "0", "reduced": "50", "pay_by": "2020-01-01"})
    assert wrong.status_code == 422
    for sentence in ("Type an amount above zero.", "Choose a day to come, within three years."):
        assert sentence in text_of(wrong)
    assert "Type less than the standard fee" in text_of(client.post(f"{DESK}terms/", {**TYPED, "reduced": "45"}))
    taxed = client.post(f"{DESK}terms/", {**TYPED, "category": "S", "rate": "19"})
    assert (taxed.status_code, "Take 44.99 EUR or 45.01 EUR" in text_of(taxed)) == (422, True)
    assert client.post(f"{DESK}terms/", TYPED).status_code == 302
    assert f'value="{TYPED["pay_by"]}"' in text_of(client.get(f"{DESK}terms/"))
    twice = client.post(f"{DESK}terms/", TYPED)
    assert (twice.status_code, FeeTerms.objects.get(meetup=meetup).version) == (422, 1)
    public = text_of(browser_of().get(f"{HOME}fees/"))
    for sentence in ("45.00 EUR", "20.00 EUR", "Students", "nobody loses one by itself"):
        assert sentence in public
    registration.open_registration(meetup, total=3, by=ada(), now=NOW)
    assert f'href="{HOME}fees/"' in text_of(browser_of().get(f"{HOME}seat/"))


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("standard", "-5"),
        ("standard", "NaN"),
        ("standard", "9" * 39),
        ("standard", "1e9"),
        ("reduced", "x\x00y"),
        ("pay_by", "0000-13-99"),
        ("rate", "-19"),
        ("rate", "١٩"),
        ("version", "99999999999999999999"),
        ("category", "AE"),
        ("currency", "XXX"),
    ],
)
def test_hostile_terms_are_refused_at_the_field(field, text):
    treasury(reason="Small business")
    sent = {**TYPED, "category": "S", field: text} if field == "rate" else {**TYPED, field: text}
    assert browser_of(ada()).post(f"{DESK}terms/", sent).status_code == 422
    assert FeeTerms.objects.count() == 0


def test_the_page_of_a_seat_says_what_to_pay_and_lets_choose():
    meetup = charging()
    seat, fee = charged(meetup)
    client = browser_of()
    assert f'hx-get="{own(seat)}"' in text_of(client.get(f"{HOME}seat/{seat.token}/"))
    page = client.get(own(seat))
    for sentence in ("45.00 EUR", "DE75 5121 0800 1245 1261 99", "1 February 2027", "Your seat stays yours", "<svg"):
        assert sentence in text_of(page)
    assert page.headers["Cache-Control"] == "private, no-store"
    part = text_of(client.get(own(seat), headers={"HX-Request": "true"}))
    assert "<html" not in part
    assert client.post(own(seat), {"kind": "reduced"}).status_code == 302
    assert "20.00 EUR" in text_of(client.get(own(seat)))
    client.post(own(seat), {"kind": "free"})
    assert "Your seat is as good as any" in text_of(client.get(own(seat)))
    for hostile in ("", "half", "standard\x00"):
        client.post(own(seat), {"kind": hostile})
        assert Fee.objects.get(pk=fee.pk).kind == "free"


def test_who_typed_a_known_address_sees_what_its_owner_sees_before_the_letter():
    meetup = charging()
    seat = seated(meetup, "Bo")
    settle()
    registered_again(meetup, "Bo", now=later(hours=2))
    echo = Echo.objects.get()
    known, unknown = (browser_of().get(own(one), headers={"HX-Request": "true"}) for one in (seat, echo))
    assert text_of(known).replace(seat.token, "") == text_of(unknown).replace(echo.token, "")
    assert "Open the link in the letter" in text_of(known)
    for place in (seat, echo):
        assert browser_of().post(own(place), {"kind": "free"}).status_code == 404
        assert browser_of().get(f"{own(place)}invoice/").status_code == 404
    assert "45.00 EUR" in text_of(browser_of(bo()).get(own(seat)))


def test_somebody_writes_the_invoice_over_their_fee():
    meetup = charging()
    seat, fee = charged(meetup)
    client = browser_of()
    assert client.get(f"{own(seat)}invoice/").status_code == 200
    for field, text in (
        ("vat_id", "DE123"),
        ("country", "XX"),
        ("name", " \u200b"),
        ("buyer_reference", "04011000-1234512345-07"),
    ):
        assert client.post(f"{own(seat)}invoice/", {**ADDRESS, field: text}).status_code == 422
    assert client.post(f"{own(seat)}invoice/", ADDRESS).status_code == 302
    invoice = Invoice.objects.get()
    assert (invoice.state, invoice.email, invoice.gross) == ("issued", "bo@example.org", 4_500)
    assert Fee.objects.get(pk=fee.pk).invoice_id == invoice.pk
    page = text_of(client.get(own(seat)))
    assert f"Invoice {invoice.number} (PDF)" in page
    assert client.get(f"{own(seat)}invoice/").status_code == 404


def test_who_takes_a_seat_over_does_not_see_the_invoice_of_who_had_it():
    meetup = charging()
    seat, fee = charged(meetup)
    actions.write_receipt(fee, Buyer("Bo Example", "DE"), now=NOW)
    Seat.objects.filter(pk=seat.pk).update(person=cy())
    assert "(PDF)" not in text_of(browser_of().get(own(seat)))


def test_the_desk_lists_fees_and_books_them_by_a_yes():
    meetup = charging()
    _, fee = charged(meetup)
    _, other = charged(meetup, "Dee")
    client = browser_of(ada())
    assert "Bo Example" in text_of(client.get(DESK))
    first, second = lines(meetup, f"20.01.2027;B;{fee.reference};45,00", "21.01.2027;D;no reference;45,00")
    page = text_of(client.get(f"{HOME}desk/bank/"))
    assert "Fee of Bo Example" in page
    client.post(f"{HOME}desk/bank/{first.pk}/", {"fee": fee.pk})
    client.post(f"{HOME}desk/bank/{second.pk}/", {"reference": "RF00NONE"})
    assert BankLine.objects.get(pk=second.pk).is_done is False
    client.post(f"{HOME}desk/bank/{second.pk}/", {"reference": other.reference[:4] + " " + other.reference[4:].lower()})
    assert {one.state for one in Fee.objects.all()} == {"paid"}
    assert "Paid on 20 January 2027. Thank you." in text_of(browser_of().get(own(Seat.objects.get(pk=fee.seat_id))))
    assert "2: 90.00 EUR" in text_of(client.get(f"{DESK}?state=paid"))


def test_the_list_asks_as_much_for_many_as_for_one(django_assert_num_queries):
    meetup = charging()
    charged(meetup)
    client = browser_of(ada())
    client.get(DESK)
    with django_assert_num_queries(10):
        client.get(DESK)
    for name in ("Dee", "Cy", "Eve"):
        charged(meetup, name)
    with django_assert_num_queries(10):
        client.get(DESK)


def test_strangers_see_nothing_of_fees_and_change_none():
    meetup = charging()
    seat, fee = charged(meetup)
    charging("Autumn meetup")
    for stranger in (browser_of(), browser_of(cy())):
        for path in (DESK, f"{DESK}terms/"):
            assert stranger.get(path).status_code == 404
        for path in (f"{DESK}terms/", f"{DESK}asked/", f"{DESK}reminders/", f"{DESK}{fee.pk}/waived/"):
            assert stranger.post(path, TYPED).status_code == 404
        assert stranger.get(own(seat).replace(seat.token, "x" * 32)).status_code == 404
    elsewhere = DESK.replace("spring", "autumn")
    assert browser_of(ada()).post(f"{elsewhere}{fee.pk}/waived/").status_code == 404
    assert Fee.objects.get(pk=fee.pk).state == "open"
    treasury("Winter meetup")
    assert browser_of().get("/m/winter-meetup/fees/").status_code == 404


def test_letters_say_what_a_seat_costs_and_remind_once_a_week():
    meetup = charging()
    seat, fee = charged(meetup)
    follow()
    asked = Letter.objects.get(person=seat.person, subject__startswith="What your seat costs")
    for sentence in ("45.00 EUR, by 1 February 2027", "how to pay less", "?letter=", "does not depend on when the money comes"):
        assert sentence in asked.body
    late = later(days=40)
    assert actions.remind_of_fees(meetup, by=ada(), now=late) == 1
    with pytest.raises(Exception, match="Nobody is to be reminded now"):
        actions.remind_of_fees(meetup, by=ada(), now=late)
    assert actions.remind_of_fees(meetup, by=ada(), now=later(days=48)) == 1
    follow()
    assert list(Letter.objects.filter(subject__contains="reminder").order_by("pk").values_list("subject", flat=True)) == [
        "A reminder: your seat at Spring meetup",
        "A second reminder: your seat at Spring meetup",
    ]
    assert actions.remind_of_fees(meetup, by=ada(), now=later(days=60)) == 1
    paid(meetup, fee)
    follow()
    assert Letter.objects.filter(subject__contains="last reminder").count() == 0


def test_waiving_is_done_on_the_desk():
    meetup = charging()
    _, fee = charged(meetup)
    client = browser_of(ada())
    client.post(f"{DESK}{fee.pk}/waived/", {"reason": "x" * 300})
    assert Fee.objects.get(pk=fee.pk).state == "open"
    client.post(f"{DESK}{fee.pk}/waived/", {"reason": "speaks"})
    assert "speaks" in text_of(client.get(DESK))
