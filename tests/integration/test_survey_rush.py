"""Two at once: the same seat, the same paper, and an answer while the survey is closed."""

import uuid
from threading import Barrier, Thread

import pytest
from django.db import DatabaseError, connection

from midcycle.feedback import actions
from midcycle.feedback.actions import Hands
from midcycle.feedback.models import HandCount, OwnWords, Slip, Survey, Tally
from midcycle.kernel.refusal import Refusal
from tests.world import NOW, ada
from tests.worlds.feedback import answered, said

pytestmark = pytest.mark.django_db(transaction=True)
YES = said(come_again=True, words="Well")


def at_once(*deeds):
    """Do all at the same moment, each with a connection of its own; return what each was refused with, None for none."""
    barrier, told = Barrier(len(deeds)), [None] * len(deeds)

    def run(place, deed):
        try:
            barrier.wait(10)
            deed()
        except Refusal as refusal:
            told[place] = refusal.message
        except DatabaseError as error:
            told[place] = str(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(place, deed)) for place, deed in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return told


def yes():
    return Tally.objects.get(question="come_again", value="yes").count


def test_one_seat_answers_once_however_many_windows_are_open():
    world = answered(people=1, close=False)
    told = at_once(*[lambda: actions.answer_survey(world.seats[0], YES, now=NOW)] * 4)
    assert sorted(str(each) for each in told) == ["None", *["You have answered already. Thank you!"] * 3]
    assert (yes(), Slip.objects.count(), OwnWords.objects.count()) == (1, 1, 1)


def test_many_seats_at_once_are_all_counted():
    world = answered(people=4, close=False)
    told = at_once(*[lambda seat=seat: actions.answer_survey(seat, YES, now=NOW) for seat in world.seats])
    assert (told, yes(), Slip.objects.count(), OwnWords.objects.count()) == ([None] * 4, 4, 4, 4)


def test_an_answer_at_the_moment_of_closing_is_counted_or_told_and_never_half():
    world = answered(people=1, close=False)
    _, told = at_once(
        lambda: actions.close_survey(world.meetup, by=ada(), now=NOW),
        lambda: actions.answer_survey(world.seats[0], YES, now=NOW),
    )
    assert Slip.objects.count() == 0
    counted = (yes(), Survey.objects.get().on_screen, OwnWords.objects.count())
    assert (told, counted) in [(None, (1, 1, 1)), ("The survey is closed. Tell the organisers in your own way.", (0, 0, 0))]
    assert not Survey.objects.get().is_open


def test_one_paper_and_one_count_sent_twice_at_once_count_once():
    world = answered(people=1, close=False)
    key = uuid.uuid4()
    told = at_once(*[lambda: actions.type_paper(world.meetup, key, YES, by=ada(), now=NOW)] * 2)
    told += at_once(*[lambda: actions.count_part(world.meetup, key, Hands("on_list", 3, 1), by=ada(), now=NOW)] * 4)
    assert told == [None] * 6
    assert (yes(), Survey.objects.get().on_paper) == (1, 1)
    assert list(HandCount.objects.values_list("yes", "no")) == [(3, 1)]
