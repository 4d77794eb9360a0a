"""The live numbers of the desk, who comes beside who waits, and when people registered."""

import pytest
from django.urls import reverse

from midcycle.registration import actions, queries
from midcycle.registration.actions import Answers
from midcycle.registration.models import Seat
from tests.world import NOW, ada, bo, browser_of, cy, later, placed
from tests.worlds.registration import ANSWERS, crowd, opened, seated

pytestmark = pytest.mark.django_db


def desk(meetup, name="numbers"):
    return reverse(f"registration:{name}", args=[meetup.slug])


def text_of(answer):
    return " ".join(answer.content.decode().split())


def groups_of(meetup):
    found = queries.spreads(meetup)
    return {spread.title: [(group.label, group.held, group.waiting) for group in spread.groups] for spread in found}


@pytest.mark.parametrize("who", [cy, bo, lambda: None])
def test_a_stranger_sees_no_numbers(who):
    meetup = opened(2)
    client = browser_of(who())
    version = f'"{queries.live_numbers(meetup).version}"'
    answers = [client.get(desk(meetup, name), headers={"If-None-Match": version}) for name in ("numbers", "spectrum")]
    assert [(answer.status_code, answer.get("ETag")) for answer in answers] == [(404, None), (404, None)]


def test_the_numbers_say_how_it_stands():
    meetup = opened(3, stage="on_site")
    actions.plan_seats(meetup, total=3, planned=2, room=5, by=ada(), now=NOW)
    first, *_ = crowd(meetup, 4)
    actions.check_in(first, by=ada(), now=NOW)
    shown = text_of(browser_of(ada()).get(desk(meetup)))
    for said in (
        "<strong >3 of 3 seats taken</strong><span >0 free</span>",
        "<span >3 of the 5 the room takes</span> <span >2 wanted</span>",
        "<span >1 of 3 are here</span><span >2 still to come</span>",
        "<li>2 held</li> <li>0 offered</li> <li>1 checked in</li> <li>1 waiting</li>",
        "Registration is open. All seats are taken: whoever comes now waits.",
    ):
        assert said in shown
    assert "<html" not in shown


