"""What people do with their place: accept, pass on, bring colleagues, take their data, be forgotten."""

import json

import pytest
from django.urls import reverse

from midcycle.accounts.models import Person
from midcycle.kernel.refusal import Refusal
from midcycle.mailing.models import Letter
from midcycle.meetups import actions as meetups
from midcycle.registration import actions
from midcycle.registration.access import letter_key
from midcycle.registration.actions import Answers, Colleague, LineRule
from midcycle.registration.models import Capacity, Needs, Seat, SeatMove, Transfer
from tests.rush import all_at_once
from tests.world import NOW, ada, bo, browser_of, cy, later
from tests.worlds.mailing import follow
from tests.worlds.registration import crowd, figures, opened, seated, states

pytestmark = pytest.mark.django_db

SAID = {"name": "Ida Okafor", "role": "operator"}


def page_of(seat, name="status"):
    return reverse(f"registration:{name}", args=[seat.meetup.slug, seat.token])


def text_of(answer):
    return " ".join(answer.content.decode().split())


def proven(seat):
    actions.prove_address(seat, now=NOW)
    return Seat.objects.get(pk=seat.pk)


def passing(meetup, seat, email="ida@example.org"):
    actions.allow_transfers(meetup, allowed=True, by=ada(), now=NOW)
    return actions.offer_transfer(seat, email=email, name="Ida", now=NOW)


def subjects(email):
    return list(Letter.objects.filter(person__email=email).order_by("pk").values_list("subject", flat=True))


def offered_world(hours=48):
    meetup = opened(1)
    actions.set_line_rule(meetup, LineRule(offer_hours=hours), by=ada(), now=NOW)
    first, second, third = crowd(meetup, 3)
    actions.cancel_seat(first, now=NOW)
    return meetup, Seat.objects.get(pk=second.pk), third


def test_an_offer_is_shown_with_its_end_and_accepted():
    meetup, second, _ = offered_world()
    assert (states(meetup)["Guest2"], second.offer_until) == ("offered", later(hours=48))
    client = browser_of()
    assert "Say yes until 12 January 2027, 12:00, time of Lisbon, or it goes to the next in line." in text_of(
        client.get(page_of(second))
    )
    actions.accept_offer(second, now=later(hours=47))
    actions.accept_offer(second, now=later(hours=47))
    assert states(meetup) == {"Guest1": "cancelled", "Guest2": "held", "Guest3": "waiting"}
    follow()
    assert subjects("guest2@example.org")[-2:] == ["A seat is offered to you at Spring meetup", "Your seat at Spring meetup"]


def test_an_offer_lapses_and_goes_to_the_next():
    meetup, _, third = offered_world()
    assert actions.lapse_offers(meetup, now=later(hours=47)) == 0
    assert actions.lapse_offers(meetup, now=later(hours=48)) == 1
    assert actions.lapse_offers(meetup, now=later(hours=48)) == 0
    assert states(meetup) == {"Guest1": "cancelled", "Guest2": "cancelled", "Guest3": "offered"}
    assert Seat.objects.get(pk=third.pk).offer_until == later(hours=96)
    follow()
    assert subjects("guest2@example.org")[-1] == "The seat at Spring meetup went to the next in line"


def test_an_offer_accepted_too_late_lapses_in_that_moment():
    meetup, second, _ = offered_world()
    actions.accept_offer(second, now=later(hours=49))
    assert states(meetup) == {"Guest1": "cancelled", "Guest2": "cancelled", "Guest3": "offered"}
    assert figures(meetup) == (1, 1, 0)


def test_an_offer_declined_goes_to_the_next_at_once():
    meetup, second, _ = offered_world()
    browser_of().post(page_of(second, "cancellation"))
    assert states(meetup)["Guest3"] == "offered"


def test_nobody_accepts_what_is_not_offered():
    meetup = opened(1)
    _, second = crowd(meetup, 2)
    with pytest.raises(Refusal, match="No seat is offered to you now"):
        actions.accept_offer(second, now=NOW)


def test_who_needs_notice_is_passed_over_and_keeps_the_place():
    meetup = opened(1)  # begins on 2 March 2027
    first, second, third = crowd(meetup, 3)
    actions.set_notice(second, 10, now=NOW)
    actions.cancel_seat(first, now=later(days=45))  # 24 February
    assert states(meetup) == {"Guest1": "cancelled", "Guest2": "waiting", "Guest3": "held"}
    actions.cancel_seat(third, now=later(days=45))
    assert (states(meetup)["Guest2"], figures(meetup)) == ("waiting", (0, 0, 1))
    actions.set_notice(second, 6, now=later(days=45))
    assert states(meetup)["Guest2"] == "held"
    reasons = list(SeatMove.objects.filter(seat=second).order_by("pk").values_list("becomes", "reason"))
    assert reasons == [
        ("waiting", "the one seat was taken"),
        ("waiting", "10 days of notice are needed"),
        ("waiting", "6 days of notice are needed"),
        ("held", "less notice is needed"),
    ]


