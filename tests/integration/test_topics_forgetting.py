"""Invited addresses and planning pads go by themselves when their time is over."""

from datetime import UTC, datetime, timedelta

import pytest

from midcycle.accounts.models import Person
from midcycle.journal.models import Entry
from midcycle.meetups import actions as meetups
from midcycle.registration import actions as registration
from midcycle.topics import actions, queries, tasks
from midcycle.topics.models import Invitation, PlanningPad, Support, Topic
from tests.world import NOW, ada, placed
from tests.worlds.registration import opened
from tests.worlds.topics import proposed

pytestmark = pytest.mark.django_db
PAD = "* A +1 Bo\n    * Moderator: Dee Smith\n* B +1 Bo, Dee Smith\n"


def after_the_meetup(days: int) -> datetime:
    """Return a moment so many days after the last day, 3 March 2027."""
    return datetime(2027, 3, 3, 12, tzinfo=UTC) + timedelta(days=days)


def forgotten() -> list[dict[str, object]]:
    """Return what the journal says was forgotten."""
    return list(Entry.objects.filter(kind="topics.planning_forgotten").order_by("id").values_list("facts", flat=True))


def test_an_invited_address_goes_a_week_after_the_meetup():
    meetup = placed()
    actions.invite(proposed(meetup), "fay@example.org", by=ada(), now=after_the_meetup(-30))
    assert [tasks.forget(after_the_meetup(day)) for day in (6, 7, 8)] == [0, 1, 0]
    assert (Invitation.objects.count(), forgotten()) == (0, [{"invitations": 1, "pads": 0}])


def test_an_invited_address_goes_half_a_year_after_the_letter_at_most():
    topic = proposed(placed())
    actions.invite(topic, "fay@example.org", by=ada(), now=NOW)
    actions.invite(topic, "gil@example.org", by=ada(), now=NOW + timedelta(days=1))
    meetups.set_place(topic.meetup, ada(), meetups.Place(city="Lisbon"), now=NOW)
    assert [tasks.forget(NOW + timedelta(days=day)) for day in (179, 180)] == [0, 1]
    assert [invitation.email for invitation in Invitation.objects.all()] == ["gil@example.org"]


def test_a_planning_pad_goes_with_the_names_of_who_registered():
    meetup = opened()
    actions.import_pad(meetup, PAD, by=ada(), now=NOW)
    registration.set_standard(meetup, (), {"name": 30}, by=ada(), now=NOW)
    assert [tasks.forget(after_the_meetup(day)) for day in (29, 30, 31)] == [0, 1, 0]
    assert (PlanningPad.objects.count(), forgotten()) == (0, [{"invitations": 0, "pads": 1}])
    assert (Support.objects.count(), Person.objects.filter(name="Bo").count()) == (3, 0)
    assert Person.objects.filter(name="Dee Smith").count() == 1  # offers to moderate, which is public
    assert queries.written_pad(meetup).count("+1 \u00d7") == 2
    assert Topic.objects.filter(pad_title="").count() == 2


def test_a_meetup_called_off_counts_from_the_day_it_was_archived_and_one_that_nobody_dated_waits():
    off, undated = placed("Off", stage="archived"), placed("Undated")
    for meetup in (off, undated):
        PlanningPad.objects.create(meetup=meetup, text=PAD, at=NOW)
    meetups.set_place(undated, ada(), meetups.Place(city="Lisbon"), now=NOW)
    days = timedelta(days=400)
    assert [tasks.forget(NOW + days - timedelta(days=1)), tasks.forget(NOW + days)] == [0, 1]
    assert PlanningPad.objects.get().meetup == undated


@pytest.mark.parametrize("count", [1, 3])
def test_looking_for_what_is_due_is_one_query(count, django_assert_num_queries):
    for number in range(count):
        meetup = placed(f"Meetup {number}", stage="archived")
        PlanningPad.objects.create(meetup=meetup, text=PAD, at=NOW)
    with django_assert_num_queries(1):
        tasks.forget(NOW)
