"""The organiser's list of seats, capacity, the door and the table to take away, through the browser's door."""

import pytest
from django.db.models.functions import Lower
from django.urls import reverse

from midcycle.engines import tickets
from midcycle.meetups import actions as meetups
from midcycle.registration import actions, queries
from midcycle.registration.actions import Answers
from midcycle.registration.models import Capacity, Seat
from tests.world import NOW, ada, bo, browser_of, cy, placed
from tests.worlds.registration import ANSWERS, crowd, opened, seated, states

pytestmark = pytest.mark.django_db


def desk(meetup, name="seats", *more):
    return reverse(f"registration:{name}", args=[meetup.slug, *more])


def text_of(answer):
    return " ".join(answer.content.decode().split())


def desk_gets(meetup):
    return [desk(meetup, name) for name in ("seats", "numbers", "capacity", "walk_in", "spectrum", "imports")]


def desk_posts(meetup, seat):
    plain = [desk(meetup, name) for name in ("capacity", "opening", "closing", "no_shows", "walk_in")]
    return plain + [desk(meetup, name, seat.pk) for name in ("check_in", "check_in_undone")]


@pytest.mark.parametrize("who", [cy, bo, lambda: None])
def test_a_stranger_finds_no_desk(who):
    meetup = opened(1, stage="on_site")
    seat = seated(meetup, "Bo")
    client = browser_of(who())
    answers = [client.get(url) for url in desk_gets(meetup)]
    answers += [client.post(url, {"name": "Bo", "email": "new@example.org", "total": "9"}) for url in desk_posts(meetup, seat)]
    assert {answer.status_code for answer in answers} == {404}
    assert (states(meetup), Capacity.objects.get().total) == ({"Bo": "held"}, 1)


def test_a_seat_of_another_meetup_is_not_at_this_desk():
    seat = seated(opened(1), "Bo")
    other = opened(1, "Other meetup")
    answers = [browser_of(ada()).post(desk(other, "check_in", number)) for number in (seat.pk, 10**30)]
    assert [answer.status_code for answer in answers] == [404, 404]


def test_the_organiser_opens_changes_and_closes():
    meetup = placed()
    client = browser_of(ada())
    assert "Open registration" in text_of(client.get(desk(meetup)))
    client.post(desk(meetup, "opening"), {"total": "2"})
    crowd(meetup, 4)
    answer = client.post(desk(meetup, "capacity"), {"total": "3"}, follow=True)
    assert "Saved. 1 from the waitlist got a seat." in text_of(answer)
    client.post(desk(meetup, "closing"))
    capacity = Capacity.objects.get()
    assert (capacity.total, capacity.is_open, capacity.announced) == (3, False, 2)


def test_a_wrong_number_is_told_on_the_desk_itself():
    meetup = placed()
    answer = browser_of(ada()).post(desk(meetup, "opening"), {"total": "0"})
    assert (answer.status_code, "Type 1 or more." in text_of(answer)) == (422, True)
    assert '<h1 class="page-title">Seats</h1>' in text_of(answer)
    over = opened(2, title="Over", stage="on_site")
    actions.close_registration(over, by=ada(), now=NOW)
    meetups.move_to_stage(over, ada(), "wrap_up", now=NOW)
    refused = browser_of(ada()).post(desk(over, "opening"), {"total": "2"})
    assert (refused.status_code, "Registration cannot be opened again." in text_of(refused)) == (422, True)


@pytest.mark.parametrize("total", ["", "0", "-1", "1.5", "9" * 40, "100001", "\x00", "<b>", "\U0001f98a"])
def test_an_odd_capacity_changes_nothing(total):
    meetup = opened(2)
    client = browser_of(ada())
    assert client.post(desk(meetup, "capacity"), {"total": total}).status_code == 422
    assert client.post(desk(meetup, "opening"), {"total": total}).status_code == 422
    assert Capacity.objects.get().total == 2


def test_a_capacity_below_the_seats_held_is_told_beside_the_field():
    meetup = opened(3)
    crowd(meetup, 2)
    answer = browser_of(ada()).post(desk(meetup, "capacity"), {"total": "1"})
    assert answer.status_code == 422
    assert 'id="id_total_error">2 seats are taken already. Type 2 or more' in text_of(answer)
    assert 'value="1"' in text_of(answer)


def names_on(answer):
    return [seat.name.split()[0] for seat in answer.context["desk"].page]


def test_the_list_is_searched_filtered_and_paged():
    meetup = opened(52)
    crowd(meetup, 53)
    seated(meetup, "Zoe")
    client = browser_of(ada())
    first, second = client.get(desk(meetup)), client.get(desk(meetup), {"page": "2"})
    assert (len(names_on(first)), names_on(second)) == (50, ["Guest7", "Guest8", "Guest9", "Zoe"])
    assert names_on(client.get(desk(meetup), {"q": "ZO"})) == ["Zoe"]
    waiting = client.get(desk(meetup), {"state": "waiting"})
    assert names_on(waiting) == ["Guest53", "Zoe"]
    assert [line.strip() for line in waiting.content.decode().splitlines() if line.strip() in {"1", "2", "3"}] == ["1", "2"]
    assert names_on(client.get(desk(meetup), {"q": "Nobody"})) == []


