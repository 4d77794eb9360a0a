"""Letters follow the journal, say the same as the status page, and are sent at least once."""

import re
import socket
from datetime import timedelta
from functools import partial

import pytest
from django.core import mail
from django.utils import timezone

from midcycle.hosting.models import Interest
from midcycle.journal import actions as journal
from midcycle.journal.models import Entry
from midcycle.mailing import actions, queries, rules, tasks
from midcycle.mailing.actions import delivery
from midcycle.mailing.models import Letter
from midcycle.mailing.rules import Draft
from midcycle.meetups import actions as meetups
from midcycle.registration import actions as registration
from midcycle.registration.access import letter_key
from midcycle.registration.actions import Answers
from midcycle.registration.models import Seat
from midcycle.site.followers import CHORES, FOLLOWERS
from midcycle.site.worker import work_once
from tests.world import NOW, ada, bo, later
from tests.worlds.hosting import answered, asked
from tests.worlds.mailing import follow
from tests.worlds.postbox import listening, smtp
from tests.worlds.registration import crowd, opened, registered_again, seated

pytestmark = pytest.mark.django_db


def subjects(name):
    letters = Letter.objects.filter(person__email=f"{name.lower()}@example.org").order_by("pk")
    return [letter.subject for letter in letters]


def link_to(seat):
    return f"http://127.0.0.1:8000/m/{seat.meetup.slug}/seat/{seat.token}/?letter={letter_key(seat)}"


def test_those_who_answered_the_call_are_told_once_that_they_can_register():
    meetup = asked()
    for name in ("Bo", "Dee", "Fay"):
        answered(meetup, name)
    for stage in ("hosting", "registration"):
        meetups.move_to_stage(meetup, ada(), stage, now=NOW)
    follow()
    Letter.objects.all().delete()
    registration.open_registration(meetup, total=5, by=ada(), now=NOW)
    seated(meetup, "Fay")
    follow()
    registration.close_registration(meetup, by=ada(), now=NOW)
    registration.open_registration(meetup, total=6, by=ada(), now=NOW)
    follow()
    told = Letter.objects.filter(subject="You can register: Northern meetup").order_by("pk")
    assert [letter.person.email for letter in told] == ["bo@example.org", "dee@example.org"]
    interest = Interest.objects.get(person=bo())
    assert told[0].body == (
        "Hello Bo Example,\n\n"
        "you answered the call for Northern meetup. Now you can register:\n"
        "http://127.0.0.1:8000/m/northern-meetup/seat/?via=letter\n\nEurope\n\n"
        "Seats go in the order of arrival; whoever comes later waits in line. This is the only letter about it.\n\n"
        "To change your answer to the call or take it back:\n"
        f"http://127.0.0.1:8000/m/northern-meetup/interest/{interest.token}/\n\nMidcycle\n"
    )


def test_each_turn_of_a_seat_is_told():
    meetup = opened(1)
    first, second = crowd(meetup, 2)
    assert follow() == 3  # registration opened, and two people came
    registration.cancel_seat(first, now=later(hours=1))
    assert follow() == 2
    assert subjects("Guest1") == ["Your seat at Spring meetup", "You gave your seat at Spring meetup back"]
    assert subjects("Guest2") == ["You are in the waitlist of Spring meetup", "You have a seat at Spring meetup"]
    promoted = Letter.objects.get(subject="You have a seat at Spring meetup")
    assert promoted.body == (
        "Hello Guest2 Example,\n\n"
        "good news: it was your turn in the waitlist, and now you have a seat at Spring meetup, "
        "because a seat was given back.\n\n"
        "2\N{EN DASH}3 March 2027\nThe Dockyard, Lisbon, PT\n\n"
        "If you cannot come after all, please cancel, so that the next in line gets it:\n"
        f"{link_to(second)}\n\nMidcycle\n"
    )


def test_the_letter_of_the_waitlist_says_the_place_in_line():
    meetup = opened(1)
    crowd(meetup, 3)
    follow()
    letter = Letter.objects.get(person__email="guest3@example.org")
    assert "As this is written you are 2nd in line." in letter.body


def test_who_leaves_the_waitlist_is_not_told_of_a_seat():
    meetup = opened(1)
    _, second = crowd(meetup, 2)
    registration.leave_waitlist(second, now=NOW)
    follow()
    assert subjects("Guest2")[-1] == "You left the waitlist of Spring meetup"


