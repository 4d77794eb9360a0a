"""Letters to many are written in parts, and what matters is told whatever a stranger does."""

import pytest
from django.utils import timezone

from midcycle.accounts.models import Person
from midcycle.hosting.models import Interest
from midcycle.journal import actions as journal
from midcycle.journal.models import Entry
from midcycle.mailing import queries, tasks
from midcycle.mailing.models import Letter
from midcycle.registration import actions as registration
from tests.world import NOW, later
from tests.worlds.hosting import asked
from tests.worlds.mailing import follow
from tests.worlds.registration import crowd, opened, seated

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_many_are_told_in_parts_so_that_others_can_write_meanwhile():
    meetup = asked()
    number = 2 * queries.BATCH + 5
    people = Person.objects.bulk_create(
        Person(email=f"guest{n}@example.org", name=f"Guest {n}", since=NOW) for n in range(number)
    )
    Interest.objects.bulk_create(
        Interest(
            call=meetup.call,
            person=each,
            token=f"t{each.pk}",
            code=f"c{each.pk}",
            would_come=True,
            answered_at=NOW,
            confirmed_at=NOW,
        )
        for each in people
    )
    entry = Entry(kind="registration.opened", meetup=meetup.pk, at=timezone.now())
    told = [(tasks.registration_opened(entry), Letter.objects.count()) for _ in range(4)]
    assert told == [(True, queries.BATCH), (True, 2 * queries.BATCH), (False, number), (False, number)]


def test_a_follower_is_called_again_while_it_has_more_to_do():
    journal.record("x.much", at=NOW)
    journal.record("x.next", at=NOW)
    journal.number_entries()
    done: list[str] = []

    def in_parts(entry):
        done.append(entry.kind)
        return done.count("x.much") < 3

    assert journal.read_on("reader", {"x.much": in_parts, "x.next": lambda entry: done.append(entry.kind)}) == 4
    assert done == ["x.much", "x.much", "x.much", "x.next"]


def test_that_a_seat_became_theirs_is_told_however_often_a_stranger_asked_for_the_link():
    meetup = opened(1)
    first, _ = crowd(meetup, 2)
    for minute in range(0, 60, 15):
        for _ in range(3):
            seated(meetup, "Guest2", now=later(minutes=minute))
    registration.cancel_seat(first, now=later(minutes=59))
    follow()
    letters = Letter.objects.filter(person__email="guest2@example.org").order_by("pk")
    assert letters.last().subject == "You have a seat at Spring meetup"
