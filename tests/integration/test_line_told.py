"""What somebody who waits reads on their page about free seats that go to others."""

import pytest
from django.urls import reverse

from midcycle.registration import actions, queries
from midcycle.registration.actions import Answers
from midcycle.registration.models import Echo, Seat
from tests.world import NOW, ada, browser_of, later
from tests.worlds.registration import crowd, opened, seated

pytestmark = pytest.mark.django_db

OTHERS = "Free seats go to others for now"
NEXT = "When a seat is given back, the next in line gets it, and a letter."


def page_of(place, language="en"):
    url = reverse("registration:status", args=[place.meetup.slug, place.token])
    return " ".join(browser_of().get(f"{url}?lang={language}").content.decode().split())


def with_one_vendor():
    """Return a meetup with free seats, and one vendor in the only seat vendors can have."""
    meetup = opened(9)
    actions.set_quota(meetup, "role", "vendor", 1, by=ada(), now=NOW)
    seated(meetup, "Vic", Answers(role="vendor"))
    return meetup


def test_whoever_waits_for_a_quota_reads_that_free_seats_go_to_others_and_why():
    waits = seated(with_one_vendor(), "Vera", Answers(role="vendor"))
    assert f"{OTHERS}: the one seat for “Vendor, wearing a user&#x27;s hat” was taken. You keep your place" in page_of(waits)
    assert "an andere: der einzige Platz für „Anbieter, hier aus Sicht der Anwender“ war vergeben." in page_of(waits, "de")


def test_an_organisation_that_has_its_share_is_told_the_same():
    meetup = opened(9)
    actions.set_quota(meetup, "organisation", "*", 1, by=ada(), now=NOW)
    seated(meetup, "Oda", Answers(organisation="ACME, Inc."))
    assert f"{OTHERS}: the one seat for people of one organisation was taken" in page_of(
        seated(meetup, "Olaf", Answers(organisation="acme inc"))
    )


def test_whoever_waits_for_any_seat_is_told_that_the_next_is_theirs():
    meetup = with_one_vendor()
    crowd(meetup, 8)
    waits = seated(meetup, "Dee", Answers(role="operator"))
    assert NEXT in page_of(waits)
    assert OTHERS not in page_of(waits)


def test_the_sentence_goes_once_the_quota_is_larger():
    meetup = with_one_vendor()
    waits = seated(meetup, "Vera", Answers(role="vendor"))
    late = seated(meetup, "Vito", Answers(role="vendor"))
    actions.set_quota(meetup, "role", "vendor", 2, by=ada(), now=NOW)
    assert OTHERS not in page_of(waits)
    assert f"{OTHERS}: all 2 seats for “Vendor" in page_of(late)


def test_who_needs_more_notice_than_is_left_is_told():
    meetup = opened(1)
    crowd(meetup, 1)
    waits = seated(meetup, "Dee", Answers(role="operator"))
    actions.set_notice(waits, 60, now=NOW)
    found = Seat.objects.select_related("meetup__capacity").get(pk=waits.pk)
    told = [queries.seat_status(found, now=moment).passed_over for moment in (later(days=-20), NOW)]
    assert told == ["", "you need more days of notice than are left"]


def test_a_known_address_is_told_what_a_new_one_is():
    meetup = with_one_vendor()
    seated(meetup, "Bo", Answers(role="operator"))
    typed = {"name": "Vera", "role": "vendor"}
    told = set()
    for email in ("bo@example.org", "new@example.org"):
        answer = browser_of().post(reverse("registration:seat", args=[meetup.slug]), {**typed, "email": email}, follow=True)
        told.add(answer.content.decode().partition(OTHERS)[2].partition("</p>")[0])
    assert Echo.objects.count() == 1
    assert len(told) == 1
    assert told != {""}


def test_the_reason_takes_one_statement_more_where_there_are_quotas(django_assert_num_queries):
    meetup = with_one_vendor()
    first, second = (seated(meetup, name, Answers(role="vendor")) for name in ("Vera", "Vito"))
    for waits in (first, second):
        with django_assert_num_queries(3):  # seat with meetup, capacity and place in line; moves; the full quota
            browser_of().get(reverse("registration:status", args=[meetup.slug, waits.token]))