def test_an_entry_handled_again_writes_no_second_letter():
    seated(opened(1), "Bo")
    follow()
    tasks.seat_taken(Entry.objects.get(kind="registration.seat_taken"))
    assert subjects("Bo") == ["Your seat at Spring meetup"]


def test_a_link_asked_for_again_and_again_is_sent_once_in_a_while():
    meetup = opened(1)
    seat = seated(meetup, "Bo")
    for minute in range(40):
        registered_again(meetup, "Bo", now=later(minutes=minute))
    follow()
    assert subjects("Bo") == ["Your seat at Spring meetup", *["Your link for Spring meetup"] * 3]
    letter = Letter.objects.filter(subject="Your link for Spring meetup").order_by("pk")[0]
    assert link_to(seat) in letter.body
    assert "Nothing was changed: you have a seat." in letter.body


def test_a_stranger_who_plays_with_an_address_fills_no_mailbox():
    meetup = opened(1)
    seat = seated(meetup, "Bo")
    for minute in range(12):
        registration.cancel_seat(seat, now=later(minutes=minute))
        seat = seated(meetup, "Bo", now=later(minutes=minute))
        follow()
    assert len(subjects("Bo")) == rules.MANY_LETTERS
    registration.cancel_seat(seat, now=later(hours=3))
    follow()
    assert len(subjects("Bo")) == rules.MANY_LETTERS + 1


def test_nobody_is_written_to_about_what_happened_long_ago():
    seated(opened(1), "Bo")
    Entry.objects.update(at=timezone.now() - rules.NEWS_FOR - timedelta(days=1))
    journal.number_entries()
    assert journal.read_on("letters", FOLLOWERS["letters"]) == 2
    assert Letter.objects.count() == 0


def test_entries_of_seats_that_are_gone_are_passed_over():
    meetup = opened(1)
    seat = seated(meetup, "Bo")
    registered_again(meetup, "Bo")
    seat.delete()
    assert follow() == 3
    assert Letter.objects.count() == 0


def test_an_answer_to_a_call_is_thanked_and_its_link_sent_again():
    meetup = asked("Autumn meetup")
    interest = answered(meetup, "Bo").interest
    answered(meetup, "Bo")
    answered(meetup, "Bo")
    assert follow() == 3
    assert subjects("Bo") == ["Thank you for your answer: Autumn meetup", "Your answer to the call: Autumn meetup"]
    link = f"http://127.0.0.1:8000/m/{meetup.slug}/interest/{interest.token}/"
    assert [link in letter.body for letter in Letter.objects.all()] == [True, True]
    Interest.objects.all().delete()
    tasks.interest_answered(Entry.objects.get(kind="hosting.interest_answered"))


def test_a_name_or_title_cannot_add_a_header_or_an_empty_subject():
    meetup = opened(1, title="Spring\r\nBcc: all@example.org")
    registration.take_seat(meetup, Answers(), email="bo@example.org", name="Bo\n\nX: y & <b>", now=NOW)
    follow()
    letter = Letter.objects.get()
    assert letter.subject == "Your seat at Spring Bcc: all@example. org"
    assert letter.body.startswith("Hello Bo X: y & <b>,\n\nyou have a seat at Spring Bcc: all@example. org.\n\n2")


def waiting_letter(name="Bo", meetup=None, now=NOW):
    meetup = meetup or opened(1)
    person = seated(meetup, name).person
    draft = Draft("Seat \N{SNOWMAN}", "Hello\n")
    return actions.write_letter(draft, key=f"test:{name}", person=person, meetup=meetup, now=now)


def letter_now(letter):
    letter.refresh_from_db()
    return letter.state, letter.tries, letter.next_try_at - NOW if letter.state == "waiting" else letter.sent_at


@pytest.fixture
def postbox():
    """Give a mail server."""
    with listening() as box:
        yield box


