"""One letter a day at most: what is due, what is new for somebody, on Mondays what the team did, and a link to stop them."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from midcycle.journal import actions as journal
from midcycle.journal.models import Entry
from midcycle.mailing.models import Letter
from midcycle.mailing.queries import digest_of, reminder_draft
from midcycle.meetups import actions as meetups
from midcycle.planning import actions, queries
from midcycle.planning.models import Membership, Round, Task
from midcycle.site.followers import CHORES, FOLLOWERS
from tests.world import NOW, ada, bo, browser_of, cy
from tests.worlds.mailing import follow
from tests.worlds.planning import DESK, met, task, team

pytestmark = pytest.mark.django_db
MONDAY = datetime(2027, 1, 11, 6, 30, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)


def told(now=TUESDAY):
    """Let the worker remind; return the letters of that day as they are written, by the first name of their reader."""
    actions.remind(now=now)
    found = {}
    for entry in Entry.objects.filter(kind="planning.reminder_due", at=now):
        digest = digest_of(entry)
        if digest:
            found[digest.person.name.split()[0]] = reminder_draft(digest)
    return found


def test_a_letter_says_what_is_due_and_how_to_stop():
    meetup = team()
    task(meetup, "Book the rooms", owner=bo().pk, by=bo(), due_on=date(2027, 1, 19), now=NOW - timedelta(days=9))
    task(meetup, "Call https://evil.example/x", owner=bo().pk, by=bo(), due_on=date(2027, 1, 5), now=NOW - timedelta(days=9))
    task(meetup, "Far away", owner=bo().pk, by=bo(), due_on=date(2027, 3, 1), now=NOW - timedelta(days=9))
    (letter,) = told().values()
    assert letter.subject == "2 tasks wait for you"
    lines = letter.body.splitlines()
    assert "- Book the rooms, by Tuesday 19 January" in lines
    assert "- Call https evil. example/x, since Tuesday 5 January" in lines
    assert "http://127.0.0.1:8000/m/spring-meetup/desk/tasks/?show=mine" in lines
    assert "Far away" not in letter.body
    stop = re.search(r"http://127.0.0.1:8000(/m/spring-meetup/tasks/letters/\S+)", letter.body)[1]
    assert "Neither reminders" not in browser_of().get(stop).content.decode()
    assert Membership.objects.count() == 0
    assert "Neither reminders" in browser_of().post(stop).content.decode()
    assert Membership.objects.get().reminders is False
    Round.objects.all().delete()
    assert told(TUESDAY + timedelta(days=1)) == {}
    browser_of().post(stop, {"again": "yes"})
    assert Membership.objects.get().reminders is True


def test_nobody_else_can_stop_them():
    meetup = team()
    for key in ("x", f"{bo().pk}-{'0' * 32}", f"{cy().pk}-x", "9" * 40):
        assert browser_of().post(f"{meetup.path}tasks/letters/{key}/").status_code == 404


def test_one_letter_a_day_for_all_meetups():
    for title in ("Spring meetup", "Autumn meetup"):
        task(team(title), f"Of {title}", owner=bo().pk, by=bo(), due_on=TUESDAY.date())
    letters = told()
    assert list(letters) == ["Bo"]
    assert letters["Bo"].subject == "2 tasks wait for you"
    assert told(TUESDAY + timedelta(hours=3)) == {}
    assert Round.objects.count() == 1


def test_somebody_is_told_of_a_task_another_gave_them_and_not_of_their_own():
    meetup = team()
    task(meetup, "From Ada", owner=bo().pk, now=MONDAY + timedelta(hours=5))
    task(meetup, "Own", owner=ada().pk, now=MONDAY + timedelta(hours=5))
    Round.objects.create(day=MONDAY.date())
    letters = told()
    assert list(letters) == ["Bo"]
    assert "New for you:\n- From Ada" in letters["Bo"].body


def test_nobody_is_reminded_of_what_is_done_unwanted_archived_or_of_a_team_they_left():
    meetup = team()
    due = {"due_on": TUESDAY.date()}
    actions.mark_done(task(meetup, "Done", owner=bo().pk, by=bo(), **due), done=True, by=bo(), now=NOW)
    task(meetup, "No owner", **due)
    task(meetup, "A name", owner_name="Zoe", **due)
    assert told() == {}
    task(meetup, "Bo's", owner=bo().pk, by=bo(), **due)
    meetups.remove_organiser(meetup.organisers.get(person=bo()), by=ada(), now=NOW)
    assert queries.people_to_remind(since=MONDAY.date(), today=TUESDAY.date()) == []
    assert ("Bo's, since" in told(MONDAY + timedelta(days=7))["Ada"].body, Round.objects.all().delete()[0]) == (True, 2)
    task(meetup, "Ada's", owner=ada().pk, **due)
    assert queries.people_to_remind(since=MONDAY.date(), today=TUESDAY.date()) == [ada().pk]
    for stage in ("agenda", "on_site", "wrap_up", "archived"):
        meetups.move_to_stage(meetup, ada(), stage, now=NOW)
    assert queries.people_to_remind(since=MONDAY.date(), today=TUESDAY.date()) == []


def test_on_mondays_a_team_is_told_what_is_due_and_has_no_owner():
    meetup = team()
    actions.set_wishes(meetup, ada(), reminders=False, weekly=False, now=NOW)
    task(meetup, "Book the rooms", due_on=MONDAY.date() + timedelta(days=7))
    task(meetup, "Bring tape", owner_name="Zoe", due_on=MONDAY.date() - timedelta(days=56))
    task(meetup, "Too far", due_on=MONDAY.date() + timedelta(days=8))
    task(meetup, "Too old", due_on=MONDAY.date() - timedelta(days=57))
    task(meetup, "No day")
    actions.mark_done(task(meetup, "Done", due_on=MONDAY.date()), done=True, by=bo(), now=NOW)
    letters = told(MONDAY)
    assert list(letters) == ["Bo"]
    assert letters["Bo"].subject == "2 tasks of Spring meetup have no owner"
    shown = [line for line in letters["Bo"].body.splitlines() if line.startswith("-")]
    assert shown == ["- Bring tape, since Monday 16 November, Zoe", "- Book the rooms, by Monday 18 January"]
    assert "http://127.0.0.1:8000/m/spring-meetup/desk/tasks/" in letters["Bo"].body.splitlines()
    assert told(TUESDAY) == {}


def test_on_mondays_those_who_want_it_read_what_the_team_did():
    meetup = team()
    for who in (ada(), bo()):
        actions.set_wishes(meetup, who, reminders=True, weekly=True, now=NOW)
    actions.set_wishes(meetup, ada(), reminders=False, weekly=False, now=NOW)
    met(meetup, "#agreed Two days, no booths\n#action Zoe to bring tape", now=MONDAY - timedelta(days=2))
    letters = told(MONDAY)
    assert list(letters) == ["Bo"]
    assert letters["Bo"].subject == "What the team of Spring meetup did"
    assert "- Agreed: Two days, no booths" in letters["Bo"].body
    assert "http://127.0.0.1:8000/m/spring-meetup/desk/tasks/news/" in letters["Bo"].body.splitlines()
    Round.objects.all().delete()
    assert told(TUESDAY + timedelta(days=1)) == {}


def test_a_quiet_week_needs_no_letter():
    meetup = team()
    actions.set_wishes(meetup, bo(), reminders=True, weekly=True, now=NOW)
    assert told(MONDAY) == {}


def test_before_six_nobody_is_written_to():
    task(team(), owner=bo().pk, by=bo(), due_on=TUESDAY.date())
    assert actions.remind(now=TUESDAY.replace(hour=5, minute=59)) == 0
    assert actions.remind(now=TUESDAY.replace(hour=6)) == 1
    assert actions.remind(now=TUESDAY.replace(hour=7)) == 0


def test_the_worker_writes_it_once_and_what_is_done_meanwhile_is_left_out():
    meetup = team()
    follow()
    Letter.objects.all().delete()
    one = task(meetup, owner=bo().pk, by=bo(), due_on=TUESDAY.date())
    assert CHORES["remind of tasks"](TUESDAY) == 1
    follow()
    letter = Letter.objects.get()
    assert (letter.person, letter.subject) == (bo(), "One task waits for you")
    journal.record("planning.reminder_due", at=letter.written_at, actor=bo().pk, facts=Entry.objects.last().facts)
    follow()
    assert Letter.objects.count() == 1
    facts = Entry.objects.last().facts
    actions.mark_done(one, done=True, by=bo(), now=NOW)
    Letter.objects.all().delete()
    journal.record(
        "planning.reminder_due",
        at=letter.written_at,
        actor=bo().pk,
        facts=facts,
    )
    journal.number_entries()
    journal.read_on("letters", FOLLOWERS["letters"])
    assert Letter.objects.count() == 0


def test_somebody_chooses_their_letters():
    meetup = team()
    there = browser_of(bo())
    assert there.post(f"{DESK}letters/", {"weekly": "on"})["Location"] == f"{DESK}letters/"
    wishes = Membership.objects.get()
    assert (wishes.person, wishes.meetup, wishes.reminders, wishes.weekly) == (bo(), meetup, False, True)
    shown = there.get(f"{DESK}letters/").content.decode()
    assert re.search(r'name="weekly"[^>]*checked', shown)
    assert not re.search(r'name="reminders"[^>]*checked', shown)
    assert "desk/tasks/letters/" in there.get(DESK).content.decode()


@pytest.mark.parametrize("people", [1, 5])
def test_finding_them_takes_the_same_queries_for_few_and_many(people, django_assert_num_queries):
    meetup = team()
    for number in range(people):
        task(meetup, f"Task {number}", owner=bo().pk, by=bo(), due_on=TUESDAY.date())
    number, span = bo().pk, {"since": MONDAY.date(), "today": TUESDAY.date()}
    with django_assert_num_queries(1):
        assert queries.people_to_remind(**span) == [number]
    with django_assert_num_queries(3):  # person, tasks, meetups
        assert len(queries.digest_for(number, **span).sections[0].due) == people
    assert Task.objects.count() == people