def test_notice_is_set_on_the_page():
    meetup = opened(1)
    _, second = crowd(meetup, 2)
    client = browser_of()
    assert client.post(page_of(second, "notice"), {"days": "61"}).status_code == 422
    client.post(page_of(second, "notice"), {"days": "3"})
    assert Seat.objects.get(pk=second.pk).notice_days == 3
    assert "3 days of notice are needed: when fewer" in text_of(client.get(page_of(second)))


def test_the_link_in_a_letter_proves_the_address_and_leads_on_without_its_key():
    seat = seated(opened(1), "Bo")
    client = browser_of()
    client.get(page_of(seat), {"letter": "wrong"})
    assert Seat.objects.get().proven is False
    answer = client.get(page_of(seat), {"letter": letter_key(seat)})
    assert (answer.status_code, answer["Location"], Seat.objects.get().proven) == (302, page_of(seat), True)


def test_a_seat_is_passed_on_when_the_other_takes_it():
    meetup = opened(1)
    seat = proven(seated(meetup, "Bo", Answers(role="vendor", diet="vegan")))
    actions.allow_transfers(meetup, allowed=True, by=ada(), now=NOW)
    client = browser_of()
    assert "Pass it on" in text_of(client.get(page_of(seat)))
    offer = passing(meetup, seat)
    follow()
    assert subjects("ida@example.org") == ["Bo Example passes a seat at Spring meetup on to you"]
    there = reverse("registration:take_over", args=[meetup.slug, offer.token])
    assert there in Letter.objects.get(person__email="ida@example.org").body
    assert "Bo Example passes it on." in text_of(client.get(there))
    assert client.post(there, {"name": "", "role": ""}).status_code == 422
    answer = client.post(there, SAID)
    taken = Seat.objects.get()
    assert (answer["Location"], taken.pk) == (page_of(taken), seat.pk)
    assert (taken.person.email, taken.name, taken.role, taken.state) == ("ida@example.org", "Ida Okafor", "operator", "held")
    assert (taken.token == seat.token, taken.code == seat.code, Needs.objects.count()) == (False, False, 0)
    assert [browser_of().get(address).status_code for address in (page_of(seat), there)] == [404, 404]
    assert "Bo Example" not in text_of(client.get(page_of(taken)))
    assert figures(meetup) == (1, 1, 0)


def test_both_are_told_when_a_seat_is_passed_on():
    meetup = opened(1)
    offer = passing(meetup, seated(meetup, "Bo"))
    actions.accept_transfer(offer, Answers(), name="Ida", now=NOW)
    follow()
    assert subjects("bo@example.org")[-1] == "Your seat at Spring meetup has a new holder"
    assert subjects("ida@example.org") == ["Your seat at Spring meetup"]


def test_a_seat_is_passed_on_only_where_the_organisers_allow_it_and_by_letter():
    meetup = opened(1)
    seat = seated(meetup, "Bo")
    sent = {"name": "Ida", "email": "ida@example.org"}
    client = browser_of()
    assert "The organisers want seats to go to those who wait." in text_of(client.get(page_of(seat, "transfer")))
    actions.allow_transfers(meetup, allowed=True, by=ada(), now=NOW)
    assert "Open your letter first" in text_of(client.post(page_of(seat, "transfer"), sent))
    assert Transfer.objects.count() == 0
    browser_of(bo()).post(page_of(seat, "transfer"), sent)
    assert Transfer.objects.count() == 1


def test_passing_on_is_withdrawn_and_capped():
    meetup = opened(1)
    seat = seated(meetup, "Bo")
    first = passing(meetup, seat)
    actions.withdraw_transfer(seat, now=NOW)
    with pytest.raises(Refusal, match="taken over already, or it is not offered"):
        actions.accept_transfer(first, Answers(), name="Ida", now=NOW)
    for number in (2, 3):
        passing(meetup, seat, f"ida{number}@example.org")
    with pytest.raises(Refusal, match="You have asked several people today"):
        passing(meetup, seat, "ida4@example.org")
    assert Transfer.objects.filter(state="open").count() == 1


def test_who_has_a_place_cannot_take_another_over():
    meetup = opened(1)
    bos, _ = seated(meetup, "Bo"), seated(meetup, "Ida")
    offer = passing(meetup, bos)
    with pytest.raises(Refusal, match="You have a place at this meetup already"):
        actions.accept_transfer(offer, Answers(), name="Ida", now=NOW)
    assert states(meetup) == {"Bo": "held", "Ida": "waiting"}
    assert Transfer.objects.get().state == "open"