def test_a_letter_goes_out_over_smtp_and_is_noted_as_sent(postbox):
    letter = waiting_letter()
    assert actions.deliver(smtp(postbox.port), now=later(hours=1)) == 1
    assert letter_now(letter) == ("sent", 1, later(hours=1))
    ((recipients, message),) = postbox.letters
    assert recipients == ["bo@example.org"]
    assert (message["Subject"], message["To"], message["From"]) == ("Seat \N{SNOWMAN}", "bo@example.org", "midcycle@localhost")
    assert (message["Message-ID"], message["Auto-Submitted"]) == ("<test.Bo@localhost>", "auto-generated")
    assert message.get_content().splitlines() == ["Hello"]
    assert message.get_content_type() == "text/plain"
    assert actions.deliver(smtp(postbox.port), now=later(days=9)) == 0


def test_letters_go_in_batches_over_one_connection(postbox):
    meetup = opened(9)
    for number in range(5):
        waiting_letter(f"Guest{number}", meetup, now=later(minutes=number))
    assert [actions.deliver(smtp(postbox.port), now=later(hours=1), at_most=2) for _ in range(4)] == [2, 2, 1, 0]
    assert len(postbox.callers) == 3
    assert [to for to, _ in postbox.letters] == [[f"guest{number}@example.org"] for number in range(5)]


def test_a_letter_not_due_yet_waits(postbox):
    waiting_letter(now=later(minutes=1))
    assert actions.deliver(smtp(postbox.port), now=NOW) == 0
    assert postbox.letters == []


def test_an_address_that_does_not_exist_fails_at_once_and_holds_nobody_up(postbox):
    meetup = opened(9)
    gone, fine = waiting_letter("Gone", meetup), waiting_letter("Fine", meetup)
    postbox.refuses["gone@example.org"] = 550
    assert actions.deliver(smtp(postbox.port), now=NOW) == 1
    assert (letter_now(gone), letter_now(fine)) == (("failed", 1, None), ("sent", 1, NOW))


def test_a_letter_whose_words_are_refused_for_good_fails_at_once_and_its_address_lives(postbox):
    letter = waiting_letter()
    postbox.says_of_letters = "554 5.7.1 we take no such letters"
    assert actions.deliver(smtp(postbox.port), now=NOW) == 0
    letter.refresh_from_db()
    assert (letter.state, letter.tries, letter.why) == ("failed", 1, "letter 554 5.7.1")
    postbox.says_of_letters = "451 4.7.1 come back later"
    actions.retry_failed(letter.meetup, by=ada(), now=NOW)
    assert actions.deliver(smtp(postbox.port), now=NOW) == 0
    assert letter_now(letter) == ("waiting", 1, rules.pause_after(1))
    postbox.says_of_letters = ""
    assert actions.deliver(smtp(postbox.port), now=later(minutes=1)) == 1


def test_not_now_means_later(postbox):
    letter = waiting_letter()
    postbox.refuses["bo@example.org"] = 450
    assert actions.deliver(smtp(postbox.port), now=NOW) == 0
    assert letter_now(letter) == ("waiting", 1, rules.pause_after(1))
    postbox.refuses.clear()
    assert actions.deliver(smtp(postbox.port), now=later(seconds=59)) == 0
    assert actions.deliver(smtp(postbox.port), now=later(seconds=60)) == 1


def test_a_server_that_hangs_up_costs_one_letter_one_try(postbox):
    meetup = opened(9)
    first, second = waiting_letter("First", meetup), waiting_letter("Second", meetup)
    postbox.hangs_up = True
    assert actions.deliver(smtp(postbox.port), now=NOW) == 1
    assert (letter_now(first), letter_now(second)) == (("waiting", 1, rules.pause_after(1)), ("sent", 1, NOW))


def test_a_server_that_hangs_or_hangs_up_again_makes_the_others_wait_for_a_minute(postbox):
    meetup = opened(9)
    letters = [waiting_letter(f"Guest{number}", meetup) for number in range(4)]
    postbox.is_mute = 1.0
    assert actions.deliver(smtp(postbox.port, timeout=0.3), now=NOW) == 0
    postbox.is_mute = 0.0
    assert [letter_now(letter)[:2] for letter in letters] == [("waiting", 1), *[("waiting", 0)] * 3]
    assert queries.letters_due(later(seconds=59), 9) == []
    postbox.hangs_up_for_ever = True
    assert actions.deliver(smtp(postbox.port), now=later(minutes=2)) == 0
    assert [letter_now(letter)[1] for letter in letters] == [2, 1, 0, 0]
    postbox.hangs_up_for_ever = False
    assert actions.deliver(smtp(postbox.port), now=later(hours=1)) == 4


