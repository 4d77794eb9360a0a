"""What an organiser writes to many goes once to everybody it is for, and to nobody else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from midcycle.accounts.models import Person
from midcycle.journal import actions as journal
from midcycle.journal.models import Entry
from midcycle.journal.queries import entries_of
from midcycle.kernel.refusal import Refusal
from midcycle.mailing import actions, queries, tasks
from midcycle.mailing.actions import Seen, Wording, writing
from midcycle.mailing.models import Letter, Mailing
from midcycle.mailing.rules import NEWS_FOR, Audience, Draft
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Organiser
from midcycle.pages import actions as pages
from midcycle.registration import actions as registration
from midcycle.registration.access import letter_key
from midcycle.registration.models import Seat
from midcycle.site.followers import FOLLOWERS
from tests.world import NOW, ada, bo, dee, later
from tests.worlds.hosting import answered, asked
from tests.worlds.mailing import drafted, follow, send, sent, told
from tests.worlds.registration import crowd, opened, seated

pytestmark = pytest.mark.django_db


def test_people_are_chosen_when_it_is_sent_and_who_cancels_before_it_is_written_is_passed_over():
    meetup = opened(9)
    bos, _ = seated(meetup, "Bo"), seated(meetup, "Dee")
    mailing = drafted(meetup)
    send(mailing)
    seated(meetup, "Late")
    registration.cancel_seat(bos, now=NOW)
    actions.want_no_mailings(meetup, dee(), now=NOW)
    follow()
    assert told(mailing) == {"Bo": "skipped gone", "Dee": "skipped no letters"}
    assert [letter.body for letter in Letter.objects.filter(mailing=mailing)] == ["", ""]


def test_who_cancels_or_wants_none_before_it_goes_out_gets_none():
    meetup = opened(9)
    bos, _, _ = seated(meetup, "Bo"), seated(meetup, "Dee"), seated(meetup, "Fay")
    mailing = sent(meetup)
    Letter.objects.filter(mailing=mailing, person=dee()).update(state="failed", why="mailbox 550")
    registration.cancel_seat(bos, now=NOW)
    actions.want_no_mailings(meetup, dee(), now=NOW)
    follow()
    assert told(mailing) == {"Bo": "skipped gone", "Dee": "skipped no letters", "Fay": "waiting"}
    assert actions.retry_failed(meetup, by=ada(), now=NOW, mailing=mailing) == 0


def test_who_left_the_team_or_registered_meanwhile_gets_none():
    meetup = asked()
    meetups.add_organiser(meetup, bo(), by=ada(), now=NOW)
    answered(meetup, "Dee")
    for stage in ("hosting", "registration"):
        meetups.move_to_stage(meetup, ada(), stage, now=NOW)
    registration.open_registration(meetup, total=5, by=ada(), now=NOW)
    team, call = drafted(meetup, "team"), drafted(meetup, "interested")
    assert [send(each) for each in (team, call)] == [2, 1]
    meetups.remove_organiser(Organiser.objects.get(meetup=meetup, person=bo()), by=ada(), now=NOW)
    seated(meetup, "Dee")
    follow()
    assert (told(team), told(call)) == ({"Ada": "waiting", "Bo": "skipped left team"}, {"Dee": "skipped answered"})


def test_the_number_is_asked_again_when_it_changed():
    meetup = opened(9)
    crowd(meetup, 2)
    mailing = drafted(meetup)
    seated(meetup, "Late")
    with pytest.raises(Refusal, match=r"now goes to 3 people\. Look again, and send it then"):
        actions.send_mailing(mailing, Seen(2, 1), by=ada(), now=NOW)
    assert (Letter.objects.count(), actions.send_mailing(mailing, Seen(3, 1), by=ada(), now=NOW)) == (0, 3)


def test_a_letter_that_a_colleague_changed_is_looked_at_again():
    meetup = opened(9)
    crowd(meetup, 2)
    mailing = drafted(meetup)
    actions.change_draft(mailing, Wording(Audience("seats"), "Other", "Other"), by=ada(), now=NOW)
    with pytest.raises(Refusal, match="Somebody changed this letter meanwhile"):
        actions.send_mailing(mailing, Seen(2, 1), by=ada(), now=NOW)


def test_nobody_is_no_audience():
    with pytest.raises(Refusal, match="nobody this letter would go to"):
        send(drafted(opened(1)))


def test_sent_twice_is_sent_once():
    meetup = opened(9)
    crowd(meetup, 2)
    mailing = drafted(meetup)
    assert [send(mailing), actions.send_mailing(mailing, Seen(2, 1), by=ada(), now=NOW)] == [2, 2]
    follow()
    assert Letter.objects.filter(mailing=mailing).count() == 2
    assert [entry.facts for entry in entries_of(meetup.pk, "mailing.sent")] == [{"mailing": mailing.pk, "people": 2}]


def test_what_was_sent_cannot_be_changed_copied_or_thrown_away():
    meetup = opened(9)
    crowd(meetup, 1)
    mailing = sent(meetup)
    wording = Wording(Audience("seats"), "Other", "Other")
    for deed in (
        lambda: actions.change_draft(mailing, wording, by=ada(), now=NOW),
        lambda: actions.send_copy(mailing, by=ada(), now=NOW),
        lambda: actions.discard_draft(mailing, by=ada(), now=NOW),
    ):
        with pytest.raises(Refusal, match="sent or thrown away meanwhile"):
            deed()
    assert Mailing.objects.get().subject == "News of {meetup}"


def test_an_archived_meetup_writes_to_nobody():
    meetup = opened(2, stage="on_site")
    crowd(meetup, 1)
    mailing = drafted(meetup)
    for stage in ("wrap_up", "archived"):
        pages.move_on(meetup, stage, by=ada(), now=NOW)
    with pytest.raises(Refusal, match="archived"):
        send(mailing)
    with pytest.raises(Refusal, match="archived"):
        drafted(meetup)


def test_only_so_many_go_out_from_a_meetup_and_by_a_person():
    meetup, other = opened(9), opened(9, "Other meetup")
    meetups.add_organiser(meetup, bo(), by=ada(), now=NOW)
    people = crowd(meetup, 5)
    crowd(other, 1)
    for number, kind in enumerate(("seats", "team", "role", "sector")):
        Letter.objects.all().delete()
        send(drafted(meetup, kind, {"role": "operator", "sector": "public cloud"}.get(kind, "")), now=later(minutes=number))
    Letter.objects.all().delete()
    for mailing, by in ((drafted(meetup), bo()), (drafted(other), ada())):
        with pytest.raises(Refusal, match=r"at most 4 an hour and 10 a day.*Send this one after 10 January, 13:01"):
            send(mailing, by=by, now=later(minutes=5))
    assert send(drafted(other, by=bo()), by=bo(), now=later(minutes=5)) == 1  # another person, another meetup
    assert send(drafted(meetup, "person", people[0].person_id), now=later(minutes=5)) == 1  # to one person, more may
    assert send(drafted(meetup, "team"), now=later(minutes=61)) == 2


def test_a_copy_goes_to_whoever_asks_as_they_would_get_it_and_not_for_ever():
    meetup = opened(9)
    own = seated(meetup, "Ada")
    crowd(meetup, 2)
    mailing = drafted(meetup, text="{name} {seat_link}", answers=True)
    for _ in range(10):
        actions.send_copy(mailing, by=ada(), now=NOW)
    with pytest.raises(Refusal, match="No more copies can go out now: at most 10 an hour"):
        actions.send_copy(mailing, by=ada(), now=later(minutes=59))
    copies = Letter.objects.filter(mailing=mailing)
    assert {(copy.person, copy.is_copy, copy.state) for copy in copies} == {(ada(), True, "waiting")}
    assert copies[0].body.startswith(
        f"Ada Example http://127.0.0.1:8000/m/spring-meetup/seat/{own.token}/?letter={letter_key(own)}\n"
    )
    assert send(mailing) == 3  # copies are not counted as letters of the last hour
    actions.discard_draft(drafted(meetup), by=ada(), now=NOW)


def test_stopping_withdraws_what_did_not_go_out():
    meetup = opened(9)
    for each in ("Bo", "Dee", "Fay"):
        seated(meetup, each)
    mailing = sent(meetup)
    Letter.objects.filter(mailing=mailing, person=bo()).update(state="sent")
    Letter.objects.filter(mailing=mailing, person=dee()).update(state="failed", why="mailbox 550")
    assert [actions.stop_mailing(mailing, by=ada(), now=NOW) for _ in range(2)] == [2, 0]
    assert told(mailing) == {"Bo": "sent", "Dee": "withdrawn mailbox 550", "Fay": "withdrawn"}
    assert actions.retry_failed(meetup, by=ada(), now=NOW) == 0
    assert send(drafted(meetup)) == 2  # who got none can be written to at once


def test_stopped_before_it_is_written_nothing_is_written():
    meetup = opened(9)
    crowd(meetup, 2)
    mailing = drafted(meetup)
    send(mailing)
    actions.stop_mailing(mailing, by=ada(), now=NOW)
    follow()
    assert set(told(mailing).values()) == {"withdrawn"}


def test_many_are_written_in_parts_and_handling_the_entry_again_writes_nothing():
    meetup = opened(500)
    number = 2 * writing.BATCH + 5
    people = Person.objects.bulk_create(
        Person(email=f"guest{n}@example.org", name=f"Guest {n}", since=NOW) for n in range(number)
    )
    Seat.objects.bulk_create(
        Seat(
            meetup=meetup, person=each, token=f"t{n}", code=f"c{n}", state="held", arrival=n, name=each.name, registered_at=NOW
        )
        for n, each in enumerate(people, start=1)
    )
    mailing = drafted(meetup)
    assert send(mailing) == number
    entry = Entry.objects.get(kind="mailing.sent")
    entry.at = timezone.now()
    written = [(tasks.mailing_sent(entry), Letter.objects.filter(state="waiting").count()) for _ in range(4)]
    assert written == [(True, writing.BATCH), (True, 2 * writing.BATCH), (False, number), (False, number)]
    assert Letter.objects.filter(mailing=mailing).count() == number


def test_killed_in_the_middle_a_part_is_written_whole_or_not_at_all():
    meetup = opened(9)
    crowd(meetup, 3)
    mailing = drafted(meetup)
    send(mailing)
    killed = []

    def is_killed_after_writing(entry):
        tasks.mailing_sent(entry)
        killed.append(set(told(mailing).values()))
        raise KeyboardInterrupt

    Entry.objects.update(at=timezone.now())
    journal.number_entries()
    handlers = {"mailing.sent": is_killed_after_writing}
    with pytest.raises(KeyboardInterrupt):
        journal.read_on("letters", handlers)
    assert (killed, set(told(mailing).values())) == ([{"waiting"}], {"chosen"})
    journal.read_on("letters", {"mailing.sent": FOLLOWERS["letters"]["mailing.sent"]})
    assert set(told(mailing).values()) == {"waiting"}
    assert Letter.objects.filter(mailing=mailing).count() == 3


def test_what_could_not_be_written_for_two_weeks_is_not_news():
    meetup = opened(9)
    crowd(meetup, 2)
    mailing = drafted(meetup)
    send(mailing)
    Entry.objects.update(at=timezone.now() - NEWS_FOR - timedelta(days=1))
    journal.number_entries()
    journal.read_on("letters", FOLLOWERS["letters"])
    assert set(told(mailing).values()) == {"skipped old"}


def test_no_letters_is_for_one_meetup_and_can_be_taken_back():
    meetup, other = opened(9), opened(9, "Other meetup")
    for each in (meetup, other):
        seated(each, "Bo")
    for _ in range(2):
        actions.want_no_mailings(meetup, bo(), now=NOW)
    with pytest.raises(Refusal, match="nobody"):
        send(drafted(meetup))
    assert send(drafted(other)) == 1
    for _ in range(2):
        actions.want_mailings(meetup, bo(), now=NOW)
    assert send(drafted(meetup)) == 1
    kinds = [entry.kind for entry in entries_of(meetup.pk) if entry.kind.startswith("mailing.letters")]
    assert kinds == ["mailing.letters_declined", "mailing.letters_wanted"]


def test_letters_about_ones_own_seat_come_in_any_case():
    meetup = opened(1)
    first, second = crowd(meetup, 2)
    actions.want_no_mailings(meetup, second.person, now=NOW)
    registration.cancel_seat(first, now=NOW)
    follow()
    assert Letter.objects.filter(person=second.person, subject="You have a seat at Spring meetup", state="waiting").count() == 1


@pytest.mark.parametrize("wave", ["weekly:1", "registration.opened:1", "feedback.survey_opened:1"])
def test_letters_somebody_waits_for_overtake_those_that_many_get_at_once(wave):
    keys = [f"{wave}:1", f"{wave}:2", "registration.link_asked:1:1"]
    for minute, key in enumerate(keys):
        actions.write_letter(Draft("A", "B\n"), key=key, person=bo(), meetup=None, now=later(minutes=minute))
    due = [queries.letters_due(later(days=1), most) for most in (1, 3)]
    assert [[letter.key for letter in letters] for letters in due] == [keys[2:], [keys[2], *keys[:2]]]


def test_letters_about_a_seat_go_out_before_those_to_many():
    meetup = opened(9)
    crowd(meetup, 3)
    Entry.objects.all().delete()
    sent(meetup, now=NOW)
    bos = seated(meetup, "Bo", now=NOW)
    follow()
    due = queries.letters_due(later(days=1), 2)
    assert [(letter.person_id, letter.mailing_id is None) for letter in due] == [
        (bos.person_id, True),
        (Letter.objects.exclude(mailing=None).order_by("pk")[0].person_id, False),
    ]
