"""What people read in their mail when the organisers give their place back."""

import pytest

from midcycle.mailing.models import Letter
from midcycle.registration import actions
from tests.world import NOW, ada
from tests.worlds.mailing import follow
from tests.worlds.registration import crowd, opened

pytestmark = pytest.mark.django_db


def test_who_loses_a_place_reads_why():
    meetup = opened(1)
    first, second = crowd(meetup, 2)
    actions.cancel_for(second, "registered twice", by=ada(), now=NOW)
    actions.cancel_for(first, "does not answer", by=ada(), now=NOW)
    follow()
    told = [Letter.objects.filter(person=seat.person).order_by("-pk")[0] for seat in (first, second)]
    assert [letter.subject for letter in told] == ["Your place at Spring meetup was given back"] * 2
    assert "you have no seat at Spring meetup any more: the organisers gave this place back: does not answer." in told[0].body
    assert "you are not in the waitlist of Spring meetup any more" in told[1].body