def test_a_cancelled_seat_is_not_passed_on_any_more():
    meetup = opened(1)
    seat = seated(meetup, "Bo")
    offer = passing(meetup, seat)
    actions.cancel_seat(seat, now=NOW)
    with pytest.raises(Refusal, match="not offered any more"):
        actions.accept_transfer(offer, Answers(), name="Ida", now=NOW)


@pytest.mark.django_db(transaction=True)
def test_fifty_who_take_the_same_seat_over_at_once_get_one():
    meetup = opened(1)
    offer = passing(meetup, seated(meetup, "Bo"))
    raised = all_at_once([lambda: actions.accept_transfer(offer, Answers(), name="Ida", now=NOW) for _ in range(50)])
    assert [type(error) for error in raised] == [Refusal] * 49
    assert (figures(meetup), Transfer.objects.get().state) == ((1, 1, 0), "accepted")
    assert Seat.objects.get().person.email == "ida@example.org"


def test_colleagues_get_a_seat_they_confirm_or_lose():
    meetup = opened(3)
    seat = proven(seated(meetup, "Bo"))
    asked = [Colleague(name, f"{name.lower()}@example.org") for name in ("Ida", "Jo", "Kim")]
    actions.register_colleagues(seat, asked, now=NOW)
    assert states(meetup) == {"Bo": "held", "Ida": "offered", "Jo": "offered", "Kim": "waiting"}
    follow()
    assert subjects("ida@example.org") == ["Bo Example registered you for Spring meetup"]
    assert "Say on the page below whether you want to come." in Letter.objects.get(person__email="kim@example.org").body
    ida, kim = (Seat.objects.get(person__email=f"{name}@example.org") for name in ("ida", "kim"))
    actions.confirm(kim, now=NOW)
    actions.confirm(ida, now=NOW)
    assert actions.lapse_offers(meetup, now=later(days=60)) == 1
    assert states(meetup) == {"Bo": "held", "Ida": "held", "Jo": "cancelled", "Kim": "held"}


def test_colleagues_are_typed_in_any_usual_way():
    meetup = opened(9)
    seat = proven(seated(meetup, "Bo"))
    typed = "Ida Okafor, ida@example.org\nJo Li <jo@example.org>\n\nKim Ly kim@EXAMPLE.org\n"
    assert browser_of().post(page_of(seat, "colleagues"), {"colleagues": typed}).status_code == 302
    names = list(Seat.objects.order_by("arrival").values_list("name", "person__email"))[1:]
    assert names == [("Ida Okafor", "ida@example.org"), ("Jo Li", "jo@example.org"), ("Kim Ly", "kim@example.org")]


def test_a_colleague_with_a_place_keeps_it_and_nobody_learns_of_it():
    meetup = opened(9)
    seat, _ = proven(seated(meetup, "Bo")), seated(meetup, "Ida")
    client = browser_of()
    known = client.post(page_of(seat, "colleagues"), {"colleagues": "I, ida@example.org"}, follow=True)
    new = client.post(page_of(seat, "colleagues"), {"colleagues": "J, jo@example.org"}, follow=True)
    assert "They are registered. Each gets a letter and confirms." in text_of(known)
    assert (known.status_code, known.redirect_chain) == (new.status_code, new.redirect_chain)
    assert states(meetup)["Ida"] == "held"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Write each on a line of its own"),
        ("nobody", "Line 1 has no name or no address."),
        ("Ida, ida@example.org\nida@example.org", "Line 2 has no name or no address."),
        ("A, a@example.org b@example.org", "Line 1 has no name or no address."),
        ("Ida\x00, ida@example.org", "This has a character in it that cannot be kept."),
        ("\n".join(f"P{n}, p{n}@example.org" for n in range(11)), "These are 11. One person can register 10 colleagues."),
    ],
)
def test_mistakes_in_the_list_of_colleagues_are_told(typed, told):
    seat = proven(seated(opened(30), "Bo"))
    answer = browser_of().post(page_of(seat, "colleagues"), {"colleagues": typed})
    assert answer.status_code == 422
    assert told in text_of(answer)
    assert Seat.objects.count() == 1


def test_who_is_left_to_register_does_not_tell_who_had_a_place():
    meetup = opened(30)
    seat = proven(seated(meetup, "Bo"))
    seated(meetup, "Ida")
    actions.register_colleagues(seat, [Colleague("I", "ida@example.org"), Colleague("J", "jo@example.org")], now=NOW)
    nine = [Colleague(f"P{n}", f"p{n}@example.org") for n in range(9)]
    with pytest.raises(Refusal, match="8 are left to you"):
        actions.register_colleagues(seat, nine, now=NOW)