def test_somebody_is_found_by_their_address():
    meetup = opened(3)
    crowd(meetup, 2)
    actions.take_seat(meetup, ANSWERS, email="m.ohara@harbour.example", name="Mo", now=NOW)
    client = browser_of(ada())
    assert names_on(client.get(desk(meetup), {"q": "OHARA@harbour"})) == ["Mo"]
    assert names_on(client.get(desk(meetup), {"q": " example.org "})) == ["Guest1", "Guest2"]
    assert names_on(client.get(desk(meetup), {"q": "_.ohara"})) == []
    assert "m.ohara" not in text_of(client.get(desk(meetup), {"q": "harbour"}))


def test_somebody_is_found_by_organisation_and_by_ticket():
    meetup = opened(3)
    crowd(meetup, 2)
    answers = Answers(role="vendor", organisation="Harbour & Sons")
    seat = actions.take_seat(meetup, answers, email="mo@example.org", name="Mo", now=NOW).seat
    client = browser_of(ada())
    scanned = tickets.sign("secret", meetup.pk, seat.code)
    for wanted in ("harbour &", seat.code, seat.code.upper(), scanned, scanned.lower()):
        assert names_on(client.get(desk(meetup), {"q": wanted})) == ["Mo"]
    assert names_on(client.get(desk(meetup), {"q": "MC1."})) == []


def test_what_is_looked_for_goes_along_to_the_next_page():
    meetup = opened(60)
    crowd(meetup, 51)
    page = text_of(browser_of(ada()).get(desk(meetup), {"q": "guest", "state": "held"}))
    assert 'href="?state=held&amp;q=guest&amp;page=2" rel="next" >On</a>' in page
    assert '<span aria-current="page" >1 of 2</span>' in page


@pytest.mark.parametrize(
    "asked", [{"page": "9" * 40}, {"page": "x"}, {"state": "king"}, {"q": "\x00"}, {"q": "'\";--"}, {"q": "x" * 9999}]
)
def test_an_odd_question_to_the_list_is_answered(asked):
    meetup = opened(1)
    seated(meetup, "Bo")
    assert browser_of(ada()).get(desk(meetup), asked).status_code == 200


def test_the_list_takes_as_many_statements_for_one_as_for_many(django_assert_num_queries):
    meetup = opened(9)
    client = browser_of(ada())
    client.get(desk(meetup))
    for people in (1, 5):
        crowd(meetup, people)
        wanted = ({}, 8), ({"q": "guest"}, 9), ({"q": "@example.org", "state": "held"}, 9), ({"state": "unopened"}, 9)
        for asked, statements in wanted:
            # Session, person; meetup, organiser; states, page, summary; tabs. And what was found.
            with django_assert_num_queries(statements):
                client.get(desk(meetup), asked)


def test_who_never_opened_the_link_in_a_letter_is_found():
    meetup = opened(3)
    bo_, cy_, dee = (seated(meetup, name) for name in ("Bo", "Cy", "Dee"))
    seated(meetup, "Eve")
    actions.prove_address(bo_, now=NOW)
    actions.cancel_seat(dee, now=NOW)
    client = browser_of(ada())
    page = client.get(desk(meetup), {"state": "unopened"})
    assert [seat.name for seat in page.context["desk"].page] == ["Cy Example", "Eve Example"]
    assert "Nobody has opened the link in a letter to these people yet." in text_of(page)
    found = client.get(desk(meetup), {"state": "unopened", "q": "cy"}).context["desk"].page
    assert [seat.name for seat in found] == ["Cy Example"]
    told = [
        "Has not opened the link in a letter yet" in text_of(client.get(desk(meetup, "one", seat.pk)))
        for seat in (bo_, cy_, dee)
    ]
    assert told == [False, True, False]
    assert "Letter not opened" not in text_of(client.get(desk(opened(1, "Empty"))))


def test_a_search_that_finds_more_than_anybody_reads_stops_and_says_so():
    meetup = opened(9)
    crowd(meetup, 4)
    cut = queries.desk_page(meetup, wanted="guest", most=3)
    assert ([seat.name for seat in cut.page], cut.is_cut) == ([f"Guest{number} Example" for number in (1, 2, 3)], True)
    whole = queries.desk_page(meetup, wanted="guest4", most=3)
    assert ([seat.name for seat in whole.page], whole.is_cut) == (["Guest4 Example"], False)


def test_pages_of_the_list_hold_everybody_once():
    meetup = opened(200)
    crowd(meetup, 120)
    found = [seat.pk for number in "123" for seat in queries.desk_page(meetup, number=number).page]
    assert found == list(Seat.objects.order_by(Lower("name"), "arrival").values_list("pk", flat=True))


def test_no_address_is_on_the_list():
    meetup = opened(1)
    seated(meetup, "Bo")
    assert "bo@example.org" not in text_of(browser_of(ada()).get(desk(meetup)))