def test_numbers_that_did_not_change_are_not_sent_again():
    meetup = opened(3)
    client = browser_of(ada())
    first = client.get(desk(meetup))
    assert f"&quot;\\&quot;{first['ETag'].strip(chr(34))}\\&quot;&quot;" in text_of(first)
    again = client.get(desk(meetup), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert again["Cache-Control"] == "private, no-cache"
    seated(meetup, "Bo")
    other = client.get(desk(meetup), headers={"If-None-Match": first["ETag"]})
    assert (other.status_code, "1 of 3 seats taken" in text_of(other)) == (200, True)
    assert other["ETag"] != first["ETag"]


def test_any_number_that_changes_makes_another_version():
    meetup = opened(3, stage="on_site")
    versions = [queries.live_numbers(meetup).version]
    seat = seated(meetup, "Bo")
    for deed in (
        lambda: None,
        lambda: actions.check_in(seat, by=ada(), now=NOW),
        lambda: actions.plan_seats(meetup, total=3, planned=2, room=None, by=ada(), now=NOW),
        lambda: actions.plan_seats(meetup, total=3, planned=None, room=2 + 1, by=ada(), now=NOW),
        lambda: actions.close_registration(meetup, by=ada(), now=NOW),
    ):
        deed()
        versions.append(queries.live_numbers(meetup).version)
    assert len(set(versions)) == len(versions)


def test_the_news_change_seldom():
    meetup = opened(2)
    news = [queries.live_numbers(meetup).news]
    for name in ("Bo", "Cy", "Dee"):
        seated(meetup, name)
        news.append(queries.live_numbers(meetup).news)
    actions.close_registration(meetup, by=ada(), now=NOW)
    news.append(queries.live_numbers(meetup).news)
    free = "Registration is open, and seats are free."
    full = "Registration is open. All seats are taken: whoever comes now waits."
    assert news == [free, free, full, full, "Registration is closed."]


def test_the_desk_shows_the_numbers_without_a_script_and_where_nobody_opened_none():
    meetup = opened(3)
    seated(meetup, "Bo")
    page = text_of(browser_of(ada()).get(desk(meetup, "seats")))
    assert "<strong >1 of 3 seats taken</strong>" in page
    assert 'hx-trigger="every 5s"' in page
    assert '<p class="visually-hidden" id="seat-news" role="status"></p>' in page
    unopened = placed("Later")
    assert browser_of(ada()).get(desk(unopened)).status_code == 200
    assert "seat-numbers" not in text_of(browser_of(ada()).get(desk(unopened, "seats")))


def test_numbers_and_charts_take_as_many_statements_for_one_as_for_many(django_assert_num_queries):
    meetup = opened(3)
    client = browser_of(ada())
    client.get(desk(meetup, "spectrum"))
    for people in (1, 7):
        crowd(meetup, people)
        with django_assert_num_queries(5):  # session, person; meetup, organiser; counters
            client.get(desk(meetup))
        with django_assert_num_queries(2):
            queries.spreads(meetup)
        with django_assert_num_queries(1):
            queries.arrivals(meetup, 3)
        # Session, person, meetup, team; counters, groups, organisations, days; two for questions; tabs.
        with django_assert_num_queries(11):
            client.get(desk(meetup, "spectrum"))


def test_those_with_a_seat_and_those_who_wait_are_counted_side_by_side():
    meetup = opened(3)
    crowd(meetup, 2)
    seated(meetup, "Kim", Answers(role="developer", organisation="ACME"))
    seated(meetup, "Lee", Answers(role="developer", first_time=True, organisation="Acme"))
    gone = seated(meetup, "Max", Answers(role="vendor", organisation="acme"))
    actions.cancel_seat(gone, now=NOW)
    assert groups_of(meetup) == {
        "Role": [("Developer", 1, 1), ("Operator", 2, 0)],
        "Sector": [("Public cloud", 2, 0), ("Not said", 1, 1)],
        "Region": [("Europe", 2, 0), ("Not said", 1, 1)],
        "First time": [("No", 2, 0), ("Yes", 0, 1), ("Not said", 1, 0)],
        "How they heard": [("On the community's list", 2, 0), ("Not said", 1, 1)],
        "On the community's list": [("Yes", 2, 0), ("Not said", 1, 1)],
        "Organisation": [("ACME", 1, 1)],
    }


def test_only_the_largest_organisations_are_drawn():
    meetup = opened(40)
    for number in range(12):
        seated(meetup, f"Guest{number}", Answers(role="operator", organisation=f"Company {number:02}"))
    seated(meetup, "More", Answers(role="operator", organisation="Company 11"))
    (organisations,) = [spread for spread in queries.spreads(meetup) if spread.title == "Organisation"]
    assert [group.label for group in organisations.groups][:2] == ["Company 11", "Company 00"]
    assert (len(organisations.groups), organisations.note) == (10, "The 10 most people are from; 2 more are not shown.")


def test_what_people_wrote_cannot_leave_the_drawing():
    meetup = opened(2)
    seated(meetup, "Bo", Answers(role="operator", organisation="</svg><script>alert(1)</script>"))
    page = text_of(browser_of(ada()).get(desk(meetup, "spectrum")))
    assert "<script>alert" not in page
    assert "&lt;/svg&gt;&lt;script&gt;alert(1)&lt;/script&gt;: 1 with a seat, 0 waiting" in page


def test_days_are_counted_by_the_clock_of_the_meetup():
    meetup = opened(5)
    meetup.timezone = "Pacific/Auckland"
    for name, now in (("Bo", NOW), ("Cy", later(days=3)), ("Dee", later(days=3))):
        seated(meetup, name, ANSWERS, now=now)
    actions.cancel_seat(Seat.objects.get(name="Cy Example"), now=later(days=4))
    found = queries.arrivals(meetup, 5)
    assert [(day.people, day.in_all) for day in found.days] == [(1, 1), (2, 3)]
    assert (found.days[1].on - found.days[0].on).days == 3
    assert "5 seats: 5 people" in found.svg
    meetup.timezone = "UTC"
    late = NOW.replace(hour=23, minute=30)
    Seat.objects.update(registered_at=late)
    assert [day.on for day in queries.arrivals(meetup, 5).days] == [late.date()]
    meetup.timezone = "Pacific/Auckland"
    assert [(day.on - late.date()).days for day in queries.arrivals(meetup, 5).days] == [1]


def test_a_page_about_nobody_says_so():
    meetup = opened(2)
    page = text_of(browser_of(ada()).get(desk(meetup, "spectrum")))
    assert "As soon as people register, this page shows who they are." in page
    assert queries.arrivals(meetup, 2) is None
