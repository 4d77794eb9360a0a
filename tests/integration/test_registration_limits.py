"""The organisers' page of seats, quotas and how many will come, and the page of one seat."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup, Series
from midcycle.registration import actions, queries
from midcycle.registration.actions import Answers, LineRule
from midcycle.registration.models import Capacity, PastShare, Quota, Seat
from tests.world import NOW, ada, browser_of, cy
from tests.worlds.registration import crowd, opened, seated, states

pytestmark = pytest.mark.django_db
DOORS = datetime(2027, 3, 2, 9, tzinfo=UTC)


def desk(meetup, name="capacity", *more):
    return reverse(f"registration:{name}", args=[meetup.slug, *more])


def text_of(answer):
    return " ".join(answer.content.decode().split())


def story(meetup):
    """The shares of the story: 83 %, 89 % and 68 %."""
    for label, seats, came in (("Paris", 100, 83), ("Oslo", 100, 89), ("Leeds", 100, 68)):
        actions.tell_share(meetup, label, seats=seats, came=came, by=ada(), now=NOW)


def test_seats_room_and_people_wanted_are_set_together():
    meetup = opened(100)
    client = browser_of(ada())
    answer = client.post(desk(meetup), {"total": "130", "planned": "120", "room": "150"})
    assert answer["Location"] == desk(meetup)
    row = Capacity.objects.get()
    assert (row.total, row.planned, row.room) == (130, 120, 150)
    refused = client.post(desk(meetup), {"total": "151", "planned": "120", "room": "150"})
    assert (refused.status_code, "The room takes 150." in text_of(refused)) == (422, True)
    assert Capacity.objects.get().total == 130
    client.post(desk(meetup), {"total": "130", "planned": "", "room": ""})
    assert Capacity.objects.get().room is None


def test_more_seats_promote_as_many_as_fit():
    meetup = opened(1)
    crowd(meetup, 4)
    answer = browser_of(ada()).post(desk(meetup), {"total": "3"}, follow=True)
    assert "2 from the waitlist got a seat." in text_of(answer)
    assert list(states(meetup).values()) == ["held", "held", "held", "waiting"]


def test_past_shares_say_how_many_come_and_how_many_seats_to_give():
    meetup = opened(120)
    actions.plan_seats(meetup, total=120, planned=120, room=125, by=ada(), now=NOW)
    story(meetup)
    page = queries.limits_page(meetup)
    assert [edition.share.percent for edition in page.past] == [83, 89, 68]
    assert (page.comes.low < 100 < page.comes.high <= 120, page.proposed, page.is_crowded) == (True, 125, False)
    shown = text_of(browser_of(ada()).get(desk(meetup)))
    assert f"{page.comes.low}\u2013{page.comes.high}" in shown
    assert "Give out 125 seats" in shown
    asked = queries.limits_page(meetup, asked=400)
    assert (asked.comes.seats, asked.is_crowded, asked.summary.total) == (400, True, 120)
    assert "more than the 120 wanted may come" in text_of(browser_of(ada()).get(desk(meetup), {"seats": "400"}))


def test_without_past_editions_no_seat_is_given_twice():
    meetup = opened(120)
    actions.plan_seats(meetup, total=120, planned=120, room=200, by=ada(), now=NOW)
    assert queries.limits_page(meetup).proposed is None
    assert "Nothing is known of past editions yet" in text_of(browser_of(ada()).get(desk(meetup)))


def held_before():
    """Ada's meetup that comes next, and one of its series that was held: four had a seat on the eve, three of them came."""
    series = Series.objects.create(slug="ops", title="Ops")
    before, after = opened(4, stage="on_site"), opened(9, "Autumn meetup")
    Meetup.objects.update(series=series)
    for seat in crowd(before, 4)[:3]:
        actions.check_in(seat, by=ada(), now=DOORS)
    actions.mark_no_shows(before, by=ada(), now=DOORS)
    return before, Meetup.objects.get(pk=after.pk)


def over(before):
    meetups.move_to_stage(before, ada(), "wrap_up", now=DOORS)


