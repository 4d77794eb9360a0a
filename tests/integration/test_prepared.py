"""A prepared question finds what the question itself finds, however often it is asked."""

import pytest
from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.db.transaction import TransactionManagementError

from midcycle.meetups.models import Meetup, Organiser
from midcycle.registration.models import Capacity, Seat
from midcycle.web.kept import facts_of
from midcycle.web.prepared import Prepared, asked
from tests.world import NOW, ada, bo, idea
from tests.worlds.registration import crowd, opened

pytestmark = pytest.mark.django_db


def test_it_finds_rows_with_what_is_selected_together_and_noted_beside_them(django_assert_num_queries):
    meetup, unopened = opened(3), idea("Never opened")
    mine = Organiser.objects.filter(meetup=OuterRef("pk"), person=asked("person"))
    question = Prepared(
        lambda: (
            Meetup.objects.select_related("series", "capacity", "opened_by")
            .annotate(organised=Exists(mine))
            .filter(stage="registration", slug=asked("slug"))
        )
    )
    facts = facts_of(Meetup.objects.get(pk=meetup.pk))
    for person, organised in ((ada(), True), (bo(), False), (ada(), True)):
        with django_assert_num_queries(1):
            found = question.first(slug=meetup.slug, person=person.pk)
            assert facts_of(found) == facts
            assert (found.capacity.total, found.opened_by.name, found.series) == (3, "Ada Example", None)
            assert (found.organised, found.opened_at) == (organised, NOW)
    assert question.first(slug=unopened.slug, person=None) is None
    assert question.all(slug="' OR 1=1 --", person=None) == []


def test_it_finds_many_in_their_order():
    meetup = opened(3)
    seats = crowd(meetup, 3)
    question = Prepared(lambda: Seat.objects.filter(meetup=asked("meetup")).order_by("-arrival"))
    assert question.all(meetup=meetup.pk) == seats[::-1]
    assert question.all(meetup=0) == []


@pytest.mark.django_db(transaction=True)
def test_it_locks_within_a_transaction_only():
    meetup = opened(3)
    question = Prepared(lambda: Capacity.objects.select_for_update().filter(meetup=asked("meetup")))
    with transaction.atomic():
        assert question.first(meetup=meetup.pk) == meetup.capacity
    if connection.features.has_select_for_update:
        with pytest.raises(TransactionManagementError):
            question.first(meetup=meetup.pk)
