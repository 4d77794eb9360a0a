"""Whoever presses twice, and however many workers there are: everybody gets one letter."""

from collections import Counter

import pytest
from django.core.mail import get_connection
from django.utils import timezone

from midcycle.journal import actions as journal
from midcycle.journal.models import Entry
from midcycle.kernel.refusal import Refusal
from midcycle.mailing import actions
from midcycle.mailing.actions import Seen
from midcycle.mailing.models import Letter
from midcycle.registration import actions as registration
from midcycle.site.followers import FOLLOWERS
from tests.rush import all_at_once
from tests.world import NOW, ada, later
from tests.worlds.mailing import drafted, sent, told
from tests.worlds.postbox import listening, smtp
from tests.worlds.registration import crowd, opened

pytestmark = pytest.mark.django_db(transaction=True)


def test_pressed_many_times_at_once_it_is_sent_once():
    meetup = opened(9)
    crowd(meetup, 5)
    mailing = drafted(meetup)
    by = ada()
    assert all_at_once([lambda: actions.send_mailing(mailing, Seen(5, 1), by=by, now=NOW)] * 8) == []
    assert Letter.objects.filter(mailing=mailing).count() == 5
    assert Entry.objects.filter(kind="mailing.sent").count() == 1


def test_two_letters_to_the_same_people_sent_at_once_reach_them_once():
    meetup = opened(9)
    crowd(meetup, 3)
    drafts, by = [drafted(meetup), drafted(meetup)], ada()
    raised = all_at_once([lambda each=each: actions.send_mailing(each, Seen(3, 1), by=by, now=NOW) for each in drafts])
    assert [type(error) for error in raised] == [Refusal]
    assert Counter(Letter.objects.values_list("person", flat=True)).most_common(1)[0][1] == 1


def test_a_limit_holds_when_many_are_sent_at_once():
    meetup = opened(9)
    people, by = crowd(meetup, 8), ada()
    kinds = [drafted(meetup, "person", seat.person_id) for seat in people] * 3
    for each in kinds[8:]:
        each.pk = None
        each.save()
    all_at_once([lambda each=each: actions.send_mailing(each, Seen(1, 1), by=by, now=NOW) for each in kinds])
    assert Letter.objects.count() == 8


def test_two_workers_write_and_send_each_letter_once():
    meetup = opened(60)
    crowd(meetup, 50)
    Entry.objects.all().delete()
    mailing = drafted(meetup, subject="News")
    actions.send_mailing(mailing, Seen(50, 1), by=ada(), now=NOW)
    Entry.objects.update(at=timezone.now())
    journal.number_entries()
    with listening() as postbox:

        def work():
            while journal.read_on("letters", FOLLOWERS["letters"]):
                pass
            while actions.deliver(smtp(postbox.port), now=later(hours=1)):
                pass

        assert all_at_once([work, work]) == []
    assert Counter(told(mailing).values()) == {"sent": 50}
    assert sorted(to for to, _ in postbox.letters) == sorted([f"guest{number}@example.org"] for number in range(1, 51))


def test_stopping_while_it_is_written_and_cancelling_leaves_nothing_half_done():
    meetup = opened(60)
    seats, by = crowd(meetup, 30), ada()
    mailing = drafted(meetup)
    actions.send_mailing(mailing, Seen(30, 1), by=by, now=NOW)
    deeds = [lambda: actions.write_mailing(mailing.pk, now=NOW), lambda: actions.stop_mailing(mailing, by=by, now=NOW)]
    deeds += [lambda seat=seat: registration.cancel_seat(seat, now=NOW) for seat in seats[:4]]
    deeds += [lambda seat=seat: actions.want_no_mailings(meetup, seat.person, now=NOW) for seat in seats[4:8]]
    assert all_at_once(deeds) == []
    assert {state.split()[0] for state in told(mailing).values()} <= {"withdrawn", "skipped"}


def test_who_wants_no_letters_while_they_go_out_gets_at_most_the_one_on_its_way():
    meetup = opened(9)
    seats = crowd(meetup, 5)
    mailing = sent(meetup, subject="News")
    connection = get_connection("django.core.mail.backends.dummy.EmailBackend")
    deeds = [lambda: actions.deliver(connection, now=later(days=1))]
    deeds += [lambda seat=seat: actions.want_no_mailings(meetup, seat.person, now=NOW) for seat in seats]
    assert all_at_once(deeds) == []
    actions.deliver(connection, now=later(days=2))
    assert set(told(mailing).values()) <= {"sent", "skipped no letters"}
