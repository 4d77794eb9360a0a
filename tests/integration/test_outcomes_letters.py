"""Letters about outcomes: whether an action is somebody's, reminders before and after the day, and their end."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from midcycle.journal.models import Entry
from midcycle.mailing.models import Letter
from midcycle.mailing.queries import outcomes_digest, outcomes_due_draft
from midcycle.outcomes import actions
from midcycle.outcomes.models import Action, Round
from midcycle.site.followers import CHORES
from tests.world import NOW, ada, browser_of
from tests.worlds.mailing import follow
from tests.worlds.outcomes import coming, meetup_with_notes, one

pytestmark = pytest.mark.django_db
DAY = date(2027, 3, 31)
TEXT = "- [ ] Bo: write the guide https://evil.example/x, by 2027-03-31\n- [ ] Bo: rest\n"
GUIDE = "write the guide https://evil.example/x"


def morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 6, 30, tzinfo=UTC)


def told(day: date):
    """Let the worker remind on a day; return the letters as they are written."""
    actions.remind(now=morning(day))
    entries = Entry.objects.filter(kind="outcomes.reminder_due", at=morning(day))
    digests = [outcomes_digest(entry) for entry in entries]
    return [outcomes_due_draft(digest) for digest in digests if digest]


def owned():
    """Return Bo, who stands for the guide."""
    meetup, _ = meetup_with_notes(TEXT)
    (person,) = coming(meetup, "Bo")
    actions.take(one(GUIDE), person, is_named=True, now=NOW)
    return meetup, person


def test_one_letter_asks_about_all_actions_of_a_person():
    meetup, _ = meetup_with_notes(TEXT)
    (person,) = coming(meetup, "Bo")
    follow()
    Letter.objects.all().delete()
    actions.ask_all(meetup, by=ada(), now=NOW)
    follow()
    letter = Letter.objects.get(person=person)
    assert letter.subject == "Is this yours? 2 actions from Spring meetup"
    assert "- write the guide https evil. example/x, by Wednesday 31 March 2027\n- rest\n" in letter.body
    link = re.search(r"http://127.0.0.1:8000(/m/spring-meetup/outcomes/mine/\S+)", letter.body)[1]
    assert "Is this yours?" in browser_of().get(link).content.decode()
    assert Action.objects.filter(standing="confirmed").count() == 0
    follow()
    assert Letter.objects.filter(person=person).count() == 1


def test_nobody_is_asked_any_more_who_answered_meanwhile_or_wants_no_letters():
    meetup, _ = meetup_with_notes(TEXT)
    (person,) = coming(meetup, "Bo")
    follow()
    Letter.objects.all().delete()
    actions.ask(one("rest"), person.pk, by=ada(), now=NOW)
    actions.answer(one("rest"), person, actions.Answer("no"), now=NOW)
    actions.ask(one(GUIDE), person.pk, by=ada(), now=NOW)
    actions.want_letters(meetup, person, wanted=False, now=NOW)
    follow()
    assert not Letter.objects.exists()


def test_the_same_person_is_not_asked_by_many_letters_in_an_hour():
    meetup, _ = meetup_with_notes("".join(f"- [ ] Bo: thing {number}\n" for number in range(9)))
    (person,) = coming(meetup, "Bo")
    follow()
    Letter.objects.all().delete()
    for number in range(9):
        actions.ask(one(f"thing {number}"), person.pk, by=ada(), now=NOW)
    follow()
    assert Letter.objects.filter(person=person).count() == 6


def test_reminders_come_a_week_and_a_day_before_on_the_day_and_each_week_after_until_it_is_done():
    owned()
    days = [DAY + timedelta(days=offset) for offset in range(-9, 16)]
    assert [(day - DAY).days for day in days if told(day)] == [-7, -1, 0, 7, 14]
    actions.set_state(one(GUIDE), "done", by=ada(), now=NOW)
    assert told(DAY + timedelta(days=21)) == []


def test_a_reminder_says_what_is_due_and_how_to_stop():
    _, person = owned()
    Round.objects.create(day=DAY - timedelta(days=2))
    (letter,) = told(DAY - timedelta(days=1))
    assert letter.subject == "An action waits for you"
    assert "- write the guide https evil. example/x, by Wednesday 31 March" in letter.body.splitlines()
    stop = re.search(r"http://127.0.0.1:8000(/m/spring-meetup/outcomes/letters/\S+)", letter.body)[1]
    browser_of().post(stop)
    assert told(DAY) == []
    assert person.actions.count() == 1


def test_who_did_not_answer_is_asked_once_more_after_a_week():
    meetup, _ = meetup_with_notes(TEXT)
    (person,) = coming(meetup, "Bo")
    actions.ask(one("rest"), person.pk, by=ada(), now=NOW)
    days = [NOW.date() + timedelta(days=offset) for offset in range(1, 21)]
    letters = {(day - NOW.date()).days: told(day) for day in days}
    assert [day for day, found in letters.items() if found] == [7]
    assert "Perhaps yours, you were asked a week ago:\n- rest" in letters[7][0].body


def test_a_day_the_worker_was_down_is_made_up_for_and_none_is_told_twice():
    owned()
    Round.objects.create(day=DAY - timedelta(days=10))
    assert len(told(DAY - timedelta(days=5))) == 1
    assert CHORES["remind of actions"](morning(DAY - timedelta(days=5))) == 0
    assert actions.remind(now=morning(DAY).replace(hour=5)) == 0
    assert told(DAY - timedelta(days=4)) == []


def test_what_nobody_confirmed_has_no_reminder():
    meetup, _ = meetup_with_notes(TEXT)
    coming(meetup, "Bo")
    assert [day for day in range(20) if told(DAY - timedelta(days=10 - day))] == []
