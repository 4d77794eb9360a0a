"""The people a file counts are there once each, and nobody is invented who was not."""

import pytest
from django.urls import reverse

from midcycle.accounts.models import Person
from midcycle.agenda.models import SessionPart
from midcycle.meetups.models import Meetup
from midcycle.registration.models import Capacity, Seat
from midcycle.report.models import Report
from midcycle.site.worker import work_once
from midcycle.topics.models import Support, Topic
from tests.world import browser_of
from tests.worlds.replay import line, replayed, seats, wrong

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_registered_and_attended_are_counts_of_the_same_people():
    outcome = replayed("{id: x, attendance: {registered: 12, attended: 9, waitlist: 3}, capacity: 12}")
    assert wrong(outcome) == []
    assert (seats(), seats(state="checked_in"), seats(state="no_show"), seats(state="waiting")) == (15, 9, 3, 3)


def test_days_are_not_added_up():
    assert wrong(replayed("{id: x, attendance: {day1: 10, day2: 8}}")) == []
    assert seats(state="checked_in") == 10


def test_a_waitlist_and_no_shows_are_lived():
    told = "{registered: 15, announced_ticket_limit: 15, waitlist: 4, attendance: 14, no_shows: 1, sold_out: true}"
    outcome = replayed(f"{{id: x, size: {told}}}")
    assert wrong(outcome) == []
    assert {one.how for one in outcome.lines if one.path.startswith("size.")} == {"lived"}
    assert (seats(state="checked_in"), seats(state="waiting"), seats(state="no_show")) == (14, 4, 1)


def test_invented_people_keep_their_names_however_long_ago_their_meetup_was():
    replayed("{id: x, dates: {start: 2016-02-15, end: 2016-02-16}, attendance: {registered: 3, attended: 2}}")
    names = set(Seat.objects.values_list("name", flat=True))
    work_once()
    assert set(Seat.objects.values_list("name", flat=True)) == names
    assert "Someone" not in names
    meetup = Meetup.objects.get()
    page = browser_of(meetup.opened_by).get(reverse("registration:retention", args=[meetup.slug])).content.decode()
    assert ("The people of this meetup are invented" in page, "never" in page) == (True, True)


def test_nobody_comes_to_what_was_cancelled():
    outcome = replayed("{id: x, status: cancelled, dates: {start: 2020-03-30}, capacity: 400, attendance: 0}")
    assert wrong(outcome) == []
    assert (seats(), Capacity.objects.get().is_open, Report.objects.count()) == (0, False, 0)
    assert Meetup.objects.get().stage == "agenda"
    assert Meetup.objects.get().notice.startswith("This meetup was cancelled")
    assert outcome.notes == ("it was cancelled: nobody came, it is not moved to “on site”, and no report is published",)


def test_a_limit_that_was_not_used_up_is_not_filled():
    assert wrong(replayed("{id: x, size: {announced_ticket_limit: 30, attendance: 8, sold_out: false}}")) == []
    assert (seats(), seats(state="checked_in")) == (8, 8)


def test_sold_out_means_that_every_seat_was_taken():
    assert wrong(replayed("{id: x, size: {announced_ticket_limit: 10, sold_out: true}}")) == []
    assert (seats(state="held"), seats(state="checked_in")) == (10, 0)


def test_groups_fit_a_capacity_told_as_one_number():
    told = "{current: {rsvp: 12, attended: 10}, new: {rsvp: 6, attended: 5}}"
    outcome = replayed(f"{{id: x, capacity: 14, attendance: {told}}}")
    assert wrong(outcome) == []
    assert (seats(group="new", state="checked_in"), seats(group="new", state="no_show")) == (5, 1)
    assert line(outcome, "capacity") == (14, 14, True, "lived")


def test_more_came_than_had_registered():
    assert wrong(replayed("{id: x, attendance: {total: {rsvp: 5, attended: 7}}}")) == []
    assert (seats(state="checked_in"), Capacity.objects.get().announced) == (7, 5)


def test_who_waits_comes_before_who_walks_in():
    outcome = replayed("{id: x, size: {announced_ticket_limit: 5, registered: 5, waitlist: 2, attendance: 8}}")
    assert wrong(outcome) == []
    assert (seats(state="checked_in"), seats(), Capacity.objects.get().total) == (8, 8, 8)