def test_editions_of_the_same_series_are_counted_here():
    before, after = held_before()
    over(before)
    (edition,) = queries.limits_page(after).past
    assert (edition.share.seats, edition.share.came, edition.told, edition.path) == (4, 3, None, "/m/spring-meetup/")
    shown = text_of(browser_of(ada()).get(desk(after)))
    assert "Spring meetup: 4 had a seat on the eve, 1 March 2027, and 3 of them were checked in." in shown
    assert "walk-ins" not in shown


def test_walk_ins_do_not_count_as_people_who_had_a_seat():
    before, after = held_before()
    actions.walk_in(before, Answers(), email="w@example.org", name="Walk In", by=ada(), now=DOORS)
    over(before)
    (edition,) = queries.limits_page(after).past
    assert (edition.share.seats, edition.share.came, edition.others) == (4, 3, 1)
    assert "1 more came without one, such as walk-ins: they are not counted." in text_of(browser_of(ada()).get(desk(after)))


def test_who_gives_the_seat_back_in_the_morning_had_one_on_the_eve_and_who_did_before_had_none():
    before, after = held_before()
    Capacity.objects.update(total=9)
    for name, when in (("Early", NOW), ("Late", DOORS)):
        actions.cancel_seat(seated(before, name), now=when)
    over(before)
    (edition,) = queries.limits_page(after).past
    assert (edition.share.seats, edition.share.came) == (5, 3)


def test_an_edition_at_which_nobody_was_checked_in_tells_nothing():
    before, after = held_before()
    for seat in Seat.objects.filter(state="checked_in"):
        actions.undo_check_in(seat, by=ada(), now=DOORS)
    over(before)
    assert queries.limits_page(after).past == ()


def test_a_share_is_told_and_taken_back():
    meetup = opened(5)
    client = browser_of(ada())
    wrong = client.post(desk(meetup, "shares"), {"label": "Oslo", "seats": "5", "came": "6"})
    assert (wrong.status_code, "Only 5 had a seat." in text_of(wrong)) == (422, True)
    client.post(desk(meetup, "shares"), {"label": "<b>Oslo</b>", "seats": "5", "came": "4"})
    assert "&lt;b&gt;Oslo" in text_of(client.get(desk(meetup)))
    client.post(desk(meetup, "share_gone", PastShare.objects.get().pk))
    assert PastShare.objects.count() == 0


def test_quotas_are_set_shown_and_removed():
    meetup = opened(9)
    actions.take_seat(meetup, Answers(role="vendor", organisation="ACME, Inc."), email="v@example.org", name="V", now=NOW)
    client = browser_of(ada())
    client.post(desk(meetup, "quotas"), {"whom": "role:vendor", "most": "2"})
    client.post(desk(meetup, "quotas"), {"whom": "organisation:*", "most": "3"})
    client.post(desk(meetup, "quotas"), {"whom": "organisation:", "name": "acme inc", "most": "5"})
    client.post(desk(meetup, "quotas"), {"whom": "first_time:no", "most": "4"})
    rows = [(row.whom, row.most, row.held) for row in queries.limits_page(meetup).quotas]
    assert rows == [
        ("People who came before", 4, 0),
        ("Each organisation", 3, None),
        ("Organisation: acme inc", 5, 1),
        ("Role: Vendor, wearing a user's hat", 2, 1),
    ]
    low = client.post(desk(meetup, "quotas"), {"whom": "role:vendor", "most": "0"})
    assert (low.status_code, "1 seats for" in text_of(low)) == (422, True)
    nameless = client.post(desk(meetup, "quotas"), {"whom": "organisation:", "name": " . ", "most": "0"})
    assert "Type the name of the organisation." in text_of(nameless)
    for row in queries.limits_page(meetup).quotas:
        client.post(desk(meetup, "quota_gone"), {"kind": row.kind, "value": row.value})
    assert (Quota.objects.count(), Capacity.objects.get().has_quotas) == (0, False)


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("capacity", {"total": "0"}),
        ("capacity", {"total": "1e9", "room": "-1"}),
        ("capacity", {"total": "\x00"}),
        ("quotas", {"whom": "organisation:x", "most": "1"}),
        ("quotas", {"whom": "role:king", "most": "1"}),
        ("quotas", {"whom": "role:vendor", "most": "99999999999999999999"}),
        ("shares", {"label": "\n", "seats": "1", "came": "0"}),
        ("shares", {"label": "x" * 121, "seats": "0", "came": "-1"}),
    ],
)
def test_odd_limits_are_told_and_change_nothing(name, sent):
    meetup = opened(2)
    assert browser_of(ada()).post(desk(meetup, name), sent).status_code == 422
    assert (Capacity.objects.get().total, Quota.objects.count(), PastShare.objects.count()) == (2, 0, 0)


