"""Two organisers press "draft" at once: one draft stands, and the other is told."""

import pytest

from midcycle.agenda import actions
from midcycle.agenda.models import Placement, Session
from midcycle.kernel.refusal import Refusal
from tests.rush import all_at_once
from tests.world import NOW, ada
from tests.worlds.agenda import planned
from tests.worlds.topics import proposed

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_drafts_at_once_leave_one_whole_agenda():
    meetup, organiser = planned(), ada()
    for number in range(3):
        proposed(meetup, f"Topic {number}")

    def draft():
        actions.draft(meetup, by=organiser, seed=1, now=NOW, moves=2_000)

    raised = all_at_once([draft, draft])
    assert [type(error) for error in raised] in ([], [Refusal])
    assert Session.objects.filter(meetup=meetup).count() == 3
    assert Placement.objects.filter(session__meetup=meetup).count() == 3