def test_a_slow_server_does_not_keep_the_worker_from_all_else(postbox):
    meetup = opened(9)
    for number in range(5):
        waiting_letter(f"Guest{number}", meetup)
    moments = iter(range(0, 1000, 12))
    slow = partial(actions.deliver, smtp(postbox.port), now=NOW, clock=lambda: next(moments))
    assert [slow(), slow()] == [3, 2]


@pytest.fixture
def unused_port():
    """Give a port that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


def test_without_an_answer_letters_are_tried_eight_times(unused_port):
    letter = waiting_letter()
    tried = []
    now = NOW
    for _ in range(20):
        actions.deliver(smtp(unused_port), now=now)
        letter.refresh_from_db()
        if letter.state == "failed":
            break
        tried.append(letter.next_try_at - now)
        now = letter.next_try_at
    assert tried == [rules.pause_after(tries) for tries in range(1, 8)]
    assert (letter.state, letter.tries) == ("failed", 8)


def test_a_dead_server_is_asked_once_for_all_letters(unused_port):
    meetup = opened(9)
    letters = [waiting_letter(f"Guest{number}", meetup) for number in range(3)]
    assert actions.deliver(smtp(unused_port), now=NOW, at_most=2) == 0
    assert [letter_now(letter)[:2] for letter in letters] == [("waiting", 1), ("waiting", 1), ("waiting", 0)]
    assert queries.letters_due(later(seconds=59), 9) == []


def test_two_workers_do_not_send_one_letter(postbox):
    letter = waiting_letter()
    as_another_worker_saw_it = Letter.objects.select_related("person").get(pk=letter.pk)
    assert actions.deliver(smtp(postbox.port), now=NOW) == 1
    assert delivery._send(as_another_worker_saw_it, smtp(postbox.port), now=NOW) == "not sent"
    assert len(postbox.letters) == 1


def test_an_address_that_cannot_be_a_header_is_a_failure_and_no_crash(postbox):
    letter = waiting_letter()
    letter.person.email = "bo@example.org\nBcc: x@example.org"
    letter.person.save()
    assert actions.deliver(smtp(postbox.port), now=NOW) == 0
    assert (letter_now(letter)[:2], postbox.letters) == (("waiting", 1), [])


def test_without_a_mail_server_letters_wait_and_that_is_no_error(settings):
    settings.MIDCYCLE = settings.MIDCYCLE.model_copy(update={"demo": False, "mail_url": ""})
    letter = waiting_letter()
    assert tasks.deliver(later(days=1)) == 0
    assert letter_now(letter)[:2] == ("waiting", 0)


def test_the_worker_delivers(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert CHORES["deliver letters"] == tasks.deliver
    waiting_letter()
    assert tasks.deliver(NOW) == 1
    assert [message.to for message in mail.outbox] == [["bo@example.org"]]


def test_the_worker_goes_on_at_once_while_there_are_letters(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    for number in range(45):
        actions.write_letter(Draft("A", "B\n"), key=f"k{number}", person=bo(), meetup=None, now=timezone.now())
    while follow():
        pass
    assert [work_once() for _ in range(4)] == [20, 20, 5, 0]


def test_failed_letters_are_tried_again_when_asked():
    letter = waiting_letter()
    Letter.objects.update(state="failed", tries=8)
    assert actions.retry_failed(letter.meetup, by=ada(), now=NOW) == 1
    assert letter_now(letter) == ("waiting", 0, NOW - NOW)


def test_every_link_in_a_letter_opens(client):
    meetup = opened(1)
    first, _ = crowd(meetup, 2)
    registration.cancel_seat(first, now=NOW)
    seated(meetup, "Guest2")
    follow()
    links = {link for letter in Letter.objects.all() for link in re.findall(r"http://127\.0\.0\.1:8000(\S+)", letter.body)}
    assert {client.get(link, follow=True).status_code for link in links} == {200}
    assert len(links) == Seat.objects.count()


def test_bo_is_only_written_to_for_bo():
    meetup = opened(1)
    seated(meetup, "Bo")
    follow()
    assert [letter.person for letter in Letter.objects.all()] == [bo()]
