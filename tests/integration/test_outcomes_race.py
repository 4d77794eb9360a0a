"""Two who take an action at once, and two workers who read a pad at once."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from midcycle.kernel.refusal import Refusal
from midcycle.outcomes import actions
from midcycle.outcomes.models import Action, Reading, Tag
from midcycle.pads import actions as pads
from tests.world import NOW, ada
from tests.worlds.outcomes import coming, meetup_with_notes
from tests.worlds.registration import opened

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds) -> list[str]:
    """Do all deeds at the same moment; return the refusals."""
    refused, start = [], Barrier(len(deeds))

    def do(deed):
        start.wait()
        try:
            deed()
        except Refusal as refusal:
            refused.append(refusal.message)
        finally:
            connection.close()

    threads = [Thread(target=do, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


def test_of_two_who_take_an_action_one_has_it():
    meetup, _ = meetup_with_notes("- [ ] write it\n")
    people = coming(meetup, "Bo", "Cy")
    action = Action.objects.get()
    deeds = [lambda person=person: actions.take(action, person, is_named=True, now=NOW) for person in people]
    (refused,) = at_once(*deeds)
    assert refused.startswith("Somebody was asked or stands for it already.")
    assert Action.objects.get().owner in people


def test_two_workers_read_a_pad_once():
    meetup = opened(5)
    pad = pads.open_pad(meetup, "notes", title="Notes", by=ada(), now=NOW, text="- [ ] write it ##it\n")
    assert at_once(*[lambda: actions.read(pad, now=NOW)] * 3) == []
    assert (Action.objects.count(), Tag.objects.count(), Reading.objects.count()) == (1, 1, 1)