def test_the_page_of_limits_takes_few_statements(django_assert_num_queries):
    meetup = opened(9)
    client = browser_of(ada())
    with django_assert_num_queries(8):  # session, person; meetup, team; capacity, shares, quotas; tabs
        client.get(desk(meetup))
    story(meetup)
    for kind, value in (("role", "vendor"), ("role", "operator"), ("organisation", "*")):
        actions.set_quota(meetup, kind, value, 5, by=ada(), now=NOW)
    with django_assert_num_queries(8):
        client.get(desk(meetup))


def test_one_seat_shows_its_whole_history_and_who_did_it():
    meetup = opened(1)
    actions.set_line_rule(meetup, LineRule(rule="groups", groups=("first_timers",)), by=ada(), now=NOW)
    first, second = crowd(meetup, 2)
    page = text_of(browser_of(ada()).get(desk(meetup, "one", second.pk)))
    assert [word in page for word in ("guest2@example.org", "1st in the waitlist", "In the group: everybody else")] == [
        True
    ] * 3
    client = browser_of(ada())
    empty = client.post(desk(meetup, "one_cancelled", first.pk), {"why": " "})
    assert (empty.status_code, states(meetup)["Guest1"]) == (422, "held")
    answer = client.post(desk(meetup, "one_cancelled", first.pk), {"why": "you wrote to us"}, follow=True)
    assert "Guest1 Example gets a letter with the reason." in text_of(answer)
    assert states(meetup) == {"Guest1": "cancelled", "Guest2": "held"}
    moves = queries.one_seat(Seat.objects.select_related("meetup__capacity", "person", "registered_by").get(pk=first.pk)).moves
    assert [(move.state, move.by) for move in moves] == [("cancelled", "Ada Example"), ("held", "Themselves")]
    assert "you wrote to us" in moves[0].reason


def test_one_seat_takes_few_statements(django_assert_num_queries):
    meetup = opened(2)
    first, _ = crowd(meetup, 2)
    client, page = browser_of(ada()), desk(meetup, "one", first.pk)
    with django_assert_num_queries(8):  # session, person; meetup, team, seat; history, answers; tabs
        client.get(page)
    for _ in range(3):
        actions.cancel_seat(Seat.objects.get(pk=first.pk), now=NOW)
        seated(meetup, "Guest1")
    with django_assert_num_queries(8):
        client.get(page)


def test_strangers_find_neither_page():
    meetup = opened(2)
    seat = seated(meetup, "Bo")
    actions.tell_share(meetup, "Oslo", seats=2, came=1, by=ada(), now=NOW)
    other = opened(2, "Autumn meetup")
    for who in (None, cy()):
        assert browser_of(who).get(desk(meetup)).status_code == 404
        assert browser_of(who).get(desk(meetup, "one", seat.pk)).status_code == 404
        for name in ("capacity", "quotas", "quota_gone", "shares"):
            assert browser_of(who).post(desk(meetup, name), {"total": "1"}).status_code == 404
        assert browser_of(who).post(desk(meetup, "share_gone", PastShare.objects.get().pk)).status_code == 404
        assert browser_of(who).post(desk(meetup, "one_cancelled", seat.pk), {"why": "x"}).status_code == 404
    assert browser_of(ada()).get(desk(other, "one", seat.pk)).status_code == 404
    assert browser_of(ada()).post(desk(other, "share_gone", PastShare.objects.get().pk)).status_code == 404


def test_the_page_takes_as_many_statements_for_many_past_editions_as_for_one(django_assert_num_queries):
    before, after = held_before()
    over(before)
    client = browser_of(ada())
    with django_assert_num_queries(10):  # two more: the editions, and who came to them
        client.get(desk(after))
    for number in range(3):
        again = opened(4, f"Meetup {number}", stage="on_site")
        actions.check_in(seated(again, "Bo"), by=ada(), now=DOORS)
        over(again)
    Meetup.objects.update(series=after.series)
    with django_assert_num_queries(10):
        assert len(client.get(desk(after)).context["page"].past) == 4