def test_one_person_registers_ten_colleagues_and_no_more():
    seat = proven(seated(opened(30), "Bo"))
    ten = [Colleague(f"P{n}", f"p{n}@example.org") for n in range(10)]
    assert actions.register_colleagues(seat, ten, now=NOW) == 10
    with pytest.raises(Refusal, match="0 are left to you"):
        actions.register_colleagues(seat, [Colleague("Q", "q@example.org")], now=NOW)


def test_everything_kept_about_a_seat_can_be_taken_away():
    meetup = opened(1)
    seat = seated(meetup, "Bo", Answers(role="vendor", organisation="ACME", diet="vegan", access="a ramp"))
    answer = browser_of().get(page_of(seat, "data"))
    assert answer["Content-Disposition"] == 'attachment; filename="my-seat.json"'
    kept = json.loads(answer.content)
    assert kept["meetup"] == {"title": "Spring meetup", "page": "/m/spring-meetup/"}
    told = {key: kept["seat"][key] for key in ("state", "name", "organisation", "role", "diet", "access", "answers")}
    assert told == {
        "state": "held", "name": "Bo Example", "organisation": "ACME", "role": "vendor", "diet": "vegan", "access": "a ramp",
        "answers": {},
    }  # fmt: skip
    assert kept["history"] == [{"at": "2027-01-10T12:00:00+00:00", "state": "held", "reason": "a seat was free"}]


def test_who_is_forgotten_before_the_meetup_leaves_nothing_and_the_next_gets_the_seat():
    meetup = opened(1)
    first, _ = crowd(meetup, 2)
    follow()
    answer = browser_of().post(page_of(first, "erasure"))
    assert answer["Location"] == "/m/spring-meetup/"
    assert states(meetup) == {"Guest2": "held"}
    follow()
    assert not Person.objects.filter(email="guest1@example.org").exists()
    assert not Letter.objects.filter(subject__contains="Guest1").exists()
    assert figures(meetup) == (1, 1, 0)


def test_who_is_forgotten_afterwards_leaves_a_row_nobody_can_be_told_from():
    meetup = opened(2, stage="on_site")
    seat = seated(meetup, "Bo", Answers(role="operator", organisation="ACME", diet="vegan"))
    actions.check_in(seat, by=ada(), now=NOW)
    meetups.move_to_stage(meetup, ada(), "wrap_up", now=NOW)
    actions.erase_seat(seat, now=NOW)
    kept = Seat.objects.get()
    assert (kept.state, kept.name, kept.organisation, kept.role, Needs.objects.count()) == (
        "checked_in", "Someone", "", "operator", 0,
    )  # fmt: skip
    assert (kept.person.email.endswith("@erased.invalid"), kept.person.is_active) == (True, False)
    assert (kept.token == seat.token, kept.code == seat.code) == (False, False)
    assert not Person.objects.filter(email="bo@example.org").exists()
    assert Capacity.objects.get().checked_in == 1


def test_who_has_more_here_is_forgotten_in_registration_alone():
    meetup = opened(1)
    seat = actions.register(meetup, Answers(), email=cy().email, name="Cy", now=NOW).seat
    seated(opened(1, "Autumn meetup"), "Cy")
    actions.erase_seat(seat, now=NOW)
    assert Person.objects.filter(email="cy@example.org").exists()
    assert Seat.objects.count() == 1


def test_a_seat_passed_over_by_erasure_opens_nothing():
    seat = seated(opened(1), "Bo")
    client = browser_of()
    client.post(page_of(seat, "erasure"))
    for name in (
        "status",
        "answers",
        "cancellation",
        "notice",
        "transfer",
        "colleagues",
        "data",
        "erasure",
        "ticket",
        "calendar",
    ):
        assert client.get(page_of(seat, name)).status_code == 404, name


def test_the_pages_of_a_place_are_private():
    seat = seated(opened(1), "Bo")
    for name in ("status", "answers", "cancellation", "notice", "transfer", "colleagues", "data", "erasure", "ticket"):
        answer = browser_of().get(page_of(seat, name))
        assert (name, answer["Cache-Control"], answer["Referrer-Policy"]) == (name, "private, no-store", "same-origin")


def test_a_status_page_takes_few_statements(django_assert_num_queries):
    meetup = opened(1)
    first, second = crowd(meetup, 2)
    client, pages = browser_of(), [page_of(first), page_of(second)]
    for page in pages:
        with django_assert_num_queries(2):  # seat with meetup, capacity and place in line; moves
            client.get(page)