def test_check_in_without_a_script_comes_back_to_the_list_as_it_was():
    meetup = opened(1, stage="on_site")
    seat = seated(meetup, "Bo")
    client = browser_of(ada())
    answer = client.post(f"{desk(meetup, 'check_in', seat.pk)}?q=bo&state=held")
    assert (answer.status_code, answer["Location"]) == (302, f"{desk(meetup)}?q=bo&state=held")
    assert states(meetup) == {"Bo": "checked_in"}
    client.post(desk(meetup, "check_in_undone", seat.pk))
    assert states(meetup) == {"Bo": "held"}


def test_check_in_with_a_script_swaps_the_row():
    meetup = opened(1, stage="on_site")
    first, second = crowd(meetup, 2)
    client = browser_of(ada())
    row = client.post(desk(meetup, "check_in", first.pk), headers={"HX-Request": "true"})
    assert text_of(row).startswith(f'<tr id="seat-{first.pk}">')
    assert 'autofocus aria-label="Undo the check-in of Guest1 Example"' in " ".join(text_of(row).split())
    assert (text_of(row).count('hx-swap-oob="true"'), "<li>1 checked in</li>" in text_of(row)) == (2, True)
    refused = client.post(desk(meetup, "check_in", second.pk), headers={"HX-Request": "true"})
    assert "This person has no seat yet: they are in the waitlist." in text_of(refused)
    assert 'badge-waiting">Waiting</span>' in text_of(refused)


def test_no_shows_are_marked_once_on_site():
    meetup = opened(2)
    seated(meetup, "Bo")
    client = browser_of(ada())
    assert "People can still come." in text_of(client.post(desk(meetup, "no_shows"), follow=True))
    assert states(meetup) == {"Bo": "held"}
    there = opened(2, "Now", stage="on_site")
    seated(there, "Bo")
    client.post(desk(there, "no_shows"))
    assert states(there) == {"Bo": "no_show"}


DOOR = ("Check in Bo Example", "Undo the check-in of Amy Example", "At the door", ">Walk-in<", "Mark the no-shows")


def door_on(answer):
    page = text_of(answer).replace("> ", ">").replace(" <", "<")
    return [part for part in DOOR if part in page]


def test_the_door_is_on_the_desk_only_when_there_is_one():
    meetup = opened(2, stage="agenda")
    client = browser_of(ada())
    seated(meetup, "Bo")
    amy = seated(meetup, "Amy")
    assert door_on(client.get(desk(meetup))) == []
    meetups.move_to_stage(meetup, ada(), "on_site", now=NOW)
    actions.check_in(amy, by=ada(), now=NOW)
    assert door_on(client.get(desk(meetup))) == list(DOOR)
    meetups.move_to_stage(meetup, ada(), "wrap_up", now=NOW)
    assert door_on(client.get(desk(meetup))) == [part for part in DOOR if part != ">Walk-in<"]
    meetups.move_to_stage(meetup, ada(), "archived", now=NOW)
    assert door_on(client.get(desk(meetup))) == []


def test_a_page_left_open_is_told_that_the_door_is_not_open():
    meetup = opened(1)
    seat = seated(meetup, "Bo")
    client = browser_of(ada())
    told = "The door is not open yet. Move the meetup on to “on site” first: the button is on the desk."
    plain = client.post(desk(meetup, "check_in", seat.pk), follow=True)
    swapped = client.post(desk(meetup, "check_in", seat.pk), headers={"HX-Request": "true"})
    form = client.get(desk(meetup, "walk_in"))
    typed = client.post(desk(meetup, "walk_in"), {"name": "Wally", "email": "wally@example.org", "role": ""})
    assert [told in text_of(answer) for answer in (plain, swapped, form, typed)] == [True] * 4
    assert [answer.status_code for answer in (plain, swapped, form, typed)] == [200, 200, 200, 422]
    assert "Give a seat and check in" not in text_of(form)
    assert 'value="wally@example.org"' in text_of(typed)
    assert states(meetup) == {"Bo": "held"}


def test_a_walk_in_is_let_in_or_told_why_not():
    meetup = opened(1, stage="on_site")
    client = browser_of(ada())
    typed = {"name": "Wally", "email": "wally@example.org", "role": ""}
    answer = client.post(desk(meetup, "walk_in"), typed, follow=True)
    assert "Wally is checked in." in text_of(answer)
    assert states(meetup) == {"Wally": "checked_in"}
    refused = client.post(desk(meetup, "walk_in"), {**typed, "email": "two@example.org"})
    assert refused.status_code == 422
    assert "All 1 seats are taken. Put this person into the queue, or raise the capacity." in text_of(refused)
    for odd in ({"name": "\x00"}, {"email": "x"}, {"role": "king"}, {"name": "N" * 121}):
        assert client.post(desk(meetup, "walk_in"), {**typed, **odd}).status_code == 422


def test_the_team_sees_small_groups():
    meetup = opened(2)
    seated(meetup, "Bo")
    page = text_of(browser_of(ada()).get(desk(meetup, "spectrum")))
    assert "1 person with a seat beside 0 who wait, small groups too" in page
    assert "Public cloud: 1 with a seat, 0 waiting" in page