def test_sectors_with_counts_have_so_many_people():
    outcome = replayed("{id: x, attendance: 10, attendee_sectors: {operators: 6, vendors: 3}, attendee_regions: {europe: 70%}}")
    assert wrong(outcome) == []
    assert line(outcome, "attendee_sectors.operators") == (6, 6, True, "lived")
    assert (seats(sector="operators"), seats(sector="vendors"), seats(region="europe")) == (6, 3, 7)


def test_sectors_of_nobody_are_kept_as_told():
    outcome = replayed("{id: x, attendee_sectors: [research, vendors]}")
    assert line(outcome, "attendee_sectors") == (["research", "vendors"], ["research", "vendors"], True, "kept")


def test_numbers_in_words_are_lived():
    outcome = replayed("{id: x, size: {attendance: '~12', announced_ticket_limit: about 10, first_guess_attendance: 2-3}}")
    assert wrong(outcome) == []
    assert line(outcome, "size.attendance") == ("~12", 12, True, "lived")
    assert line(outcome, "size.first_guess_attendance") == ("2-3", [2, 3], True, "lived")


def test_crowds_without_end_are_not_invented():
    outcome = replayed("{id: x, attendance: 900000, topics: [{id: t, title: T, votes: 1000000}]}")
    assert wrong(outcome) == ["topics.t.votes", "attendance"]
    assert seats() == 0


def test_pseudonyms_are_told_apart_letter_by_letter():
    name = "a" * 250
    outcome = replayed(f"{{id: {name}, sessions: [{{id: s, title: S, moderators: [m1, M1, m-1]}}]}}")
    assert wrong(outcome) == []
    assert SessionPart.objects.count() == 3
    assert sorted(Person.objects.filter(parts__part="lead").values_list("name", flat=True)) == [
        "Person M1",
        "Person m-1",
        "Person m1",
    ]


@pytest.mark.parametrize("told", ["'m1, m2 and m3'", "[m1, m2, m3]", "m1; m2; m3"])
def test_moderators_in_one_text_are_several_people(told):
    assert wrong(replayed(f"{{id: x, sessions: [{{id: s, title: S, moderators: {told}}}]}}")) == []
    assert SessionPart.objects.filter(part="lead").count() == 3


def test_moderators_with_roles():
    told = "[{name: m1, role: lead, from: CERN}, {name: m3, role: shadow}]"
    outcome = replayed(f"{{id: x, sessions: [{{id: s, title: S, moderators: {told}}}]}}")
    assert wrong(outcome) == []
    assert sorted(SessionPart.objects.values_list("person__name", "part")) == [("Person m1", "lead"), ("Person m3", "shadow")]
    assert line(outcome, "sessions.s.moderators.1.from") == ("CERN", "CERN", True, "kept")


def test_votes_are_all_the_voices_a_topic_has():
    topic = "{id: t1, title: Ceph, votes: 4, proposer: m1, moderators: [m2], format: working-group}"
    outcome = replayed(f"{{id: x, topics: [{topic}, {{id: t2, title: Cells, votes: 0, status: withdrawn}}]}}")
    assert wrong(outcome) == []
    ceph, cells = Topic.objects.order_by("pk")
    assert (str(ceph.proposed_by), ceph.format, Support.objects.filter(topic=ceph).count()) == (
        "Person m1",
        "working_group",
        4,
    )
    assert (cells.withdrawn_at is not None, Support.objects.filter(topic=cells).count()) == (True, 0)


def test_who_neither_came_nor_was_missed_had_cancelled():
    outcome = replayed("""
        name: Everyday meetup
        size: {registered: 95, no_shows: 10}
        attendance: 78
    """)
    assert wrong(outcome) == []
    assert (seats(state="checked_in"), seats(state="no_show"), seats(state="cancelled")) == (78, 10, 7)
    assert "7 of those who registered neither came nor were missed: they cancelled before the day" in outcome.notes


def test_where_people_wait_nobody_is_said_to_have_cancelled():
    outcome = replayed("""
        name: Sold out meetup
        size: {registered: 85, no_shows: 9, waitlist: 12}
        attendance: 70
    """)
    assert wrong(outcome) == ["size.no_shows"]
    assert any(note.startswith("6 neither came nor were missed") for note in outcome.notes)
